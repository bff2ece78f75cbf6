/// Who a text message seems to come from (SMS-6): a short code or a number, by the country of the person's number.
///
/// Mark: that it goes by country and is guaranteed nowhere is the source's; every code and number here is ours, made up.
/// Operators replace senders as they like, so nobody should be told to trust one, and a scenario can take it away.
public struct TextSender: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable {
    case shortCode, number
  }

  public let kind: Kind
  /// `38245`, or `+CC number`.
  public let text: String

  /// Where a country has no short code of ours: a number kept for fiction in the North American plan.
  public static let fallback = TextSender(kind: .number, text: "+1 2065550142")

  /// - Parameter countryCode: digits without `+`, as in ``PhoneNumber/countryCode``.
  public static func sender(forCountryCode countryCode: String) -> TextSender {
    shortCodes[countryCode].map { TextSender(kind: .shortCode, text: $0) } ?? fallback
  }

  public static func sender(for phone: PhoneNumber) -> TextSender { sender(forCountryCode: phone.countryCode) }

  /// The calling codes that have a short code of ours.
  public static var countryCodes: [String] { shortCodes.keys.sorted() }

  /// As long as such codes are in that country, and no more than that.
  private static let shortCodes: [String: String] = [
    "1": "590142", "27": "38142", "31": "3142", "32": "8142", "33": "38142", "34": "25142", "39": "48142",
    "41": "8142", "43": "0828142", "44": "80142", "46": "72142", "47": "2142", "48": "80142", "49": "80142",
    "55": "28142", "61": "19142142", "351": "68142", "352": "64142", "353": "50142", "358": "18142",
  ]
}

extension TextSender: CustomStringConvertible {
  public var description: String { text }
}
