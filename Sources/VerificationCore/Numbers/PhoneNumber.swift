/// A telephone number as the tenant stores it: `+CC number`, with the space, and for office lines `xEXT`
/// (NUM-4, EXT-1). E.164 limits: country code of 1 to 3 digits, at most 15 digits in all.
public struct PhoneNumber: Hashable, Sendable {
  public let countryCode: String
  public let subscriber: String
  public let phoneExtension: PhoneExtension?

  /// - Returns: nil for a number without `+`, without the space, too short (4 digits) or too long.
  public init?(_ text: some StringProtocol) {
    let halves = text.split(separator: "x", maxSplits: 1, omittingEmptySubsequences: false)
    let parts = halves[0].split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].first == "+" else { return nil }
    let (country, number) = (String(parts[0].dropFirst()), String(parts[1]))
    guard (1...3).contains(country.count), country.first != "0", (4...14).contains(number.count),
      country.count + number.count <= 15, (country + number).allSatisfy({ $0.isASCII && $0.isWholeNumber })
    else { return nil }
    countryCode = country
    subscriber = number
    if halves.count == 2 {
      guard let parsed = PhoneExtension(halves[1]) else { return nil }
      phoneExtension = parsed
    } else {
      phoneExtension = nil
    }
  }

  /// `+33744081468`
  public var e164: String { "+\(countryCode)\(subscriber)" }

  /// `+XX XXXXXXX68`: what records and screens show.
  public var masked: String {
    let hidden = String(repeating: "X", count: subscriber.count - 2)
    return "+\(String(repeating: "X", count: countryCode.count)) \(hidden)\(subscriber.suffix(2))"
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
