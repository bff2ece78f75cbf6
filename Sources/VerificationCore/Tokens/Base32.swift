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
  public static func decode(_ text: some StringProtocol) throws(Problem) -> [UInt8] {
    var bytes: [UInt8] = []
    var (buffer, bits, count) = (UInt16(0), 0, 0)
    var padding: Int?
    var length = 0
    for scalar in text.unicodeScalars {
      length += 1
      if scalar == "=" {
        padding = padding ?? length
        continue
      }
      let value = try value(of: scalar, position: length)
      if let padding { throw .padding(position: padding) }
      count += 1
      buffer = (buffer << 5 | UInt16(value)) & 0x1FFF
      bits += 5
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: buffer >> UInt16(bits)))
      }
    }
    guard ![1, 3, 6].contains(count % 8) else { throw .length(count) }
    if let padding {
      guard count % 8 != 0, length % 8 == 0, length - count < 8 else { throw .padding(position: padding) }
    }
    return bytes
  }

  private static func value(of scalar: Unicode.Scalar, position: Int) throws(Problem) -> UInt8 {
    switch scalar {
    case "A"..."Z": UInt8(scalar.value - 0x41)
    case "a"..."z": UInt8(scalar.value - 0x61)
    case "2"..."7": UInt8(scalar.value - 0x32 + 26)
    case "0", "1", "8", "9": throw .digit(scalar, position: position)
    default: throw .character(scalar, position: position)
    }
  }
}

extension Base32.Problem {
  /// `character 5 is 1, and Base32 has the digits 2 to 7 only`
  public var message: String {
    switch self {
    case .digit(let digit, let position):
      "character \(position) is \(digit), and Base32 has the digits 2 to 7 only"
    case .character(let scalar, let position):
      "character \(position) is \(Self.name(scalar)), and Base32 has a to z, A to Z and 2 to 7 only"
    case .padding(let position):
      "the = at character \(position) is not the padding of a last group of 8"
    case .length(let count):
      "Base32 is never \(count) character\(count == 1 ? "" : "s") long: groups of 8 leave \(count % 8) over"
    }
  }

  public var remedy: String {
    switch self {
    case .digit("1", _):
      "export the key again; descriptions of this file that allow 1 to 7 are wrong, the standard (RFC 4648) has 2 to 7, "
        + "so a 1 may be a mistyped I or L"
    case .digit("0", _): "export the key again; a 0 may be a mistyped O"
    case .digit("8", _): "export the key again; an 8 may be a mistyped B"
    case .digit: "export the key again as Base32; one with a 9 may be hexadecimal or decimal"
    case .character(" ", _), .character("-", _): "write the key without spaces and hyphens"
    case .character: "export the key again as Base32"
    case .padding: "leave out every ="
    case .length: "copy the key again; a character is missing or too many"
    }
  }

  private static func name(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case " ": return "a space"
    case "!"..."~": return "\(scalar)"
    default:
      let digits = String(scalar.value, radix: 16, uppercase: true)
      return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
  }
}
