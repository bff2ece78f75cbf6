/// The text message that brings a code (SMS-4).
///
/// Its words are ours, name no organisation but the one handed in, and are chosen so that none of the six languages
/// leaves GSM-7: Spanish and Portuguese say "clave" and "senha", since the ó of "código" would force UCS-2.
public struct TextMessage: Hashable, Sendable {
  /// The six digits of a text message. Prints as dots.
  public struct Code: Hashable, Sendable {
    /// Digits of a code (SMS-1).
    public static let length = 6

    public let revealed: String

    /// - Returns: nil unless `text` is 6 digits. Leading zeros stay.
    public init?(_ text: some StringProtocol) {
      guard text.utf8.count == Self.length, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
      revealed = String(text)
    }
  }

  public var code: Code
  /// The language of the words, one of ``languages``.
  public let language: Language
  /// Whom the message says it is for; nil names nobody.
  public var organisation: String?
  /// Whose page may fill the code in by itself.
  public var domain: WebDomain?

  /// - Parameters:
  ///   - languages: those of the person, most wanted first (MSG-3).
  ///   - match: `greeting.languageMatch`: whether fr-CA reads fr (MSG-5).
  public init(
    code: Code, languages: [Language], tenantLanguage: Language = .english, match: GreetingChoice.Match = .parent,
    organisation: String? = nil, domain: WebDomain? = nil
  ) {
    self.code = code
    language = Self.language(for: languages, tenantLanguage: tenantLanguage, match: match)
    self.organisation = organisation
    self.domain = domain
  }

  /// What is sent, code in clear.
  ///
  /// The last line, where there is a domain, is that of origin-bound one-time codes (WICG,
  /// https://wicg.github.io/sms-one-time-codes/): `@domain #code`.
  public var text: String {
    let wording = Self.wordings.first { $0.language == language } ?? Self.wordings[0]
    let name = organisation.map { "\($0): " } ?? ""
    let last = domain.map { "\n@\($0.text) #\(code.revealed)" } ?? ""
    return name + wording.before + code.revealed + wording.after + last
  }

  /// The languages that have words, English first.
  public static var languages: [Language] { wordings.map(\.language) }

  /// The way of the greetings (MSG-4): each language and its parent, then the tenant's, then English.
  private static func language(
    for wanted: [Language], tenantLanguage: Language, match: GreetingChoice.Match
  ) -> Language {
    for language in wanted + [tenantLanguage] {
      if languages.contains(language) { return language }
      if match == .parent, languages.contains(language.parent) { return language.parent }
    }
    return .english
  }

  private struct Wording: Sendable {
    let language: Language
    let before: String
    let after: String

    init(_ language: StaticString, _ before: String, _ after: String) {
      self.language = Language(known: language)
      self.before = before
      self.after = after
    }
  }

  private static let wordings: [Wording] = [
    Wording("en", "Your verification code is ", ". Share it with nobody."),
    Wording("fr", "Votre code de vérification est ", ". Ne le donnez à personne."),
    Wording("de", "Ihr Bestätigungscode lautet ", ". Geben Sie ihn an niemanden weiter."),
    Wording("es", "Su clave de un solo uso es ", ". No la comparta con nadie."),
    Wording("it", "Il suo codice di verifica è ", ". Non lo comunichi a nessuno."),
    Wording("pt", "Use a senha ", " para entrar. Nunca a mostre a outra pessoa."),
  ]
}

extension TextMessage.Code: CustomStringConvertible, CustomDebugStringConvertible {
  public var description: String { "••••••" }
  public var debugDescription: String { description }
}
