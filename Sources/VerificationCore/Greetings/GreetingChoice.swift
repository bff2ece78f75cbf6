/// Which recording plays for a message (MSG-3 to MSG-5).
public struct GreetingChoice: Hashable, Sendable {
  /// `greeting.languageMatch`
  public enum Match: String, Hashable, Sendable, CaseIterable {
    /// `fr-CA` uses `fr` where it has nothing of its own.
    case parent
    case exact
  }

  public var custom: [CustomGreeting]
  public var tenantLanguage: Language
  public var match: Match

  public init(custom: [CustomGreeting] = [], tenantLanguage: Language, match: Match = .parent) {
    self.custom = custom
    self.tenantLanguage = tenantLanguage
    self.match = match
  }

  /// The languages of a person, most wanted first (MSG-3): those of the sign-in, else the stored one, else the tenant's.
  public func languages(signIn: [Language], stored: Language?) -> [Language] {
    wanted(signIn: signIn, stored: stored).languages
  }

  /// The recording for a person of these languages (MSG-4); `search` tells how it is found.
  public func recording(for message: MessageType, languages: [Language]) -> Recording {
    search(for: message, languages: languages).recording
  }

  static func defaultRecording(_ message: MessageType, _ language: Language) -> DefaultRecording? {
    defaults[DefaultKey(message: message, language: language)]
  }

  private struct DefaultKey: Hashable {
    let message: MessageType
    let language: Language
  }

  private static let defaults = Dictionary(
    uniqueKeysWithValues: DefaultRecording.all.map { (DefaultKey(message: $0.message, language: $0.language), $0) })

  /// The languages that have default recordings, in the order of the recordings.
  public static var defaultLanguages: [Language] {
    DefaultRecording.all.reduce(into: []) { if !$0.contains($1.language) { $0.append($1.language) } }
  }

  /// How long `extension` takes to speak in `language`, and the clips; pauses and signs of the number are silent.
  public static func digitClips(_ digits: some StringProtocol, _ language: Language) -> [DigitClip] {
    let spoken = DigitClip.all.contains { $0.language == language.parent } ? language.parent : .english
    return digits.compactMap { character in
      DigitClip.all.first { $0.language == spoken && $0.digit == character.wholeNumberValue }
    }
  }
}

extension DefaultRecording {
  /// Every recording that Poundkey brings along.
  public static var everyRecording: [DefaultRecording] { all }
}
