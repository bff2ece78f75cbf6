/// Which messages a tenant has in which languages, and what is heard in place of those it does not have (MSG-4).
public struct GreetingCoverage: Hashable, Sendable {
  public let tenant: String
  public let columns: [Column]
  /// All 18, in the order of the catalogue.
  public let rows: [Row]
  /// Custom greetings that nobody can hear.
  public let unheard: [UnheardGreeting]

  public struct Column: Hashable, Sendable {
    public let language: Language
    /// The users who are spoken to in it where their sign-in asks for nothing else (MSG-3).
    public let speakers: [UPN]
  }

  public struct Row: Hashable, Sendable {
    public let message: MessageType
    /// Whether it can play in a call to any user, with the settings as they are.
    public let plays: Bool
    /// One a column.
    public let cells: [Cell]
  }

  /// One message for somebody who asks for one language alone.
  public struct Cell: Hashable, Sendable {
    public let language: Language
    /// What is heard.
    public let recording: Recording
    /// Whether that is in the language, or in its parent.
    public let isCovered: Bool
    /// The speakers in whose calls the message can play.
    public let hearers: [UPN]

    /// Somebody hears another language.
    public var isGap: Bool { !isCovered && !hearers.isEmpty }
  }

  /// What a tenant lacks in one language.
  public struct Gap: Hashable, Sendable {
    public let language: Language
    /// What is heard in its place.
    public let heard: Language
    public let messages: [MessageType]
    /// Who hears that.
    public let hearers: [UPN]
  }

  /// A gap a language and what is heard there, in the order of the columns.
  public var gaps: [Gap] {
    columns.indices.flatMap { column -> [Gap] in
      let missing = rows.filter { $0.cells[column].isGap }
      let heard = missing.map(\.cells[column].recording.language).withoutRepeats
      return heard.map { heard in
        let rows = missing.filter { $0.cells[column].recording.language == heard }
        return Gap(
          language: columns[column].language, heard: heard, messages: rows.map(\.message),
          hearers: rows.flatMap(\.cells[column].hearers).withoutRepeats)
      }
    }
  }
}

extension Tenant {
  /// - Parameter asked: languages to look at beside the tenant's, its users' and its greetings'.
  public func greetingCoverage(also asked: [Language] = []) -> GreetingCoverage {
    let languages = [language] + users.compactMap(\.language) + greetings.map(\.language) + asked
    let speakers = Dictionary(grouping: users, by: language(of:))
    let hearers = speakers.mapValues { users in
      users.reduce(into: [MessageType: [UPN]]()) { heard, user in
        for message in messages(for: user) { heard[message, default: []].append(user.upn) }
      }
    }
    let columns = languages.withoutRepeats.map { language in
      GreetingCoverage.Column(language: language, speakers: (speakers[language] ?? []).map(\.upn))
    }
    let rows = MessageType.allCases.map { message in
      GreetingCoverage.Row(
        message: message, plays: hearers.values.contains { $0[message] != nil },
        cells: columns.map { column in
          let recording = heard(message, in: column.language)
          return GreetingCoverage.Cell(
            language: column.language, recording: recording, isCovered: recording.isSpoken(in: column.language),
            hearers: hearers[column.language]?[message] ?? [])
        })
    }
    return GreetingCoverage(tenant: name, columns: columns, rows: rows, unheard: unheardGreetings)
  }
}

extension Sequence where Element: Hashable {
  /// Each once, where it stood first.
  fileprivate var withoutRepeats: [Element] {
    var known: Set<Element> = []
    return filter { known.insert($0).inserted }
  }
}
