import Console
import Exploration

/// The machines as pages draw them, each from a walk of its own function.
enum MachineDiagrams {
  static func json() throws -> [String: JSON] {
    ["machines": .list([try voice(), page(.sms, id: "text"), page(.challenge, id: "challenge")])]
  }

  private static func voice() throws -> JSON {
    let diagram = try CallDiagram.ofDemoTenant()
    let ending = diagram.interruptible.map { edge(from: $0.name, to: Place.ended.name, diagram.interruptions) }
    return machine(
      "voice", nodes: Place.allCases.map(\.name), start: Place.idle.name, end: Place.ended.name,
      edges: diagram.edges.map { edge(from: $0.from.name, to: $0.to.name, $0.labels) } + ending)
  }

  private static func page(_ diagram: Diagram, id: String) -> JSON {
    machine(
      id, nodes: diagram.nodes.map(\.id), start: "idle", end: "ended",
      edges: diagram.edges.map { edge(from: $0.from, to: $0.to, $0.labels) })
  }

  private static func machine(_ id: String, nodes: [String], start: String, end: String, edges: [JSON]) -> JSON {
    .object([
      "id": .text(id), "nodes": .list(nodes.map { .text($0) }), "start": .text(start), "end": .text(end),
      "edges": .list(edges),
    ])
  }

  private static func edge(from: String, to: String, _ labels: [String]) -> JSON {
    .object(["from": .text(from), "to": .text(to), "labels": .list(labels.map { .text($0) })])
  }
}
