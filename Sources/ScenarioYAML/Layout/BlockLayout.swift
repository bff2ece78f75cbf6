// What is laid out by its indent.
extension LayoutParser {
  /// The node that begins here, the first thing of its line or behind a `- `.
  ///
  /// - Parameter parent: the column that it is deeper than.
  mutating func node(
    deeperThan parent: Int, before: inout [LayoutLine], comment: inout TrailingComment?
  ) throws(Failure) -> LayoutNode {
    if isDash { return try blockSequence() }
    if try isKey() { return try blockMapping() }
    return try inlineNode(deeperThan: parent, before: &before, comment: &comment)
  }

  private var isDash: Bool { cursor.current == "-" && cursor.isBlank(at: 1) }

  // MARK: Mappings

  /// Whether `key:` begins here.
  private func isKey() throws(Failure) -> Bool {
    var ahead = self
    if ahead.cursor.current == "?", ahead.cursor.isBlank(at: 1) { throw unsupported("a key behind ?") }
    _ = ahead.properties()
    let line = ahead.cursor.line
    switch ahead.cursor.current {
    case "\"", "'": _ = try ahead.quoted()
    case "*": _ = ahead.word()
    case "[", "{":
      _ = try ahead.flowNode()
      guard ahead.cursor.line == line else { return false }
      ahead.cursor.skipSpaces()
      guard ahead.cursor.current == ":", ahead.cursor.isBlank(at: 1) else { return false }
      throw unsupported("a key in brackets")
    case "|", ">", nil: return false
    case .some: ahead.passPlainOfLine()
    }
    ahead.cursor.skipSpaces()
    return ahead.cursor.line == line && ahead.cursor.current == ":" && ahead.cursor.isBlank(at: 1)
  }

  private mutating func blockMapping() throws(Failure) -> LayoutNode {
    let (line, column) = (cursor.line, cursor.column)
    var entries: [LayoutEntry] = []
    while true {
      entries.append(try blockEntry(at: column))
      skipTrivia()
      guard !cursor.isAtEnd, cursor.column == column, !isDash, try isKey() else { break }
    }
    if !cursor.isAtEnd, cursor.column > column { throw unsupported("this indent") }
    return LayoutNode(
      content: .mapping(entries), after: takePending(from: column), line: line, column: column)
  }

  private mutating func blockEntry(at column: Int) throws(Failure) -> LayoutEntry {
    var before = takePending()
    var comment: TrailingComment?
    let key = try self.key()
    cursor.skipSpaces()
    cursor.advance()
    cursor.skipSpaces()
    let value = try value(deeperThan: column, takesDashes: true, before: &before, comment: &comment)
    return LayoutEntry(before: before, key: key, value: value, comment: comment)
  }

  private mutating func key() throws(Failure) -> LayoutNode {
    let given = properties()
    let (line, column) = (cursor.line, cursor.column)
    let content: LayoutContent
    switch cursor.current {
    case "\"", "'": content = .scalar(try quoted())
    case "*": content = .alias(word())
    case nil, .some:
      let start = cursor
      passPlainOfLine()
      content = .scalar(LayoutScalar(text: Self.trimmed(cursor.text(since: start)), style: .plain))
    }
    return LayoutNode(properties: given, content: content, line: line, column: column)
  }

  // MARK: Lists

  private mutating func blockSequence() throws(Failure) -> LayoutNode {
    let (line, column) = (cursor.line, cursor.column)
    var items: [LayoutItem] = []
    repeat {
      items.append(try blockItem(at: column))
      skipTrivia()
    } while !cursor.isAtEnd && cursor.column == column && isDash
    // What stands as deep as the dashes of a list that is not indented belongs to the key behind.
    let isKeyBehind = !cursor.isAtEnd && cursor.column == column
    let after = takePending(from: isKeyBehind ? column + 1 : column)
    return LayoutNode(content: .sequence(items), after: after, line: line, column: column)
  }

  private mutating func blockItem(at column: Int) throws(Failure) -> LayoutItem {
    var item = LayoutItem(before: takePending(), node: nil, comment: nil)
    cursor.advance()
    cursor.skipSpaces()
    item.node = try value(deeperThan: column, takesDashes: false, before: &item.before, comment: &item.comment)
    return item
  }

  // MARK: Values

  /// What stands behind `key:` or `- `, in its line or below.
  private mutating func value(
    deeperThan column: Int, takesDashes: Bool, before: inout [LayoutLine], comment: inout TrailingComment?
  ) throws(Failure) -> LayoutNode? {
    let start = self
    let given = properties()
    if !given.isEmpty, !takesDashes, !cursor.isAtLineEnd, cursor.current != "#", try start.isKey() {
      // `- &a key: value` names the key.
      self = start
      return try node(deeperThan: column, before: &before, comment: &comment)
    }
    guard cursor.isAtLineEnd || cursor.current == "#" else {
      var found =
        takesDashes
        ? try inlineNode(deeperThan: column, before: &before, comment: &comment)
        : try node(deeperThan: column, before: &before, comment: &comment)
      found.properties = given + found.properties
      return found
    }
    let head = trailingComment()
    skipTrivia()
    let isDeeper = cursor.column > column || (takesDashes && cursor.column == column && isDash)
    guard !cursor.isAtEnd, isDeeper else {
      guard given.isEmpty else { throw unsupported("an anchor or a tag of nothing") }
      comment = head
      return nil
    }
    let startsKey = try isKey()
    let isCollection = isDash || startsKey
    if !takesDashes || !isCollection {
      // The value moves up, behind its key or dash.
      before += (head.map { [.comment($0.text)] } ?? []) + pending.map(\.line).filter { $0 != .blank }
      pending = []
    } else {
      comment = head
    }
    var found = try node(deeperThan: column, before: &before, comment: &comment)
    found.properties = given + found.properties
    return found
  }

  /// A text, an alias, or what is in brackets, with the comment behind it.
  private mutating func inlineNode(
    deeperThan parent: Int, before: inout [LayoutLine], comment: inout TrailingComment?
  ) throws(Failure) -> LayoutNode {
    let given = properties()
    let (line, column) = (cursor.line, cursor.column)
    var node: LayoutNode
    switch cursor.current {
    case "|", ">":
      let (scalar, note) = try blockScalar(deeperThan: parent)
      comment = note
      return LayoutNode(properties: given, content: .scalar(scalar), line: line, column: column)
    case "[", "{": node = try flowNode()
    case "\"", "'": node = LayoutNode(content: .scalar(try quoted()), line: line, column: column)
    case "*": node = LayoutNode(content: .alias(word()), line: line, column: column)
    case nil, .some: node = LayoutNode(content: .scalar(plain(deeperThan: parent)), line: line, column: column)
    }
    node.properties = given + node.properties
    let trailing = trailingComment()
    if node.isFlow, node.isEmpty {
      before += node.after
      node.after = []
    }
    if let trailing, node.holdsComments {
      node.after.append(.comment(trailing.text))
    } else {
      comment = trailing
    }
    return node
  }
}

extension LayoutNode {
  var isEmpty: Bool {
    switch content {
    case .mapping(let entries): entries.isEmpty
    case .sequence(let items): items.isEmpty
    case .scalar, .alias: false
    }
  }

  /// Whether comments stand inside, so that it cannot be written in one line.
  var holdsComments: Bool {
    if !after.isEmpty { return true }
    return switch content {
    case .scalar, .alias: false
    case .mapping(let entries):
      entries.contains { entry in
        !entry.before.isEmpty || entry.comment != nil || entry.key.holdsComments || entry.value?.holdsComments == true
      }
    case .sequence(let items):
      items.contains { !$0.before.isEmpty || $0.comment != nil || $0.node?.holdsComments == true }
    }
  }
}
