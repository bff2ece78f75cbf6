/// Few rows of which each two axes show all pairs of their values.
///
/// Greedy and without chance: each row begins with the first pair that no row shows yet, and takes for every other axis
/// the value that shows most new pairs; of several, the one of which most pairs are left. The axes are filled in several
/// orders, and the fewest rows win. The same axes give the same rows.
public struct Pairwise {
  /// Values that must not come together, by axis.
  public typealias Exclusion = [Int: Int]

  private let counts: [Int]
  private let exclusions: [Exclusion]
  /// The axis that is filled first.
  private let first: Int
  /// By how much the preferred value of equal ones moves with each row.
  private let turn: Int
  /// For each two axes, the first before the second, whether their values have been shown together.
  private var shown: [[Bool]]
  /// By axis and value: how many pairs with it no row shows yet.
  private var left: [[Int]]
  /// What is excluded comes first: axes without exclusions never lead into a dead end.
  private let order: [Int]
  /// For each axis the exclusions that it stands in.
  private let exclusionsOf: [[Exclusion]]
  /// How many more values may lead to nothing.
  private var budget: Int

  /// The search has come to no end: whether a pair can be shown is not known.
  public struct GaveUp: Error, Hashable, Sendable {
    /// The axes and values of the pair, the first axis first.
    public let axes: [Int]
    public let values: [Int]
  }

  private static let budget = 300_000

  /// - Parameters:
  ///   - counts: how many values each axis has; none is 0.
  ///   - exclusions: combinations that no row may hold.
  /// - Throws: where exclusions contradict one another in more ways than can be looked at.
  public static func rows(
    _ counts: [Int], excluding exclusions: [Exclusion] = []
  ) throws(GaveUp) -> [[Int]] {
    guard counts.count > 1 else {
      return (0..<(counts.first ?? 0)).map { [$0] }.filter { row in !exclusions.contains { $0[0] == row[0] } }
    }
    var best: [[Int]]?
    for first in 0..<min(4, counts.count) {
      for turn in 0...1 {
        var search = Pairwise(counts, exclusions, first: first, turn: turn)
        if let found = best {
          // Another order may find fewer, and need not.
          if let rows = try? search.all(), rows.count < found.count { best = rows }
        } else {
          best = try search.all()
        }
      }
    }
    return best ?? []
  }

  /// How many pairs there are; what the search has to show.
  public static func pairs(_ counts: [Int]) -> Int {
    var (sum, pairs) = (0, 0)
    for count in counts {
      let (product, isTooMany) = sum.multipliedReportingOverflow(by: count)
      guard !isTooMany, pairs < Int.max - product else { return .max }
      pairs += product
      sum = sum.addingReportingOverflow(count).overflow ? .max : sum + count
    }
    return pairs
  }

  private init(_ counts: [Int], _ exclusions: [Exclusion], first: Int, turn: Int) {
    self.counts = counts
    self.first = first
    self.turn = turn
    self.exclusions = exclusions
    budget = Self.budget
    exclusionsOf = counts.indices.map { axis in exclusions.filter { $0[axis] != nil } }
    let turned = counts.indices.map { ($0 + first) % counts.count }
    let (bound, free) = (turned.filter { axis in exclusions.contains { $0[axis] != nil } }, turned)
    order = bound + free.filter { !bound.contains($0) }
    shown = counts.indices.flatMap { left in
      counts.indices.map { right in left < right ? Array(repeating: false, count: counts[left] * counts[right]) : [] }
    }
    let all = counts.reduce(0, +)
    left = counts.map { count in Array(repeating: all - count, count: count) }
  }

  private mutating func all() throws(GaveUp) -> [[Int]] {
    var rows: [[Int]] = []
    // Where nothing at all is allowed, no pair needs looking at.
    if completed(Array(repeating: nil, count: counts.count), turned: 0) == nil, budget > 0 { return [] }
    for left in counts.indices {
      for right in counts.indices where right > left {
        for pair in 0..<(counts[left] * counts[right]) where !shown[left * counts.count + right][pair] {
          var row = [Int?](repeating: nil, count: counts.count)
          (row[left], row[right]) = (pair / counts[right], pair % counts[right])
          // A pair that no allowed row holds cannot be shown.
          guard isAllowed(row) else { continue }
          guard let full = completed(row, turned: turn * rows.count) else {
            if budget <= 0 { throw GaveUp(axes: [left, right], values: [pair / counts[right], pair % counts[right]]) }
            continue
          }
          note(full)
          rows.append(full)
        }
      }
    }
    return rows
  }

  /// The row with a value for every axis, or nil where what is excluded allows none, or the budget is spent.
  private mutating func completed(_ row: [Int?], turned: Int) -> [Int]? {
    guard let axis = order.first(where: { row[$0] == nil }) else { return row.compactMap { $0 } }
    for candidate in candidates(on: axis, in: row, turned: turned) {
      guard budget > 0 else { return nil }
      var longer = row
      longer[axis] = candidate.value
      if isAllowed(longer, since: axis), let full = completed(longer, turned: turned) { return full }
      budget -= 1
    }
    return nil
  }

  private struct Candidate {
    let value: Int
    let gain: Int
    let left: Int
    let place: Int
  }

  /// The values of an axis, the best first.
  private func candidates(on axis: Int, in row: [Int?], turned: Int) -> [Candidate] {
    let candidates = (0..<counts[axis]).map { place in
      let value = (place + turned) % counts[axis]
      return Candidate(value: value, gain: gain(of: value, on: axis, in: row), left: left[axis][value], place: place)
    }
    return candidates.sorted { ($1.gain, $1.left, $0.place) < ($0.gain, $0.left, $1.place) }
  }

  private func isAllowed(_ row: [Int?]) -> Bool {
    !exclusions.contains { exclusion in exclusion.allSatisfy { row[$0.key] == $0.value } }
  }

  /// The same of a row that was allowed before this axis got its value.
  private func isAllowed(_ row: [Int?], since axis: Int) -> Bool {
    !exclusionsOf[axis].contains { exclusion in exclusion.allSatisfy { row[$0.key] == $0.value } }
  }

  /// How many pairs with what the row has already would be shown for the first time.
  private func gain(of value: Int, on axis: Int, in row: [Int?]) -> Int {
    row.indices.count { other in
      guard let present = row[other] else { return false }
      return !isShown(axis, value, other, present)
    }
  }

  private func isShown(_ axis: Int, _ value: Int, _ other: Int, _ present: Int) -> Bool {
    axis < other
      ? shown[axis * counts.count + other][value * counts[other] + present]
      : shown[other * counts.count + axis][present * counts[axis] + value]
  }

  private mutating func note(_ row: [Int]) {
    for left in row.indices {
      for right in row.indices where right > left {
        let pair = row[left] * counts[right] + row[right]
        guard !shown[left * counts.count + right][pair] else { continue }
        shown[left * counts.count + right][pair] = true
        self.left[left][row[left]] -= 1
        self.left[right][row[right]] -= 1
      }
    }
  }
}
