/// A user principal name: `helga@larkspur.example`, always in lower case.
public struct UPN: Hashable, Comparable, Sendable {
  public let text: String

  /// - Returns: nil unless `text` is a name, one `@` and a domain, without spaces.
  public init?(_ text: some StringProtocol) { self.init(name: String(text)) }

  // Of one type of text, which the compiler can make fast.
  private init?(name text: String) {
    if Self.isPlain(text) {
      self.text = text
      return
    }
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), !text.contains(where: \.isWhitespace) else { return nil }
    self.text = text.lowercased()
  }

  /// Whether it is a name as it stands, which nearly all are: ASCII in lower case, by its bytes alone.
  private static func isPlain(_ text: String) -> Bool {
    var (at, before, behind) = (0, 0, 0)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "@"): at += 1
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), 0...UInt8(ascii: " "), 0x7f...: return false
      default: if at == 0 { before += 1 } else { behind += 1 }
      }
    }
    return at == 1 && before > 0 && behind > 0
  }

  public static func < (left: UPN, right: UPN) -> Bool { left.text < right.text }
}

extension UPN: CustomStringConvertible {
  public var description: String { text }
}
