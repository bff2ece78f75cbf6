import Foundation
@preconcurrency import Glibc

/// The keyboard of a terminal, key by key and without echo, and the terminal given back as it was by `close`.
final class Keyboard: Sendable {
  /// A terminal that can only write, such as `TERM=dumb`, cannot be drawn on.
  static var isThere: Bool {
    let isDumb = getenv("TERM").map { String(cString: $0) == "dumb" } ?? true
    return !isDumb && Output.isTerminal(STDIN_FILENO) && Output.isTerminal(STDOUT_FILENO)
  }

  private let original: termios

  /// Alternate screen on, cursor off.
  private static let enter = "\u{1B}[?1049h\u{1B}[?25l"
  /// The other way round.
  private static let leave = "\u{1B}[?25h\u{1B}[?1049l"

  /// - Throws: exit code 4 where the terminal does not do this.
  init() throws(Failure) {
    var terminal = termios()
    guard tcgetattr(STDIN_FILENO, &terminal) == 0 else { throw Self.failure }
    original = terminal
    terminal.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG)
    terminal.c_iflag &= ~tcflag_t(IXON | ICRNL)
    guard tcsetattr(STDIN_FILENO, TCSAFLUSH, &terminal) == 0 else { throw Self.failure }
    Screen.write(Self.enter)
  }

  private static var failure: Failure {
    Failure(.environment, "error: the terminal cannot be read key by key")
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
    Screen.write(Self.leave)
    var terminal = original
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &terminal)
  }
}
