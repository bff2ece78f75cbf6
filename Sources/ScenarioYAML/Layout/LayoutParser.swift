/// Reads how a file is laid out. The file is known to be YAML: its mistakes were told by the YAML parser.
struct LayoutParser {
  /// What this parser does not follow, and where.
  struct Failure: Error {
    let what: String
    let line: Int
    let column: Int
  }

  /// A line that was read and belongs to nothing yet, with its column.
  struct Pending {
    let line: LayoutLine
    let column: Int
  }

  var cursor: LayoutCursor
  var pending: [Pending] = []

  private init(_ text: String) { cursor = LayoutCursor(text) }

  static func tree(_ text: String) throws(Failure) -> LayoutTree {
    var parser = LayoutParser(text)
    return try parser.tree()
  }

  private mutating func tree() throws(Failure) -> LayoutTree {
    skipTrivia()
    try passDocumentStart()
    var root: LayoutItem?
    if !cursor.isAtEnd, !isDocumentEnd {
      var item = LayoutItem(before: takePending(), node: nil, comment: nil)
      item.node = try node(deeperThan: -1, before: &item.before, comment: &item.comment)
      root = item
      skipTrivia()
    }
    if isDocumentEnd { throw unsupported("a document that is ended by ...") }
    guard cursor.isAtEnd else { throw unsupported("what stands here") }
    return LayoutTree(root: root, after: takePending())
  }

  /// `---` at the top is left out; directives are not followed.
  private mutating func passDocumentStart() throws(Failure) {
    if cursor.current == "%" { throw unsupported("a directive") }
    guard cursor.column == 1, cursor.current == "-", cursor.peek(1) == "-", cursor.peek(2) == "-",
      cursor.isBlank(at: 3)
    else { return }
    for _ in 0..<3 { cursor.advance() }
    cursor.skipSpaces()
    guard cursor.isAtLineEnd || cursor.current == "#" else { throw unsupported("text behind ---") }
    skipTrivia()
  }

  private var isDocumentEnd: Bool {
    cursor.column == 1 && cursor.current == "." && cursor.peek(1) == "." && cursor.peek(2) == "."
  }

  func unsupported(_ what: String) -> Failure {
    Failure(what: what, line: cursor.line, column: cursor.column)
  }
}

// Comments and blank lines.
extension LayoutParser {
  /// Passes what is no node, up to the next one, and keeps it in `pending`.
  mutating func skipTrivia() {
    while !cursor.isAtEnd {
      let isLineStart = cursor.column == 1
      cursor.skipSpaces()
      switch cursor.current {
      case "\n":
        if isLineStart { pending.append(Pending(line: .blank, column: 0)) }
        cursor.advance()
      case "#":
        let column = cursor.column
        pending.append(Pending(line: .comment(comment()), column: column))
      case nil, .some: return
      }
    }
  }

  /// The comment that begins here, without what is behind it.
  mutating func comment() -> String {
    var text = cursor.restOfLine()
    while text.last == " " || text.last == "\t" { text.removeLast() }
    cursor.advance()
    return text
  }

  /// The comment behind what was just read, in the same line; passes the end of the line.
  mutating func trailingComment() -> TrailingComment? {
    cursor.skipSpaces()
    guard cursor.current == "#" else {
      if cursor.current == "\n" { cursor.advance() }
      return nil
    }
    let column = cursor.column
    return TrailingComment(text: comment(), column: column)
  }

  mutating func takePending() -> [LayoutLine] {
    defer { pending = [] }
    return pending.map(\.line)
  }

  /// The comments that belong to a block which ends here: as deep as it, or deeper.
  mutating func takePending(from column: Int) -> [LayoutLine] {
    var count = 0
    for (index, entry) in pending.enumerated() {
      guard entry.line != .blank else { continue }
      guard entry.column >= column else { break }
      count = index + 1
    }
    defer { pending.removeFirst(count) }
    return pending.prefix(count).map(\.line)
  }
}
