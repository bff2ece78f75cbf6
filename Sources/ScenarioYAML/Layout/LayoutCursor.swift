/// Walks over the text of a file, and knows where it is.
struct LayoutCursor {
  private let text: [Unicode.Scalar]
  private var index = 0
  /// From 1.
  private(set) var line = 1
  private var lineStart = 0

  init(_ text: String) { self.text = Array(text.unicodeScalars) }

  /// From 1.
  var column: Int { index - lineStart + 1 }
  var isAtEnd: Bool { index >= text.count }
  /// nil at the end.
  var current: Unicode.Scalar? { isAtEnd ? nil : text[index] }

  func peek(_ distance: Int) -> Unicode.Scalar? {
    text.indices.contains(index + distance) ? text[index + distance] : nil
  }

  mutating func advance() {
    guard !isAtEnd else { return }
    let isLineEnd = text[index] == "\n"
    index += 1
    if isLineEnd {
      line += 1
      lineStart = index
    }
  }

  mutating func skipSpaces() {
    while let scalar = current, scalar == " " || scalar == "\t" { advance() }
  }

  var isAtLineEnd: Bool { isAtEnd || current == "\n" }

  /// Whether nothing, or a blank, is there: what sets `- ` and `: ` apart from text.
  func isBlank(at distance: Int) -> Bool {
    guard let scalar = peek(distance) else { return true }
    return scalar == " " || scalar == "\t" || scalar == "\n"
  }

  /// Up to the end of the line.
  mutating func restOfLine() -> String {
    var rest = String.UnicodeScalarView()
    while let scalar = current, scalar != "\n" {
      rest.append(scalar)
      advance()
    }
    return String(rest)
  }

  /// What was passed since another position of the same text.
  func text(since other: LayoutCursor) -> String {
    String(String.UnicodeScalarView(text[other.index..<max(other.index, index)]))
  }

  /// How many spaces begin the line that the cursor is at the start of.
  var indent: Int {
    var width = 0
    while peek(width) == " " { width += 1 }
    return width
  }
}
