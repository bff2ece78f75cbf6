/// JSON as the rows have it: no spaces, nothing escaped that need not be.
struct JSONText {
  private(set) var bytes: [UInt8] = []

  var text: String { String(decoding: bytes, as: UTF8.self) }

  mutating func put(_ character: Unicode.Scalar) { bytes.append(UInt8(truncatingIfNeeded: character.value)) }

  mutating func add(_ number: Int64) { bytes.append(contentsOf: String(number).utf8) }

  mutating func add(_ flag: Bool) { bytes.append(contentsOf: (flag ? "true" : "false").utf8) }

  /// A name that needs no escape.
  mutating func add(name: StaticString) {
    put("\"")
    name.withUTF8Buffer { bytes.append(contentsOf: $0) }
    put("\"")
    put(":")
  }

  mutating func add(_ text: String?) {
    guard var text else { return bytes.append(contentsOf: "null".utf8) }
    put("\"")
    text.withUTF8 { characters in
      if characters.contains(where: Self.isEscaped) {
        for byte in characters { add(character: byte) }
      } else {
        bytes.append(contentsOf: characters)
      }
    }
    put("\"")
  }

  mutating func add<Item>(_ items: [Item], _ each: (inout JSONText, Item) -> Void) {
    put("[")
    for (index, item) in items.enumerated() {
      if index > 0 { put(",") }
      each(&self, item)
    }
    put("]")
  }

  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private mutating func add(character byte: UInt8) {
    guard Self.isEscaped(byte) else { return bytes.append(byte) }
    put("\\")
    switch byte {
    case UInt8(ascii: "\n"): put("n")
    case UInt8(ascii: "\r"): put("r")
    case UInt8(ascii: "\t"): put("t")
    case 0x08: put("b")
    case 0x0c: put("f")
    case 0..<0x20:
      bytes.append(contentsOf: "u00".utf8)
      bytes.append(UInt8(ascii: byte < 0x10 ? "0" : "1"))
      bytes.append(Array("0123456789abcdef".utf8)[Int(byte & 15)])
    default: bytes.append(byte)
    }
  }
}
