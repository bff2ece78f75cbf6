import ScenarioModel
public import VerificationCore

/// Which shard runs which case of a plan: the same in every process that has the plan.
public struct ShardSplit: Sendable {
  /// For each case of the plan the shard's index, from 1.
  public let shards: [Int]

  private init(shards: [Int]) { self.shards = shards }

  /// Round robin over the plan.
  public init(of plan: RunPlan, into count: Int) {
    self.init(shards: plan.cases.indices.map { $0 % max(1, count) + 1 })
  }

  /// Longest first, each to the shard that has least so far.
  ///
  /// - Parameter timings: lengths by the id of the case; one that is not there counts as the median of those that are.
  public init(of plan: RunPlan, into count: Int, timings: [String: Milliseconds]) {
    let known = plan.cases.map { timings[plan.id(of: $0).description] }
    let sorted = known.compactMap { $0 }.sorted()
    guard !sorted.isEmpty else {
      self.init(of: plan, into: count)
      return
    }
    let lengths = known.map { ($0 ?? sorted[sorted.count / 2]).count }
    var shards = Array(repeating: 1, count: lengths.count)
    var loads = ShardLoads(count: max(1, count))
    for index in lengths.indices.sorted(by: { (-lengths[$0], $0) < (-lengths[$1], $1) }) {
      shards[index] = loads.give(lengths[index])
    }
    self.init(shards: shards)
  }

  /// The indices of a shard's cases, in the plan's order.
  public func cases(of shard: Shard) -> [Int] { shards.indices.filter { shards[$0] == shard.index } }
}

/// How much each shard has: a heap with the least on top.
private struct ShardLoads {
  private struct Load {
    var length: Int64 = 0
    var cases = 0
    let shard: Int

    static func < (left: Load, right: Load) -> Bool {
      (left.length, left.cases, left.shard) < (right.length, right.cases, right.shard)
    }
  }

  private var heap: [Load]

  init(count: Int) { heap = (1...count).map { Load(shard: $0) } }

  /// - Returns: the shard that gets it.
  mutating func give(_ length: Int64) -> Int {
    let shard = heap[0].shard
    heap[0].length += max(0, length)
    heap[0].cases += 1
    sink()
    return shard
  }

  private mutating func sink() {
    var index = 0
    while true {
      let children = [2 * index + 1, 2 * index + 2].filter { $0 < heap.count }
      guard let least = children.min(by: { heap[$0] < heap[$1] }), heap[least] < heap[index] else { return }
      heap.swapAt(index, least)
      index = least
    }
  }
}
