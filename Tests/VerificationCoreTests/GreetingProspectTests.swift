import Testing
import VerificationCore

@Suite("Whether a greeting will be heard")
struct GreetingProspectTests {
  private func tenant(_ languages: String?..., change: (inout Tenant) -> Void = { _ in }) throws -> Tenant {
    let users = try languages.enumerated().map { index, language in
      User(
        upn: UPN("u\(index)@larkspur.example")!, language: language.flatMap { Language($0) },
        phone: try PhoneNumber(parsing: "+33 612345678"))
    }
    var tenant = Tenant(name: "", users: People(users))
    tenant.settings.fraudAlert.enabled = false
    change(&tenant)
    return tenant
  }

  private let french = Language("fr")!

  @Test("MSG-4: It is heard by those who are called and speak its language, or one that falls back to it")
  func heard() throws {
    let tenant = try tenant("fr", "fr-CA", "en", nil)
    #expect(tenant.prospect(of: .greetingStandard, in: french) == .heard(by: 2))
    #expect(tenant.prospect(of: .greetingStandard, in: .english) == .heard(by: 2))
  }

  @Test("Whether it is in already makes no difference")
  func replaced() throws {
    let tenant = try tenant("fr") {
      $0.greetings = [CustomGreeting(message: .greetingStandard, language: Language("fr")!, length: .seconds(2))]
    }
    #expect(tenant.prospect(of: .greetingStandard, in: french) == .heard(by: 1))
  }

  @Test("CALL-3: A message that the settings leave out never plays, and the one in its place is named")
  func neverPlays() throws {
    #expect(try tenant("fr").prospect(of: .greetingPIN, in: french) == .neverPlays(instead: .greetingStandard))
    #expect(try tenant("fr").prospect(of: .fraudReported, in: french) == .neverPlays(instead: nil))
  }

  @Test("Where nobody is called, that is why")
  func noCalls() throws {
    #expect(try tenant().prospect(of: .greetingStandard, in: french) == .noCalls)
    let off = try tenant("fr") { $0.settings.methods.call = false }
    #expect(off.prospect(of: .greetingStandard, in: french) == .noCalls)
  }

  @Test("MSG-5: In a language that nobody has, nobody hears it")
  func nobodySpeaks() throws {
    #expect(try tenant("fr").prospect(of: .greetingStandard, in: Language("nl")!) == .nobodySpeaks)
    #expect(try tenant("fr").prospect(of: .greetingStandard, in: Language("fr-CA")!) == .nobodySpeaks)
    let exact = try tenant("fr-CA") { $0.settings.greeting.languageMatch = .exact }
    #expect(exact.prospect(of: .greetingStandard, in: french) == .nobodySpeaks)
  }

  @Test("MSG-4: A more exact one stands before it")
  func another() throws {
    let canadian = Language("fr-CA")!
    let tenant = try tenant("fr-CA") {
      $0.greetings = [CustomGreeting(message: .greetingStandard, language: canadian, length: .seconds(2))]
    }
    #expect(tenant.prospect(of: .greetingStandard, in: french) == .another(canadian))
    #expect(tenant.prospect(of: .retryStandard, in: french) == .heard(by: 1))
  }
}
