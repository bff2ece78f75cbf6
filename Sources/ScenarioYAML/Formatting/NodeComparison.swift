import Yams

/// Whether two files say the same: equal texts of equal types, in the same order.
struct NodeComparison {
  /// Aliases of aliases multiply; a file that unfolds to more than this is left alone.
  private static let limit = 2_000_000
  private var visited = 0

  mutating func isSame(_ left: Yams.Node, _ right: Yams.Node) -> Bool {
    visited += 1
    guard visited <= Self.limit, left.tag == right.tag else { return false }
    switch (left, right) {
    case (.scalar(let one), .scalar(let other)): return one.string == other.string
    case (.mapping(let one), .mapping(let other)):
      guard one.count == other.count else { return false }
      for (entry, counterpart) in zip(one, other)
      where !isSame(entry.key, counterpart.key) || !isSame(entry.value, counterpart.value) {
        return false
      }
      return true
    case (.sequence(let one), .sequence(let other)):
      guard one.count == other.count else { return false }
      for (entry, counterpart) in zip(one, other) where !isSame(entry, counterpart) { return false }
      return true
    case (.alias(let one), .alias(let other)): return one == other
    case (.scalar, _), (.mapping, _), (.sequence, _), (.alias, _): return false
    }
  }
}
