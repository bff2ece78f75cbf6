import Files
import Glibc
import Reports

/// Takes what must stand on no command line: from a terminal without echo, else the one line of standard input.
enum SecretInput {
  /// Longer than any secret, for who pastes something else.
  static let limit = 1_024

  /// A new one: a person types it twice.
  ///
  /// - Parameter name: of what it is, as in `PIN`.
  static func new(_ name: String) throws(Failure) -> String {
    guard Output.isTerminal(STDIN_FILENO) else { return try line(name) }
    let typed = try HiddenLines.read(asking: ["\(name): ", "\(name) again: "])
    guard Set(typed).count == 1 else {
      throw Failure(.usage, "error: these are two different ones; nothing was changed")
    }
    return typed[0]
  }

  /// One that is there already: typed once.
  static func once(_ name: String) throws(Failure) -> String {
    guard Output.isTerminal(STDIN_FILENO) else { return try line(name) }
    return try HiddenLines.read(asking: ["\(name): "])[0]
  }

  private static func line(_ name: String) throws(Failure) -> String {
    let bytes: [UInt8]
    do {
      bytes = try OpenFile.readStandardInput(upTo: limit + 1)
    } catch {
      throw Failure(.environment, "error: \(error)")
    }
    let text = String(decoding: bytes, as: UTF8.self)
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let isOne = lines.count == 1 || (lines.count == 2 && lines[1].isEmpty)
    guard let line = lines.first, isOne, !line.isEmpty, bytes.count <= limit else {
      let fault = text.isEmpty ? "nothing stands" : "not one line stands"
      throw Failure(
        .usage, "error: \(fault) on standard input: write the \(name) there, one line; nothing was changed")
    }
    return String(line)
  }
}

/// Lines from a terminal that does not show them. However it ends, the terminal is as it was.
enum HiddenLines {
  /// - Throws: the exit code of the signal where somebody stops it, 2 where the input ends, 4 where the terminal does
  ///   not do this.
  static func read(asking prompts: [String]) throws(Failure) -> [String] {
    var original = termios()
    guard tcgetattr(STDIN_FILENO, &original) == 0 else { throw broken }
    var hidden = original
    // Keys that stop a program arrive as bytes, so that none leaves the terminal without echo.
    hidden.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG)
    StopSignal.watch()
    defer { StopSignal.ignore() }
    guard tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0 else { throw broken }
    defer { tcsetattr(STDIN_FILENO, TCSAFLUSH, &original) }
    var lines: [String] = []
    for prompt in prompts {
      say(prompt)
      defer { say("\n") }
      lines.append(try typed())
    }
    return lines
  }

  private static var broken: Failure { Failure(.environment, "error: the terminal cannot be read without echo") }

  private static func say(_ text: String) {
    let bytes = Array(text.utf8)
    _ = unsafe write(STDERR_FILENO, bytes, bytes.count)
  }

  private static func typed() throws(Failure) -> String {
    var line: [UInt8] = []
    while true {
      switch try nextByte() {
      case 0x0A, 0x0D: return String(decoding: line, as: UTF8.self)
      case 0x03: throw Failure(.interrupted)
      case 0x04, nil: throw Failure(.usage, "error: the input ended; nothing was changed")
      // Backspace and delete; control and U takes all back.
      case 0x08, 0x7F: line = line.dropLast()
      case 0x15: line = []
      case let byte?: if line.count < SecretInput.limit { line.append(byte) }
      }
    }
  }

  /// - Returns: nil where the terminal is gone.
  private static func nextByte() throws(Failure) -> UInt8? {
    var byte: UInt8 = 0
    while true {
      if let number = StopSignal.number { throw Failure(.stopped(by: number)) }
      // A signal ends the waiting; one that came just before it is seen a little later.
      var waiting = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, 200) > 0 else { continue }
      let count = Glibc.read(STDIN_FILENO, &byte, 1)
      if count == 1 { return byte }
      if count == 0 || errno != EINTR { return nil }
    }
  }
}
