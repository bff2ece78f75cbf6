// Nodes of files that are written anew: in the one layout from the start.
extension LayoutNode {
  /// What somebody wrote: in quotes where it needs them. `${` stands for itself.
  static func text(_ text: String) -> LayoutNode { scalar(Reference.escaped(text), .doubleQuoted) }

  /// A word, a number or a time of the grammar's: without quotes.
  static func word(_ word: String) -> LayoutNode { scalar(word, .plain) }

  static func flag(_ flag: Bool) -> LayoutNode { word(flag ? "true" : "false") }

  static func time(_ time: some CustomStringConvertible) -> LayoutNode { word("\(time)") }

  private static func scalar(_ text: String, _ style: LayoutScalar.Style) -> LayoutNode {
    LayoutNode(content: .scalar(LayoutScalar(text: text, style: style)), line: 0, column: 0)
  }

  /// An entry a line.
  static func block(_ entries: [LayoutEntry]) -> LayoutNode {
    LayoutNode(content: .mapping(entries), line: 0, column: 0)
  }

  static func block(_ nodes: [LayoutNode]) -> LayoutNode {
    LayoutNode(content: .sequence(nodes.map(LayoutItem.init)), line: 0, column: 0)
  }

  /// In braces where they fit.
  static func flow(_ entries: [LayoutEntry]) -> LayoutNode {
    LayoutNode(content: .mapping(entries), isFlow: true, line: 0, column: 0)
  }

  /// In brackets where they fit.
  static func flow(_ nodes: [LayoutNode]) -> LayoutNode {
    LayoutNode(content: .sequence(nodes.map(LayoutItem.init)), isFlow: true, line: 0, column: 0)
  }

  static func texts(_ texts: [String]) -> LayoutNode { flow(texts.map { text($0) }) }
}

extension LayoutItem {
  init(_ node: LayoutNode) { self.init(before: [], node: node, comment: nil) }
}

extension LayoutEntry {
  init(_ key: String, _ value: LayoutNode) {
    self.init(before: [], key: .word(key), value: value, comment: nil)
  }
}

extension LayoutTree {
  /// - Parameter head: comments for the first lines, without their `#`.
  init(_ root: LayoutNode, head: [String] = []) {
    self.init(root: LayoutItem(before: head.map { .comment("# \($0)") }, node: root, comment: nil), after: [])
  }
}
