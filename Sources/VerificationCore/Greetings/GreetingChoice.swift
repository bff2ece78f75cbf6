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
  ///
  /// Calls ask for it again and again: it is found without keeping what was tried.
  public func recording(for message: MessageType, languages: [Language]) -> Recording {
    for language in languages {
      if let found = wanted(message, language) { return found }
      if let parent = parent(of: language), let found = wanted(message, parent) { return found }
    }
    if let found = Self.defaultRecording(message, tenantLanguage) { return found }
    if let parent = parent(of: tenantLanguage), let found = Self.defaultRecording(message, parent) { return found }
    guard let english = Self.defaultRecording(message, .english) else {
      preconditionFailure("every message has an English recording")
    }
    return english
  }

  /// The custom greeting in a language that the person asked for, else ours.
  private func wanted(_ message: MessageType, _ language: Language) -> Recording? {
    if let own = custom.last(where: { $0.message == message && $0.language == language }) { return Recording(own) }
    return Self.defaultRecording(message, language)
  }

  /// The language that is tried after this one; nil where none is (MSG-5).
  func parent(of language: Language) -> Language? {
    match == .parent && !language.isPrimary ? language.parent : nil
  }

  static func defaultRecording(_ message: MessageType, _ language: Language) -> Recording? {
    for index in defaults.indices where defaults[index].message == message && defaults[index].language == language {
      return defaults[index]
    }
    return nil
  }

  /// There are few: looking through them is quicker than hashing, and counts no list that all calls share.
  private static let defaults = DefaultRecording.all.map { Recording($0) }

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
