/// The lines of source files as they were when they were read, for quoting: on disk they may be others by now.
public struct SourceTexts: Sendable {
  private var known: [(path: String, lines: [Substring])] = []

  public init() {}

  public mutating func keep(_ lines: [Substring], of path: String) {
    known.removeAll { $0.path == path }
    known.append((path, lines))
  }

  public mutating func keep(_ others: SourceTexts) {
    for other in others.known { keep(other.lines, of: other.path) }
  }

  /// None of a file that was not read, or is no text.
  public func lines(of path: String?) -> [Substring] { known.first { $0.path == path }?.lines ?? [] }
}
