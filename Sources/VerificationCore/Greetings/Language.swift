/// A language tag (BCP 47): `fr`, `fr-CA`. Compared without regard to case.
public struct Language: Hashable, Sendable {
  /// As BCP 47 writes it: `fr-CA`, `zh-Hant-TW`.
  public let tag: String

  public static let english = Language(unchecked: "en")

  private init(unchecked tag: String) { self.tag = tag }

  /// - Returns: nil unless `text` is a primary subtag of 2 or 3 letters and subtags of 1 to 8 letters or digits.
  public init?(_ text: some StringProtocol) { self.init(subtags: String(text)) }

  // Of one type of text, which the compiler can make fast.
  private init?(subtags text: String) {
    let subtags = text.split(separator: "-", omittingEmptySubsequences: false)
    guard let primary = subtags.first, (2...3).contains(primary.count), primary.allSatisfy(Self.isLetter),
      subtags.dropFirst().allSatisfy({ (1...8).contains($0.count) && $0.allSatisfy(Self.isLetterOrDigit) })
    else { return nil }
    let tail = subtags.dropFirst().map { Self.cased($0) }
    tag = ([primary.lowercased()] + tail).joined(separator: "-")
  }

  /// The primary subtag alone: `fr` of `fr-CA`.
  public var parent: Language { Language(unchecked: String(tag.prefix { $0 != "-" })) }

  public var isPrimary: Bool { !tag.utf8.contains(UInt8(ascii: "-")) }

  private static func isLetter(_ character: Character) -> Bool { character.isASCII && character.isLetter }

  private static func isLetterOrDigit(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isWholeNumber)
  }

  private static func cased(_ subtag: some StringProtocol) -> String {
    switch subtag.count {
    case 2: subtag.uppercased()
    case 4: subtag.prefix(1).uppercased() + subtag.dropFirst().lowercased()
    default: subtag.lowercased()
    }
  }
}

extension Language: CustomStringConvertible {
  public var description: String { tag }
}

extension Language {
  /// The languages of an Accept-Language field, most wanted first (RFC 9110, 12.5.4).
  ///
  /// `*`, refused ones (`q=0`) and what is no language tag are left out.
  public static func accepted(by field: some StringProtocol) -> [Language] {
    var ranked: [(language: Language, quality: Int)] = []
    for part in field.split(separator: ",") {
      let pieces = part.split(separator: ";").map { String($0.filter { $0 != " " && $0 != "\t" }) }
      guard let first = pieces.first, let language = Language(first) else { continue }
      let quality = pieces.dropFirst().first { $0.hasPrefix("q=") }.map { thousandths($0.dropFirst(2)) } ?? 1_000
      if quality > 0 { ranked.append((language, quality)) }
    }
    // Sorting is stable here by the position, since Swift does not promise a stable sort.
    let order = ranked.indices.sorted { (ranked[$0].quality, $1) > (ranked[$1].quality, $0) }
    return order.map { ranked[$0].language }
  }

  private static func thousandths(_ text: Substring) -> Int {
    guard let milliseconds = Milliseconds(text + "s") else { return 0 }
    return Int(min(milliseconds.count, 1_000))
  }
}

extension Language {
  /// A tag written in this source; a wrong one is a mistake of ours.
  init(known tag: StaticString) {
    guard let language = Language("\(tag)") else { preconditionFailure("\(tag) is no language tag") }
    self = language
  }
}
