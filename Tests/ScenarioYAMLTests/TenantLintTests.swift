import ScenarioModel
import ScenarioYAML
import TestSupport
import Testing
import VerificationCore

@Suite("The configuration check")
struct TenantLintTests {
  /// Two ways to be verified and a mail address: nothing to say.
  private static let user = "{upn: a@t.example, phone: \"+44 7700900123\", passkeys: [key]}"

  private static func tenant(_ more: [String] = [], settings: [String] = [], users: [String] = [user]) -> String {
    let set = settings.isEmpty ? [] : ["settings:"] + settings.map { "  \($0)" }
    return (["tenant: T"] + more + set + ["users:"] + users.map { "  - \($0)" }).joined(separator: "\n") + "\n"
  }

  private func findings(_ text: String, at now: String = "2025-01-15") throws -> [Problem] {
    let reader = ScenarioReader(files: MemoryFiles(["t.yaml": text]), greetings: KnownGreetings())
    return try reader.lint(at: "t.yaml", now: try #require(Instant(iso8601: now))).problems
  }

  @Test("A tenant without traps has no findings")
  func clean() throws {
    #expect(try findings(Self.tenant()).isEmpty)
  }

  struct Trap: CustomTestStringConvertible {
    let id: String
    let severity: Problem.Severity
    let message: String
    let with: String
    /// The same tenant with the one thing put right.
    let without: String

    var testDescription: String { id }
  }

  private static let reporting = ["fraudAlert.enabled: true", "fraudAlert.notify: [it@t.example]"]
  private static let french = "{upn: a@t.example, phone: \"+33 612345678\", passkeys: [key], language: fr}"
  private static let german = "{upn: a@t.example, phone: \"+49 15123456789\", passkeys: [key], language: de}"
  private static let custom = [
    "greetings:",
    "  - {message: fraudGreetingStandard, language: en, length: 9s, script: Press 9 and pound to report.}",
  ]
  private static let otherCustom = [
    "greetings:", "  - {message: fraudGreetingStandard, language: en, length: 9s, script: Press zero and pound.}",
  ]

  static let traps: [Trap] = [
    Trap(
      id: "report-code.no-greeting", severity: .error,
      message: "the report code is 9, and a@t.example hears our fraudGreetingStandard in en, which says 0",
      with: tenant(settings: reporting + ["fraudAlert.code: \"9\""]),
      without: tenant(custom, settings: reporting + ["fraudAlert.code: \"9\""])),
    Trap(
      id: "report-code.not-said", severity: .warning,
      message: "the script of this fraudGreetingStandard does not have the report code 9",
      with: tenant(otherCustom, settings: reporting + ["fraudAlert.code: \"9\""]),
      without: tenant(custom, settings: reporting + ["fraudAlert.code: \"9\""])),
    Trap(
      id: "report-code.different", severity: .warning,
      message: "fraudAlert.code is 9 and reportActivity.code is 0: people hear one and try the other",
      with: tenant(custom, settings: reporting + ["fraudAlert.code: \"9\"", "reportActivity.state: enabled"]),
      without: tenant(
        custom,
        settings: reporting + ["fraudAlert.code: \"9\"", "reportActivity.state: enabled", "reportActivity.code: \"9\""])
    ),
    Trap(
      id: "report-code.ignored", severity: .error,
      message: "the code 9 of reportActivity counts only with a greeting of the tenant's own; 0 is used",
      with: tenant(settings: ["reportActivity.state: enabled", "reportActivity.code: \"9\""]),
      without: tenant(custom, settings: ["reportActivity.state: enabled", "reportActivity.code: \"9\""])),
    Trap(
      id: "report-activity.empty-scope", severity: .warning,
      message: "nobody is in the group \"Pilots\", so no report sets a risk",
      with: tenant(settings: ["reportActivity.state: enabled", "reportActivity.scope: Pilots"]),
      without: tenant(
        settings: ["reportActivity.state: enabled", "reportActivity.scope: Pilots"],
        users: ["{upn: a@t.example, phone: \"+44 7700900123\", passkeys: [key], groups: [Pilots]}"])),
    Trap(
      id: "report-activity.managed", severity: .note, message: "managed counts as disabled: no report sets a risk",
      with: tenant(settings: ["reportActivity.scope: Pilots"]),
      without: tenant(settings: ["reportActivity.scope: Pilots", "reportActivity.state: disabled"])),
    Trap(
      id: "fraud-alert.nobody-notified", severity: .note, message: "no mail tells anybody of a report",
      with: tenant(settings: ["fraudAlert.enabled: true"]), without: tenant(settings: reporting)),
    Trap(
      id: "risk.licence", severity: .error, message: "risk policies need the licence p2; with p1 nothing happens",
      with: tenant(["licence: p1"], settings: ["risk.policy: block"]),
      without: tenant(["licence: p2"], settings: ["risk.policy: block"])),
    Trap(
      id: "risk.no-policy", severity: .note,
      message: "a report sets the user's risk to high, and no policy acts on it",
      with: tenant(settings: ["reportActivity.state: enabled"]),
      without: tenant(settings: ["reportActivity.state: enabled", "risk.policy: passwordChange"])),
    Trap(
      id: "pin.cloud", severity: .error,
      message: "PINs and their lockout belong to an on-premises server, and the tenant is in the cloud",
      with: tenant(settings: ["pin.mode: true"]),
      without: tenant(["deployment: onPremises"], settings: ["pin.mode: true"])),
    Trap(
      id: "pin.missing", severity: .error, message: "a@t.example is asked for a PIN and has none",
      with: tenant(["deployment: onPremises"], settings: ["pin.mode: true"]),
      without: tenant(
        ["deployment: onPremises"], settings: ["pin.mode: true"],
        users: ["{upn: a@t.example, phone: \"+44 7700900123\", passkeys: [key], pin: \"4711\"}"])),
    Trap(
      id: "lockout.unused", severity: .warning, message: "lockout counts wrong PINs only, and pin.mode is off",
      with: tenant(settings: ["lockout.denials: 3"]),
      without: tenant(["deployment: onPremises"], settings: ["lockout.denials: 3", "pin.mode: true"])),
    Trap(
      id: "remember.sign-in-frequency", severity: .error,
      message: "remembering does nothing beside conditionalAccess.signInFrequency, which asks again",
      with: tenant(settings: ["remember.enabled: true", "conditionalAccess.signInFrequency: 1"]),
      without: tenant(settings: ["remember.enabled: true", "conditionalAccess.signInFrequency: 0"])),
    Trap(
      id: "remember.keep-signed-in", severity: .error,
      message:
        "after 90 days the federation service answers with its old verification, and the sign-in goes round in a loop",
      with: tenant(settings: ["remember.enabled: true", "federation.keepSignedIn: true"]),
      without: tenant(settings: ["remember.enabled: true", "federation.keepSignedIn: false"])),
    Trap(
      id: "remember.short", severity: .warning,
      message: "89 days is less than the 90 advised, and makes apps ask more often than every 180 days",
      with: tenant(settings: ["remember.enabled: true", "remember.days: 89"]),
      without: tenant(settings: ["remember.enabled: true", "remember.days: 90"])),
    Trap(
      id: "trusted-ips.private", severity: .error,
      message: "10.1.0.0/16 is private: without a server of one's own no sign-in ever comes from there",
      with: tenant(settings: ["trustedIPs.ranges: [10.1.0.0/16]"]),
      without: tenant(["deployment: onPremises"], settings: ["trustedIPs.ranges: [10.1.0.0/16]"])),
    Trap(
      id: "trusted-ips.wide", severity: .warning,
      message: "0.0.0.0/0 trusts more than 16 million addresses: hardly anybody is ever asked",
      with: tenant(settings: ["trustedIPs.ranges: [0.0.0.0/0]"]),
      without: tenant(settings: ["trustedIPs.ranges: [8.0.0.0/8]"])),
    Trap(
      id: "trusted-ips.licence", severity: .error,
      message: "trusted IPs need the licence p1, and the tenant has none",
      with: tenant(["licence: free"], settings: ["trustedIPs.ranges: [203.0.113.0/24]"]),
      without: tenant(["licence: p1"], settings: ["trustedIPs.ranges: [203.0.113.0/24]"])),
    Trap(
      id: "trusted-ips.claim-managed", severity: .error,
      message: "a managed tenant has no federation service that could issue the claim",
      with: tenant(settings: ["trustedIPs.federatedIntranet: true"]),
      without: tenant(["type: federated"], settings: ["trustedIPs.federatedIntranet: true"])),
    Trap(
      id: "trusted-ips.policy-server", severity: .warning,
      message: "203.0.113.9 is trusted, so nobody who comes through the policy server is ever asked",
      with: tenant(settings: ["trustedIPs.ranges: [203.0.113.0/24]", "trustedIPs.policyServer: 203.0.113.9"]),
      without: tenant(settings: ["trustedIPs.ranges: [203.0.113.0/24]", "trustedIPs.policyServer: 198.51.100.9"])),
    Trap(
      id: "trusted-ips.one-sided", severity: .warning,
      message:
        "203.0.113.0/24 is trusted by the service settings and not by conditional access, which asks all the same",
      with: tenant(settings: ["conditionalAccess.requireMFA: true", "trustedIPs.ranges: [203.0.113.0/24]"]),
      without: tenant(
        ["locations:", "  - {name: Office, ranges: [203.0.113.0/24], trusted: true}"],
        settings: [
          "conditionalAccess.requireMFA: true", "conditionalAccess.skipTrusted: true",
          "trustedIPs.ranges: [203.0.113.0/24]",
        ])),
    Trap(
      id: "trusted-ips.one-sided", severity: .warning,
      message:
        "203.0.113.0/24 is trusted by conditional access and not by trustedIPs.ranges; per-user verification asks all the same",
      with: tenant(
        ["locations:", "  - {name: Office, ranges: [203.0.113.0/24], trusted: true}"],
        settings: ["conditionalAccess.requireMFA: true", "conditionalAccess.skipTrusted: true"]),
      without: tenant(
        ["locations:", "  - {name: Office, ranges: [203.0.113.0/24], trusted: true}"],
        settings: ["conditionalAccess.requireMFA: true", "conditionalAccess.skipTrusted: true"],
        users: ["{upn: a@t.example, phone: \"+44 7700900123\", passkeys: [key], state: disabled}"])),
    Trap(
      id: "location.unused", severity: .warning, message: "nothing looks at the trusted location Office",
      with: tenant(["locations:", "  - {name: Office, ranges: [203.0.113.0/24], trusted: true}"]),
      without: tenant(["locations:", "  - {name: Office, ranges: [203.0.113.0/24], trusted: false}"])),
    Trap(
      id: "user.single-method", severity: .warning,
      message: "a@t.example has a single way to be verified: without it only an admin can help",
      with: tenant(users: ["{upn: a@t.example, phone: \"+44 7700900123\"}"]), without: tenant()),
    Trap(
      id: "user.no-method", severity: .error, message: "a@t.example has no method that is on, and cannot be verified",
      with: tenant(settings: ["methods.passkey: false"], users: ["{upn: a@t.example, passkeys: [one, two]}"]),
      without: tenant(users: ["{upn: a@t.example, passkeys: [one, two]}"])),
    Trap(
      id: "user.number", severity: .error,
      message:
        "the mobile number of a@t.example: the 0 behind +44 is dialled only within the country, never behind its code",
      with: tenant(users: ["{upn: a@t.example, phone: \"+44 07700900123\", passkeys: [key]}"]), without: tenant()),
    Trap(
      id: "user.method-off", severity: .warning,
      message: "the default method of a@t.example is text, but methods.text is off",
      with: tenant(
        settings: ["methods.text: false"],
        users: ["{upn: a@t.example, phone: \"+44 7700900123\", passkeys: [key], method: text}"]),
      without: tenant(users: ["{upn: a@t.example, phone: \"+44 7700900123\", passkeys: [key], method: text}"])),
    Trap(
      id: "user.registration", severity: .error,
      message: "a@t.example has 3 of the 4 methods that registration.required asks for, and cannot sign in",
      with: tenant(settings: ["registration.required: 4"]), without: tenant(settings: ["registration.required: 3"])),
    Trap(
      id: "user.reset", severity: .warning,
      message: "a@t.example has 1 of the 2 methods that a password reset verifies",
      with: tenant(
        settings: ["sspr.enabled: true", "sspr.gates: 2"], users: ["{upn: a@t.example, passkeys: [one, two]}"]),
      without: tenant(
        settings: ["sspr.enabled: true", "sspr.gates: 1"], users: ["{upn: a@t.example, passkeys: [one, two]}"])
    ),
    Trap(
      id: "greeting.language-missing", severity: .warning,
      message:
        "a@t.example speaks pl and hears en for 7 messages: authenticationSuccessful, authenticationDeniedRetry, retryStandard, greetingStandard, authenticationDenied, activationGreetingStandard, activationRetryStandard",
      with: tenant(users: [german.replacing("language: de", with: "language: pl")]), without: tenant(users: [german])),
    Trap(
      id: "greeting.unused", severity: .warning, message: "greetingStandard never plays with these settings and users",
      with: tenant(
        ["greetings:", "  - {message: greetingStandard, language: en, length: 9s}"], settings: reporting),
      without: tenant(
        ["greetings:", "  - {message: fraudGreetingStandard, language: en, length: 9s}"], settings: reporting)),
    Trap(
      id: "greeting.cut", severity: .error, message: "greetingStandard lasts 20 s and is cut at 20 s",
      with: tenant(["greetings:", "  - {message: greetingStandard, language: en, length: 20s}"]),
      without: tenant(["greetings:", "  - {message: greetingStandard, language: en, length: 19999ms}"])),
    Trap(
      id: "call.limit", severity: .warning,
      message: "a call that rings to the end of call.ringTimeout has no time left for its greeting",
      with: tenant(settings: ["call.limit: 79s"]), without: tenant(settings: ["call.limit: 80s"])),
  ]

  @Test("Each trap is told with its severity, and not where it is put right", arguments: traps)
  func trap(_ trap: Trap) throws {
    let found = try findings(trap.with).filter { $0.id == trap.id }
    #expect(found.map(\.message) == [trap.message])
    #expect(found.first?.severity == trap.severity)
    #expect(found.first?.notes.first?.kind == .hint)
    #expect(try findings(trap.without).filter { $0.id == trap.id } == [])
  }

  @Test("The table above has every finding there is, beside the dates")
  func complete() {
    let known = Set(Self.traps.map(\.id)).union(["retired", "retires"])
    #expect(Set(TenantFinding.ID.allCases.map(\.rawValue)) == known)
  }

  @Test(
    "TEN-11: a feature in use is told on the day it is gone, and a year before",
    arguments: [
      ("fraudAlert.enabled: true", "2025-03-01", "fraud alert is gone since 2025-03-01"),
      ("fraudAlert.notify: [a@t.example]", "2025-03-01", "the notification list is gone since 2025-03-01"),
      ("sms.twoWay: true", "2018-11-14", "two-way text messages are gone since 2018-11-14"),
      (
        "methods.text: false", "2025-09-30",
        "switching methods in the legacy policies is gone since 2025-09-30"
      ),
    ])
  func retired(setting: String, day: String, message: String) throws {
    let text = Self.tenant(settings: [setting])
    let gone = try findings(text, at: day).filter { $0.id == "retired" }
    #expect(gone.map(\.message) == [message])
    #expect(gone.first?.severity == .warning)
    #expect(gone.first?.place?.span == SourceSpan(line: 3, column: 3, length: setting.prefix { $0 != ":" }.count))
    let before = try #require(Instant(iso8601: day)) + Milliseconds(-1)
    let soon = try findings(text, at: before.description)
    #expect(soon.filter { $0.id == "retired" } == [])
    #expect(soon.filter { $0.id == "retires" }.map(\.severity) == [.note])
    #expect(try findings(text, at: "2016-01-01").filter { $0.id == "retires" } == [])
  }

  @Test("TEN-9: providers that exist are told as closed since 2018-09-01")
  func providers() throws {
    let found = try findings(Self.tenant(["providers: [Old server]"]), at: "2018-09-01").filter { $0.id == "retired" }
    #expect(found.map(\.message) == ["adding authentication providers is gone since 2018-09-01"])
    #expect(found.first?.place?.span.line == 2)
  }

  @Test(
    "What the file gets wrong is told among the findings, at its place",
    arguments: [
      (
        "lockout.resetMinutes: 0", "lockout.resetMinutes cannot be \"0\"",
        "it takes 1 to 1440 minutes; the default is 10"
      ),
      (
        "lockout.unlockMinutes: 1441", "lockout.unlockMinutes cannot be \"1441\"",
        "it takes 1 to 1440 minutes; the default is 15"
      ),
      ("lockout.denials: 100", "lockout.denials cannot be \"100\"", "it takes 0 to 99; the default is 5"),
      (
        "callerID.own: \"+1 4165550123\"", "callerID.own cannot be \"+1 4165550123\"",
        "it takes a US number, +1 and the number; the default is none"
      ),
      (
        "trustedIPs.ranges: [\(Array(repeating: "203.0.113.0/24", count: 51).joined(separator: ", "))]",
        "trustedIPs.ranges has 51 entries", "it takes at most 50 IPv4 ranges, as in 203.0.113.0/24"
      ),
      (
        "trustedIPs.ranges: [203.0.113.7/24]",
        "trustedIPs.ranges: \"203.0.113.7/24\" names one address of a range; the range is 203.0.113.0/24",
        "it takes at most 50 IPv4 ranges, as in 203.0.113.0/24"
      ),
    ])
  func mistakes(setting: String, message: String, remedy: String) throws {
    let found = try findings(Self.tenant(settings: [setting]))
    #expect(found.map(\.message) == [message])
    #expect(found.first?.id == "wrong-setting")
    #expect(found.first?.notes.map(\.text) == [remedy])
    #expect(found.first?.place?.span.line == 3)
  }

  @Test("A code in another number of the script is not said; one by itself is")
  func saidAsNumber() throws {
    func script(_ text: String) -> [String] {
      ["greetings:", "  - {message: fraudGreetingStandard, language: en, length: 9s, script: \(text)}"]
    }
    let settings = Self.reporting + ["fraudAlert.code: \"1\""]
    let missed = try findings(Self.tenant(script("Within 10 seconds press pound."), settings: settings))
    #expect(missed.map(\.id).contains("report-code.not-said"))
    let said = try findings(Self.tenant(script("Press 1 and pound."), settings: settings))
    #expect(!said.map(\.id).contains("report-code.not-said"))
  }

  @Test("TEN-3: who is asked by conditional access alone is asked in a range that only the service settings trust")
  func oneSidedForNobody() throws {
    let found = try findings(
      Self.tenant(
        settings: ["conditionalAccess.requireMFA: true", "trustedIPs.ranges: [203.0.113.0/24]"],
        users: ["{upn: a@t.example, phone: \"+44 7700900123\", passkeys: [key], state: disabled}"]))
    #expect(found.map(\.id).contains("trusted-ips.one-sided"))
  }

  @Test("A second number is no spare where calls are off")
  func numbersWithoutCalls() throws {
    let two = "{upn: a@t.example, phones: {mobile: \"+44 7700900123\", office: \"+44 2079460000\"}}"
    let on = try findings(Self.tenant(users: [two]))
    let off = try findings(Self.tenant(settings: ["methods.call: false"], users: [two]))
    #expect(!on.map(\.id).contains("user.single-method"))
    #expect(off.map(\.id).contains("user.single-method"))
  }

  @Test("TEN-8: tokens that a tenant has from the start are active, and each row is checked as in an upload")
  func tokens() throws {
    let header = "upn,serial number,secret key,time interval,manufacturer,model\n"
    func found(_ rows: String) throws -> [Problem] {
      let text = Self.tenant(["tokens: t.csv"], users: ["{upn: a@t.example, passkeys: [key]}"])
      let files = MemoryFiles(["t.yaml": text, "t.csv": header + rows])
      let now = try #require(Instant(iso8601: "2025-01-15"))
      return try ScenarioReader(files: files, greetings: KnownGreetings()).lint(at: "t.yaml", now: now).problems
    }
    #expect(try found("a@t.example,T1,JBSWY3DPEHPK3PXP,30,L,K") == [])
    let stranger = try found("b@t.example,T1,JBSWY3DPEHPK3PXP,30,L,K")
    #expect(stranger.map(\.message).first == "the tokens: line 2: the tenant has no user b@t.example")
  }

  @Test("MSG-4: of two greetings for the same message and language the first is told as never played")
  func greetingTwice() throws {
    let greetings = ["greetings:"] + (5...6).map { "  - {message: retryStandard, language: nl, length: \($0)s}" }
    let found = try findings(Self.tenant(greetings)).filter { $0.id == "greeting.unused" }
    #expect(found.map(\.message) == ["another retryStandard in nl stands further down, and plays in its place"])
    #expect(found.map(\.notes.first?.text) == ["remove one of them"])
    #expect(found.first?.place?.span.line == 3)
  }

  @Test("EXT-2: greetings for an extension play where a second number has one; where calls are off nothing is missing")
  func greetingsThatPlay() throws {
    let greetings = ["greetings:", "  - {message: extensionPromptAfterDigits, language: en, length: 5s}"]
    let numbers = "phones: {mobile: \"+44 7700900123\", office: \"+44 2079460000x204\"}"
    let unused = try findings(Self.tenant(greetings, users: ["{upn: a@t.example, \(numbers)}"]))
    #expect(!unused.map(\.id).contains("greeting.unused"))
    let dutch = "{upn: a@t.example, language: nl, \(numbers), passkeys: [key]}"
    #expect(try findings(Self.tenant(users: [dutch])).map(\.id).contains("greeting.language-missing"))
    let off = try findings(Self.tenant(settings: ["methods.call: false"], users: [dutch]))
    #expect(!off.map(\.id).contains("greeting.language-missing"))
  }

  @Test("50 ranges are taken")
  func fifty() throws {
    let ranges = Array(repeating: "203.0.113.0/24", count: 50).joined(separator: ", ")
    #expect(try findings(Self.tenant(settings: ["trustedIPs.ranges: [\(ranges)]"])).isEmpty)
  }
}
