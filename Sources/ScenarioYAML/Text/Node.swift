import ScenarioModel

/// A value of a file with its place. Scalars hold the text as it was written: nothing is a number or a flag yet.
///
/// Ours and not the parser's: a case is made of values of several files, and each knows its own. They are handed around
/// far more often than looked into, and so each is one reference.
indirect enum Node: Sendable {
  case scalar(Scalar)
  case mapping(Mapping)
  case sequence(Sequence)

  struct Scalar: Sendable {
    enum Style: Sendable { case plain, singleQuoted, doubleQuoted, block, tableField }

    var string: String
    var style: Style
    let mark: Mark
    /// Where a `${name}` stands that this value replaced.
    var site: SourcePlace?
    /// A look-up in it failed, which was told: nothing else is wrong with it.
    var isBroken = false
  }

  struct Mapping: Sendable {
    typealias Entry = (key: Node, value: Node)

    let entries: [Entry]
    let mark: Mark
    /// Whether there is a `${name}` anywhere in it.
    let isTemplate: Bool
    var site: SourcePlace?

    init(_ entries: [Entry], mark: Mark, site: SourcePlace? = nil) {
      let isTemplate = entries.contains { $0.key.isTemplate || $0.value.isTemplate }
      self.init(entries, mark: mark, site: site, isTemplate: isTemplate)
    }

    /// - Parameter isTemplate: for whoever knows it already.
    init(_ entries: [Entry], mark: Mark, site: SourcePlace? = nil, isTemplate: Bool) {
      self.entries = entries
      self.mark = mark
      self.site = site
      self.isTemplate = isTemplate
    }

    subscript(key: String) -> Node? { entries.first { $0.key.scalar?.string == key }?.value }
  }

  struct Sequence: Sendable {
    let nodes: [Node]
    let mark: Mark
    let isTemplate: Bool
    var site: SourcePlace?

    init(_ nodes: [Node], mark: Mark, site: SourcePlace? = nil) {
      self.nodes = nodes
      self.mark = mark
      self.site = site
      isTemplate = nodes.contains(where: \.isTemplate)
    }
  }
}

extension Node {
  var scalar: Scalar? {
    if case .scalar(let scalar) = self { return scalar }
    return nil
  }

  var mapping: Mapping? {
    if case .mapping(let mapping) = self { return mapping }
    return nil
  }

  var sequence: Sequence? {
    if case .sequence(let sequence) = self { return sequence }
    return nil
  }

  var mark: Mark {
    switch self {
    case .scalar(let scalar): scalar.mark
    case .mapping(let mapping): mapping.mark
    case .sequence(let sequence): sequence.mark
    }
  }

  /// Where a `${name}` stands that this value replaced.
  var site: SourcePlace? {
    switch self {
    case .scalar(let scalar): scalar.site
    case .mapping(let mapping): mapping.site
    case .sequence(let sequence): sequence.site
    }
  }

  /// Whether it holds a `${name}` that is still to be looked up.
  var isTemplate: Bool {
    switch self {
    case .scalar(let scalar): Reference.isIn(scalar.string)
    case .mapping(let mapping): mapping.isTemplate
    case .sequence(let sequence): sequence.isTemplate
    }
  }

  /// An empty value, `~` or `null`.
  var isNull: Bool {
    guard case .scalar(let scalar) = self, scalar.style == .plain, scalar.string.utf8.count <= 4 else { return false }
    return scalar.string.isEmpty || scalar.string == "~" || scalar.string == "null"
  }

  /// Where it was written; a scalar with its length in the source, quotes included.
  var place: SourcePlace {
    mark.file.place(mark.line, mark.column, length: length)
  }

  private var length: Int {
    guard case .scalar(let scalar) = self, scalar.style != .block else { return 1 }
    let rest = mark.file.line(mark.line).unicodeScalars.dropFirst(mark.column - 1)
    switch scalar.style {
    case .doubleQuoted, .singleQuoted:
      let quote: Unicode.Scalar = scalar.style == .doubleQuoted ? "\"" : "'"
      guard let end = rest.dropFirst().firstIndex(of: quote) else { return max(1, rest.count) }
      return rest[...end].count
    case .block, .plain, .tableField: return max(1, min(scalar.string.unicodeScalars.count, rest.count))
    }
  }
}
