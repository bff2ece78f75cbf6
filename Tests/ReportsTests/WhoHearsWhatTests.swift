import Reports
import Testing
import VerificationCore

private func language(_ tag: String) -> Language { Language(tag) ?? .english }

/// Two people who are called, one who is not; what is theirs is in Dutch and Polish, which have no recordings of ours.
private func tenant() throws -> Tenant {
  func user(_ name: String, _ tag: String?, _ phone: String?) throws -> User {
    User(
      upn: try #require(UPN("\(name)@t.example")), language: tag.map(language),
      phone: try phone.map { try #require(PhoneNumber($0)) })
  }
  var tenant = Tenant(
    name: "T",
    users: [
      try user("a", "nl", "+31 612345678"), try user("b", nil, "+44 7700900123"), try user("c", "pl", nil),
    ],
    greetings: [
      CustomGreeting(
        message: .fraudGreetingStandard, language: language("nl"), length: Milliseconds(7_200), file: "nl/f.wav",
        script: "Druk op hekje."),
      CustomGreeting(message: .greetingStandard, language: language("nl"), length: .seconds(20)),
    ])
  (tenant.settings.fraudAlert.enabled, tenant.settings.fraudAlert.block) = (true, false)
  return tenant
}

@Suite("Which recording plays, in words")
struct GreetingAnswerTextTests {
  private func text(_ answer: GreetingAnswer, width: Int = 80) -> String {
    GreetingAnswerText(width: width).lines(answer).joined(separator: "\n")
  }

  @Test("MSG-4, MSG-5: the languages in turn, what each has, the one that plays, its words")
  func chain() throws {
    let answer = try tenant().greetingAnswer(
      for: .fraudGreetingStandard, signIn: [language("pl"), language("nl-BE"), .english])
    #expect(
      text(answer) == """
        fraudGreetingStandard
        plays when a sign-in call is answered, and fraud can be reported
        languages: pl, nl-BE, en (asked for at the sign-in)

         1 · pl     asked for        no custom greeting, no default
         2 · nl-BE  asked for        no custom greeting, no default
         3 ✓ nl     parent of nl-BE  custom greeting nl/f.wav, 7.2 s ← plays
           - en     asked for        not tried

          Druk op hekje.
        """)
  }

  @Test("MSG-3, CALL-13: the stored language, a greeting without words that is cut, and never plays")
  func notes() throws {
    let tenant = try tenant()
    let answer = tenant.greetingAnswer(for: .greetingStandard, to: tenant.users[0], signIn: [])
    #expect(
      text(answer) == """
        greetingStandard
        plays when a sign-in call is answered
        languages: nl (stored for a@t.example; the sign-in asks for none)

         1 ✓ nl  stored        custom greeting of 20 s, without a file ← plays
           - en  the tenant's  not tried

        (its words are not known)

        ! it is cut at 20 s
        ! no call to a@t.example plays this message: fraudGreetingStandard plays in its
          place
        """)
  }

  @Test("MSG-4: a custom greeting of the tenant's language is not for those who ask for others")
  func passedOver() throws {
    var tenant = try tenant()
    tenant.language = language("nl")
    let answer = tenant.greetingAnswer(for: .fraudGreetingStandard, signIn: [language("pl")])
    #expect(
      text(answer).contains(
        """
         1 · pl  asked for     no custom greeting, no default
         2 · nl  the tenant's  its custom greeting is for those who ask for it, no
                               default
         3 ✓ en  last resort   default, 12.697 s ← plays
        """))
  }

  @Test("MSG-5: exact mode says that the parent does not count")
  func exact() throws {
    var tenant = try tenant()
    tenant.settings.greeting.languageMatch = .exact
    let answer = tenant.greetingAnswer(for: .fraudGreetingStandard, signIn: [language("nl-BE")])
    #expect(
      text(answer, width: 120).contains(
        "no custom greeting, no default; nl does not count: greeting.languageMatch is exact\n"))
  }

  @Test("On a narrow terminal what was found stands below its language, and no line is longer")
  func narrow() throws {
    let answer = try tenant().greetingAnswer(for: .fraudGreetingStandard, signIn: [language("pl"), language("nl-BE")])
    let lines = GreetingAnswerText(width: 36).lines(answer)
    #expect(lines.contains(" 1 · pl     asked for") && lines.contains("     no custom greeting, no default"))
    #expect(lines.allSatisfy { $0.count <= 36 })
  }

  @Test("All keys of the JSON in their order")
  func json() throws {
    var tenant = try tenant()
    tenant.language = language("nl")
    tenant.greetings[0].language = .english
    #expect(
      tenant.greetingAnswer(for: .greetingStandard, to: tenant.users[0], signIn: [language("pl-PL")]).jsonLine
        .hasPrefix(
          #"{"message":"greetingStandard","tenant":"T","user":"a@t.example","languages":["pl-PL"],"languagesFrom":"signIn","chain":[{"language":"pl-PL","role":"wanted","parentOf":null,"tried":true,"found":null,"customPassedOver":false},{"language":"pl","role":"wanted","parentOf":"pl-PL","tried":true,"found":null,"customPassedOver":false},{"language":"nl","role":"tenant","parentOf":null,"tried":true,"found":null,"customPassedOver":true},{"language":"en","role":"english","parentOf":null,"tried":true,"found":"default","customPassedOver":false}],"plays":{"language":"en","source":"default","milliseconds":6689,"file":"en/greetingStandard.mp3","text":"Hello."#
        ))
    #expect(
      tenant.greetingAnswer(for: .greetingStandard, to: tenant.users[0], signIn: []).jsonLine.hasSuffix(
        #""plays":{"language":"nl","source":"custom","milliseconds":20000,"file":null,"text":null},"isHeard":false,"heardInstead":"fraudGreetingStandard"}"#
      ))
  }
}

@Suite("Messages and languages, as a table")
struct GreetingCoverageTextTests {
  @Test("MSG-4: what is custom, default, missing; what is never played; who hears what in its place")
  func table() throws {
    let coverage = try tenant().greetingCoverage(also: [language("en-GB")])
    #expect(
      GreetingCoverageText().lines(coverage).joined(separator: "\n") == """
        T
                                        en   nl     pl     en-GB
        people who speak it             1    1      1      -
        heard in calls
          authenticationSuccessful      ○    ✗ en   → en   ○ en
          fraudGreetingStandard         ○    ●      → en   ○ en
          fraudReported                 ○    ✗ en   → en   ○ en
          authenticationDeniedRetry     ○    ✗ en   → en   ○ en
          retryStandard                 ○    ✗ en   → en   ○ en
          authenticationDenied          ○    ✗ en   → en   ○ en
          activationGreetingStandard    ○    ✗ en   → en   ○ en
          activationRetryStandard       ○    ✗ en   → en   ○ en
        never played here
          extensionPrompt               ○    → en   → en   ○ en
          fraudConfirmation             ○    → en   → en   ○ en
          activation                    ○    → en   → en   ○ en
          greetingStandard              ○    ●      → en   ○ en
          greetingPIN                   ○    → en   → en   ○ en
          fraudGreetingPIN              ○    → en   → en   ○ en
          retryPIN                      ○    → en   → en   ○ en
          extensionPromptAfterDigits    ○    → en   → en   ○ en
          activationGreetingPIN         ○    → en   → en   ○ en
          extensionPromptBeforeDigits   ○    → en   → en   ○ en

        ● custom   ○ default   ○ en the parent language's   ✗ en missing: en is heard
        → en missing, but heard by nobody

        ✗ nl: 7 messages missing; a@t.example hears en
            authenticationSuccessful, fraudReported, authenticationDeniedRetry,
            retryStandard, authenticationDenied, activationGreetingStandard,
            activationRetryStandard

        1 custom greeting never plays:
        ! greetingStandard in nl: fraudGreetingStandard plays in its place; record it as
          that
        """)
  }

  @Test("Nothing missing is said so, and that nobody is called")
  func verdicts() throws {
    var tenant = try tenant()
    tenant.users.removeAll { $0.language != nil }
    tenant.greetings = []
    let lines = GreetingCoverageText().lines(tenant.greetingCoverage())
    #expect(
      lines.suffix(4) == ["", "○ default", "", "✓ everybody hears every message in the language stored for them"])
    tenant.users = []
    let none = GreetingCoverageText().lines(tenant.greetingCoverage())
    #expect(none.last == "Nobody is called: no message plays.")
    #expect(!none.contains("heard in calls"))
  }

  @Test("Many languages stand in several tables, none wider than the terminal", arguments: [36, 44, 60, 80, 200])
  func narrow(width: Int) throws {
    let tags = ["nl", "pl", "sv", "da", "fi", "cs", "hu", "zh-Hant-TW"]
    let lines = GreetingCoverageText(width: width).lines(try tenant().greetingCoverage(also: tags.map(language)))
    let tooLong = lines.filter { $0.count > width && !$0.contains("zh-Hant-TW") && !$0.contains("activation") }
    #expect(tooLong == [])
    for tag in tags { #expect(lines.contains { $0.split(separator: " ").contains(Substring(tag)) }) }
    let heads = lines.count { $0.hasPrefix("people who speak it") }
    #expect(width == 200 ? heads == 1 : heads > 1)
    #expect(lines.count { $0.hasPrefix("  extensionPromptBeforeDigits") } == heads)
  }

  @Test("Colours take no room, and a name cannot draw on the terminal")
  func colours() throws {
    var tenant = try tenant()
    tenant.name = "\u{1B}[2JT"
    tenant.greetings[1].file = "a\u{7}.wav"
    let plain = GreetingCoverageText().lines(tenant.greetingCoverage())
    let coloured = GreetingCoverageText(style: Style(isColoured: true)).lines(tenant.greetingCoverage())
    #expect(coloured.map(Self.withoutColours) == plain)
    #expect(coloured != plain)
    #expect(plain.first == "\\u{1B}[2JT" && plain.contains { $0.contains("a\\u{7}.wav") })
  }

  private static func withoutColours(_ line: String) -> String {
    var (text, isEscape) = ("", false)
    for character in line {
      if character == "\u{1B}" { isEscape = true }
      if !isEscape { text.append(character) }
      if character == "m" { isEscape = false }
    }
    return text
  }

  @Test("All keys of the JSON in their order")
  func json() throws {
    var tenant = try tenant()
    tenant.users.removeAll { $0.language?.tag == "pl" }
    let json = tenant.greetingCoverage().jsonLine
    #expect(
      json.hasPrefix(
        #"{"tenant":"T","languages":[{"language":"en","speakers":["b@t.example"]},{"language":"nl","speakers":["a@t.example"]}],"messages":[{"message":"authenticationSuccessful","plays":true,"languages":[{"language":"en","covered":true,"missing":false,"heard":{"language":"en","source":"default","milliseconds":2730,"file":"en/authenticationSuccessful.mp3","text":"Thank you, you're verified. Goodbye."}},{"language":"nl","covered":false,"missing":true,"heard":{"language":"en","source":"default","#
      ))
    #expect(
      json.hasSuffix(
        #""missing":[{"language":"nl","heard":"en","messages":["authenticationSuccessful","fraudReported","authenticationDeniedRetry","retryStandard","authenticationDenied","activationGreetingStandard","activationRetryStandard"],"hearers":["a@t.example"]}],"neverPlayed":[{"message":"greetingStandard","language":"nl","file":null,"reason":"messageNeverPlays","heardInstead":"fraudGreetingStandard"}]}"#
      ))
  }
}
