/// A user principal name: `helga@larkspur.example`, always in lower case.
public struct UPN: Hashable, Comparable, Sendable {
  public let text: String

  /// - Returns: nil unless `text` is a name, one `@` and a domain, without spaces.
  public init?(_ text: some StringProtocol) { self.init(utf8: text.utf8) }

  /// - Parameter text: UTF-8.
  init?(utf8 text: some Collection<UInt8>) {
    guard let name = Self.name(text) else { return nil }
    self.text = name
  }

  private static func name(_ text: some Collection<UInt8>) -> String? {
    var (ats, hasCapitals, last) = (0, false, UInt8(ascii: "@"))
    for byte in text {
      switch byte {
      case UInt8(ascii: "@"): ats += 1
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): hasCapitals = true
      case UInt8(ascii: " "), 0x09...0x0D: return nil
      case 0x80...: return nameBeyondASCII(String(decoding: text, as: UTF8.self))
      default: break
      }
      last = byte
    }
    guard ats == 1, text.first != UInt8(ascii: "@"), last != UInt8(ascii: "@") else { return nil }
    let name = String(decoding: text, as: UTF8.self)
    return hasCapitals ? name.lowercased() : name
  }

  private static func nameBeyondASCII(_ text: String) -> String? {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }),
      !text.unicodeScalars.contains(where: \.properties.isWhitespace)
    else { return nil }
    return text.lowercased()
  }

  public static func < (left: UPN, right: UPN) -> Bool { left.text < right.text }
}

extension UPN: CustomStringConvertible {
  public var description: String { text }
}
