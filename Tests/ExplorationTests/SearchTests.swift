import Exploration
import Simulation
import TestSupport
import Testing

/// A walk on numbers: from n to 2n and to n + 3, below a limit.
private struct NumberWorld: World {
  static let isLossless = true
  let limit: Int

  var initialStates: [Int] { [1] }
  func key(of state: Int) -> Key128 { Key128(UInt64(state), 0) }
  func state(of key: Key128) -> Int { Int(key.first) }
  static var nothingSeen: Int { 0 }

  func moves(of state: Int, into moves: inout MoveList) {
    if state * 2 < limit { moves.append(Move(code: 2)) }
    if state + 3 < limit { moves.append(Move(code: 3)) }
  }

  func apply(_ move: Move, to state: Int, _ seen: inout Int) -> Int {
    seen += 1
    return move.code == 2 ? state * 2 : state + 3
  }
}

/// The same, remembered by a fingerprint that does not hold the state.
private struct FingerprintWorld: World {
  static let isLossless = false
  let inner = NumberWorld(limit: 1_000)

  var initialStates: [Int] { inner.initialStates }
  func key(of state: Int) -> Key128 {
    var chance = Chance(seed: UInt64(state))
    return Key128(chance.next(), chance.next())
  }
  func state(of key: Key128) -> Int { fatalError("a fingerprint holds no state") }
  static var nothingSeen: Int { 0 }
  func moves(of state: Int, into moves: inout MoveList) { inner.moves(of: state, into: &moves) }
  func apply(_ move: Move, to state: Int, _ seen: inout Int) -> Int { inner.apply(move, to: state, &seen) }
}

private struct Watcher<Explored: World>: Visitor where Explored.State == Int {
  var expanded: [Int] = []
  var goal: Int?
  var goalIndex: Int?

  mutating func expand(_ index: Int, _ state: borrowing Int) { expanded.append(copy state) }

  mutating func see(
    _ move: Move, from index: Int, to state: borrowing Int, at reached: Int, _ seen: borrowing Explored.Observation
  ) {
    if goalIndex == nil, copy state == goal { goalIndex = reached }
  }

  var isSatisfied: Bool { goalIndex != nil }
}

@Suite("Breadth-first search")
struct SearchTests {
  /// By the book: a set and a queue.
  private func reachable(below limit: Int) -> (states: Set<Int>, generated: Int) {
    var (seen, queue, generated): (Set<Int>, [Int], Int) = ([1], [1], 0)
    while let state = queue.popLast() {
      for next in [state * 2, state + 3] where next < limit {
        generated += 1
        if seen.insert(next).inserted { queue.append(next) }
      }
    }
    return (seen, generated)
  }

  @Test("Every reachable state is found once, and every move made once", arguments: [2, 10, 1_000, 40_000])
  func finds(limit: Int) {
    var (search, watcher) = (Search(NumberWorld(limit: limit)), Watcher<NumberWorld>())
    search.run(&watcher)
    let expected = reachable(below: limit)
    #expect(search.end == .complete)
    #expect(search.unique == expected.states.count)
    #expect(search.generated == expected.generated)
    #expect(Set(watcher.expanded) == expected.states)
    #expect(watcher.expanded.count == expected.states.count)
    #expect(search.collisionChance == 0)
  }

  @Test("What is found is found by the fewest moves, and its path leads there")
  func shortest() {
    var (search, watcher) = (Search(NumberWorld(limit: 1_000)), Watcher<NumberWorld>(goal: 40))
    search.run(&watcher)
    #expect(search.end == .satisfied)
    let path = search.path(to: watcher.goalIndex ?? 0)
    // 1, 4, 7, 10, 20, 40 and 1, 2, 5, 10, 20, 40: no way is shorter.
    #expect(path.moves.count == 5)
    #expect(path.moves.reduce(1) { $1.code == 2 ? $0 * 2 : $0 + 3 } == 40)
    #expect(search.state(at: path.start) == 1)
  }

  @Test("A bound is kept and named")
  func bounds() {
    var (search, watcher) = (Search(NumberWorld(limit: 1_000)), Watcher<NumberWorld>())
    search.run(&watcher, bound: SearchBound(depth: 2))
    #expect(search.end == .depth(2))
    #expect(search.unique == 6)  // 1; 2 4; 5 8 7
    (search, watcher) = (Search(NumberWorld(limit: 1_000)), Watcher<NumberWorld>())
    search.run(&watcher, bound: SearchBound(states: 10))
    #expect(search.end == .states(10))
    #expect(search.unique >= 10 && search.unique <= 11)
  }

  @Test("States whose keys are fingerprints are kept beside them, and the chance of a collision is told")
  func fingerprints() {
    var (search, watcher) = (Search(FingerprintWorld()), Watcher<FingerprintWorld>())
    search.run(&watcher)
    let count = reachable(below: 1_000).states.count
    #expect(search.unique == count)
    #expect(search.collisionChance == Double(count) * Double(count - 1) / 2 / 0x1p128)
    #expect(search.collisionChance > 0)
  }
}
