/// The host of a web page, as `@domain #code` names it: `login.larkspur.example`, always in lower case.
public struct WebDomain: Hashable, Sendable {
  /// RFC 1035, 2.3.4.
  public static let maxLength = 253
  static let maxLabelLength = 63

  public let text: String

  /// - Returns: nil unless `text` is labels of ASCII letters, digits and inner hyphens between dots. A name in another
  ///   alphabet is written as `xn--`; schemes, ports and paths do not belong here.
  public init?(_ text: some StringProtocol) {
    let labels = String(text).split(separator: ".", omittingEmptySubsequences: false)
    guard text.utf8.count <= Self.maxLength, labels.allSatisfy(Self.isLabel) else { return nil }
    self.text = text.lowercased()
  }

  private static func isLabel(_ label: Substring) -> Bool {
    (1...maxLabelLength).contains(label.utf8.count) && label.first != "-" && label.last != "-"
      && label.unicodeScalars.allSatisfy { scalar in
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "-": true
        default: false
        }
      }
  }
}

extension WebDomain: CustomStringConvertible {
  public var description: String { text }
}
