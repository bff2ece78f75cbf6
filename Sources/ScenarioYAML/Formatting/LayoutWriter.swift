/// Writes a file in the one layout: two spaces a level, lists indented under their key, braces where they fit.
struct LayoutWriter {
  /// Braces and brackets that end further right are written as blocks.
  static let width = 100

  private var lines: [String] = []

  static func text(_ tree: LayoutTree) -> String {
    var writer = LayoutWriter()
    writer.file(tree)
    while writer.lines.last == "" { writer.lines.removeLast() }
    return writer.lines.map { $0 + "\n" }.joined()
  }

  private mutating func file(_ tree: LayoutTree) {
    if let root = tree.root {
      above(root.before, indent: 0)
      if let node = root.node {
        write(node, prefix: "", indent: 0, child: 0, comment: root.comment)
      }
    }
    above(tree.after, indent: 0)
  }

  /// Comments on lines of their own; of several empty lines one is left, at the top of a file none.
  private mutating func above(_ lines: [LayoutLine], indent: Int) {
    for line in lines {
      switch line {
      case .blank: if self.lines.last.map({ !$0.isEmpty }) == true { self.lines.append("") }
      case .comment(let text): self.lines.append(Self.spaces(indent) + text)
      }
    }
  }

  private static func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

  private mutating func add(_ text: String, _ comment: TrailingComment?) {
    guard let comment else { return lines.append(text) }
    // A column of comments stays one.
    let room = comment.column - 1 - text.unicodeScalars.count
    lines.append((text.isEmpty ? "" : text + Self.spaces(max(2, room))) + comment.text)
  }

  /// - Parameters:
  ///   - prefix: what stands before it in its line, indent included: `  key:` or `  -`.
  ///   - indent: of the entry it belongs to.
  ///   - child: of its own entries where it becomes a block.
  private mutating func write(
    _ node: LayoutNode, prefix: String, indent: Int, child: Int, comment: TrailingComment?
  ) {
    let head = ([prefix] + node.properties).filter { !$0.isEmpty }.joined(separator: " ")
    if let text = inline(node, behind: head) {
      return add(head.isEmpty ? text : text.isEmpty ? head : "\(head) \(text)", comment)
    }
    switch node.content {
    case .scalar(let scalar): block(scalar, head: head, indent: child, comment: comment)
    case .alias: break
    case .mapping(let entries):
      if !head.isEmpty { add(head, comment) }
      for entry in entries { self.entry(entry, indent: child) }
      above(node.after, indent: child)
    case .sequence(let items):
      if !head.isEmpty { add(head, comment) }
      for item in items { self.item(item, indent: child) }
      above(node.after, indent: child)
    }
  }

  private mutating func block(_ scalar: LayoutScalar, head: String, indent: Int, comment: TrailingComment?) {
    guard case .block(let header, let content) = scalar.style else { return }
    let indicators = header.map { $0.isNumber ? "2" : String($0) }.joined()
    add(head.isEmpty ? indicators : "\(head) \(indicators)", comment)
    for line in content { lines.append(line.isEmpty ? "" : Self.spaces(indent) + line) }
  }

  private mutating func entry(_ entry: LayoutEntry, indent: Int, prefix: String? = nil) {
    above(entry.before, indent: indent)
    let key = Self.flow(entry.key, inFlow: false)
    // An alias would swallow the colon.
    let colon = entry.key.isAlias ? " :" : ":"
    let start = (prefix ?? Self.spaces(indent)) + key + colon
    guard let value = entry.value else { return add(start, entry.comment) }
    write(value, prefix: start, indent: indent, child: indent + 2, comment: entry.comment)
  }

  private mutating func item(_ item: LayoutItem, indent: Int) {
    above(item.before, indent: indent)
    let dash = Self.spaces(indent) + "-"
    guard let node = item.node else { return add(dash, item.comment) }
    guard node.properties.isEmpty, inline(node, behind: dash) == nil else {
      return write(node, prefix: dash, indent: indent, child: indent + 2, comment: item.comment)
    }
    switch node.content {
    case .mapping(let entries): first(of: entries, dash, indent, item, node)
    case .sequence(let items): first(of: items, dash, indent, item, node)
    case .scalar, .alias: write(node, prefix: dash, indent: indent, child: indent + 2, comment: item.comment)
    }
  }

  /// `- key: value`, the other keys below.
  private mutating func first(
    of entries: [LayoutEntry], _ dash: String, _ indent: Int, _ item: LayoutItem, _ node: LayoutNode
  ) {
    // A comment behind the dash, or braces that did not fit, stands above.
    let above = (item.comment.map { [LayoutLine.comment($0.text)] } ?? []) + (entries.first?.before ?? [])
    self.above(above.filter { $0 != .blank }, indent: indent)
    for (index, entry) in entries.enumerated() {
      guard index == 0 else {
        self.entry(entry, indent: indent + 2)
        continue
      }
      var first = entry
      first.before = []
      self.entry(first, indent: indent + 2, prefix: dash + " ")
    }
    self.above(node.after, indent: indent + 2)
  }

  /// `- - value`, the others below.
  private mutating func first(
    of items: [LayoutItem], _ dash: String, _ indent: Int, _ item: LayoutItem, _ node: LayoutNode
  ) {
    let above = (item.comment.map { [LayoutLine.comment($0.text)] } ?? []) + (items.first?.before ?? [])
    self.above(above.filter { $0 != .blank }, indent: indent)
    let start = lines.count
    for (index, item) in items.enumerated() {
      var item = item
      if index == 0 { item.before = [] }
      self.item(item, indent: indent + 2)
    }
    if lines.indices.contains(start) {
      // The first of them begins in the line of the dash.
      lines[start] = dash + " " + String(lines[start].unicodeScalars.dropFirst(indent + 2))
    }
    self.above(node.after, indent: indent + 2)
  }
}

// Within one line.
extension LayoutWriter {
  /// The node as it stands behind `head`; nil where it takes lines of its own.
  private func inline(_ node: LayoutNode, behind head: String) -> String? {
    switch node.content {
    case .alias(let name): return name
    case .scalar(let scalar):
      if case .block = scalar.style { return nil }
      return ScalarText.text(of: scalar, inFlow: false)
    case .mapping, .sequence:
      guard node.isFlow else { return nil }
      if node.isEmpty { return node.isMapping ? "{}" : "[]" }
      guard !node.holdsComments else { return nil }
      let text = Self.flow(node, inFlow: false)
      let end = head.unicodeScalars.count + 1 + text.unicodeScalars.count
      return end <= Self.width ? text : nil
    }
  }

  private static func flow(_ node: LayoutNode, inFlow: Bool) -> String {
    let content: String
    switch node.content {
    case .alias(let name): content = name
    case .scalar(let scalar): content = ScalarText.text(of: scalar, inFlow: inFlow)
    case .mapping(let entries): content = "{" + entries.map(flow).joined(separator: ", ") + "}"
    case .sequence(let items):
      content = "[" + items.map { $0.node.map { flow($0, inFlow: true) } ?? "" }.joined(separator: ", ") + "]"
    }
    // In a line of a block its properties stand before it already.
    return inFlow ? (node.properties + [content]).joined(separator: " ") : content
  }

  private static func flow(_ entry: LayoutEntry) -> String {
    let key = flow(entry.key, inFlow: true) + (entry.key.isAlias ? " " : "")
    guard entry.hasColon else { return key }
    return "\(key): \(entry.value.map { flow($0, inFlow: true) } ?? "")"
  }
}

extension LayoutNode {
  fileprivate var isAlias: Bool {
    switch content {
    case .alias: true
    case .scalar, .mapping, .sequence: false
    }
  }

  fileprivate var isMapping: Bool {
    switch content {
    case .mapping: true
    case .scalar, .alias, .sequence: false
    }
  }
}
