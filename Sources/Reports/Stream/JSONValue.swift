/// A value read from JSON (RFC 8259).
enum JSONValue {
  case null
  case flag(Bool)
  case integer(isNegative: Bool, magnitude: UInt64)
  /// A number with a fraction or an exponent, or one too large: nothing in a stream is one.
  case otherNumber
  case text(String)
  case list([JSONValue])
  case object([(key: String, value: JSONValue)])

  /// - Parameter line: one line, without its end.
  init(_ line: [UInt8]) throws(StreamMistake) {
    var cursor = JSONCursor(line)
    self = try cursor.value(depth: 0)
    try cursor.end()
  }

  /// What is wanted, for a message.
  private var kind: String {
    switch self {
    case .null: "null"
    case .flag: "a flag"
    case .integer: "a whole number"
    case .otherNumber: "a number out of range"
    case .text: "a text"
    case .list: "a list"
    case .object: "an object"
    }
  }

  // MARK: Members of an object

  subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    for member in members where member.key == key {
      if case .null = member.value { return nil }
      return member.value
    }
    return nil
  }

  func text(_ key: String) throws(StreamMistake) -> String {
    guard let text = try optionalText(key) else { throw missing(key) }
    return text
  }

  func optionalText(_ key: String) throws(StreamMistake) -> String? {
    guard let value = self[key] else { return nil }
    guard case .text(let text) = value else { throw value.wrong(key, "a text") }
    return text
  }

  /// A whole number within a range; without one told, of what a count, a line or a time in milliseconds can be.
  func number(_ key: String, in range: ClosedRange<Int> = 0...(1 << 53)) throws(StreamMistake) -> Int {
    guard let number = try optionalNumber(key, in: range) else { throw missing(key) }
    return number
  }

  func optionalNumber(_ key: String, in range: ClosedRange<Int> = 0...(1 << 53)) throws(StreamMistake) -> Int? {
    guard let value = self[key] else { return nil }
    let wanted = "a whole number from \(range.lowerBound) to \(range.upperBound)"
    guard case .integer(false, let magnitude) = value else { throw value.wrong(key, wanted) }
    guard let number = Int(exactly: magnitude), range.contains(number) else {
      throw StreamMistake("\"\(key)\" is \(magnitude), and must be \(wanted)")
    }
    return number
  }

  func seed(_ key: String) throws(StreamMistake) -> UInt64? {
    guard let value = self[key] else { return nil }
    guard case .integer(false, let magnitude) = value else { throw value.wrong(key, "a whole number") }
    return magnitude
  }

  func flag(_ key: String) throws(StreamMistake) -> Bool {
    guard let value = self[key] else { throw missing(key) }
    guard case .flag(let flag) = value else { throw value.wrong(key, "true or false") }
    return flag
  }

  func list(_ key: String) throws(StreamMistake) -> [JSONValue] {
    guard let list = try optionalList(key) else { throw missing(key) }
    return list
  }

  func optionalList(_ key: String) throws(StreamMistake) -> [JSONValue]? {
    guard let value = self[key] else { return nil }
    guard case .list(let elements) = value else { throw value.wrong(key, "a list") }
    return elements
  }

  func texts(_ key: String) throws(StreamMistake) -> [String] {
    var texts: [String] = []
    for element in try list(key) {
      guard case .text(let text) = element else { throw element.wrong(key, "a list of texts") }
      texts.append(text)
    }
    return texts
  }

  /// One of the words that an enumeration has.
  func word<Word: RawRepresentable & CaseIterable>(_ key: String) throws(StreamMistake) -> Word
  where Word.RawValue == String {
    guard let word: Word = try optionalWord(key) else { throw missing(key) }
    return word
  }

  func optionalWord<Word: RawRepresentable & CaseIterable>(_ key: String) throws(StreamMistake) -> Word?
  where Word.RawValue == String {
    guard let text = try optionalText(key) else { return nil }
    guard let word = Word(rawValue: text) else {
      let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
      throw StreamMistake("\"\(key)\" is \"\(Printable.text(text))\", and must be one of \(words)")
    }
    return word
  }

  private func missing(_ key: String) -> StreamMistake { StreamMistake("\"\(key)\" is missing") }

  private func wrong(_ key: String, _ wanted: String) -> StreamMistake {
    StreamMistake("\"\(key)\" is \(kind), and must be \(wanted)")
  }
}
