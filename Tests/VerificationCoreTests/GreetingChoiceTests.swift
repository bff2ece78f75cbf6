import Testing
import VerificationCore

@Suite("Which recording plays")
struct GreetingChoiceTests {
  private static func language(_ tag: String) -> Language { Language(tag) ?? .english }

  private func choice(
    custom: [String] = [], tenant: String = "en", match: GreetingChoice.Match = .parent
  ) -> GreetingChoice {
    GreetingChoice(
      custom: custom.map {
        CustomGreeting(message: .greetingStandard, language: Self.language($0), length: .seconds(5))
      }, tenantLanguage: Self.language(tenant), match: match)
  }

  @Test(
    "MSG-4, MSG-5: custom of that language, its default, the tenant's default, English",
    arguments: [
      (["de"], "en", .parent, ["de"], "de", .custom),
      (["de"], "en", .parent, ["en"], "en", .default),
      (["de"], "de", .parent, ["en"], "en", .default),
      (["de"], "en", .parent, ["es"], "es", .default),
      ([], "fr", .parent, ["de-AT"], "de", .default),
      ([], "en", .parent, ["nl", "pt-BR"], "pt", .default),
      (["nl"], "nl", .parent, ["pl"], "en", .default),
      ([], "fr", .parent, ["fi"], "fr", .default),
      ([], "fi", .parent, ["sv"], "en", .default),
      (["fr"], "en", .parent, ["fr-CA"], "fr", .custom),
      (["fr", "fr-CA"], "en", .parent, ["fr-CA"], "fr-CA", .custom),
      (["fr-CA"], "en", .parent, ["fr"], "fr", .default),
      (["fr"], "en", .exact, ["fr-CA"], "en", .default),
      ([], "fr-CA", .parent, ["fi"], "fr", .default),
      (["fi"], "en", .parent, ["sv", "fi"], "fi", .custom),
      ([], "en", .parent, ["sv", "fr"], "fr", .default),
    ] as [([String], String, GreetingChoice.Match, [String], String, Recording.Source)])
  func chosen(
    custom: [String], tenant: String, match: GreetingChoice.Match, wanted: [String], language: String,
    source: Recording.Source
  ) {
    let recording = choice(custom: custom, tenant: tenant, match: match)
      .recording(for: .greetingStandard, languages: wanted.map(Self.language))
    #expect(recording.language == Self.language(language))
    #expect(recording.source == source)
  }

  @Test("MSG-5: exact holds for the tenant's language as well")
  func exactTenantLanguage() {
    let choice = choice(tenant: "fr-CA", match: .exact)
    #expect(choice.recording(for: .greetingStandard, languages: [Self.language("fi")]).language == .english)
  }

  @Test("MSG-4: of two custom greetings for the same message and language the later one plays")
  func later() {
    var choice = choice(custom: ["en", "en"])
    choice.custom[1].length = .seconds(9)
    #expect(choice.recording(for: .greetingStandard, languages: [.english]).length == .seconds(9))
  }

  @Test(
    "EXT-2: the digits are spoken in the person's language, in English where it has none",
    arguments: [
      ("en", "en"), ("fr", "fr"), ("de", "de"), ("es", "es"), ("it", "it"), ("pt", "pt"), ("fr-CA", "fr"),
      ("pt-BR", "pt"), ("fi", "en"), ("nl", "en"),
    ])
  func digits(tag: String, spoken: String) {
    let clips = GreetingChoice.digitClips("2@0,4#", Self.language(tag))
    #expect(clips.map(\.file) == [2, 0, 4].map { "\(spoken)/digit-\($0).mp3" })
    #expect(clips.allSatisfy { (Milliseconds(400)...Milliseconds(1_000)).contains($0.length) })
  }

  @Test("MSG-4: a custom greeting serves its own message only")
  func otherMessage() {
    let recording = choice(custom: ["en"]).recording(for: .authenticationSuccessful, languages: [.english])
    #expect(recording.source == .default)
  }

  @Test("MSG-3: the sign-in's languages, else the stored one, else the tenant's")
  func languages() {
    let choice = choice(tenant: "fr")
    let (german, spanish) = (Self.language("de"), Self.language("es"))
    #expect(choice.languages(signIn: [german], stored: spanish) == [german])
    #expect(choice.languages(signIn: [], stored: spanish) == [spanish])
    #expect(choice.languages(signIn: [], stored: nil) == [Self.language("fr")])
  }

  @Test(
    "MSG-3: Accept-Language is read by quality, then by order",
    arguments: [
      ("fr-CA, en;q=0.5", ["fr-CA", "en"]), ("en;q=0.5, fr", ["fr", "en"]), ("de;q=0.8,fr;q=0.8", ["de", "fr"]),
      ("*, fr;q=0, en", ["en"]), ("", []), ("fr;q=nonsense, en", ["en"]), ("FR-ca", ["fr-CA"]),
      ("en; q=0.3, it", ["it", "en"]),
    ] as [(String, [String])])
  func acceptLanguage(field: String, tags: [String]) {
    #expect(Language.accepted(by: field).map(\.tag) == tags)
  }

  @Test("What is no language tag", arguments: ["", "f", "fran", "fr_CA", "fr-", "-fr", "12", "fr-toolongsubtag", "é1"])
  func noTag(text: String) {
    #expect(Language(text) == nil)
  }

  @Test("MSG-1: each of the 18 messages has a recording and a script in each language, at most 15 s long")
  func complete() {
    #expect(MessageType.allCases.count == 18)
    #expect(GreetingChoice.defaultLanguages.map(\.tag) == ["en", "de", "es", "fr", "it", "pt"])
    for language in GreetingChoice.defaultLanguages {
      for message in MessageType.allCases {
        let recordings = DefaultRecording.everyRecording.filter { $0.message == message && $0.language == language }
        #expect(recordings.count == 1)
        #expect(recordings.allSatisfy { (.seconds(1) ... .seconds(15)).contains($0.length) && !$0.script.isEmpty })
      }
      #expect(GreetingChoice.digitClips("0123456789", language).map(\.digit) == Array(0...9))
    }
  }

  @Test("MSG-2: our fraudConfirmation says 1, our fraud greetings say zero")
  func wording() {
    for (language, one, zero) in [
      ("en", "press 1", "zero"), ("fr", "touche 1", "zéro"), ("de", "die 1", "Null"), ("es", "tecla 1", "cero"),
      ("it", "tasto 1", "zero"), ("pt", "tecla 1", "zero"),
    ] {
      let recordings = DefaultRecording.everyRecording.filter { $0.language.tag == language }
      let script = Dictionary(uniqueKeysWithValues: recordings.map { ($0.message, $0.script) })
      #expect(script[.fraudConfirmation]?.contains(one) == true)
      #expect(script[.fraudGreetingStandard]?.contains(zero) == true)
      #expect(script[.fraudGreetingPIN]?.contains(zero) == true)
    }
  }
}
