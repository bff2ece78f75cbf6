import Glibc
import Workers

/// A program started beside this one.
struct ChildProcess {
  private let pid: pid_t

  /// Standard input and outputs are /dev/null unless files are named.
  ///
  /// - Parameters:
  ///   - input: a file that is read as standard input.
  ///   - output: a file that standard output is written to; it is made, or emptied.
  /// - Returns: nil where it cannot be started.
  init?(_ program: String, _ arguments: [String], input: String? = nil, output: String? = nil) {
    var launch = Launch(program, arguments)
    launch.input = input.map { .reading(path: $0) } ?? .none
    launch.output = output.map { .writing(path: $0) } ?? .none
    guard let pid = try? launch.start() else { return nil }
    self.pid = pid
  }

  enum Ending: Hashable {
    case exited(Int32)
    case killed
  }

  /// How it ended, once it has; asks without waiting.
  func ending() -> Ending? {
    var status: CInt = 0
    guard waitpid(pid, &status, WNOHANG) == pid else { return nil }
    return status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .killed
  }

  /// How it ended within `limit`; nil where it did not, or this process was told to stop, and it was stopped.
  func ending(within limit: Duration) -> Ending? {
    let deadline = ContinuousClock.now + limit
    while ContinuousClock.now < deadline, StopSignal.number == nil {
      if let ending = ending() { return ending }
      usleep(2_000)
    }
    stop()
    return nil
  }

  func signal(_ number: CInt) { kill(pid, number) }

  /// Ends it now. A player is given no time to play on.
  func stop() {
    kill(pid, SIGKILL)
    var status: CInt = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
  }
}
