/// The cases that one thread plays in one go: enough that handing them over costs nothing, few enough to keep in memory.
public struct Chunks: Sendable {
  /// Consecutive stretches of the order, together all of it.
  public let ranges: [Range<Int>]

  static let most = 64
  /// A file of fewer cases shares its chunk with the next.
  static let least = 32

  /// - Parameters:
  ///   - order: indices of the plan's cases.
  ///   - one: whether each case stands alone, as where each takes its time.
  public init(_ order: [Int], of plan: RunPlan, one: Bool = false) {
    var ranges: [Range<Int>] = []
    var start = 0
    for end in order.indices.dropFirst() {
      let isOtherFile = plan.cases[order[end]].file != plan.cases[order[end - 1]].file
      guard one || end - start == Self.most || isOtherFile && end - start >= Self.least else { continue }
      ranges.append(start..<end)
      start = end
    }
    if start < order.count { ranges.append(start..<order.count) }
    self.ranges = ranges
  }
}
