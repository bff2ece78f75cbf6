@preconcurrency import Glibc

/// How far a long run is, on a line that is written over; nothing where nobody looks on, or for a handful of things.
struct ProgressBar {
  private let title: String
  private let total: Int
  private let isShown: Bool
  private var done = 0
  private var isDrawn = false
  // What is done in a moment needs no bar.
  private var drawnAt = ContinuousClock.now

  init(_ title: String, total: Int) {
    self.title = title
    self.total = total
    isShown = total > 20 && Output.isTerminal(STDERR_FILENO)
  }

  /// One more is done; drawn ten times a second.
  mutating func advance(_ note: @autoclosure () -> String) { advance(to: done + 1, note()) }

  /// So many are done; drawn ten times a second.
  mutating func advance(to count: Int, _ note: @autoclosure () -> String) {
    done = count
    guard isShown else { return }
    let now = ContinuousClock.now
    guard (done == total && isDrawn) || now - drawnAt >= .milliseconds(100) else { return }
    drawnAt = now
    isDrawn = true
    // What was said so far stands above the line.
    fflush(stdout)
    fputs("\r\u{1B}[K\(line(note()))", stderr)
    fflush(stderr)
  }

  mutating func clear() {
    guard isDrawn else { return }
    isDrawn = false
    fputs("\r\u{1B}[K", stderr)
    fflush(stderr)
  }

  private func line(_ note: String) -> String {
    let width = 24
    let eighths = done * width * 8 / max(1, total)
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    let bar = String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
    let blank = String(repeating: " ", count: width - bar.count)
    return "\(title) ▕\(bar)\(blank)▏ \(done) of \(total)\(note.isEmpty ? "" : " · \(note)")"
  }
}
