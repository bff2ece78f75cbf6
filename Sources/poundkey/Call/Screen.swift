@preconcurrency import Glibc

/// Draws frames on a terminal without flicker: each line is written over and cleared to its end.
enum Screen {
  static func draw(_ lines: [String], rows: Int) {
    var frame = "\u{1B}[H"
    // The last row keeps no line break, which would scroll.
    for (row, line) in lines.prefix(rows).enumerated() {
      frame += (row == 0 ? "" : "\r\n") + line + "\u{1B}[K"
    }
    write(frame + "\u{1B}[J")
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
