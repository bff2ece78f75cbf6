/// The states found, each once, in the order in which they were found, and how each was found.
///
/// The keys lie in one array, which is the queue of a breadth-first search as well. The table beside it is open
/// addressing over indices into that array: a slot is 32 bits of index and 32 bits of hash, so that a key is looked at
/// only where it is nearly sure to be the same.
struct StateTable<Key: StateKey> {
  private(set) var keys: ContiguousArray<Key> = []
  private var origins: ContiguousArray<UInt32> = []
  private var moves: ContiguousArray<UInt16> = []
  private var slots: ContiguousArray<UInt64>
  private var mask: Int
  private var room: Int

  /// More states than an index can count are not stored.
  static var limit: Int { Int(UInt32.max) - 1 }

  init(expecting states: Int = 1 << 12) {
    var size = 1 << 10
    while size * 3 / 4 < states { size <<= 1 }
    slots = ContiguousArray(repeating: 0, count: size)
    mask = size - 1
    room = size / 4 * 3
  }

  var count: Int { keys.count }

  /// Bytes of memory that the table takes, room to grow included.
  var bytes: Int {
    keys.capacity * MemoryLayout<Key>.stride + origins.capacity * 4 + moves.capacity * 2 + slots.capacity * 8
  }

  /// - Returns: the index of the key, and whether it is new.
  @inline(__always)
  mutating func insert(_ key: Key, from origin: UInt32, by move: UInt16) -> (index: Int, isNew: Bool) {
    let mixed = key.mixed
    let tag = mixed & 0xFFFF_FFFF_0000_0000
    var position = Int(truncatingIfNeeded: mixed) & mask
    while true {
      let slot = slots[position]
      if slot == 0 { break }
      if slot & 0xFFFF_FFFF_0000_0000 == tag {
        let index = Int(truncatingIfNeeded: slot & 0xFFFF_FFFF) - 1
        if keys[index] == key { return (index, false) }
      }
      position = (position + 1) & mask
    }
    let index = keys.count
    slots[position] = tag | UInt64(index + 1)
    keys.append(key)
    origins.append(origin)
    moves.append(move)
    if keys.count > room { grow() }
    return (index, true)
  }

  private mutating func grow() {
    let size = slots.count * 2
    mask = size - 1
    room = size / 4 * 3
    slots = ContiguousArray(repeating: 0, count: size)
    for index in keys.indices {
      let mixed = keys[index].mixed
      var position = Int(truncatingIfNeeded: mixed) & mask
      while slots[position] != 0 { position = (position + 1) & mask }
      slots[position] = (mixed & 0xFFFF_FFFF_0000_0000) | UInt64(index + 1)
    }
  }

  /// The moves from an initial state to this one, and the index of that initial state.
  func path(to index: Int) -> (start: Int, moves: [Move]) {
    var (at, found): (Int, [Move]) = (index, [])
    while origins[at] != UInt32.max {
      found.append(Move(code: moves[at]))
      at = Int(origins[at])
    }
    return (at, found.reversed())
  }
}
