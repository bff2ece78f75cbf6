/// Fields of a file in memory. Every position is checked: what lies outside reads as nil, never as a trap.
extension [UInt8] {
  func littleEndian16(at position: Int) -> Int? {
    guard let field = field(at: position, length: 2) else { return nil }
    return field.reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  func littleEndian32(at position: Int) -> Int? {
    guard let field = field(at: position, length: 4) else { return nil }
    return field.reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  func bigEndian32(at position: Int) -> Int? {
    guard let field = field(at: position, length: 4) else { return nil }
    return field.reduce(0) { $0 << 8 | Int($1) }
  }

  func bigEndian24(at position: Int) -> Int? {
    guard let field = field(at: position, length: 3) else { return nil }
    return field.reduce(0) { $0 << 8 | Int($1) }
  }

  /// Four bytes that carry seven bits each (ID3v2.4 section 6.2); nil when one has its top bit set.
  func syncsafe32(at position: Int) -> Int? {
    guard let field = field(at: position, length: 4), field.allSatisfy({ $0 < 0x80 }) else { return nil }
    return field.reduce(0) { $0 << 7 | Int($1) }
  }

  /// Whether these ASCII characters stand at `position`.
  func has(_ text: StaticString, at position: Int) -> Bool {
    guard let field = field(at: position, length: text.utf8CodeUnitCount) else { return false }
    return text.withUTF8Buffer { $0.elementsEqual(field) }
  }

  func field(at position: Int, length: Int) -> ArraySlice<UInt8>? {
    guard position >= 0, length >= 0, position <= count, length <= count - position else { return nil }
    return self[position..<position + length]
  }

  mutating func appendLittleEndian(_ value: Int, bytes: Int) {
    for index in 0..<bytes { append(UInt8(truncatingIfNeeded: value >> (8 * index))) }
  }

  mutating func appendBigEndian(_ value: Int, bytes: Int) {
    for index in (0..<bytes).reversed() { append(UInt8(truncatingIfNeeded: value >> (8 * index))) }
  }
}
