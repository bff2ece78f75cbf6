import ScenarioModel
import Testing

@Suite("Pairwise picking")
struct PairwiseTests {
  /// Every pair of values of two axes that is allowed at all stands in a row.
  private func uncovered(_ counts: [Int], _ rows: [[Int]]) -> Int {
    var shown: Set<[Int]> = []
    for row in rows {
      for left in row.indices {
        for right in row.indices where right > left { shown.insert([left, row[left], right, row[right]]) }
      }
    }
    return Pairwise.pairs(counts) - shown.count
  }

  @Test(
    "shows each two values together in few rows",
    arguments: [
      ([2, 2], 4), ([3, 3, 3], 9), ([2, 2, 2, 2, 2], 6), ([10, 10], 100), ([3, 4, 5, 2], 20), ([1, 1, 1], 1),
      (Array(repeating: 2, count: 20), 12), (Array(repeating: 3, count: 13), 21), (Array(repeating: 10, count: 6), 135),
    ])
  func covers(counts: [Int], most: Int) throws {
    let rows = try Pairwise.rows(counts)
    #expect(uncovered(counts, rows) == 0)
    #expect(rows.count <= most)
    #expect(Set(rows).count == rows.count)
  }

  @Test("of one axis, shows each value")
  func single() throws {
    #expect(try Pairwise.rows([3]) == [[0], [1], [2]])
    #expect(try Pairwise.rows([3], excluding: [[0: 1]]) == [[0], [2]])
  }

  @Test("never shows what is excluded, and all the rest")
  func exclusions() throws {
    let exclusions: [Pairwise.Exclusion] = [[0: 0, 1: 0], [1: 1, 2: 1], [0: 1, 1: 1, 2: 0]]
    let rows = try Pairwise.rows([2, 2, 2, 3], excluding: exclusions)
    #expect(!rows.contains { row in exclusions.contains { $0.allSatisfy { row[$0.key] == $0.value } } })
    // Of the first three axes only 010, 100 and 101 are allowed: beside the two pairs that are excluded, two more
    // cannot be shown.
    #expect(uncovered([2, 2, 2, 3], rows) == 4)
  }

  @Test("gives up a pair that no row can hold, and ends where everything is excluded")
  func impossible() throws {
    #expect(try Pairwise.rows([2, 2], excluding: [[0: 0], [0: 1]]) == [])
  }

  @Test("ends soon where two of many axes exclude each other altogether")
  func contradiction() throws {
    let exclusions = (0..<100).map { Pairwise.Exclusion(uniqueKeysWithValues: [(8, $0 / 10), (9, $0 % 10)]) }
    #expect(try Pairwise.rows(Array(repeating: 10, count: 10), excluding: exclusions) == [])
  }

  @Test("finds every pair that is possible, also through a bottleneck")
  func bottleneck() throws {
    // Beside the last axis, the third has one value only.
    let exclusions = (0..<9).filter { $0 % 3 != 2 }.map { [2: $0 % 3, 9: $0 / 3] }
    let counts = [12, 12, 3, 4, 4, 4, 4, 4, 4, 3]
    let rows = try Pairwise.rows(counts, excluding: exclusions)
    // Two values of the third axis stand in no row: 2 of 41 others each, and those of the last with them.
    #expect(uncovered(counts, rows) == 2 * (counts.reduce(0, +) - 3))
  }

  @Test("gives up with the pair that it cannot tell of, rather than without a word")
  func givesUp() {
    // Twelve pigeons in eleven holes.
    let counts = Array(repeating: 11, count: 12) + [2]
    var exclusions: [Pairwise.Exclusion] = []
    for left in 0..<12 {
      for right in (left + 1)..<12 { exclusions += (0..<11).map { [left: $0, right: $0] } }
    }
    let error = #expect(throws: Pairwise.GaveUp.self) { try Pairwise.rows(counts, excluding: exclusions) }
    #expect(error?.axes == [0, 1])
    #expect(error?.values == [0, 1])
  }

  @Test("is the same every time")
  func same() throws {
    #expect(try Pairwise.rows([3, 4, 5, 2]) == Pairwise.rows([3, 4, 5, 2]))
  }

  @Test("knows the number of pairs, also of absurd axes")
  func pairs() {
    #expect(Pairwise.pairs([2, 3, 4]) == 26)
    #expect(Pairwise.pairs([.max, .max]) == .max)
  }
}
