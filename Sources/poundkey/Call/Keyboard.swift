import Foundation
import Glibc

/// The keyboard of a terminal, key by key and without echo, and the terminal given back as it was: at the end, after
/// Ctrl-C, and when the process is told to stop.
final class Keyboard: Sendable {
  static var isThere: Bool { Output.isTerminal(STDIN_FILENO) }

  /// Alternate screen on, cursor off.
  static let enter = "\u{1B}[?1049h\u{1B}[?25l"
  /// The other way round.
  static let leave = "\u{1B}[?25h\u{1B}[?1049l"

  /// - Throws: exit code 4 where the terminal does not do this.
  init() throws(Failure) {
    var terminal = termios()
    guard tcgetattr(STDIN_FILENO, &terminal) == 0 else {
      throw Failure(.environment, "error: the terminal cannot be read key by key")
    }
    Restore.original = terminal
    terminal.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG)
    terminal.c_iflag &= ~tcflag_t(IXON | ICRNL)
    guard tcsetattr(STDIN_FILENO, TCSAFLUSH, &terminal) == 0 else {
      throw Failure(.environment, "error: the terminal cannot be read key by key")
    }
    for signal in [SIGINT, SIGTERM, SIGHUP] { Glibc.signal(signal, Restore.andExit) }
    Screen.write(Self.enter)
  }

  /// Bytes as they are typed; ends when the terminal goes away.
  func bytes() -> AsyncStream<UInt8> {
    let (stream, typed) = AsyncStream<UInt8>.makeStream()
    Thread.detachNewThread {
      var byte: UInt8 = 0
      while true {
        let count = read(STDIN_FILENO, &byte, 1)
        if count == 1 { typed.yield(byte) } else if count == 0 || errno != EINTR { break }
      }
      typed.finish()
    }
    return stream
  }

  func close() {
    for signal in [SIGINT, SIGTERM, SIGHUP] { Glibc.signal(signal, SIG_DFL) }
    Screen.write(Self.leave)
    Restore.now()
  }
}

/// What a signal handler may touch: written once before the handlers are set.
private enum Restore {
  nonisolated(unsafe) static var original = termios()
  // Made before any signal can come: a handler must not allocate.
  static let leave: StaticString = "\u{1B}[?25h\u{1B}[?1049l"

  static func now() {
    var terminal = original
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &terminal)
  }

  static let andExit: @convention(c) (CInt) -> Void = { signal in
    _ = Glibc.write(STDOUT_FILENO, leave.utf8Start, leave.utf8CodeUnitCount)
    now()
    _exit(128 + signal)
  }
}
