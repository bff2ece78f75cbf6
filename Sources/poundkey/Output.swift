@preconcurrency import Glibc
import Reports
import Synchronization

/// What is written, and how: colours and drawing only for a terminal.
enum Output {
  static func line(_ text: String = "") { write(text + "\n", to: stdout) }

  /// As it is, with the line ends that it has.
  static func text(_ text: String) { write(text, to: stdout) }

  /// Bytes that are no text.
  static func bytes(_ bytes: [UInt8]) {
    if fwrite(bytes, 1, bytes.count, stdout) < bytes.count { note(errno) }
  }

  static func lines(_ lines: [String]) { for text in lines { line(text) } }

  static func error(_ text: String) {
    flush()
    write(text.hasSuffix("\n") ? text : text + "\n", to: stderr)
  }

  /// Shows what was written so far, for those who watch.
  static func flush() {
    if fflush(stdout) != 0 { note(errno) }
  }

  /// Writes what is left.
  ///
  /// - Returns: the reason where not all could be written: a full disk, a closed output.
  static func finish() -> String? {
    flush()
    let reason = failure.load(ordering: .relaxed)
    return reason == 0 ? nil : String(cString: strerror(reason))
  }

  /// Why standard output did not take something, the first time; 0 while it takes all.
  private static let failure = Atomic<CInt>(0)

  private static func note(_ code: CInt) {
    _ = failure.compareExchange(expected: 0, desired: code == 0 ? EIO : code, ordering: .relaxed)
  }

  /// How whoever started this would start it again: `script/run` says that it did.
  static var program: String { getenv("POUNDKEY_STARTED_AS").map { String(cString: $0) } ?? "poundkey" }

  static var style: Style { Style(isColoured: isTerminal(STDOUT_FILENO) && wantsColour) }
  static var errorStyle: Style { Style(isColoured: isTerminal(STDERR_FILENO) && wantsColour) }

  static func isTerminal(_ descriptor: CInt) -> Bool { isatty(descriptor) == 1 }

  /// https://no-color.org: set and not empty.
  private static var wantsColour: Bool {
    let noColour = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
    return !noColour && !isDumb
  }

  /// Whether the terminal can only write.
  static var isDumb: Bool { getenv("TERM").map { String(cString: $0) == "dumb" } ?? false }

  /// Columns of the terminal; 80 where there is none.
  static var width: Int { TerminalSize.current?.columns ?? 80 }

  private static func write(_ text: String, to stream: UnsafeMutablePointer<FILE>?) {
    var text = text
    text.withUTF8 { bytes in
      let isWritten = fwrite(bytes.baseAddress, 1, bytes.count, stream) == bytes.count
      if !isWritten, stream == stdout { note(errno) }
    }
  }
}

struct TerminalSize {
  let columns: Int
  let rows: Int

  /// nil where stdout is no terminal.
  static var current: TerminalSize? {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return TerminalSize(columns: Int(size.ws_col), rows: Int(size.ws_row))
  }
}
