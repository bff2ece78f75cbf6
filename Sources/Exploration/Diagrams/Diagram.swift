/// Nodes and the ways between them, for drawing.
public struct Diagram: Hashable, Sendable {
  public struct Node: Hashable, Sendable {
    public enum Shape: Hashable, Sendable { case step, question, end }

    public let id: String
    public let label: String
    public let shape: Shape

    public init(_ id: String, _ label: String, _ shape: Shape = .step) {
      self.id = id
      self.label = label
      self.shape = shape
    }
  }

  public struct Edge: Hashable, Sendable {
    public let from: String
    public let to: String
    /// What leads there; each once.
    public let labels: [String]

    public init(from: String, to: String, labels: [String]) {
      self.from = from
      self.to = to
      self.labels = labels
    }
  }

  public let name: String
  public let nodes: [Node]
  public let edges: [Edge]

  public init(name: String, nodes: [Node], edges: [Edge]) {
    self.name = name
    self.nodes = nodes
    self.edges = edges
  }
}

/// Labels by where they lead from and to, in the order in which they were met.
struct EdgeList {
  private struct Way: Hashable {
    let from: String
    let to: String
  }

  private var order: [Way] = []
  private var labels: [Way: [String]] = [:]

  mutating func add(_ label: String?, from: String, to: String) {
    let way = Way(from: from, to: to)
    if labels[way] == nil { order.append(way) }
    let known = labels[way, default: []]
    labels[way] = label.map { known.contains($0) ? known : known + [$0] } ?? known
  }

  var edges: [Diagram.Edge] { order.map { Diagram.Edge(from: $0.from, to: $0.to, labels: labels[$0] ?? []) } }
}
