/// How the recording for one message is found: the languages that are tried, one after the other (MSG-4, MSG-5).
public struct GreetingSearch: Hashable, Sendable {
  public let message: MessageType
  public let match: GreetingChoice.Match
  /// What was tried, in order; the last one plays.
  public let steps: [Step]
  /// What would have been tried next.
  public let untried: [Stop]
  public let recording: Recording

  /// A language that may be tried. None stands twice: a second try finds nothing that the first did not.
  public struct Stop: Hashable, Sendable {
    public let language: Language
    public let role: Role
    /// The language by whose side it is tried: `fr-CA` for `fr` (MSG-5); nil where it stands for itself.
    public let parentOf: Language?
  }

  /// Why a language is tried. Custom greetings play in a wanted one only (MSG-4).
  public enum Role: String, Hashable, Sendable, CaseIterable { case wanted, tenant, english }

  public struct Step: Hashable, Sendable {
    public let stop: Stop
    /// What plays; nil where there is nothing.
    public let recording: Recording?
    /// The custom greeting of this message and language that does not play, since the person asked for others.
    public let passedOver: CustomGreeting?
  }
}

/// The languages of a person, most wanted first, and where they are from (MSG-3).
public struct WantedLanguages: Hashable, Sendable {
  public let languages: [Language]
  public let source: Source

  public enum Source: String, Hashable, Sendable, CaseIterable { case signIn, stored, tenant }
}

extension GreetingChoice {
  /// MSG-3: those of the sign-in, else the stored one, else the tenant's.
  public func wanted(signIn: [Language], stored: Language?) -> WantedLanguages {
    if !signIn.isEmpty { return WantedLanguages(languages: signIn, source: .signIn) }
    if let stored { return WantedLanguages(languages: [stored], source: .stored) }
    return WantedLanguages(languages: [tenantLanguage], source: .tenant)
  }

  /// Looks for the recording for a person of these languages (MSG-4).
  ///
  /// For each language in turn the custom greeting, then the default; then the default of the tenant's language, then
  /// English. A custom greeting plays only in a language that the person asked for.
  public func search(for message: MessageType, languages: [Language]) -> GreetingSearch {
    let stops = stops(languages)
    var steps: [GreetingSearch.Step] = []
    for (index, stop) in stops.enumerated() {
      let step = step(for: message, at: stop)
      steps.append(step)
      guard let recording = step.recording else { continue }
      return GreetingSearch(
        message: message, match: match, steps: steps, untried: Array(stops[(index + 1)...]), recording: recording)
    }
    preconditionFailure("every message has an English recording")
  }

  private func stops(_ languages: [Language]) -> [GreetingSearch.Stop] {
    var stops: [GreetingSearch.Stop] = []
    func add(_ language: Language, _ role: GreetingSearch.Role) {
      for accepted in accepted(language) where !stops.contains(where: { $0.language == accepted }) {
        stops.append(
          GreetingSearch.Stop(language: accepted, role: role, parentOf: accepted == language ? nil : language))
      }
    }
    for language in languages { add(language, .wanted) }
    add(tenantLanguage, .tenant)
    add(.english, .english)
    return stops
  }

  private func accepted(_ language: Language) -> [Language] {
    [language] + (parent(of: language).map { [$0] } ?? [])
  }

  private func step(for message: MessageType, at stop: GreetingSearch.Stop) -> GreetingSearch.Step {
    let own = custom.last { $0.message == message && $0.language == stop.language }
    let ours = Self.defaultRecording(message, stop.language)
    let isWanted = stop.role == .wanted
    return GreetingSearch.Step(
      stop: stop, recording: isWanted ? own.map { Recording($0) } ?? ours : ours, passedOver: isWanted ? nil : own)
  }
}
