/// Reads JSON of the one form in which `JSONText` writes it. What is not of that form is nil, or false.
struct JSONReading {
  private let bytes: UnsafeRawBufferPointer
  private var place = 0

  /// - Parameter bytes: have to stay as long as this does.
  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var isAtEnd: Bool { place == bytes.count }

  private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  /// Takes a character if it is the next.
  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(truncatingIfNeeded: character.value) else { return false }
    place += 1
    return true
  }

  mutating func take(word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard place + count <= bytes.count else { return false }
    let isNext = word.withUTF8Buffer { $0.elementsEqual(bytes[place..<place + count]) }
    if isNext { place += count }
    return isNext
  }

  mutating func flag() -> Bool? { take(word: "true") ? true : take(word: "false") ? false : nil }

  mutating func integer() -> Int64? {
    let start = place
    if next == UInt8(ascii: "-") { place += 1 }
    while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { place += 1 }
    return Int64(String(decoding: bytes[start..<place], as: UTF8.self))
  }

  /// The places of a name's characters, which hold no escape.
  mutating func name() -> Range<Int>? {
    guard take("\"") else { return nil }
    let start = place
    while let byte = next, byte != UInt8(ascii: "\"") { place += 1 }
    let end = place
    guard take("\""), take(":") else { return nil }
    return start..<end
  }

  func isName(_ range: Range<Int>, _ name: StaticString) -> Bool {
    range.count == name.utf8CodeUnitCount && name.withUTF8Buffer { $0.elementsEqual(bytes[range]) }
  }

  mutating func string() -> String? {
    guard take("\"") else { return nil }
    let start = place
    while let byte = next {
      if byte == UInt8(ascii: "\"") {
        place += 1
        return String(decoding: bytes[start..<place - 1], as: UTF8.self)
      }
      if byte == UInt8(ascii: "\\") { return string(from: start) }
      place += 1
    }
    return nil
  }

  /// nil for `null` too: the outer nil is for what is neither.
  mutating func stringOrNull() -> String?? { take(word: "null") ? .some(nil) : string().map { .some($0) } }

  mutating func list<Item>(_ item: (inout JSONReading) -> Item?) -> [Item]? {
    guard take("[") else { return nil }
    var items: [Item] = []
    if take("]") { return items }
    repeat {
      guard let item = item(&self) else { return nil }
      items.append(item)
    } while take(",")
    return take("]") ? items : nil
  }

  /// The rest of a string in which an escape was met.
  private mutating func string(from start: Int) -> String? {
    var text = Array(bytes[start..<place])
    while let byte = next {
      place += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let escaped = escaped() else { return nil }
        text.append(escaped)
      default: text.append(byte)
      }
    }
    return nil
  }

  private mutating func escaped() -> UInt8? {
    guard let byte = next else { return nil }
    place += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): return byte
    case UInt8(ascii: "n"): return UInt8(ascii: "\n")
    case UInt8(ascii: "r"): return UInt8(ascii: "\r")
    case UInt8(ascii: "t"): return UInt8(ascii: "\t")
    case UInt8(ascii: "b"): return 0x08
    case UInt8(ascii: "f"): return 0x0c
    case UInt8(ascii: "u"):
      guard place + 4 <= bytes.count else { return nil }
      defer { place += 4 }
      return UInt8(String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16)
    default: return nil
    }
  }
}
