// What is in brackets and braces.
extension LayoutParser {
  /// The node that begins here, inside brackets or as brackets.
  mutating func flowNode() throws(Failure) -> LayoutNode {
    let given = properties()
    let (line, column) = (cursor.line, cursor.column)
    var node: LayoutNode
    switch cursor.current {
    case "[": node = try flowSequence()
    case "{": node = try flowMapping()
    case "\"", "'": node = LayoutNode(content: .scalar(try quoted()), line: line, column: column)
    case "*": node = LayoutNode(content: .alias(word()), line: line, column: column)
    case nil, .some: node = LayoutNode(content: .scalar(flowPlain()), line: line, column: column)
    }
    node.properties = given
    return node
  }

  private mutating func flowSequence() throws(Failure) -> LayoutNode {
    var node = LayoutNode(content: .sequence([]), isFlow: true, line: cursor.line, column: cursor.column)
    var items: [LayoutItem] = []
    cursor.advance()
    while true {
      var lines = flowLines()
      if cursor.current == "]" {
        node.after = lines
        break
      }
      guard !cursor.isAtEnd, cursor.current != "," else { throw unsupported("this list") }
      let (line, column) = (cursor.line, cursor.column)
      var item = LayoutItem(before: [], node: try flowNode(), comment: nil)
      lines += hoisted(&item.node)
      item.comment = flowComment()
      let spaced = flowLines()
      if cursor.current == ":", let key = item.node {
        let entry = try flowValue(of: key, lines + spaced)
        item.node = LayoutNode(content: .mapping([entry]), isFlow: true, line: line, column: column)
        lines = []
      } else {
        lines += spaced
      }
      item.before = lines
      try passSeparator("]", &item.comment)
      items.append(item)
    }
    cursor.advance()
    node.content = .sequence(items)
    return node
  }

  private mutating func flowMapping() throws(Failure) -> LayoutNode {
    var node = LayoutNode(content: .mapping([]), isFlow: true, line: cursor.line, column: cursor.column)
    var entries: [LayoutEntry] = []
    cursor.advance()
    while true {
      let lines = flowLines()
      if cursor.current == "}" {
        node.after = lines
        break
      }
      guard !cursor.isAtEnd, cursor.current != "," else { throw unsupported("this mapping") }
      if cursor.current == "?", cursor.isBlank(at: 1) { throw unsupported("a key behind ?") }
      let key = try flowNode()
      let spaced = flowLines()
      var entry = LayoutEntry(before: lines + spaced, key: key, value: nil, comment: nil, hasColon: false)
      if cursor.current == ":" { entry = try flowValue(of: key, lines + spaced) }
      try passSeparator("}", &entry.comment)
      entries.append(entry)
    }
    cursor.advance()
    node.content = .mapping(entries)
    return node
  }

  /// From the colon to what ends the value.
  private mutating func flowValue(of key: LayoutNode, _ before: [LayoutLine]) throws(Failure) -> LayoutEntry {
    cursor.advance()
    var lines = before + flowLines()
    var value: LayoutNode?
    var comment: TrailingComment?
    if let scalar = cursor.current, !",]}".unicodeScalars.contains(scalar) {
      value = try flowNode()
      lines += hoisted(&value)
      comment = flowComment()
      lines += flowLines()
    }
    return LayoutEntry(before: lines, key: key, value: value, comment: comment)
  }

  /// The comments inside empty brackets stand above them.
  private func hoisted(_ node: inout LayoutNode?) -> [LayoutLine] {
    guard let inner = node, inner.isEmpty, !inner.after.isEmpty else { return [] }
    node?.after = []
    return inner.after
  }

  /// A comma, and the comment behind it in its line; or the end of the collection.
  private mutating func passSeparator(_ end: Unicode.Scalar, _ comment: inout TrailingComment?) throws(Failure) {
    guard cursor.current == "," else {
      guard cursor.current == end else { throw unsupported("what stands here") }
      return
    }
    cursor.advance()
    if comment == nil { comment = flowComment() }
  }

  private mutating func flowComment() -> TrailingComment? {
    cursor.skipSpaces()
    guard cursor.current == "#" else { return nil }
    let column = cursor.column
    return TrailingComment(text: self.comment(), column: column)
  }

  /// Blanks, line ends and comments: inside brackets only the comments count.
  private mutating func flowLines() -> [LayoutLine] {
    var lines: [LayoutLine] = []
    while !cursor.isAtEnd {
      cursor.skipSpaces()
      if cursor.current == "#" {
        lines.append(.comment(comment()))
      } else if cursor.current == "\n" {
        cursor.advance()
      } else {
        break
      }
    }
    return lines
  }

  private mutating func flowPlain() -> LayoutScalar {
    var text = flowPlainLine()
    while cursor.isAtLineEnd, !cursor.isAtEnd {
      var ahead = self
      var breaks = 0
      while ahead.cursor.isAtLineEnd, !ahead.cursor.isAtEnd {
        ahead.cursor.advance()
        ahead.cursor.skipSpaces()
        breaks += 1
      }
      guard let scalar = ahead.cursor.current, !",[]{}#:".unicodeScalars.contains(scalar) else { break }
      text += breaks == 1 ? " " : String(repeating: "\n", count: breaks - 1)
      text += ahead.flowPlainLine()
      self = ahead
    }
    return LayoutScalar(text: text, style: .plain)
  }

  private mutating func flowPlainLine() -> String {
    let start = cursor
    while let scalar = cursor.current, scalar != "\n", !",[]{}".unicodeScalars.contains(scalar) {
      if scalar == ":" {
        let following = cursor.peek(1)
        let ends = cursor.isBlank(at: 1) || following.map { ",[]{}".unicodeScalars.contains($0) } == true
        if ends { break }
      }
      if scalar == "#", cursor.peek(-1) == " " || cursor.peek(-1) == "\t" { break }
      cursor.advance()
    }
    return Self.trimmed(cursor.text(since: start))
  }
}
