import ScenarioModel
import Simulation
import TestSupport
import Testing
import VerificationCore

@Suite("Who signs in, from where, with what")
struct SignInStepTests {
  private static let trusted =
    "trustedIPs.ranges: [203.0.113.0/24], trustedIPs.policyServer: 203.0.113.9, trustedIPs.federatedIntranet: true"

  @Test(
    "SIGN-1, SIGN-2, TEN-3 to TEN-7: each key of signin reaches the gates",
    arguments: [
      ("{from: 203.0.113.7}", "", .skippedLocation), ("{from: 198.51.100.7}", "", nil),
      ("{from: 198.51.100.7, through: nps}", "", .skippedLocation),
      ("{claim: true, inside: true}", "type: federated", .skippedLocation),
      ("{claim: true}", "type: federated", nil), ("{inside: true}", "type: federated", nil),
      ("{legacy: password}", "", .appPasswordRequired), ("{legacy: appPassword}", "", .skippedAppPassword),
      ("{compliant: false}", "conditionalAccess.compliantDevice", .deviceNotCompliant),
      ("{compliant: true}", "conditionalAccess.compliantDevice", nil),
      ("{with: text, phone: office}", "", .methodUnavailable), ("{phone: office}", "", nil),
      ("{with: pass}", "", .methodUnavailable),
    ] as [(String, String, Outcome?)])
  func keys(signIn: String, more: String, outcome: Outcome?) throws {
    let setting = more.hasPrefix("conditionalAccess") ? ", \(more): true" : ""
    let type = more.hasPrefix("type") ? "\(more)\n    " : ""
    let text = """
      scenario: Test
      given:
        tenant:
          tenant: Larkspur
          \(type)settings: {\(Self.trusted)\(setting)}
          users: [{upn: omar@larkspur.example, phone: "+44 7700900123", appPassword: true, phones: {mobile: "+44 7700900123", office: "+44 2079460123"}}]
      steps:
        - signin: \(signIn)
        - expect: {result: \(outcome?.rawValue ?? "none")}
      """
    #expect(VirtualDriver.play(try scenario(text)).problems.map(\.message) == [])
  }

  @Test(
    "TEN-4: a location is trusted where it says so",
    arguments: [(", trusted: true", true), (", trusted: false", false), ("", false)])
  func location(trusted: String, skips: Bool) throws {
    let verdict = try play(
      "  - signin: {with: passkey, from: \"2001:db8::7\"}\n  - passkey: approve",
      set: "conditionalAccess.requireMFA: true, conditionalAccess.skipTrusted: true", user: "state: disabled",
      given: "  locations: [{name: Office, ranges: [\"2001:db8::/32\"]\(trusted)}]")
    #expect(verdict.outcomes == [.skippedLocation] || !skips)
    #expect(verdict.outcomes == [.approved] || skips)
  }

  @Test("NUM-4: phone: office is called there")
  func office() throws {
    let verdict = try play("  - signin: {phone: office}")
    #expect(verdict.times { if case .dialling(_, "+XX XXXXXXXX23", _) = $0 { true } else { false } } == [0])
    let mobile = try play("  - signin: {with: call, phone: alternate}")
    #expect(mobile.outcomes == [.methodUnavailable])
  }

  @Test("TEN-6: a browser that ticks the box is not asked again, another is, until sessions are revoked")
  func remembered() throws {
    let verdict = try play(
      """
        - signin: {with: code, browser: Firefox, remember: true}
        - enter: right
        - signin: {browser: Firefox}
        - expect: {result: skippedRemembered}
        - signin: {with: passkey, browser: Chrome}
        - passkey: approve
        - signin: {with: passkey, app: Mail}
        - passkey: approve
        - signin: {app: Mail}
        - expect: {result: skippedRemembered}
        - admin: {revokeSessions: omar@larkspur.example}
        - signin: {with: passkey, browser: Firefox}
        - passkey: approve
      """, set: "remember.enabled: true")
    #expect(verdict.problems == [])
    #expect(
      verdict.outcomes == [.approved, .skippedRemembered, .approved, .approved, .skippedRemembered, .approved])
  }

  @Test("REC-1, RISK-1: two gates and a new password end the risk")
  func reset() throws {
    let verdict = try play(
      """
        - signin
        - expect: {result: passwordChangeRequired}
        - signin: {with: passkey, reset: true}
        - passkey: approve
        - signin: {with: code, reset: true}
        - enter: right
        - password: change
        - signin: passkey
        - passkey: approve
      """, set: "sspr.enabled: true, sspr.gates: 2, risk.policy: passwordChange", user: "risk: high",
      expect: "expect: {result: approved, user: {risk: none}, records: [{audit: /Password reset/, times: 1}]}")
    #expect(verdict.problems == [])
  }

  @Test("REC-1: a change of the password may be expected to be refused, by its words")
  func refusedPassword() throws {
    let on = "sspr.enabled: true"
    #expect(try play("  - password: {refused: 1 more method must be verified first}", set: on).problems == [])
    #expect(
      try play("  - password: {refused: /is off/}", set: on).problems.map(\.message)
        == ["refused: 1 more method must be verified first; expected a refusal like /is off/"])
    let gate = "  - signin: {with: passkey, reset: true}\n  - passkey: approve\n"
    #expect(
      try play("\(gate)  - password: {refused: /method/}", set: on).problems.map(\.message)
        == ["expected to be refused: /method/"])
  }

  @Test("REC-1: a password cannot be changed before its gates, and the step says so")
  func gates() throws {
    let problem = try play("  - password: change", set: "sspr.enabled: true").problems.first
    #expect(problem?.id == "refused")
    #expect(problem?.message == "refused: 1 more method must be verified first")
  }

  @Test(
    "REPORT-5: a report after a passwordless sign-in leaves the risk alone",
    arguments: [(true, "none"), (false, "high")])
  func passwordless(isPasswordless: Bool, risk: String) throws {
    let verdict = try play(
      "  - signin: {with: call, passwordless: \(isPasswordless)}\n  - answer\n"
        + "  - press: {keys: \"0#\", during: fraudGreetingStandard}\n  - hear: fraudReported",
      set: "fraudAlert.enabled: false, reportActivity.state: enabled",
      expect: "expect: {result: fraudReported, user: {risk: \(risk), blocked: false}, "
        + "records: [{audit: Suspicious activity reported, times: 1}]}")
    #expect(verdict.problems.map(\.message) == [])
  }

  @Test("CALL-4, SIGN-2: registration: true is let in to register")
  func registration() throws {
    let verdict = try play(
      """
        - admin: {requireRegistration: omar@larkspur.example, reason: New rules}
        - signin
        - expect: {result: registrationRequired}
        - signin: {with: call, registration: true}
        - answer
        - press: {keys: "#", during: activationGreetingStandard}
      """, expect: "expect: {result: approved, user: {mustRegister: true}}")
    #expect(verdict.problems.map(\.message) == [])
  }
}

@Suite("Admins and registrations in a scenario")
struct TenantStepTests {
  private let omar = "omar@larkspur.example"

  @Test("BLOCK-1: block and unblock, with what is written")
  func block() throws {
    let verdict = try play(
      """
        - admin: {block: \(omar), reason: Lost phone}
        - signin: passkey
        - expect: {result: userBlocked, user: {blocked: true}, why: "/^blocked until .*: Lost phone/"}
        - admin: {unblock: \(omar), reason: Found}
        - signin: passkey
        - passkey: approve
      """,
      expect: "expect: {result: approved, user: {blocked: false}, records: [{audit: User blocked for MFA}, "
        + "{audit: User unblocked for MFA, times: 1}]}")
    #expect(verdict.problems == [])
  }

  @Test(
    "Every command of an admin, and what it leaves",
    arguments: [
      ("{disable: %}", "enabled: false"), ("{confirmCompromised: %}", "risk: high"),
      ("{requireRegistration: %, reason: New}", "mustRegister: true"),
      ("{resetMethods: %, reason: New}", "mustRegister: true, methods: [passkey]"),
      ("{deletePhone: %}", "methods: [call, app, code, passkey]"),
      ("{deletePhone: %, kind: office}", "methods: [call, text, app, code, passkey]"),
      ("{removeDevice: %, device: tablet}", "methods: [call, text, app, code, passkey]"),
      ("{issuePass: %, minutes: 10, once: true}", "methods: [call, text, app, code, passkey, pass]"),
      ("{forcePasswordChange: %}", "mustRegister: false"), ("{revokeSessions: %}", "enabled: true"),
      ("{unlock: %}", "locked: false"),
    ])
  func commands(command: String, user: String) throws {
    let verdict = try play(
      "  - admin: \(command.replacing("%", with: omar))", expect: "expect: {user: {\(user)}}")
    #expect(verdict.problems.map(\.message) == [])
  }

  @Test("What an admin undoes")
  func undone() throws {
    let verdict = try play(
      """
        - admin: {disable: \(omar)}
        - admin: {enable: \(omar)}
        - admin: {dismissRisk: \(omar)}
        - admin: {confirmCompromised: \(omar)}
        - admin: {confirmSafe: \(omar)}
        - admin: {issuePass: \(omar)}
        - admin: {deletePass: \(omar)}
      """, user: "risk: high",
      expect: "expect: {user: {enabled: true, risk: none, methods: [call, text, app, code, passkey]}, records: "
        + "[{risk: \"adminConfirmedUserCompromised high, source admin, dismissed\", times: 1}, {risk: /confirmedSafe/, times: 1}]}"
    )
    #expect(verdict.problems.map(\.message) == [])
  }

  @Test("TEN-9, TEN-10, REC-2: a refusal is expected by its words")
  func refused() throws {
    let verdict = try play(
      """
        - admin: {addProvider: true, refused: /2018-09-01/}
        - admin: {block: \(omar), reason: Lost, as: securityOperator, refused: this takes at least the role authenticationPolicyAdministrator}
        - admin: {issuePass: \(omar), by: \(omar), refused: /oneself/}
        - admin: {issuePass: \(omar), minutes: 9, refused: /10 to 43200/}
        - admin: {block: \(omar), reason: Lost, as: authenticationPolicyAdministrator, by: helga@larkspur.example}
        - admin: {activateToken: T1, refused: the tenant has no token T1}
        - admin: {deleteToken: T1, refused: /T1/}
        - admin: {block: nobody@larkspur.example, reason: Lost, refused: /no user/}
      """, expect: "expect: {user: {blocked: true}}")
    #expect(verdict.problems.map(\.message) == [])
  }

  @Test("A refusal that was not expected, another one, and none at all")
  func notAsExpected() throws {
    #expect(
      try play("  - admin: {unblock: \(omar), reason: Found}").problems.map(\.message)
        == ["refused: the user is not blocked"])
    #expect(
      try play("  - admin: {unblock: \(omar), reason: Found, refused: /role/}").problems.map(\.message)
        == ["refused: the user is not blocked; expected a refusal like /role/"])
    let verdict = try play("  - admin: {unlock: \(omar), refused: /role/}")
    #expect(verdict.problems.map(\.message) == ["expected to be refused: /role/"])
    #expect(verdict.problems.map(\.id) == ["not-refused"])
  }

  @Test("NUM-4, TEN-8: what people register for themselves, and what is refused")
  func register() throws {
    let verdict = try play(
      """
        - register: {phone: "+44 7700900456", kind: alternate}
        - register: {phone: "+44 7700900789"}
        - register: {passkey: red key}
        - register: {app: third}
        - register: {app: fourth}
        - register: {app: fifth}
        - register: {app: sixth, refused: a user has at most 5 tokens and apps}
        - register: {phone: "+44 7700900456x12", refused: /only an office number has an extension/}
        - admin: {deletePhone: \(omar), refused: /mobile number first/}
      """, expect: "expect: {records: [{audit: Security information registered, times: 6}]}")
    #expect(verdict.problems.map(\.message) == [])
  }

  @Test("REC-2: a pass that an admin issues is typed; once means once")
  func pass() throws {
    let verdict = try play(
      """
        - admin: {issuePass: \(omar), minutes: 10, once: true}
        - signin: pass
        - enter: wrong
        - enter: right
        - signin: pass
        - expect: {result: methodUnavailable}
        - admin: {issuePass: \(omar), minutes: 10}
        - wait: 9m
        - signin: pass
        - wait: 1m
        - enter: right
      """)
    #expect(verdict.problems == [])
    #expect(verdict.pageNotes == [.wrongCode(.noSuchCode, number: 1), .wrongCode(.expiredPass, number: 1)])
    #expect(verdict.outcomes == [.approved, .methodUnavailable, .codeNotEntered])
  }

  @Test("CALL-16: set changes settings from the next verification on, and lists as well")
  func set() throws {
    let verdict = try play(
      """
        - signin: text
        - set: {sms.tries: 1, trustedIPs.ranges: [203.0.113.0/24, 198.51.100.0/24]}
        - enter: wrong
        - text
        - enter: right
        - signin: {with: text, from: 203.0.114.7}
        - enter: wrong
        - signin: {with: text, from: 198.51.100.7}
      """)
    #expect(verdict.outcomes == [.approved, .codeWrong, .skippedLocation])
  }

  @Test("CALL-9: a code that becomes somebody's PIN is told, once; another that nobody has is not")
  func codeIsPIN() throws {
    let verdict = try play(
      """
        - set: {fraudAlert.code: "77"}
        - set: {fraudAlert.code: "2580"}
        - set: {fraudAlert.code: "2580"}
        - signin: call
      """, set: "fraudAlert.enabled: true")
    let told = verdict.journal.compactMap { entry -> UPN? in
      if case .pinIsReportCode(let upn) = entry.fact { upn } else { nil }
    }
    #expect(told.map(\.text) == ["omar@larkspur.example"])
  }

  @Test("CALL-16: a call goes on to its end on its number, whatever the user's numbers are by then")
  func numbersInMidCall() throws {
    for command in [
      "resetMethods: omar@larkspur.example, reason: Lost", "deletePhone: omar@larkspur.example, kind: mobile",
    ] {
      let verdict = try play(
        "  - signin: call\n  - admin: {\(command)}\n  - answer: {after: 1s}\n  - press: \"#\"\n"
          + "  - hear: authenticationSuccessful\n  - hangup",
        set: "fraudAlert.enabled: false")
      #expect(verdict.problems.first?.message == "expected authenticationSuccessful, heard greetingStandard")
      #expect(verdict.outcomes == [.approved])
    }
  }

  @Test("A digit that may be of a PIN is masked where the block is confirmed too; the 1 that is asked for is not")
  func maskedWhileConfirming() throws {
    let verdict = try play(
      "  - signin: call\n  - answer\n  - press: {keys: \"0#2580#1\", during: fraudGreetingPIN}",
      set: "fraudAlert.enabled: true, pin.mode: true")
    let keys = verdict.journal.compactMap { entry -> Key?? in
      if case .key(let key) = entry.fact { .some(key) } else { nil }
    }
    #expect(keys == [nil, .pound, nil, nil, nil, nil, .pound, .one])
    #expect(verdict.outcomes == [.fraudReported])
  }

  @Test("REC-1: what was verified for a reset holds for sspr.window")
  func window() throws {
    for (wait, isDone) in [("14m", true), ("15m", false)] {
      let verdict = try play(
        "  - signin: {with: text, reset: true}\n  - text\n  - enter: right\n  - wait: \(wait)\n  - password: change",
        set: "sspr.enabled: true")
      #expect(verdict.problems.isEmpty == isDone)
      #expect(isDone || verdict.problems.first?.message == "refused: 1 more method must be verified first")
    }
  }

  @Test("REPORT-8: mails, risk and audit records of a report are expected by kind")
  func records() throws {
    let verdict = try play(
      "  - signin: call\n  - answer\n  - press: {keys: \"0#1\", during: fraudGreetingStandard}",
      set: "fraudAlert.enabled: true, fraudAlert.notify: [sec@larkspur.example, it@larkspur.example], "
        + "reportActivity.state: enabled",
      expect: """
        expect:
          result: fraudReported
          user: {blocked: true, risk: high, reported: true}
          mail: {to: sec@larkspur.example, times: 1}
          records:
            - {mail: /larkspur/, times: 2}
            - {signin: MFA denied; fraud code entered, times: 1}
            - {audit: /Fraud reported - user is blocked/, times: 1}
            - {audit: Suspicious activity reported, times: 1}
            - {risk: "userReportedSuspiciousActivity high, source end user, atRisk", times: 1}
        """)
    #expect(verdict.problems.map(\.message) == [])
  }

  @Test(
    "Each expectation that fails says what was expected and what was",
    arguments: [
      ("user: {risk: high}", "expected omar@larkspur.example to be at high risk"),
      ("user: {enabled: false}", "expected omar@larkspur.example not to be enabled"),
      ("user: {mustRegister: true}", "expected omar@larkspur.example to be asked to register"),
      (
        "user: {methods: [call]}", "expected the methods call, omar@larkspur.example has call, text, app, code, passkey"
      ),
      ("user: {methods: []}", "expected the methods none, omar@larkspur.example has call, text, app, code, passkey"),
      ("user: {upn: helga@larkspur.example, blocked: true}", "expected helga@larkspur.example to be blocked"),
      ("notified: [tablet]", "expected the notification on tablet, it reached no device"),
      ("why: /trusted range/", "expected a reason /trusted range/"),
      ("records: [{audit: nonsense}]", "expected an audit record \"nonsense\", found 0"),
      ("records: [{risk: /high/}]", "expected a risk record /high/, found 0"),
      ("records: [{mail: sec@larkspur.example}]", "expected a mail record \"sec@larkspur.example\", found 0"),
      ("mail: {to: sec@larkspur.example, times: 2}", "expected 2 mail records \"sec@larkspur.example\", found 0"),
      ("records: [{signin: /MFA/, times: 0}]", "expected 0 sign-in records /MFA/, found 1"),
    ])
  func failing(expectation: String, message: String) throws {
    let verdict = try play("  - signin: passkey\n  - passkey: approve", expect: "expect: {\(expectation)}")
    #expect(verdict.problems.map(\.message) == [message])
  }

  @Test("SIGN-1: why is a finding of the last record; all of a list must be there")
  func why() throws {
    let steps = "  - signin: passkey\n  - passkey: approve\n  - expect: {why: %}"
    let both = "[the user is not blocked, \"/as asked for/\"]"
    #expect(try play(steps.replacing("%", with: both)).problems == [])
    let one = try play(steps.replacing("%", with: "[the user is not blocked, nonsense, rubbish]"))
    #expect(one.problems.map(\.message) == ["expected a reason \"nonsense\""])
    let earlier = try play(
      "  - signin: text\n  - signin: cancel\n" + steps.replacing("%", with: "\"/a text message, as asked for/\""))
    #expect(earlier.problems.map(\.id) == ["expected-why"])
  }
}
