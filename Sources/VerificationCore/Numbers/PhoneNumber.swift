/// A telephone number as the tenant stores it: `+CC number`, with the space, and for office lines `xEXT`
/// (NUM-4, EXT-1). E.164 limits: country code of 1 to 3 digits, at most 15 digits in all.
public struct PhoneNumber: Hashable, Sendable {
  public let countryCode: String
  public let subscriber: String
  public let phoneExtension: PhoneExtension?
  /// `+33744081468`
  public let e164: String

  /// - Returns: nil for a number without `+`, without the space, too short (4 digits) or too long.
  public init?(_ text: some StringProtocol) {
    do {
      try self.init(parsing: text)
    } catch {
      return nil
    }
  }

  /// - Throws: what keeps the text from being a number as the tenant stores it, in the order of reading.
  public init(parsing text: some StringProtocol) throws(NumberProblem) {
    let halves = text.split(separator: "x", maxSplits: 1, omittingEmptySubsequences: false)
    let (country, number) = try Self.parts(halves[0])
    try Self.requireDigits(country, number)
    countryCode = country
    subscriber = number
    e164 = "+" + country + number
    guard halves.count == 2 else {
      phoneExtension = nil
      return
    }
    guard let parsed = PhoneExtension(halves[1]) else { throw .wrongExtension }
    phoneExtension = parsed
  }

  /// What stands between `+` and the space, and what stands behind it.
  private static func parts(_ text: some StringProtocol) throws(NumberProblem) -> (String, String) {
    guard text.first == "+" else { throw .noPlus }
    let parts = text.dropFirst().split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count > 1 else { throw .noSpace(digits: String(text.dropFirst())) }
    guard parts.count == 2 else { throw .severalSpaces }
    return (String(parts[0]), String(parts[1]))
  }

  private static func requireDigits(_ country: String, _ number: String) throws(NumberProblem) {
    guard (country + number).allSatisfy({ $0.isASCII && $0.isWholeNumber }) else { throw .notDigits }
    guard (1...3).contains(country.count), country.first != "0" else { throw .wrongCallingCode }
    guard number.count >= 4 else { throw .tooFewDigits(number.count) }
    guard country.count + number.count <= 15 else { throw .tooManyDigits(country.count + number.count) }
  }

  /// `+XX XXXXXXX68`: what records and screens show.
  public var masked: String {
    var masked = "+"
    for _ in countryCode.utf8 { masked += "X" }
    masked += " "
    for _ in subscriber.utf8.dropLast(2) { masked += "X" }
    return masked + subscriber.suffix(2)
  }
}

extension PhoneNumber: CustomStringConvertible {
  public var description: String { masked }

  /// In clear, as the tenant stores it.
  public var full: String { "+\(countryCode) \(subscriber)" + (phoneExtension.map { "x\($0.text)" } ?? "") }
}

/// An extension behind an office number: digits, `,` (a pause of 2 s), `*`, `#`; a leading `@` asks an operator (EXT-1).
public struct PhoneExtension: Hashable, Sendable {
  public let text: String

  public static let pause = Milliseconds.seconds(2)
  /// A tone and the gap after it, as a telephone set dials them.
  public static let tone = Milliseconds(200)

  /// - Returns: nil unless `text` is 1 to 20 of these characters with a digit among them.
  public init?(_ text: some StringProtocol) {
    let dialled = text.first == "@" ? text.dropFirst() : text[...]
    guard (1...20).contains(dialled.count), dialled.contains(where: \.isWholeNumber),
      dialled.allSatisfy({ ($0.isASCII && $0.isWholeNumber) || ",*#".contains($0) })
    else { return nil }
    self.text = String(text)
  }

  public var asksOperator: Bool { text.first == "@" }

  /// What is spoken.
  public var digits: String { text.filter(\.isWholeNumber) }

  /// How long it takes to dial as tones.
  public var toneLength: Milliseconds {
    text.reduce(into: .zero) { length, character in
      if character != "@" { length = length + (character == "," ? Self.pause : Self.tone) }
    }
  }
}
