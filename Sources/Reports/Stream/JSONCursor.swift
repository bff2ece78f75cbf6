/// Reads JSON from bytes, each byte once.
struct JSONCursor {
  /// A stream is three deep; whatever is deeper is none, and must not exhaust the stack.
  private static let depthLimit = 32

  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Nothing may follow the value.
  mutating func end() throws(StreamMistake) {
    skipSpace()
    if position < bytes.count { throw mistake("something follows the object") }
  }

  mutating func value(depth: Int) throws(StreamMistake) -> JSONValue {
    guard depth <= Self.depthLimit else { throw mistake("more than \(Self.depthLimit) levels of nesting") }
    skipSpace()
    guard let first = peek else { throw mistake("the line ends within its object") }
    switch first {
    case UInt8(ascii: "{"): return .object(try object(depth))
    case UInt8(ascii: "["): return .list(try list(depth))
    case UInt8(ascii: "\""): return .text(try text())
    case UInt8(ascii: "t"): return try word("true", .flag(true))
    case UInt8(ascii: "f"): return try word("false", .flag(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw mistake("this is no JSON")
    }
  }

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private func mistake(_ message: String) -> StreamMistake { StreamMistake(message, column: position + 1) }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipSpace()
    guard peek == byte else { return false }
    position += 1
    return true
  }

  private mutating func object(_ depth: Int) throws(StreamMistake) -> [(key: String, value: JSONValue)] {
    position += 1
    var members: [(key: String, value: JSONValue)] = []
    if take(UInt8(ascii: "}")) { return members }
    repeat {
      skipSpace()
      guard peek == UInt8(ascii: "\"") else {
        throw mistake(peek == nil ? "the line ends within an object" : "a key must stand here")
      }
      let key = try text()
      guard take(UInt8(ascii: ":")) else { throw mistake("a colon must stand behind a key") }
      members.append((key, try value(depth: depth + 1)))
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else {
      throw mistake(peek == nil ? "the line ends within an object" : "a comma or } must stand here")
    }
    return members
  }

  private mutating func list(_ depth: Int) throws(StreamMistake) -> [JSONValue] {
    position += 1
    var elements: [JSONValue] = []
    if take(UInt8(ascii: "]")) { return elements }
    repeat { elements.append(try value(depth: depth + 1)) } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else {
      throw mistake(peek == nil ? "the line ends within a list" : "a comma or ] must stand here")
    }
    return elements
  }

  private mutating func word(_ word: StaticString, _ value: JSONValue) throws(StreamMistake) -> JSONValue {
    let letters = Array("\(word)".utf8)
    guard bytes[position...].starts(with: letters) else { throw mistake("this is no JSON") }
    position += letters.count
    return value
  }

  private mutating func number() throws(StreamMistake) -> JSONValue {
    let isNegative = peek == UInt8(ascii: "-")
    if isNegative { position += 1 }
    let start = position
    var magnitude: UInt64 = 0
    var fits = true
    while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
      let (product, overflow) = magnitude.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(UInt64(byte - UInt8(ascii: "0")))
      (magnitude, fits) = (sum, fits && !overflow && !carry)
      position += 1
    }
    guard position > start, bytes[start] != UInt8(ascii: "0") || position == start + 1 else {
      throw mistake("this is no number")
    }
    let isWhole = peek.map { $0 != UInt8(ascii: ".") && $0 | 0x20 != UInt8(ascii: "e") } ?? true
    if isWhole { return fits ? .integer(isNegative: isNegative, magnitude: magnitude) : .otherNumber }
    while let byte = peek, "0123456789.eE+-".utf8.contains(byte) { position += 1 }
    return .otherNumber
  }

  // MARK: Texts

  private mutating func text() throws(StreamMistake) -> String {
    position += 1
    let start = position
    while let byte = peek {
      if byte == UInt8(ascii: "\"") {
        guard let text = String(validating: bytes[start..<position], as: UTF8.self) else {
          throw mistake("this is no UTF-8")
        }
        position += 1
        return text
      }
      if byte == UInt8(ascii: "\\") { return try escapedText(from: start) }
      if byte < 0x20 { throw mistake("a control character within a text") }
      position += 1
    }
    throw mistake("the line ends within a text")
  }

  /// The rarer way, for a text with escapes.
  private mutating func escapedText(from start: Int) throws(StreamMistake) -> String {
    var content = Array(bytes[start..<position])
    while let byte = peek {
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: content, as: UTF8.self) else { throw mistake("this is no UTF-8") }
        return text
      case UInt8(ascii: "\\"): content += try escaped()
      case 0..<0x20: throw mistake("a control character within a text")
      default: content.append(byte)
      }
    }
    throw mistake("the line ends within a text")
  }

  private mutating func escaped() throws(StreamMistake) -> [UInt8] {
    guard let byte = peek else { throw mistake("the line ends within a text") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "u"): return Array(String(try scalar()).utf8)
    default: throw mistake("no such escape")
    }
  }

  private mutating func scalar() throws(StreamMistake) -> Character {
    var unit = try fourDigits()
    if (0xD800..<0xDC00).contains(unit), bytes[position...].starts(with: "\\u".utf8) {
      position += 2
      let low = try fourDigits()
      guard (0xDC00..<0xE000).contains(low) else { throw mistake("half a character") }
      unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(unit) else { throw mistake("half a character") }
    return Character(scalar)
  }

  private mutating func fourDigits() throws(StreamMistake) -> UInt32 {
    let digits = bytes[position...].prefix(4)
    guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let number = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw mistake("four hexadecimal digits must stand here") }
    position += 4
    return number
  }
}
