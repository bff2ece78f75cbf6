/// A line of a file as it is quoted: all of it, or what surrounds the place in a very long one.
public struct QuotedLine: Hashable, Sendable {
  /// In Unicode scalars; a longer line is cut to so much.
  public static let width = 160

  public let text: String
  /// Where the caret begins, in Unicode scalars from the start of `text`.
  public let offset: Int
  /// How long the caret is, at least 1.
  public let length: Int

  public init(text: String, offset: Int, length: Int) {
    self.text = text
    self.offset = offset
    self.length = length
  }

  /// - Parameter span: what must be seen; nil where the line only stands beside.
  public init(_ line: String, around span: SourceSpan?) {
    let scalars = Array(line.unicodeScalars)
    let column = min(max(0, (span?.column ?? 1) - 1), scalars.count)
    let start = column > Self.width - 40 ? column - 40 : 0
    let end = min(scalars.count, start + Self.width)
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[start..<end])
    let cut = (before: start > 0 ? "…" : "", after: end < scalars.count ? "…" : "")
    text = cut.before + String(view) + cut.after
    offset = column - start + cut.before.unicodeScalars.count
    length = max(1, min(span?.length ?? 1, end - column))
  }
}
