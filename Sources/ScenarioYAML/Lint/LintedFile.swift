import ScenarioModel

/// A file as the checks look at it: as it is written, before anything is made of it.
struct LintedFile {
  let path: String
  let kind: SourceKind
  let lines: [Substring]
  let root: LayoutNode
  private let above: [LayoutLine]

  /// nil for a file that cannot be followed: the readers tell what is wrong with it.
  init?(path: String, bytes: [UInt8], kind: SourceKind) {
    guard let text = try? YAMLText(path: path, bytes: bytes), (try? text.compose()) != nil,
      let tree = try? LayoutParser.tree(text.lines.joined(separator: "\n")), let item = tree.root, let root = item.node
    else { return nil }
    self.path = path
    self.kind = kind
    self.root = root
    lines = text.lines
    above = item.before + (root.entries.first?.before ?? [])
  }

  /// Where the file says which schema it is checked with, for editors.
  var hasModeline: Bool {
    above.compactMap(\.comment).contains { $0.contains("yaml-language-server:") && $0.contains("$schema=") }
  }

  func place(_ node: LayoutNode) -> SourcePlace {
    let length = node.scalar.map { $0.text.unicodeScalars.count + ($0.style == .plain ? 0 : 2) } ?? 1
    let line = lines.indices.contains(node.line - 1) ? lines[node.line - 1].unicodeScalars.count : 0
    let room = max(1, line - node.column + 1)
    return SourcePlace(path: path, span: SourceSpan(line: node.line, column: node.column, length: min(length, room)))
  }

  /// The steps, and those inside repetitions, a list each.
  var stepLists: [[LintedStep]] { root["steps"].map { LintedStep.lists($0) } ?? [] }

  /// Every name that is looked up as `${name}`, outside some top-level keys.
  func lookups(outside excluded: Set<String>) -> Set<String> {
    var found: Set<String> = []
    for entry in root.entries where !excluded.contains(entry.key.scalar?.text ?? "") {
      if let value = entry.value { Self.collect(value, &found) }
    }
    return found
  }

  private static func collect(_ node: LayoutNode, _ found: inout Set<String>) {
    switch node.content {
    case .scalar(let scalar):
      for part in scalar.text.split(separator: "${", omittingEmptySubsequences: false).dropFirst() {
        found.insert(LayoutParser.trimmed(String(part.prefix { $0 != "}" })))
      }
    case .alias: break
    case .mapping(let entries):
      for entry in entries {
        collect(entry.key, &found)
        if let value = entry.value { collect(value, &found) }
      }
    case .sequence(let items): for item in items { item.node.map { collect($0, &found) } }
    }
  }
}

/// A step as it is written: its verb and what stands behind it.
struct LintedStep {
  let verb: String
  let place: LayoutNode
  let argument: LayoutNode?

  static func lists(_ steps: LayoutNode) -> [[LintedStep]] {
    let list = steps.items.compactMap { LintedStep($0) }
    return [list] + list.filter { $0.verb == "repeat" }.flatMap { $0.argument?["steps"].map(lists) ?? [] }
  }

  private init?(_ node: LayoutNode) {
    if let scalar = node.scalar {
      (verb, place, argument) = (scalar.text, node, nil)
      return
    }
    let companions = Grammar.companions.map(\.name) + ["times"]
    guard let entry = node.entries.first(where: { !companions.contains($0.key.scalar?.text ?? "") }),
      let name = entry.key.scalar?.text
    else { return nil }
    (verb, place, argument) = (name, entry.key, entry.value)
  }
}
