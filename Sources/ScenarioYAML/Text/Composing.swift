import ScenarioModel
import Yams

/// Makes nodes of the parser's.
struct Composer {
  /// More than any file of a megabyte can hold by itself; aliases count as often as they are used.
  static let nodeLimit = 600_000

  let file: SourceFile
  private var made = 0

  init(_ file: SourceFile) { self.file = file }

  /// - Throws: `Problem` for a file that unfolds without end.
  mutating func node(_ node: Yams.Node) throws(Problem) -> Node {
    let mark = mark(of: node)
    made += 1
    guard made <= Self.nodeLimit else {
      throw Problem(
        "alias-limit", "the file unfolds to more than \(Self.nodeLimit) values",
        at: file.place(mark.line, mark.column))
    }
    switch node {
    case .scalar(let scalar):
      return .scalar(Node.Scalar(string: scalar.string, style: Self.style(scalar.style), mark: mark))
    case .mapping(let mapping):
      var entries: [Node.Mapping.Entry] = []
      entries.reserveCapacity(mapping.count)
      for (key, value) in mapping { entries.append((try self.node(key), try self.node(value))) }
      return .mapping(Node.Mapping(entries, mark: mark))
    case .sequence(let sequence):
      var nodes: [Node] = []
      nodes.reserveCapacity(sequence.count)
      for entry in sequence { nodes.append(try self.node(entry)) }
      return .sequence(Node.Sequence(nodes, mark: mark))
    case .alias:
      // The parser has resolved them all.
      return .scalar(Node.Scalar(string: "", style: .plain, mark: mark))
    }
  }

  private func mark(of node: Yams.Node) -> Mark {
    Mark(file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
  }

  private static func style(_ style: Yams.Node.Scalar.Style) -> Node.Scalar.Style {
    switch style {
    case .any, .plain: .plain
    case .singleQuoted: .singleQuoted
    case .doubleQuoted: .doubleQuoted
    case .literal, .folded: .block
    }
  }
}
