/// A YAML file as it is laid out: its nodes with the comments and blank lines between them.
///
/// Beside the nodes that readers see: a formatter must lose nothing that a person wrote.
struct LayoutTree {
  /// The one node of the file and what stands before it; nil for a file of comments only.
  var root: LayoutItem?
  /// What stands behind all of it.
  var after: [LayoutLine]
}

/// A line without a node: empty, or a comment.
enum LayoutLine: Hashable {
  case blank
  /// With its `#`, without what is before and behind it.
  case comment(String)

  var comment: String? {
    switch self {
    case .comment(let text): text
    case .blank: nil
    }
  }
}

/// Behind what is written in a line.
struct TrailingComment: Hashable {
  var text: String
  /// Of its `#`, from 1.
  var column: Int
}

/// An entry of a list, or the whole of a file.
struct LayoutItem {
  /// The lines above it.
  var before: [LayoutLine]
  /// nil where nothing is written.
  var node: LayoutNode?
  var comment: TrailingComment?
}

/// An entry of a mapping.
struct LayoutEntry {
  var before: [LayoutLine]
  var key: LayoutNode
  var value: LayoutNode?
  var comment: TrailingComment?
  /// `{a}` has none; `{a: }` has one and no value.
  var hasColon = true
}

indirect enum LayoutContent {
  case scalar(LayoutScalar)
  /// `*name`
  case alias(String)
  case mapping([LayoutEntry])
  case sequence([LayoutItem])
}

struct LayoutNode {
  /// `&anchor` and `!tag`, as they are written.
  var properties: [String] = []
  var content: LayoutContent
  /// In brackets or braces.
  var isFlow = false
  /// The lines behind its last entry that belong to it.
  var after: [LayoutLine] = []
  /// Where it begins, from 1, without its properties.
  var line: Int
  var column: Int
}

struct LayoutScalar: Hashable {
  enum Style: Hashable {
    case plain, singleQuoted, doubleQuoted
    /// `|` and `>` with their indicators, and the lines behind, without their indent.
    case block(header: String, lines: [String])
  }

  /// What it stands for; of a block the lines as they are written.
  var text: String
  var style: Style
}

extension LayoutNode {
  var scalar: LayoutScalar? {
    switch content {
    case .scalar(let scalar): scalar
    case .alias, .mapping, .sequence: nil
    }
  }

  var entries: [LayoutEntry] {
    switch content {
    case .mapping(let entries): entries
    case .scalar, .alias, .sequence: []
    }
  }

  var items: [LayoutNode] {
    switch content {
    case .sequence(let items): items.compactMap(\.node)
    case .scalar, .alias, .mapping: []
    }
  }

  /// The value of a key; nil where it is not there, or has none.
  subscript(key: String) -> LayoutNode? { entries.first { $0.key.scalar?.text == key }?.value }

  func entry(_ key: String) -> LayoutEntry? { entries.first { $0.key.scalar?.text == key } }
}

extension LayoutTree {
  /// Every comment, in the order in which they are written.
  var comments: [String] {
    var found: [String] = []
    if let root { Self.collect(root.before, root.comment, root.node, &found) }
    return found + after.compactMap(\.comment)
  }

  private static func collect(
    _ before: [LayoutLine], _ comment: TrailingComment?, _ node: LayoutNode?, _ found: inout [String]
  ) {
    found += before.compactMap(\.comment)
    // Behind a value of one line its comment comes last; above a longer one first.
    if let comment { found.append(comment.text) }
    switch node?.content {
    case .mapping(let entries)?:
      for entry in entries { collect(entry.before, entry.comment, entry.value, &found) }
    case .sequence(let items)?:
      for item in items { collect(item.before, item.comment, item.node, &found) }
    case .scalar?, .alias?, nil: break
    }
    found += node?.after.compactMap(\.comment) ?? []
  }
}
