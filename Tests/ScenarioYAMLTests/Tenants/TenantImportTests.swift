import ScenarioModel
import ScenarioYAML
import Simulation
import TestSupport
import Testing
import VerificationCore

@Suite("A tenant file taken in as a whole")
struct TenantImportTests {
  private static let text = """
    tenant: T
    users:
      - {upn: omar@larkspur.example, pin: "2580"}
      - {upn: helga@larkspur.example, pin: kept}
    tokens: tokens.csv
    greetings:
      - {message: greetingPIN, language: en, length: 6s}
      - {message: greetingStandard, language: fr, file: sounds/bonjour.wav}

    """
  private static let tokens = """
    upn,serial number,secret key,time interval,manufacturer,model
    omar@larkspur.example,4711,JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP,30,Northgate,NG-1

    """

  private func read(_ text: String) throws -> TenantImport {
    let files = MemoryFiles(["in/t.yaml": text, "in/tokens.csv": Self.tokens])
    let sounds = KnownGreetings(["in/sounds/bonjour.wav": .accepted(.seconds(7))])
    return try ScenarioReader(files: files, greetings: sounds).import(at: "in/t.yaml", now: .virtualStart)
  }

  @Test("PINs in clear, kept ones, keys of tokens and the sounds of greetings are handed over")
  func whole() throws {
    let read = try read(Self.text)
    #expect(read.pins.mapValues(\.revealed) == [TenantFixtures.omar: "2580"])
    #expect(read.keptPINs == [TenantFixtures.helga])
    #expect(read.secrets == ["2580"])
    #expect(read.tenant.tokens.map(\.secret).allSatisfy { $0 != nil } && read.tenant.tokens.count == 1)
    #expect(read.greetingFiles.map(\.index) == [1])
    #expect(read.greetingFiles.map(\.path) == ["in/sounds/bonjour.wav"])
    #expect(read.greetingFiles.map { "\($0.place)" } == ["in/t.yaml:8:5"])
    #expect(read.tenant.greetings.map(\.length) == [.seconds(6), .seconds(7)])
    #expect(read.texts.lines(of: "in/t.yaml").first == "tenant: T")
  }

  @Test("A tenant without users is a tenant")
  func empty() throws {
    #expect(try read("tenant: T\n").tenant == Tenant(name: "T"))
  }

  @Test("kept is no PIN: it is masked nowhere")
  func keptIsNoSecret() throws {
    let read = try read("tenant: T\nusers: [{upn: a@t.example, pin: kept}, {upn: b@t.example, pin: \"kept\"}]\n")
    #expect(read.secrets.isEmpty && read.keptPINs.count == 2)
  }

  @Test("All problems are told at once, each at its place")
  func problems() throws {
    let text = "tenant: T\nusers:\n  - {upn: a@t.example, pin: \"0\", remembered: [{browser: x}]}\ntokens: none.csv\n"
    let error = #expect(throws: InvalidSource.self) { try read(text) }
    #expect(error?.problems.map(\.id) == ["wrong-pin", "missing-key", "unreadable"])
    #expect(error?.problems.map { $0.place?.span.line } == [3, 3, 4])
    #expect(error?.secrets.contains("0") == true)
  }

  @Test("CALL-9: a PIN in clear that is the report code is refused")
  func reportCode() throws {
    let text = "tenant: T\nsettings: {fraudAlert.code: \"4711\"}\nusers: [{upn: a@t.example, pin: \"4711\"}]\n"
    let error = #expect(throws: InvalidSource.self) { try read(text) }
    #expect(error?.problems.map(\.id) == ["pin-is-report-code"])
  }

  @Test("A tenant of 2 MB is read; a scenario of that size is none")
  func large() throws {
    let users = (0..<20_000).map { number in
      "  - {upn: user-\(number)@larkspur.example, name: \"A name that is longer than most, of number \(number)\", pin: kept}\n"
    }
    let text = "tenant: T\nusers:\n\(users.joined())"
    #expect(text.utf8.count > 2 << 20)
    #expect(try read(text).tenant.users.count == 20_000)
    let error = #expect(throws: InvalidSource.self) { try read("scenario: T\n" + text) }
    #expect(
      error?.problems.map(\.message) == [
        "in/t.yaml holds \(text.utf8.count + 12) bytes, more than the 1048576 of a scenario"
      ])
  }
}

@Suite("A PIN that is kept")
struct KeptPINTests {
  private func play(_ steps: String, user: String = "omar@larkspur.example") throws -> Scenario {
    try scenario(
      """
      scenario: T
      given:
        tenant:
          tenant: T
          settings: {pin.mode: true, call.maxAttempts: 1}
          users: [{upn: omar@larkspur.example, phone: "+44 7700900123", pin: kept}]
      steps:
        - signin: call
        - answer
      \(steps)
      """)
  }

  @Test("press: {pin: right} says to give the PIN; an entry never matches")
  func entries() throws {
    let right = VirtualDriver.play(try play("  - press: {pin: right, during: greetingPIN}\n"))
    #expect(right.problems.map(\.id) == ["kept-pin"])
    #expect(right.problems.first?.message == "the PIN of omar@larkspur.example is kept, and not known here")
    #expect(
      right.problems.first?.notes.first { $0.kind == .hint }?.text
        == "give one under given, as in users: [{upn: omar@larkspur.example, pin: \"4711\"}]")
    let wrong = VirtualDriver.play(
      try play("  - press: {pin: wrong, during: greetingPIN}\nexpect: {result: denied}\n"))
    #expect(wrong.passed, "\(wrong.problems.map(\.message))")
  }

  @Test("The configuration check counts it as a PIN")
  func lint() throws {
    func ids(_ pin: String) throws -> [String] {
      let text =
        "tenant: T\ndeployment: onPremises\nsettings: {pin.mode: true}\n"
        + "users: [{upn: a@t.example, phone: \"+44 7700900123\", passkeys: [key]\(pin)}]\n"
      let reader = ScenarioReader(files: MemoryFiles(["t.yaml": text]), greetings: KnownGreetings())
      return try reader.lint(at: "t.yaml", now: .virtualStart).problems.map(\.id)
    }
    #expect(try ids(", pin: kept") == ids(", pin: \"4711\""))
    #expect(try ids("") != ids(", pin: kept"))
  }
}
