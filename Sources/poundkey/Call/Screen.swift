@preconcurrency import Glibc

/// Draws frames on a terminal without flicker: each line is written over and cleared to its end.
enum Screen {
  /// - Parameter lines: as many as the terminal has rows, at most, and none wider than it.
  static func draw(_ lines: [String]) {
    // The last row keeps no line break, which would scroll.
    write("\u{1B}[H" + lines.map { $0 + "\u{1B}[K" }.joined(separator: "\r\n") + "\u{1B}[J")
  }

  static func write(_ text: String) {
    fflush(stdout)
    var text = text
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while let start = rest.baseAddress, !rest.isEmpty {
        let count = Glibc.write(STDOUT_FILENO, start, rest.count)
        if count < 0, errno != EINTR, errno != EAGAIN { return }
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(max(0, count)))
      }
    }
  }
}
