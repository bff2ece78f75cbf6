/// What GSM-7 offers in place of a character that it does not hold (SMS-3). A choice of ours: close to the eye, and never
/// a promise that the word stays the same.
public enum Replacement {
  /// - Returns: text of the GSM-7 alphabet; empty for what is better left out; nil where nothing comes near.
  public static func of(_ scalar: Unicode.Scalar) -> String? {
    if let sign = signs[scalar] { return sign }
    if scalar.properties.generalCategory == .spaceSeparator { return " " }
    if isInvisible(scalar) { return "" }
    return unaccented[Character(scalar)].map(String.init)
  }

  /// The text with every forcing character replaced; nil where one has no replacement.
  ///
  /// A letter followed by its accent as a character of its own becomes the one letter where the alphabet holds it.
  public static func applied(to text: String) -> String? {
    var result = ""
    for character in text {
      if character.unicodeScalars.allSatisfy({ GSM7.septets(of: $0) != nil }) {
        result.append(character)
      } else if let composed = composed[character] {
        result.append(composed)
      } else if let letter = unaccented[character] {
        result.append(letter)
      } else {
        for scalar in character.unicodeScalars {
          guard let part = GSM7.septets(of: scalar) == nil ? of(scalar) : String(scalar) else { return nil }
          result += part
        }
      }
    }
    return result
  }

  /// Control characters that draw nothing, marks of direction, joiners, and the accents that stand alone.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .nonspacingMark: true
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .spacingMark,
      .enclosingMark, .decimalNumber, .letterNumber, .otherNumber, .connectorPunctuation, .dashPunctuation,
      .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation, .otherPunctuation, .mathSymbol,
      .currencySymbol, .modifierSymbol, .otherSymbol, .spaceSeparator, .lineSeparator, .paragraphSeparator, .surrogate,
      .privateUse, .unassigned:
      false
    @unknown default: false
    }
  }

  private static let signs: [Unicode.Scalar: String] = [
    "\u{2018}": "'", "\u{2019}": "'", "\u{201A}": "'", "\u{201B}": "'", "\u{02BC}": "'", "\u{2032}": "'", "`": "'",
    "\u{00B4}": "'", "\u{2039}": "'", "\u{203A}": "'",
    "\u{201C}": "\"", "\u{201D}": "\"", "\u{201E}": "\"", "\u{2033}": "\"", "«": "\"", "»": "\"",
    "\u{2010}": "-", "\u{2011}": "-", "\u{2012}": "-", "–": "-", "—": "-", "\u{2212}": "-",
    "…": "...", "•": "-", "·": ".", "×": "x", "\t": " ", "\u{2028}": "\n", "\u{2029}": "\n", "\u{0085}": "\n",
    "œ": "oe", "Œ": "OE", "\u{FB01}": "fi", "\u{FB02}": "fl", "ª": "a", "º": "o", "°": "o", "©": "(c)", "®": "(R)",
    "™": "TM", "đ": "d", "Đ": "D", "ł": "l", "Ł": "L", "ı": "i",
  ]

  /// Letters of the alphabet that have an accent: equal, as characters, to their spelling with a combining one.
  private static let composed: [Character: Character] = Dictionary(
    uniqueKeysWithValues: "èéùìòÇÅåÄÖÑÜäöñüàÉ".map { ($0, $0) })

  /// `ê` to `e`. Unicode's own equality finds the letters that are a Latin one and an accent.
  private static let unaccented: [Character: Character] = {
    let accents: [Unicode.Scalar] = [
      "\u{300}", "\u{301}", "\u{302}", "\u{303}", "\u{304}", "\u{306}", "\u{307}", "\u{308}", "\u{30A}", "\u{30B}",
      "\u{30C}", "\u{31B}", "\u{323}", "\u{327}", "\u{328}",
    ]
    var letters: [Character: Character] = [:]
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" {
      for accent in accents { letters[Character("\(letter)\(accent)")] = letter }
    }
    return letters
  }()
}
