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
  func covers(counts: [Int], most: Int) {
    let rows = Pairwise.rows(counts)
    #expect(uncovered(counts, rows) == 0)
    #expect(rows.count <= most)
    #expect(Set(rows).count == rows.count)
  }

  @Test("of one axis, shows each value")
  func single() {
    #expect(Pairwise.rows([3]) == [[0], [1], [2]])
    #expect(Pairwise.rows([3], excluding: [[0: 1]]) == [[0], [2]])
  }

  @Test("never shows what is excluded, and all the rest")
  func exclusions() {
    let exclusions: [Pairwise.Exclusion] = [[0: 0, 1: 0], [1: 1, 2: 1], [0: 1, 1: 1, 2: 0]]
    let rows = Pairwise.rows([2, 2, 2, 3], excluding: exclusions)
    #expect(!rows.contains { row in exclusions.contains { $0.allSatisfy { row[$0.key] == $0.value } } })
    // Of the first three axes only 010, 100 and 101 are allowed: beside the two pairs that are excluded, two more
    // cannot be shown.
    #expect(uncovered([2, 2, 2, 3], rows) == 4)
  }

  @Test("gives up a pair that no row can hold, and ends where everything is excluded")
  func impossible() {
    #expect(Pairwise.rows([2, 2], excluding: [[0: 0], [0: 1]]) == [])
  }

  @Test("is the same every time")
  func same() {
    #expect(Pairwise.rows([3, 4, 5, 2]) == Pairwise.rows([3, 4, 5, 2]))
  }

  @Test("knows the number of pairs, also of absurd axes")
  func pairs() {
    #expect(Pairwise.pairs([2, 3, 4]) == 26)
    #expect(Pairwise.pairs([.max, .max]) == .max)
  }
}
