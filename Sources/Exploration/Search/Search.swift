/// Looks on while states are found.
public protocol Visitor {
  associatedtype Explored: World

  /// A state is about to be expanded, each once.
  mutating func expand(_ index: Int, _ state: borrowing Explored.State)
  /// A move was made from the state of this index.
  mutating func see(
    _ move: Move, from index: Int, to state: borrowing Explored.State, at reached: Int,
    _ seen: borrowing Explored.Observation)
  /// Whether nothing more is to be learnt.
  var isSatisfied: Bool { get }
}

/// Where a search stops although there is more.
public struct SearchBound: Hashable, Sendable {
  /// Moves from an initial state; nil for any number.
  public var depth: Int?
  /// Unique states; nil for as many as there are.
  public var states: Int?

  public init(depth: Int? = nil, states: Int? = nil) {
    self.depth = depth
    self.states = states
  }
}

/// How a search came to its end.
public enum SearchEnd: Hashable, Sendable {
  /// Every reachable state was found and every move of it made.
  case complete
  case depth(Int)
  case states(Int)
  /// The visitor had seen enough.
  case satisfied
  case interrupted
}

/// A breadth-first search: every state is found by as few moves as it takes.
public struct Search<Explored: World> {
  public let world: Explored
  private var table: StateTable<Explored.Key>
  /// Beside their keys, where these do not hold all.
  private var states: [Explored.State] = []
  /// Moves made.
  public private(set) var generated = 0
  /// Moves to the states found last.
  public private(set) var depth = 0
  public private(set) var end = SearchEnd.complete

  public init(_ world: Explored, expecting count: Int = 1 << 12) {
    self.world = world
    table = StateTable(expecting: count)
  }

  public var unique: Int { table.count }
  public var bytes: Int { table.bytes + states.capacity * MemoryLayout<Explored.State>.stride }

  /// The chance that two of the states found share a fingerprint, at most (birthday bound); 0 for keys that hold all.
  public var collisionChance: Double {
    guard !Explored.isLossless else { return 0 }
    let pairs = Double(unique) * Double(max(0, unique - 1)) / 2
    return pairs / 0x1p128
  }

  public func path(to index: Int) -> (start: Int, moves: [Move]) { table.path(to: index) }

  public func state(at index: Int) -> Explored.State {
    Explored.isLossless ? world.state(of: table.keys[index]) : states[index]
  }

  /// - Parameter progress: called now and then with the states found and those still to be expanded; false stops.
  public mutating func run<Onlooker: Visitor>(
    _ onlooker: inout Onlooker, bound: SearchBound = SearchBound(), progress: (Int, Int) -> Bool = { _, _ in true }
  ) where Onlooker.Explored == Explored {
    for state in world.initialStates { _ = insert(state, from: .max, by: 0) }
    let most = min(bound.states ?? StateTable<Explored.Key>.limit, StateTable<Explored.Key>.limit)
    var (index, levelEnd) = (0, table.count)
    var moves = MoveList()
    var seen = Explored.nothingSeen
    while index < table.count {
      if index == levelEnd {
        depth += 1
        levelEnd = table.count
      }
      if depth == bound.depth { return end = .depth(depth) }
      if index & 0xFFFF == 0xFFFF, !progress(table.count, table.count - index) { return end = .interrupted }
      let state = self.state(at: index)
      onlooker.expand(index, state)
      moves.removeAll()
      world.moves(of: state, into: &moves)
      for position in 0..<moves.count {
        let move = moves[position]
        let after = world.apply(move, to: state, &seen)
        generated += 1
        let reached = insert(after, from: UInt32(truncatingIfNeeded: index), by: move.code)
        onlooker.see(move, from: index, to: after, at: reached, seen)
      }
      if onlooker.isSatisfied { return end = .satisfied }
      if table.count >= most, index + 1 < table.count { return end = .states(most) }
      index += 1
    }
  }

  @inline(__always)
  private mutating func insert(_ state: Explored.State, from origin: UInt32, by move: UInt16) -> Int {
    let (index, isNew) = table.insert(world.key(of: state), from: origin, by: move)
    if isNew, !Explored.isLossless { states.append(state) }
    return index
  }
}
