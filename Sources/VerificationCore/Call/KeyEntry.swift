/// The keys gathered since the last `#` (CALL-6): 0 to 20 of them, four bits each.
///
/// May hold a PIN, so its description is masked. Packed, because the explorer keeps millions of them.
public struct KeyEntry: Hashable, Sendable {
  public static let capacity = 20

  package private(set) var low: UInt64 = 0
  package private(set) var high: UInt16 = 0
  private var length: UInt8 = 0

  public init() {}

  /// For the explorer, which packs entries with the rest of a state.
  ///
  /// - Precondition: the words are those of an entry of `count` keys.
  package init(low: UInt64, high: UInt16, count: Int) {
    precondition((0...Self.capacity).contains(count), "an entry holds at most 20 keys")
    self.low = low
    self.high = high
    length = UInt8(count)
  }

  public init(_ first: Key) { append(first) }

  /// - Returns: nil for more than 20 keys, or a character that is no key.
  public init?(_ text: some StringProtocol) {
    for character in text {
      guard let key = Key(character), !isFull else { return nil }
      append(key)
    }
  }

  public var count: Int { Int(length) }
  public var isEmpty: Bool { length == 0 }
  public var isFull: Bool { count == Self.capacity }

  /// - Precondition: not full.
  public mutating func append(_ key: Key) {
    precondition(!isFull, "an entry holds at most 20 keys")
    high = high << 4 | UInt16(truncatingIfNeeded: low >> 60)
    low = low << 4 | UInt64(key.rawValue)
    length += 1
  }

  /// - Precondition: `position` is below `count`.
  public subscript(position: Int) -> Key {
    precondition(position >= 0 && position < count, "no key at \(position)")
    let fromEnd = count - 1 - position
    let nibble = fromEnd < 16 ? low >> (fromEnd * 4) : UInt64(high) >> ((fromEnd - 16) * 4)
    guard let key = Key(rawValue: UInt8(nibble & 0xF)) else { preconditionFailure("every nibble is a key") }
    return key
  }

  public var isAllDigits: Bool { (0..<count).allSatisfy { self[$0].isDigit } }

  /// The keys in clear. Only for the check of a PIN and for comparing with a report code, never for an output.
  public var revealed: String { String((0..<count).map { self[$0].character }) }
}

extension KeyEntry: CustomStringConvertible, CustomDebugStringConvertible {
  public var description: String { String(repeating: "•", count: count) }
  public var debugDescription: String { description }
}
