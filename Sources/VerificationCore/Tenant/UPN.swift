/// A user principal name: `helga@larkspur.example`, always in lower case.
public struct UPN: Hashable, Comparable, Sendable {
  public let text: String

  /// - Returns: nil unless `text` is a name, one `@` and a domain, without spaces.
  public init?(_ text: some StringProtocol) { self.init(name: String(text)) }

  // Of one type of text, which the compiler can make fast.
  private init?(name text: String) {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), !text.contains(where: \.isWhitespace) else { return nil }
    self.text = text.lowercased()
  }

  public static func < (left: UPN, right: UPN) -> Bool { left.text < right.text }
}

extension UPN: CustomStringConvertible {
  public var description: String { text }
}
