/// What can be explored: states, the moves that each allows, and what each move leads to.
///
/// A world is a value that decides nothing by chance; the same move in the same state always leads to the same state.
public protocol World: Sendable {
  associatedtype State
  /// What a state is remembered by. Two states are the same when their keys are.
  associatedtype Key: StateKey
  /// What was seen of a move beside the state it led to: messages heard, orders given.
  associatedtype Observation

  /// Whether a key holds all of a state. Else it is a fingerprint, states are stored beside their keys, and two
  /// states may be taken for one with the chance that `Search.collisionChance` says.
  static var isLossless: Bool { get }

  var initialStates: [State] { get }
  func key(of state: State) -> Key
  /// - Precondition: `isLossless`, and `key` is one that `key(of:)` gave.
  func state(of key: Key) -> State
  /// Appends every move that this state allows.
  func moves(of state: State, into moves: inout MoveList)
  /// - Parameter seen: overwritten with what was seen of this move.
  func apply(_ move: Move, to state: State, _ seen: inout Observation) -> State
  static var nothingSeen: Observation { get }
}

/// A move, as its world encodes it.
public struct Move: Hashable, Sendable {
  public let code: UInt16

  public init(code: UInt16) { self.code = code }
}

/// The moves of one state, without allocation: at most 96.
public struct MoveList: Sendable {
  public static let capacity = 96

  private var slots = InlineArray<96, UInt16>(repeating: 0)
  public private(set) var count = 0

  public init() {}

  public mutating func removeAll() { count = 0 }

  public mutating func append(_ move: Move) {
    precondition(count < Self.capacity, "a state allows at most 96 moves")
    slots[count] = move.code
    count += 1
  }

  public subscript(position: Int) -> Move {
    precondition(position >= 0 && position < count, "no move at \(position)")
    return Move(code: slots[position])
  }
}

/// A few machine words that name a state.
public protocol StateKey: Hashable, BitwiseCopyable, Sendable {
  /// All bits of the key, mixed.
  var mixed: UInt64 { get }
}

/// A key of three words.
public struct Key192: StateKey {
  public var first: UInt64
  public var second: UInt64
  public var third: UInt64

  public init(_ first: UInt64, _ second: UInt64, _ third: UInt64) {
    self.first = first
    self.second = second
    self.third = third
  }

  public var mixed: UInt64 {
    Mixing.fold(first ^ 0x9E37_79B9_7F4A_7C15, second ^ 0xBF58_476D_1CE4_E5B9)
      ^ Mixing.fold(third, 0x94D0_49BB_1331_11EB)
  }
}

/// A fingerprint of 128 bits.
public struct Key128: StateKey {
  public var first: UInt64
  public var second: UInt64

  public init(_ first: UInt64, _ second: UInt64) {
    self.first = first
    self.second = second
  }

  public var mixed: UInt64 { Mixing.fold(first ^ 0x9E37_79B9_7F4A_7C15, second ^ 0xBF58_476D_1CE4_E5B9) }
}

enum Mixing {
  /// Both halves of the product, folded: the mixing step of wyhash (Wang Yi), and every bit of both words counts.
  @inline(__always)
  static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    let folded = product.high ^ product.low
    return (folded ^ (folded >> 32)) &* 0xD6E8_FEB8_6659_FD93
  }
}
