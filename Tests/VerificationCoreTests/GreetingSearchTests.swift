import Testing
import VerificationCore

private func language(_ tag: String) -> Language { Language(tag) ?? .english }

private func greeting(_ message: MessageType, _ tag: String, seconds: Int64 = 5) -> CustomGreeting {
  CustomGreeting(message: message, language: language(tag), length: .seconds(seconds))
}

@Suite("How the recording is found")
struct GreetingSearchTests {
  /// `fr-CA:-`, `fr:custom`, `en?` for what was not tried, `(nl):default` where a custom greeting was passed over.
  private func told(_ search: GreetingSearch) -> [String] {
    search.steps.map { step in
      let tag = step.passedOver == nil ? step.stop.language.tag : "(\(step.stop.language))"
      return "\(tag):\(step.recording?.source.rawValue ?? "-")"
    } + search.untried.map { "\($0.language)?" }
  }

  @Test(
    "MSG-4, MSG-5: the languages are tried in turn until one has a recording; the rest is not tried",
    arguments: [
      (["fr"], "en", .parent, ["fr-CA", "en"], ["fr-CA:-", "fr:custom", "en?"]),
      (["fr"], "en", .exact, ["fr-CA", "en"], ["fr-CA:-", "en:default"]),
      ([], "pl", .parent, ["nl"], ["nl:-", "pl:-", "en:default"]),
      (["pl", "en"], "pl", .parent, ["nl"], ["nl:-", "(pl):-", "(en):default"]),
      (["pl"], "nl-BE", .parent, ["sv", "pl"], ["sv:-", "pl:custom", "nl-BE?", "nl?", "en?"]),
      (["en"], "en", .parent, ["en-GB", "en"], ["en-GB:-", "en:custom"]),
      ([], "fr", .parent, [], ["fr:default", "en?"]),
    ] as [([String], String, GreetingChoice.Match, [String], [String])])
  func steps(
    custom: [String], tenant: String, match: GreetingChoice.Match, wanted: [String], expected: [String]
  ) {
    let choice = GreetingChoice(
      custom: custom.map { greeting(.retryPIN, $0) }, tenantLanguage: language(tenant), match: match)
    #expect(told(choice.search(for: .retryPIN, languages: wanted.map(language))) == expected)
  }

  @Test("Each language says why it is tried")
  func roles() {
    let choice = GreetingChoice(tenantLanguage: language("nl-BE"))
    let steps = choice.search(for: .activation, languages: [language("pl-PL")]).steps
    #expect(steps.map(\.stop.language.tag) == ["pl-PL", "pl", "nl-BE", "nl", "en"])
    #expect(steps.map(\.stop.role) == [.wanted, .wanted, .tenant, .tenant, .english])
    #expect(steps.map(\.stop.parentOf?.tag) == [nil, "pl-PL", nil, "nl-BE", nil])
  }

  /// MSG-4 and MSG-5 once more, as the rulebook words them.
  private func byTheRule(_ choice: GreetingChoice, _ message: MessageType, _ wanted: [Language]) -> Recording? {
    func withParent(_ language: Language) -> [Language] {
      choice.match == .parent ? [language, language.parent] : [language]
    }
    func ours(_ language: Language) -> Recording? {
      // The search of a choice without greetings in a world where only this language is asked for.
      let plain = GreetingChoice(tenantLanguage: .english, match: .exact)
      guard DefaultRecording.everyRecording.contains(where: { $0.message == message && $0.language == language })
      else { return nil }
      return plain.recording(for: message, languages: [language])
    }
    for language in wanted.flatMap(withParent) {
      if let own = choice.custom.last(where: { $0.message == message && $0.language == language }) {
        let only = GreetingChoice(custom: [own], tenantLanguage: language, match: .exact)
        return only.recording(for: message, languages: [language])
      }
      if let recording = ours(language) { return recording }
    }
    return (withParent(choice.tenantLanguage) + [.english]).lazy.compactMap(ours).first
  }

  @Test(
    "MSG-4, MSG-5: what plays is the recording of the last step, for every message and many languages",
    arguments: [GreetingChoice.Match.parent, .exact])
  func sameAsTheRule(match: GreetingChoice.Match) {
    let tags = ["en", "en-GB", "fr", "fr-CA", "nl", "nl-BE", "pl"]
    let orders = [[]] + tags.map { [$0] } + tags.flatMap { first in tags.map { [first, $0] } }
    let custom = MessageType.allCases.enumerated().flatMap { index, message in
      tags.indices.filter { (index + $0) % 3 == 0 }.map { greeting(message, tags[$0], seconds: Int64($0 + 1)) }
    }
    for tenant in tags {
      let choice = GreetingChoice(custom: custom, tenantLanguage: language(tenant), match: match)
      for message in MessageType.allCases {
        for order in orders {
          let wanted = order.map(language)
          let search = choice.search(for: message, languages: wanted)
          #expect(search.recording == byTheRule(choice, message, wanted), "\(message) \(order) in \(tenant)")
          #expect(search.recording == choice.recording(for: message, languages: wanted))
          #expect(search.steps.last?.recording == search.recording)
          #expect(search.steps.dropLast().allSatisfy { $0.recording == nil })
        }
      }
    }
  }

  @Test("MSG-3: the languages and where they are from")
  func wanted() {
    let choice = GreetingChoice(tenantLanguage: language("nl"))
    let asked = choice.wanted(signIn: [language("pl"), .english], stored: language("fr"))
    #expect(asked.languages.map(\.tag) == ["pl", "en"] && asked.source == .signIn)
    let stored = choice.wanted(signIn: [], stored: language("fr"))
    #expect(stored.languages.map(\.tag) == ["fr"] && stored.source == .stored)
    let tenant = choice.wanted(signIn: [], stored: nil)
    #expect(tenant.languages.map(\.tag) == ["nl"] && tenant.source == .tenant)
  }
}

@Suite("What can be heard in a tenant")
struct GreetingCoverageTests {
  private func user(_ name: String, _ tag: String?, phone: String? = "+44 7700900123") throws -> User {
    let number = try phone.map { try #require(PhoneNumber($0)) }
    return User(upn: try #require(UPN("\(name)@t.example")), language: tag.map(language), phone: number)
  }

  @Test("CALL-3: the greeting of the settings plays, and the others are never heard")
  func playedMessages() throws {
    var tenant = Tenant(name: "T", users: [try user("a", nil)])
    #expect(
      tenant.playedMessages == [
        .greetingStandard, .authenticationDeniedRetry, .retryStandard, .authenticationDenied,
        .authenticationSuccessful, .activationGreetingStandard, .activationRetryStandard,
      ])
    (tenant.settings.fraudAlert.enabled, tenant.settings.fraudAlert.block) = (true, false)
    tenant.settings.pin.mode = true
    #expect(
      tenant.playedMessages == [
        .fraudGreetingPIN, .authenticationDeniedRetry, .retryPIN, .authenticationDenied, .authenticationSuccessful,
        .activationGreetingPIN, .fraudReported,
      ])
  }

  @Test("NUM-4, EXT-2: an office line beside a mobile can be asked for, and so its messages play")
  func secondPhone() throws {
    var user = try user("a", nil)
    user.phones.office = PhoneNumber("+44 2079460000x204")
    let played = Tenant(name: "T").messages(for: user)
    #expect(played.contains(.extensionPromptAfterDigits) && played.contains(.extensionPromptBeforeDigits))
    #expect(!played.contains(.extensionPrompt))
  }

  @Test("TEN-2: nothing plays where calls are off, or there is no telephone")
  func noCalls() throws {
    var tenant = Tenant(name: "T", users: [try user("a", "nl"), try user("b", "pl", phone: nil)])
    #expect(tenant.greetingCoverage().gaps.map(\.language.tag) == ["nl"])
    tenant.settings.methods.call = false
    let coverage = tenant.greetingCoverage()
    #expect(coverage.gaps.isEmpty && coverage.rows.allSatisfy { !$0.plays })
  }

  @Test("The languages: the tenant's, the users', the greetings', those asked for, each once")
  func columns() throws {
    let tenant = Tenant(
      name: "T", language: language("nl"), users: [try user("a", "fr"), try user("b", nil), try user("c", "fr")],
      greetings: [greeting(.retryPIN, "pl"), greeting(.retryPIN, "fr")])
    let coverage = tenant.greetingCoverage(also: [language("sv"), language("nl")])
    #expect(coverage.columns.map(\.language.tag) == ["nl", "fr", "pl", "sv"])
    #expect(
      coverage.columns.map { $0.speakers.map(\.text) } == [["b@t.example"], ["a@t.example", "c@t.example"], [], []])
    #expect(coverage.rows.map(\.message) == MessageType.allCases)
  }

  @Test("MSG-4: a message is missing where a speaker who can hear it hears another language")
  func gaps() throws {
    let tenant = Tenant(
      name: "T", users: [try user("a", "nl"), try user("b", "nl", phone: "+44 2079460000x204"), try user("c", "fr")],
      greetings: [greeting(.greetingStandard, "nl")])
    let coverage = tenant.greetingCoverage(also: [language("pl")])
    let gap = try #require(coverage.gaps.first)
    #expect(coverage.gaps.count == 1)
    #expect(gap.language.tag == "nl" && gap.heard == .english)
    #expect(
      gap.messages == [
        .authenticationSuccessful, .authenticationDeniedRetry, .retryStandard, .extensionPromptAfterDigits,
        .authenticationDenied, .activationGreetingStandard, .activationRetryStandard, .extensionPromptBeforeDigits,
      ])
    #expect(gap.hearers.map(\.text) == ["a@t.example", "b@t.example"])
    let prompt = try #require(coverage.rows.first { $0.message == .extensionPromptAfterDigits })
    #expect(prompt.plays)
    #expect(prompt.cells.map(\.hearers.count) == [0, 1, 0, 0])
    #expect(prompt.cells.map(\.isCovered) == [true, false, true, false])
    #expect(prompt.cells.map(\.isGap) == [false, true, false, false])
  }

  @Test("MSG-5: the parent language will do, in exact mode where the tenant's is its parent as well")
  func parents() throws {
    var tenant = Tenant(name: "T", language: language("fr"), users: [try user("a", "fr-CA")])
    #expect(tenant.greetingCoverage().gaps.isEmpty)
    tenant.settings.greeting.languageMatch = .exact
    #expect(tenant.greetingCoverage().gaps.isEmpty)
    tenant.language = .english
    #expect(tenant.greetingCoverage().gaps.map(\.heard) == [.english])
  }

  @Test("MSG-4: a custom greeting is never heard where its message never plays, or a later one stands in its place")
  func unheard() throws {
    var tenant = Tenant(
      name: "T", users: [try user("a", nil)],
      greetings: [
        greeting(.retryStandard, "nl"), greeting(.greetingStandard, "nl"), greeting(.retryStandard, "nl"),
        greeting(.retryStandard, "pl"), greeting(.extensionPrompt, "nl"), greeting(.extensionPrompt, "nl"),
      ])
    tenant.settings.fraudAlert.enabled = true
    #expect(tenant.unheardGreetings.map(\.index) == [0, 1, 4, 5])
    #expect(
      tenant.unheardGreetings.map(\.reason) == [
        .replaced(by: 2), .neverPlays(instead: .fraudGreetingStandard), .neverPlays(instead: nil),
        .neverPlays(instead: nil),
      ])
  }

  @Test("An answer says whether the message plays to that person, and what does in its place")
  func answer() throws {
    let (first, second) = (try user("a", "nl"), try user("b", nil, phone: "+44 2079460000x204"))
    let tenant = Tenant(name: "T", language: language("pl"), users: [first, second])
    let plain = tenant.greetingAnswer(for: .extensionPromptAfterDigits, to: first, signIn: [])
    #expect(!plain.plays && plain.instead == nil)
    #expect(plain.wanted.languages.map(\.tag) == ["nl"] && plain.wanted.source == .stored)
    #expect(tenant.greetingAnswer(for: .extensionPromptAfterDigits, to: second, signIn: []).plays)
    #expect(tenant.greetingAnswer(for: .extensionPromptAfterDigits, signIn: []).plays)
    let fraud = tenant.greetingAnswer(for: .fraudGreetingPIN, signIn: [], stored: language("fr"))
    #expect(!fraud.plays && fraud.instead == .greetingStandard)
    #expect(fraud.search.recording.language.tag == "fr")
  }
}
