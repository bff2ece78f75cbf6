import Files
import GreetingAudio
import VerificationCore
import Workers

/// The content of greeting files in helper processes: no file can hang or crash this one.
struct GreetingHelpers {
  private let pool: WorkerPool
  private let caution = Caution()

  /// Said once.
  private final class Caution {
    private var isSaid = false

    func say(if isUnfiltered: Bool) {
      guard isUnfiltered, !isSaid else { return }
      isSaid = true
      Output.error(
        "warning: this system lets no program filter its system calls (seccomp): the helper processes that look into "
          + "files have limits of time and memory, but are not kept from files and network")
    }
  }

  /// - Parameters:
  ///   - count: how many at a time; they are started when there is something to do.
  ///   - timeout: seconds that one job may take.
  init(count: Int = 1, timeout: Int = 20) {
    pool = WorkerPool(
      count: count, limits: WorkerLimits(wallMilliseconds: timeout * 1_000, processorSeconds: timeout))
  }

  /// Where the program was started as a helper process, it is one from here on and never returns.
  static func serveIfAsked(_ arguments: [String]) { WorkerLoop.runIfAsked(arguments, GreetingJobs.perform) }

  /// - Parameters:
  ///   - next: the next job; nil when there is none left.
  ///   - answered: gets the number of a job, counted from 0, and what came of it, in any order.
  func run(
    next: () -> [UInt8]?, answered: (Int, Result<[UInt8], FailedJob>) -> Void
  ) throws(Failure) {
    do {
      try pool.run(next: next) {
        caution.say(if: pool.isUnfiltered)
        answered($0, $1.mapError(FailedJob.init))
      }
    } catch {
      throw Failure(.environment, "error: \(error)")
    }
  }

  func perform(_ job: [UInt8]) throws(Failure) -> Result<[UInt8], FailedJob> {
    do {
      let answer = try pool.perform(job)
      caution.say(if: pool.isUnfiltered)
      return answer.mapError(FailedJob.init)
    } catch {
      throw Failure(.environment, "error: \(error)")
    }
  }

  /// Checks one file.
  func check(_ path: String, _ checker: GreetingChecker = GreetingChecker()) throws -> GreetingReport {
    switch try checker.intake(path: path) {
    case .judged(let report): return report
    case .content(let name, let bytes): return try check(name, bytes, checker)
    }
  }

  func check(_ name: String, _ bytes: [UInt8], _ checker: GreetingChecker) throws(Failure) -> GreetingReport {
    checker.report(
      name: name, size: bytes.count, answer: try perform(checker.job(name: name, bytes: bytes)))
  }

  /// - Throws: ``UnmendableGreeting``, or exit code 4 where there are no helper processes.
  func mend(_ bytes: [UInt8], name: String, _ options: MendingOptions) throws -> MendedGreeting {
    let answer = try perform(GreetingMender.job(bytes, name: name, options))
    return try GreetingMender.mended(name: name, size: bytes.count, answer: answer)
  }

  /// - Throws: ``UndecodableSound``, or exit code 4 where there are no helper processes.
  func preview(_ bytes: [UInt8], _ law: TelephonePreview.Law) throws -> MonoSound {
    try TelephonePreview.sound(answer: try perform(TelephonePreview.job(bytes, law: law)))
  }

  func portrait(of bytes: [UInt8], name: String) throws(Failure) -> GreetingPortrait {
    PortraitPainter.portrait(
      name: name, size: bytes.count, answer: try perform(PortraitPainter.job(bytes, name: name)))
  }
}

extension FailedJob {
  init(_ failure: WorkerFailure) {
    self =
      switch failure {
      case .crashed(let signal): .crashed(signal: signal)
      case .gaveUp: .crashed(signal: nil)
      case .outOfTime(let milliseconds): .outOfTime(seconds: milliseconds / 1_000)
      case .outOfProcessorTime(let seconds): .outOfTime(seconds: seconds)
      }
  }
}
