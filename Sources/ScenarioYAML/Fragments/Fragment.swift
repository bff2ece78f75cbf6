import ScenarioModel

/// Steps that several scenarios share, with parameters.
struct Fragment {
  let path: String
  let parameters: [Parameter]
  /// Short names of other fragments, with their files.
  let aliases: Aliases
  let steps: [Node]
  let secrets: [String]
  let lines: [Substring]

  /// What there is none of, for messages.
  static let lacks = "the fragment has no parameter"

  struct Parameter {
    let name: String
    /// nil where whoever uses the fragment must say it.
    let usual: Node?
  }
}

/// Short names of fragments: the `use` at the head of a file.
struct Aliases {
  let paths: [String: String]

  static let none = Aliases(paths: [:])
}

extension Reading {
  func aliases(_ node: Node?) -> Aliases {
    guard let node else { return .none }
    guard case .mapping(let mapping) = node else {
      report("expected-mapping", "use must be a mapping", at: node, hint: "as in use: {greet: fragments/greet.yaml}")
      return .none
    }
    var paths: [String: String] = [:]
    for (key, value) in mapping.entries {
      guard let name = columnName(key), let path = string(value, name) else { continue }
      refuseReferences(value, "use")
      paths[name] = RelativePath.resolve(path, from: value)
    }
    return Aliases(paths: paths)
  }

  /// `${name}` where nothing is looked up.
  func refuseReferences(_ node: Node, _ what: String) {
    guard node.isTemplate else { return }
    report(
      "misplaced-reference", "nothing is looked up in \(what)", at: node,
      hint: "${name} stands in given, steps and expect; write $${ for ${ itself")
  }
}
