/// Base32 of RFC 4648, 6: `A` to `Z` and `2` to `7`, read in upper or lower case, padding optional (TEN-8).
public enum Base32 {
  /// Why a text is none. Names characters and positions, never more of the text: it may be a secret.
  public enum Problem: Error, Hashable, Sendable {
    /// `0`, `1`, `8` or `9`, which are left out because they look like O, I, B and such.
    case digit(Unicode.Scalar, position: Int)
    /// Any other character, `position` counted from 1 in Unicode scalars.
    case character(Unicode.Scalar, position: Int)
    /// `=` before the end, or not as many as fill the last group of 8.
    case padding(position: Int)
    /// 1, 3 or 6 characters are left over after groups of 8, which no bytes give.
    case length(Int)
  }

  /// - Returns: the bytes; left-over bits of the last character are not looked at (RFC 4648, 3.5).
  public static func decode(_ text: some StringProtocol) throws(Problem) -> [UInt8] { try decode(utf8: text.utf8) }

  /// - Parameter text: UTF-8.
  static func decode(utf8 text: some Collection<UInt8>) throws(Problem) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count * 5 / 8)
    var (buffer, bits, count) = (UInt16(0), 0, 0)
    var padding: Int?
    var length = 0
    for byte in text {
      length += 1
      if byte == UInt8(ascii: "=") {
        padding = padding ?? length
        continue
      }
      guard let value = value(of: byte) else { throw misfit(in: text, behind: length - 1) }
      if let padding { throw .padding(position: padding) }
      count += 1
      buffer = (buffer << 5 | UInt16(value)) & 0x1FFF
      bits += 5
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: buffer >> UInt16(bits)))
      }
    }
    if [1, 3, 6].contains(count % 8) { throw .length(count) }
    if let padding {
      guard count % 8 != 0, length % 8 == 0, length - count < 8 else { throw .padding(position: padding) }
    }
    return bytes
  }

  private static func value(of byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - UInt8(ascii: "a")
    case UInt8(ascii: "2")...UInt8(ascii: "7"): byte - UInt8(ascii: "2") + 26
    default: nil
    }
  }

  /// - Parameter count: of the characters before it, which are all ASCII.
  private static func misfit(in text: some Collection<UInt8>, behind count: Int) -> Problem {
    let scalar = String(decoding: text.dropFirst(count).prefix(4), as: UTF8.self).unicodeScalars.first ?? "\u{FFFD}"
    switch scalar {
    case "0", "1", "8", "9": return .digit(scalar, position: count + 1)
    default: return .character(scalar, position: count + 1)
    }
  }
}

extension Base32.Problem {
  /// `character 5 is 1, and Base32 has the digits 2 to 7 only`
  public var message: String { said.text }
  public var remedy: String { advice.text }

  /// ``message``, for any language.
  public var said: Sentence {
    switch self {
    case .digit(let digit, let position):
      Sentence("character \(position) is \(digit), and Base32 has the digits 2 to 7 only")
    case .character(let scalar, let position):
      scalar == " "
        ? Sentence("character \(position) is a space, and Base32 has a to z, A to Z and 2 to 7 only")
        : Sentence("character \(position) is \(Self.name(scalar)), and Base32 has a to z, A to Z and 2 to 7 only")
    case .padding(let position):
      Sentence("the = at character \(position) is not the padding of a last group of 8")
    case .length(let count):
      count == 1
        ? Sentence("Base32 is never 1 character long: groups of 8 leave 1 over")
        : Sentence("Base32 is never \(count) characters long: groups of 8 leave \(count % 8) over")
    }
  }

  /// ``remedy``, for any language.
  public var advice: Sentence {
    switch self {
    case .digit("1", _):
      Sentence(
        """
        export the key again; descriptions of this file that allow 1 to 7 are wrong, the standard (RFC 4648) has 2 to 7, \
        so a 1 may be a mistyped I or L
        """)
    case .digit("0", _): Sentence("export the key again; a 0 may be a mistyped O")
    case .digit("8", _): Sentence("export the key again; an 8 may be a mistyped B")
    case .digit: Sentence("export the key again as Base32; one with a 9 may be hexadecimal or decimal")
    case .character(" ", _), .character("-", _): Sentence("write the key without spaces and hyphens")
    case .character: Sentence("export the key again as Base32")
    case .padding: Sentence("leave out every =")
    case .length: Sentence("copy the key again; a character is missing or too many")
    }
  }

  private static func name(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "!"..."~": return "\(scalar)"
    default:
      let digits = String(scalar.value, radix: 16, uppercase: true)
      return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
  }
}
