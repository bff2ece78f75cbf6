import Yams

/// A value written again on one line, so that a scenario made from a file says what the file says.
enum FlowText {
  static func text(_ node: Node) -> String {
    switch node {
    case .scalar(let scalar): text(scalar)
    case .mapping(let mapping):
      "{" + mapping.map { "\(text($0.key)): \(text($0.value))" }.joined(separator: ", ") + "}"
    case .sequence(let sequence): "[" + sequence.map { text($0) }.joined(separator: ", ") + "]"
    case .alias: "~"  // unfolded when the file was composed
    }
  }

  private static func text(_ scalar: Node.Scalar) -> String {
    let isPlain = scalar.style == .plain || scalar.style == .any
    if isPlain, !scalar.string.contains(where: { "{}[],\"'#:&*!|>%@`".contains($0) }) { return scalar.string }
    let escaped = scalar.string.flatMap { $0 == "\"" || $0 == "\\" ? "\\\($0)" : "\($0)" }
    return "\"\(String(escaped))\""
  }
}
