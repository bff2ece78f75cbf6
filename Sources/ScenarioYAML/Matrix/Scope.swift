import ScenarioModel

/// What `${name}` can look up: the columns of a row, or the parameters of a fragment.
struct Scope {
  /// `the matrix has no column`, for messages.
  let what: String
  /// No name stands twice.
  private let names: [String]
  /// One for each name.
  private let values: [Node]

  init(what: String, names: [String], values: [Node]) {
    self.what = what
    self.names = names
    self.values = values
  }

  init(what: String, values: [String: Node]) {
    self.init(what: what, names: Array(values.keys), values: Array(values.values))
  }

  /// Where nothing can be looked up.
  static let empty = Scope(what: "there is no matrix, and so no", names: [], values: [])

  subscript(name: String) -> Node? { names.firstIndex(of: name).map { values[$0] } }

  var sortedNames: [String] { names.sorted() }
}

/// Puts values in the place of names.
struct Binder {
  let reading: Reading
  let scope: Scope

  /// The node with all names looked up; what cannot be is reported.
  func bind(_ node: Node) -> Node {
    guard node.isTemplate else { return node }
    switch node {
    case .scalar(let scalar): return bind(scalar, node)
    case .mapping(let mapping):
      let entries = mapping.entries.map { (key: bind($0.key), value: bind($0.value)) }
      return .mapping(Node.Mapping(entries, mark: mapping.mark, site: mapping.site))
    case .sequence(let sequence):
      return .sequence(Node.Sequence(sequence.nodes.map(bind), mark: sequence.mark, site: sequence.site))
    }
  }

  private func bind(_ scalar: Node.Scalar, _ node: Node) -> Node {
    guard let pieces = pieces(scalar.string, node) else { return .scalar(scalar.broken) }
    let site = scalar.site ?? node.place
    if case .name(let name)? = pieces.first, pieces.count == 1 {
      return lookUp(String(name), node).map { $0.standing(at: site) } ?? .scalar(scalar.broken)
    }
    var text = ""
    for piece in pieces {
      switch piece {
      case .text(let part): text += part
      case .name(let name):
        guard let value = lookUp(String(name), node) else { return .scalar(scalar.broken) }
        guard let part = value.scalar, !value.isNull else {
          reading.report(
            "not-a-text", "${\(name)} is no text, and cannot stand within one", at: node,
            hint: "let \"${\(name)}\" stand alone")
          return .scalar(scalar.broken)
        }
        text += part.string
      }
    }
    return .scalar(scalar.filled(text, at: site))
  }

  private func pieces(_ text: String, _ node: Node) -> [Reference.Piece]? {
    do {
      return try Reference.pieces(text)
    } catch {
      switch error {
      case .unclosed:
        reading.report("wrong-reference", "${ is never closed", at: node, hint: "write ${name}, or $${ for ${ itself")
      case .noName(let name):
        reading.report(
          "wrong-reference", "${\(name)} is no name", at: node,
          hint: "names are looked up, and nothing is calculated: put \"\(name)\" into a column of the rows")
      }
      return nil
    }
  }

  private func lookUp(_ name: String, _ node: Node) -> Node? {
    if let value = scope[name] { return value }
    let names = scope.sortedNames
    let hint =
      names.isEmpty
      ? "a matrix has columns to look up, and a fragment parameters; write $${ for ${ itself"
      : Suggestion.hint(for: name, among: names, what: "there are")
    reading.report("unknown-name", "\(scope.what) \(name)", at: node, hint: hint)
    return nil
  }
}

extension Node.Scalar {
  fileprivate var broken: Self {
    var broken = self
    broken.isBroken = true
    return broken
  }

  fileprivate func filled(_ text: String, at site: SourcePlace) -> Self {
    var filled = self
    filled.string = text
    filled.site = site
    if style == .plain { filled.style = .doubleQuoted }
    return filled
  }
}

extension Node {
  /// The same value, used at another place.
  fileprivate func standing(at site: SourcePlace) -> Node {
    switch self {
    case .scalar(var scalar):
      scalar.site = site
      return .scalar(scalar)
    case .mapping(var mapping):
      mapping.site = site
      return .mapping(mapping)
    case .sequence(var sequence):
      sequence.site = site
      return .sequence(sequence)
    }
  }

  /// The names that are looked up anywhere in it.
  var names: Set<String> {
    var names: Set<String> = []
    gather(&names)
    return names
  }

  private func gather(_ names: inout Set<String>) {
    guard isTemplate else { return }
    switch self {
    case .scalar(let scalar):
      for case .name(let name) in (try? Reference.pieces(scalar.string)) ?? [] { names.insert(String(name)) }
    case .mapping(let mapping):
      for entry in mapping.entries {
        entry.key.gather(&names)
        entry.value.gather(&names)
      }
    case .sequence(let sequence): for node in sequence.nodes { node.gather(&names) }
    }
  }
}
