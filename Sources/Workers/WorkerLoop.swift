import Glibc

/// The inside of a helper process.
public enum WorkerLoop {
  /// The first argument of a program that is to be a helper process. The second is its limits.
  private static let argument = "--helper-process"

  /// How a pool with these limits starts its helper processes.
  static func arguments(_ limits: WorkerLimits) -> [String] { [argument, limits.argument] }

  /// Where these are the arguments of a helper process: confines this process, then answers jobs from standard input,
  /// one after the other, until nobody sends any more. It never returns then.
  ///
  /// - Parameter arguments: those of the program, without its name.
  public static func runIfAsked(_ arguments: [String], _ answer: ([UInt8]) -> [UInt8]) {
    guard arguments.count == 2, arguments[0] == argument, let limits = WorkerLimits(argument: arguments[1]) else {
      return
    }
    // Whatever the one who started us had open.
    closefrom(3)
    let isFiltered = Confinement.enter(limits)
    guard send(isFiltered ? Frame.hello : Frame.unfilteredHello) else { exit(0) }
    while let job = receive() {
      Confinement.allow(processorSeconds: limits.processorSeconds)
      // Should whoever waits for the answer be gone, nobody else would end this process.
      alarm(UInt32(limits.wallMilliseconds / 1_000 + 5))
      let result = answer(job)
      alarm(0)
      guard send(result) else { break }
    }
    exit(0)
  }

  private static func receive() -> [UInt8]? {
    guard let head = read(Frame.head), let length = Frame.length(head), length < 1 << 40 else { return nil }
    return read(Int(length))
  }

  /// Exactly so many bytes; nil at the end of the input.
  private static func read(_ count: Int) -> [UInt8]? {
    var filled = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      while filled < count {
        let given = Glibc.read(STDIN_FILENO, buffer.baseAddress.map { $0 + filled }, count - filled)
        if given < 0, errno == EINTR { continue }
        guard given > 0 else { break }
        filled += given
      }
      initialized = filled
    }
    return filled == count ? bytes : nil
  }

  private static func send(_ content: [UInt8]) -> Bool {
    sendAll(Frame.bytes(ofLength: content.count)) && sendAll(content)
  }

  private static func sendAll(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { bytes in
      var sent = 0
      while sent < bytes.count {
        let taken = write(STDIN_FILENO, bytes.baseAddress.map { $0 + sent }, bytes.count - sent)
        if taken < 0, errno == EINTR { continue }
        guard taken > 0 else { return false }
        sent += taken
      }
      return true
    }
  }
}
