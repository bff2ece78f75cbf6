/// Whether a greeting's words name the keys that its message waits for.
public enum SpokenKeys {
  /// A key, or what stands for it.
  public enum Key: String, Hashable, Sendable, CaseIterable {
    case pound = "#"
    /// The report code: 0 unless it is set.
    case reportCode = "0"
    case one = "1"
  }

  /// What each key is called.
  private static let names: [String: [Key: [String]]] = [
    "en": [.pound: ["pound", "hash"], .reportCode: ["zero"], .one: ["one"]],
    "fr": [.pound: ["dièse"], .reportCode: ["zéro"], .one: ["un"]],
    "de": [.pound: ["raute"], .reportCode: ["null"], .one: ["eins"]],
    "es": [.pound: ["almohadilla", "numeral"], .reportCode: ["cero"], .one: ["uno"]],
    "it": [.pound: ["cancelletto"], .reportCode: ["zero"], .one: ["uno"]],
    "pt": [.pound: ["cardinal"], .reportCode: ["zero"], .one: ["um"]],
  ]

  /// The names of a key, the most usual first; nil for a language whose names are not known here.
  public static func names(of key: Key, in language: Language) -> [String]? {
    names[language.parent.tag]?[key]
  }

  /// The keys that `message` waits for.
  public static func keys(of message: MessageType) -> [Key] {
    let wait = message.waitsFor ?? ""
    var keys: [Key] = []
    if wait.contains("code") { keys.append(.reportCode) }
    if wait.contains("#") { keys.append(.pound) }
    if wait.contains("1") { keys.append(.one) }
    return keys
  }

  /// The keys that `message` waits for and `text` names neither by a word of the language nor by their sign; none for a
  /// language whose names are not known.
  public static func missing(in text: String, of message: MessageType, _ language: Language) -> [Key] {
    let words = text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "#" }
    return keys(of: message).filter { key in
      guard let names = names(of: key, in: language) else { return false }
      return !words.contains { word in
        // A sign is spoken by its name; compounds begin with it: Rautetaste.
        word == key.rawValue || key == .pound && word.contains("#")
          || names.contains { word == $0 || $0.count >= 5 && word.hasPrefix($0) }
      }
    }
  }
}
