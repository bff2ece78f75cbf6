public import Exploration

extension Diagram {
  /// As Mermaid draws it: https://mermaid.js.org/syntax/flowchart.html
  public var mermaid: String {
    var lines = ["flowchart TB"]
    lines += nodes.map { node in
      let label = Self.escaped(node.label)
      return switch node.shape {
      case .step: "  \(node.id)[\"\(label)\"]"
      case .question: "  \(node.id){{\"\(label)\"}}"
      case .end: "  \(node.id)([\"\(label)\"])"
      }
    }
    lines += edges.map { edge in
      let label = edge.labels.isEmpty ? "" : "|\"\(Self.escaped(edge.labels.joined(separator: ", ")))\"|"
      return "  \(edge.from) -->\(label) \(edge.to)"
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func escaped(_ text: String) -> String { text.replacing("\"", with: "#quot;") }

  /// As Graphviz draws it: https://graphviz.org/doc/info/lang.html
  public var dot: String {
    var lines = ["digraph \(name) {", "  node [fontname=\"sans-serif\"];"]
    lines += nodes.map { node in
      let shape =
        switch node.shape {
        // One group is one straight line.
        case .step: "shape=box, style=rounded, group=way"
        case .question: "shape=hexagon, group=way"
        case .end: "shape=box, style=\"rounded,filled\", fillcolor=\"#eeeeee\""
        }
      return "  \(node.id) [label=\"\(Self.quoted(node.label))\", \(shape)];"
    }
    lines += edges.map { edge in
      let label = edge.labels.isEmpty ? "" : " [label=\"\(Self.quoted(edge.labels.joined(separator: "\n")))\"]"
      return "  \(edge.from) -> \(edge.to)\(label);"
    }
    return (lines + ["}"]).joined(separator: "\n") + "\n"
  }

  private static func quoted(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
  }
}
