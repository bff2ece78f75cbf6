/// A key of the telephone keypad, in the order of its telephone-event code (RFC 4733, 3.2).
public enum Key: UInt8, Hashable, Sendable, CaseIterable {
  case zero, one, two, three, four, five, six, seven, eight, nine
  case star, pound
  case a, b, c, d

  public var isDigit: Bool { rawValue < 10 }

  /// A to D exist in the standard and on no telephone that people have.
  public var isLetter: Bool { rawValue >= Key.a.rawValue }

  public init?(digit: Int) {
    guard (0...9).contains(digit), let key = Key(rawValue: UInt8(digit)) else { return nil }
    self = key
  }

  /// Reads `0`-`9`, `*`, `#`, `A`-`D` in either case.
  public init?(_ character: Character) {
    switch character {
    case "*": self = .star
    case "#": self = .pound
    case "A", "a": self = .a
    case "B", "b": self = .b
    case "C", "c": self = .c
    case "D", "d": self = .d
    default:
      guard character.isASCII, let digit = character.wholeNumberValue, let key = Key(digit: digit) else { return nil }
      self = key
    }
  }

  public var character: Character {
    switch self {
    case .star: "*"
    case .pound: "#"
    case .a: "A"
    case .b: "B"
    case .c: "C"
    case .d: "D"
    default: Character(Unicode.Scalar(UInt8(ascii: "0") + rawValue))
    }
  }
}

extension Key: CustomStringConvertible {
  public var description: String { String(character) }
}
