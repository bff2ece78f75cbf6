@preconcurrency import Glibc

/// One line on the terminal that is written over; nothing where nobody looks on.
struct ProgressLine {
  private let title: String
  private let isShown = Output.isTerminal(STDERR_FILENO)

  init(_ title: String) { self.title = title }

  func show(_ text: String) {
    guard isShown else { return }
    fputs("\r\u{1B}[K\(title): \(text)", stderr)
    fflush(stderr)
  }

  func clear() {
    guard isShown else { return }
    fputs("\r\u{1B}[K", stderr)
    fflush(stderr)
  }
}
