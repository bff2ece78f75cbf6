/// What a helper process may use for one job. Beyond it, it is ended, and the job has failed.
public struct WorkerLimits: Hashable, Sendable {
  /// Milliseconds from handing the job over to having the whole answer.
  public var wallMilliseconds: Int
  /// Seconds of processor time.
  public var processorSeconds: Int
  /// Bytes of address space beyond those that the program takes at its start.
  public var memory: Int
  /// Bytes of an answer.
  public var answer: Int

  /// Half a second decodes the worst megabyte known; the rest is for machines that are slow or busy.
  public init(
    wallMilliseconds: Int = 20_000, processorSeconds: Int = 10, memory: Int = 256 << 20, answer: Int = 64 << 20
  ) {
    self.wallMilliseconds = wallMilliseconds
    self.processorSeconds = processorSeconds
    self.memory = memory
    self.answer = answer
  }
}

extension WorkerLimits {
  /// As the second argument of a helper process.
  var argument: String { [wallMilliseconds, processorSeconds, memory, answer].map(String.init).joined(separator: ",") }

  /// nil for what is no such argument.
  init?(argument: String) {
    let figures = argument.split(separator: ",").compactMap { Int($0) }
    guard figures.count == 4, figures.allSatisfy({ (1...1 << 40).contains($0) }) else { return nil }
    self.init(
      wallMilliseconds: figures[0], processorSeconds: figures[1], memory: figures[2], answer: figures[3])
  }
}

/// Why a job has no answer. The process that had it is gone.
public enum WorkerFailure: Error, Hashable, Sendable {
  /// Ended by a signal that was not ours: a crash, or the system was out of memory.
  case crashed(signal: Int32)
  /// It ended by itself, or answered with what is no answer.
  case gaveUp
  /// Stopped after so many milliseconds.
  case outOfTime(milliseconds: Int)
  /// Stopped after so many seconds of processor time.
  case outOfProcessorTime(seconds: Int)
}

/// Helper processes cannot be had on this machine.
public struct WorkersUnavailable: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String
}
