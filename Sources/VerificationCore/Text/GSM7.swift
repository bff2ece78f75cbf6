/// The 7-bit alphabet of text messages: the default alphabet of 3GPP TS 23.038 (once GSM 03.38), 6.2.1, and its extension
/// table, 6.2.1.1. No national language shift tables: phones seldom have them, and networks do not count on them (SMS-3).
public enum GSM7 {
  /// What the network writes before a character of the extension table.
  public static let escape: UInt8 = 0x1B

  /// The septets of a character: one, or the escape and another for the extension table.
  ///
  /// - Returns: nil for what the alphabet does not hold.
  public static func septets(of scalar: Unicode.Scalar) -> Septets? { byScalar[scalar] }

  /// How a character is written.
  public enum Septets: Hashable, Sendable {
    /// `0x00` to `0x7F`, never the escape.
    case single(UInt8)
    /// The septet that follows the escape.
    case escaped(UInt8)

    /// How much room it takes: 1 or 2 septets.
    public var count: Int {
      switch self {
      case .single: 1
      case .escaped: 2
      }
    }
  }

  /// Position 0x1B is the escape, which is no character of a text.
  private static let defaultAlphabet: [Unicode.Scalar?] =
    scalars("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ") + [nil]
    + scalars("ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿")
    + scalars("abcdefghijklmnopqrstuvwxyzäöñüà")

  private static let extensionTable: [(UInt8, Unicode.Scalar)] = [
    (0x0A, "\u{0C}"), (0x14, "^"), (0x28, "{"), (0x29, "}"), (0x2F, "\\"), (0x3C, "["), (0x3D, "~"), (0x3E, "]"),
    (0x40, "|"), (0x65, "€"),
  ]

  private static let byScalar: [Unicode.Scalar: Septets] = {
    var table: [Unicode.Scalar: Septets] = [:]
    for (septet, scalar) in defaultAlphabet.enumerated() {
      if let scalar { table[scalar] = .single(UInt8(septet)) }
    }
    for (septet, scalar) in extensionTable { table[scalar] = .escaped(septet) }
    return table
  }()

  private static func scalars(_ text: String) -> [Unicode.Scalar?] { text.unicodeScalars.map { $0 } }
}
