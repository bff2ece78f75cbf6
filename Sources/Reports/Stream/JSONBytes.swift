/// A JSON object written straight into bytes: no value in between, no text that is only made to be copied.
struct JSONBytes {
  private(set) var bytes: [UInt8]
  /// Whether the next member or element is the first of its object or list.
  private var isFirst = true

  init(_ bytes: consuming [UInt8]) { self.bytes = bytes }

  mutating func open() {
    separate()
    bytes.append(UInt8(ascii: "{"))
    isFirst = true
  }

  mutating func close() {
    bytes.append(UInt8(ascii: "}"))
    isFirst = false
  }

  mutating func openList() {
    separate()
    bytes.append(UInt8(ascii: "["))
    isFirst = true
  }

  mutating func closeList() {
    bytes.append(UInt8(ascii: "]"))
    isFirst = false
  }

  mutating func endLine() {
    bytes.append(UInt8(ascii: "\n"))
    isFirst = true
  }

  /// - Parameter key: one of ours, which needs no escapes.
  mutating func key(_ key: String) {
    let (text, needsComma) = (key.utf8.span, !isFirst)
    bytes.append(addingCapacity: text.count + 4) { output in
      if needsComma { output.append(UInt8(ascii: ",")) }
      output.append(UInt8(ascii: "\""))
      for index in text.indices { output.append(text[index]) }
      output.append(UInt8(ascii: "\""))
      output.append(UInt8(ascii: ":"))
    }
    isFirst = true
  }

  private mutating func separate() {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
  }

  // MARK: Values

  mutating func text(_ text: String) {
    separate()
    guard !Self.needsEscapes(text) else {
      bytes.append(UInt8(ascii: "\""))
      appendEscaped(text)
      return bytes.append(UInt8(ascii: "\""))
    }
    let text = text.utf8.span
    bytes.append(addingCapacity: text.count + 2) { output in
      output.append(UInt8(ascii: "\""))
      for index in text.indices { output.append(text[index]) }
      output.append(UInt8(ascii: "\""))
    }
  }

  /// Any number, signed or not.
  mutating func number(_ number: some FixedWidthInteger) {
    separate()
    // The last digit first, as they come: the largest number has 20.
    var (digits, start, rest) = (InlineArray<20, UInt8>(repeating: 0), 20, UInt64(number.magnitude))
    repeat {
      start -= 1
      digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    } while rest > 0
    let first = start
    bytes.append(addingCapacity: 21 - first) { output in
      if number < 0 { output.append(UInt8(ascii: "-")) }
      for index in first..<20 { output.append(digits[index]) }
    }
  }

  mutating func flag(_ flag: Bool) {
    separate()
    bytes.append(contentsOf: (flag ? "true" : "false").utf8)
  }

  mutating func null() {
    separate()
    bytes.append(contentsOf: "null".utf8)
  }

  /// A value that is JSON already.
  mutating func json(_ text: String) {
    separate()
    bytes.append(contentsOf: text.utf8)
  }

  // MARK: Members

  mutating func member(_ key: String, _ text: String) {
    self.key(key)
    self.text(text)
  }

  mutating func member(_ key: String, _ text: String?) {
    self.key(key)
    if let text { self.text(text) } else { null() }
  }

  mutating func member(_ key: String, _ number: some FixedWidthInteger) {
    self.key(key)
    self.number(number)
  }

  mutating func member(_ key: String, _ number: (some FixedWidthInteger)?) {
    self.key(key)
    if let number { self.number(number) } else { null() }
  }

  mutating func member(_ key: String, _ flag: Bool) {
    self.key(key)
    self.flag(flag)
  }

  mutating func member(_ key: String, _ texts: [String]) {
    self.key(key)
    openList()
    for text in texts { self.text(text) }
    closeList()
  }

  /// A text in three parts with a slash between; ours, without escapes.
  mutating func member(_ key: String, parts first: String, _ second: String, _ third: String) {
    self.key(key)
    separate()
    bytes.append(UInt8(ascii: "\""))
    bytes.append(contentsOf: first.utf8)
    bytes.append(UInt8(ascii: "/"))
    bytes.append(contentsOf: second.utf8)
    bytes.append(UInt8(ascii: "/"))
    bytes.append(contentsOf: third.utf8)
    bytes.append(UInt8(ascii: "\""))
  }

  // MARK: Escapes (RFC 8259, 7)

  private static func needsEscapes(_ text: String) -> Bool {
    let bytes = text.utf8.span
    for index in bytes.indices where isEscaped(bytes[index]) { return true }
    return false
  }

  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private mutating func appendEscaped(_ text: String) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case UInt8(ascii: "\n"): bytes.append(contentsOf: "\\n".utf8)
      case UInt8(ascii: "\r"): bytes.append(contentsOf: "\\r".utf8)
      case UInt8(ascii: "\t"): bytes.append(contentsOf: "\\t".utf8)
      case 0..<0x20:
        bytes.append(contentsOf: "\\u00".utf8)
        for digit in [byte >> 4, byte & 15] { bytes.append(digit < 10 ? 0x30 + digit : 0x57 + digit) }
      default: bytes.append(byte)
      }
    }
  }

  /// Sixteen or eight digits.
  static func hexadecimal(_ number: some FixedWidthInteger & UnsignedInteger) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: number.bitWidth / 4 - digits.count) + digits
  }

  /// Hands the bytes back; what follows begins anew.
  consuming func taken() -> [UInt8] { bytes }
}
