public import Exploration

extension CallDiagram {
  /// As Mermaid draws it: https://mermaid.js.org/syntax/stateDiagram.html
  public var mermaid: String {
    var lines = ["stateDiagram-v2", "  direction TB", "  [*] --> idle", "  state answered {"]
    let inner = edges.filter { interruptible.contains($0.from) && interruptible.contains($0.to) }
    lines += interruptible.map { "    \($0.name)" }
    lines += inner.map { "    \(Self.line($0))" }
    lines.append("  }")
    lines.append("  answered --> ended: \(interruptions.joined(separator: ", "))")
    lines += edges.filter { !inner.contains($0) }.map { "  \(Self.line($0))" }
    lines.append("  ended --> [*]")
    return lines.joined(separator: "\n") + "\n"
  }

  private static func line(_ edge: Edge) -> String {
    "\(edge.from.name) --> \(edge.to.name): \(text(edge, ";").replacing("#", with: "#35;"))"
  }

  /// As Graphviz draws it: https://graphviz.org/doc/info/lang.html
  public var dot: String {
    var lines = ["digraph voice {", "  compound=true;", "  node [shape=box, style=rounded];"]
    lines.append("  subgraph cluster_answered {")
    lines.append("    label=\"answered\";")
    lines += interruptible.map { "    \($0.name);" }
    lines.append("  }")
    if let first = interruptible.last {
      lines.append(
        "  \(first.name) -> ended [ltail=cluster_answered, label=\"\(interruptions.joined(separator: "\\n"))\"];")
    }
    lines += edges.map { "  \($0.from.name) -> \($0.to.name) [label=\"\(Self.text($0, "\\n"))\"];" }
    return (lines + ["}"]).joined(separator: "\n") + "\n"
  }

  /// What decides the same outcome stands together: `busy, declined: rejected`.
  private static func text(_ edge: Edge, _ separator: String) -> String {
    var groups: [(outcome: String, inputs: [String])] = []
    for label in edge.labels {
      let parts = label.split(separator: ":", maxSplits: 1).map { String($0.drop { $0 == " " }) }
      let outcome = parts.count == 2 ? parts[1] : ""
      if let index = groups.firstIndex(where: { $0.outcome == outcome }) {
        groups[index].inputs.append(parts[0])
      } else {
        groups.append((outcome, [parts[0]]))
      }
    }
    let words = groups.map { group in
      group.inputs.joined(separator: ", ") + (group.outcome.isEmpty ? "" : " → \(group.outcome)")
    }
    return words.joined(separator: separator == ";" ? " / " : separator)
  }
}
