import Testing
import VerificationCore

@Suite("The text message")
struct TextMessageTests {
  private static func code(_ digits: String) throws -> TextMessage.Code { try #require(TextMessage.Code(digits)) }

  @Test(
    "SMS-4: each language has its words, with the six digits in them",
    arguments: [
      ("en", "Your verification code is 004217. Share it with nobody."),
      ("fr", "Votre code de vérification est 004217. Ne le donnez à personne."),
      ("de", "Ihr Bestätigungscode lautet 004217. Geben Sie ihn an niemanden weiter."),
      ("es", "Su clave de un solo uso es 004217. No la comparta con nadie."),
      ("it", "Il suo codice di verifica è 004217. Non lo comunichi a nessuno."),
      ("pt", "Use a senha 004217 para entrar. Nunca a mostre a outra pessoa."),
    ])
  func words(tag: String, text: String) throws {
    let message = TextMessage(code: try Self.code("004217"), languages: [try #require(Language(tag))])
    #expect(message.text == text)
    #expect(message.language.tag == tag)
  }

  @Test("SMS-3: no language forces UCS-2, and each is one segment, its domain line included")
  func gsm() throws {
    #expect(TextMessage.languages.map(\.tag) == ["en", "fr", "de", "es", "it", "pt"])
    for language in TextMessage.languages {
      let message = TextMessage(
        code: try Self.code("123456"), languages: [language], organisation: "Larkspur",
        domain: WebDomain("login.larkspur.example"))
      #expect(Segments(message.text).encoding == .gsm7, "\(language)")
      #expect(Segments(message.text).segments.count == 1, "\(language)")
    }
  }

  @Test("SMS-4: the last line is that of origin-bound one-time codes; the organisation is named when handed in")
  func domain() throws {
    let message = TextMessage(
      code: try Self.code("123456"), languages: [], organisation: "Larkspur",
      domain: WebDomain("Login.Larkspur.example"))
    #expect(
      message.text
        == "Larkspur: Your verification code is 123456. Share it with nobody.\n@login.larkspur.example #123456")
  }

  @Test(
    "SMS-4: the language is the person's, its parent, the tenant's, else English",
    arguments: [
      (["fr-CA"], "de", GreetingChoice.Match.parent, "fr"), (["fr-CA"], "de", .exact, "de"),
      (["nl", "it"], "de", .parent, "it"), (["nl"], "pt-BR", .parent, "pt"), (["nl"], "pt-BR", .exact, "en"),
      ([], "sv", .parent, "en"),
    ] as [([String], String, GreetingChoice.Match, String)])
  func fallback(wanted: [String], tenant: String, match: GreetingChoice.Match, expected: String) throws {
    let message = TextMessage(
      code: try Self.code("123456"), languages: wanted.compactMap { Language($0) },
      tenantLanguage: try #require(Language(tenant)), match: match)
    #expect(message.language.tag == expected)
  }

  @Test("A code prints as dots")
  func masked() throws {
    let code = try Self.code("123456")
    #expect("\(code)" == "••••••")
    #expect(String(reflecting: code) == "••••••")
  }

  @Test("SMS-1: a code is six ASCII digits", arguments: ["", "12345", "1234567", "12345a", "١٢٣٤٥٦", "12 456"])
  func noCode(text: String) { #expect(TextMessage.Code(text) == nil) }

  @Test(
    "SMS-4: what is no domain",
    arguments: [
      "", ".", "a..b", "example.com.", "https://a.example", "a.example:80", "a b", "-a.example", "a-.example",
      "käse.example", String(repeating: "a", count: 64) + ".example", "a.example\n#1",
      String(repeating: "a.", count: 127) + "b",
    ])
  func noDomain(text: String) { #expect(WebDomain(text) == nil) }

  @Test("SMS-6: the sender is a short code by country, a number where there is none")
  func sender() throws {
    #expect(TextSender.sender(for: try #require(PhoneNumber("+33 612345678"))).kind == .shortCode)
    #expect(TextSender.sender(forCountryCode: "33").text == "38142")
    #expect(TextSender.sender(forCountryCode: "999") == .fallback)
    #expect(TextSender.fallback.text == "+1 2065550142")
    #expect(PhoneNumber(TextSender.fallback.text) != nil)
    for country in TextSender.countryCodes {
      let sender = TextSender.sender(forCountryCode: country)
      #expect(sender.kind == .shortCode)
      #expect((3...8).contains(sender.text.count) && sender.text.allSatisfy(\.isWholeNumber))
    }
  }
}
