/// The shard as the system says it that started the process: `--shard auto`.
///
/// A variable that is missing, half there or wrong is a mistake, never a reason to run all.
public enum ShardVariables {
  /// Why the variables give no shard.
  public struct Mistake: Error, Hashable, Sendable {
    public let message: String
  }

  private struct Kind {
    let index: String
    /// nil where the system does not say: `--shards` does.
    let total: String?
    /// Of the first shard.
    let first: Int
  }

  private static let kinds = [
    Kind(index: "CI_NODE_INDEX", total: "CI_NODE_TOTAL", first: 1),
    Kind(index: "CIRCLE_NODE_INDEX", total: "CIRCLE_NODE_TOTAL", first: 0),
    Kind(index: "BUILDKITE_PARALLEL_JOB", total: "BUILDKITE_PARALLEL_JOB_COUNT", first: 0),
    Kind(index: "TEST_SHARD_INDEX", total: "TEST_TOTAL_SHARDS", first: 0),
    Kind(index: "JOB_COMPLETION_INDEX", total: nil, first: 0),
  ]

  /// - Parameters:
  ///   - variable: the value of an environment variable; nil where it is not set.
  ///   - count: what `--shards` says.
  public static func shard(count: Int? = nil, _ variable: (String) -> String?) throws(Mistake) -> Shard {
    var found: [(kind: Kind, shard: Shard)] = []
    for kind in kinds {
      guard let shard = try shard(kind, count, variable) else { continue }
      found.append((kind, shard))
    }
    guard let first = found.first else {
      throw Mistake(
        message: "--shard auto: none of \(kinds.map(\.index).joined(separator: ", ")) is set; "
          + "say --shard i/n where nothing else does")
    }
    if let other = found.first(where: { $0.shard != first.shard }) {
      throw Mistake(
        message: "--shard auto: \(first.kind.index) says \(first.shard), \(other.kind.index) says \(other.shard); "
          + "unset one, or say --shard i/n")
    }
    return first.shard
  }

  /// - Returns: nil where nothing of this kind is set.
  private static func shard(
    _ kind: Kind, _ count: Int?, _ variable: (String) -> String?
  ) throws(Mistake) -> Shard? {
    let index = try number(kind.index, variable)
    guard let totalName = kind.total else {
      guard let index else { return nil }
      guard let count else {
        throw Mistake(
          message: "--shard auto: \(kind.index) is \(index), and nothing says of how many; add --shards N, "
            + "the completions of the job")
      }
      return try shard(kind, index, count, of: "--shards")
    }
    let total = try number(totalName, variable)
    switch (index, total) {
    case (nil, nil): return nil
    case (let index?, let total?):
      if let count, count != total {
        throw Mistake(message: "--shards \(count): \(totalName) is \(total); leave --shards out")
      }
      return try shard(kind, index, total, of: totalName)
    case (_?, nil): throw Mistake(message: "--shard auto: \(kind.index) is set and \(totalName) is not; set both")
    case (nil, _?): throw Mistake(message: "--shard auto: \(totalName) is set and \(kind.index) is not; set both")
    }
  }

  private static func shard(_ kind: Kind, _ index: Int, _ total: Int, of name: String) throws(Mistake) -> Shard {
    // The bounds first: a number near the largest must not overflow.
    guard (1...10_000).contains(total) else {
      throw Mistake(message: "--shard auto: \(name) is \(total); it takes 1 to 10000")
    }
    let last = total - 1 + kind.first
    guard (kind.first...last).contains(index), let shard = Shard(index - kind.first + 1, of: total) else {
      throw Mistake(
        message:
          "--shard auto: \(kind.index) is \(index), and with \(name) \(total) it counts from \(kind.first) to \(last)")
    }
    return shard
  }

  private static func number(_ name: String, _ variable: (String) -> String?) throws(Mistake) -> Int? {
    guard let text = variable(name), !text.isEmpty else { return nil }
    guard let number = Int(text) else {
      throw Mistake(message: "--shard auto: \(name) is \"\(text)\", which is no whole number")
    }
    return number
  }
}
