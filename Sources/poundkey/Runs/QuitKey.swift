@preconcurrency import Glibc

/// The q that ends a watch: typed at a terminal, without a line end; elsewhere nothing is read.
struct QuitKey {
  private static let isTerminal = Output.isTerminal(STDIN_FILENO) && Output.isTerminal(STDOUT_FILENO)

  static var hint: String { isTerminal ? "q ends" : "Ctrl-C ends" }

  private var original: termios?

  init() {
    guard Self.isTerminal else { return }
    var terminal = termios()
    guard tcgetattr(STDIN_FILENO, &terminal) == 0 else { return }
    original = terminal
    // Ctrl-C stays a signal: it also ends what is being run.
    terminal.c_lflag &= ~tcflag_t(ICANON | ECHO)
    tcsetattr(STDIN_FILENO, TCSANOW, &terminal)
  }

  func close() {
    guard var original else { return }
    tcsetattr(STDIN_FILENO, TCSANOW, &original)
  }

  /// Waits for a key or for news at a descriptor.
  ///
  /// - Returns: whether q was typed, or the terminal is gone.
  func isPressed(orChanged descriptor: CInt, within milliseconds: CInt) -> Bool {
    var wanted = [
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: original == nil ? -1 : STDIN_FILENO, events: Int16(POLLIN), revents: 0),
    ]
    guard poll(&wanted, nfds_t(wanted.count), milliseconds) > 0, wanted[1].revents != 0 else { return false }
    var byte: UInt8 = 0
    let count = read(STDIN_FILENO, &byte, 1)
    return count == 0 || count == 1 && [UInt8(ascii: "q"), UInt8(ascii: "Q"), 4].contains(byte)
  }
}
