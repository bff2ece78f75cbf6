import Testing
import VerificationCore

/// One gate brought to decide: what must hold for it, whatever else holds.
struct GateCase: Sendable, CustomTestStringConvertible {
  let gate: SignInGate
  let outcome: Outcome
  let prepare: @Sendable (inout GateBench) -> Void

  var testDescription: String { gate.rawValue }

  static let all: [GateCase] = [
    GateCase(gate: .account, outcome: .accountDisabled) { $0.user.isEnabled = false },
    GateCase(gate: .risk, outcome: .riskBlocked) {
      $0.settings.risk.policy = .block
      $0.commands.append(.confirmCompromised($0.user.upn))
    },
    GateCase(gate: .device, outcome: .deviceNotCompliant) {
      $0.settings.conditionalAccess.compliantDevice = true
      $0.request.isDeviceCompliant = false
    },
    GateCase(gate: .required, outcome: .notRequired) { $0.user.requirement = .disabled },
    GateCase(gate: .location, outcome: .skippedLocation) {
      $0.settings.trustedIPs.ranges = ["203.0.113.0/24"].compactMap { try? IPRange($0) }
      $0.request.address = IPAddress("203.0.113.7")
    },
    GateCase(gate: .remembered, outcome: .skippedRemembered) {
      $0.settings.remember.enabled = true
      $0.request.client = .browser("Firefox")
      $0.isRemembered = true
    },
    GateCase(gate: .legacyClient, outcome: .appPasswordRequired) {
      $0.request.client = .legacy(hasAppPassword: false)
    },
    GateCase(gate: .registration, outcome: .registrationRequired) { $0.user.mustRegister = true },
    GateCase(gate: .method, outcome: .methodUnavailable) {
      $0.settings.methods.call = false
      $0.request.method = .call
    },
    GateCase(gate: .blocked, outcome: .userBlocked) { $0.commands.append(.block($0.user.upn, reason: "Lost phone")) },
    GateCase(gate: .lockedOut, outcome: .lockedOut) {
      $0.settings.lockout.denials = 1
      $0.acts.append(.countWrongPIN($0.user.upn, under: $0.settings.lockout))
    },
    GateCase(gate: .duplicate, outcome: .duplicate) { $0.isVerifying = true },
    GateCase(gate: .throttled, outcome: .throttled) {
      $0.settings.call.maxPerWindow = 1
      $0.acts.append(.placeCall($0.user.upn, number: "+447700900123"))
    },
  ]

  /// Every two gates, the earlier first.
  static let pairs: [(GateCase, GateCase)] = all.indices.flatMap { first in
    all[(first + 1)...].map { (all[first], $0) }
  }.filter {
    // A client that knows passwords only is never remembered (TEN-6).
    ($0.gate, $1.gate) != (.remembered, .legacyClient)
  }
}

/// What the gates look at, gathered before the decision.
struct GateBench {
  var settings = Settings()
  var user: User
  var request: SignInRequest
  var commands: [TenantCommand] = []
  var acts: [VerificationAct] = []
  var isRemembered = false
  var isVerifying = false

  init() throws {
    let upn = try #require(UPN("omar@larkspur.example"))
    user = User(upn: upn, phone: PhoneNumber("+44 7700900123"))
    request = SignInRequest(upn: upn, method: .call)
  }

  func decide() throws -> SignInDecision {
    var tenant = Tenant(name: "Larkspur", settings: settings, users: [user])
    let now = Instant.virtualStart
    var happened: [TenantEvent] = []
    for command in commands { happened += try tenant.decide(command, at: now) }
    for act in acts { happened += tenant.decide(act, at: now) }
    if isRemembered {
      var ticked = request
      (ticked.remembers, ticked.purpose) = (true, .signIn)
      happened += tenant.decide(.conclude(ticked, .approved, .call, number: nil, why: []), at: now)
    }
    for event in happened where !isForgiveness(event) { tenant.apply(event) }
    let user = try #require(tenant.user(user.upn))
    return tenant.decide(request, of: user, isVerifying: isVerifying, at: now + .seconds(1))
  }

  private func isForgiveness(_ event: TenantEvent) -> Bool {
    if case .wrongPINsForgiven = event { true } else { false }
  }
}

@Suite("The gates of a sign-in")
struct SignInGateTests {
  @Test("SIGN-1: the table below has a case for every gate that decides, in their order")
  func complete() {
    #expect(GateCase.all.map(\.gate) == SignInGate.allCases.filter { $0 != .verification })
    #expect(GateCase.pairs.count == 77)
  }

  @Test("SIGN-1: where no gate decides, it is verified, and every gate says why it did not")
  func verified() throws {
    let decision = try GateBench().decide()
    #expect(decision.result == .verify(.call, PhoneNumber("+44 7700900123")))
    #expect(decision.findings.map(\.gate) == SignInGate.allCases)
    #expect(decision.findings.allSatisfy { $0.outcome == nil && !$0.reason.isEmpty })
  }

  @Test("SIGN-1: each gate alone decides, and nothing after it is looked at", arguments: GateCase.all)
  func alone(row: GateCase) throws {
    var bench = try GateBench()
    row.prepare(&bench)
    let decision = try bench.decide()
    #expect(decision.result == .decided(row.outcome))
    #expect(decision.findings.last?.outcome == row.outcome)
    #expect(decision.findings.map(\.gate) == Array(SignInGate.allCases.prefix(decision.findings.count)))
    #expect(decision.findings.last?.gate == row.gate)
  }

  @Test("SIGN-1: of two gates that would decide, the first in the order does", arguments: GateCase.pairs)
  func first(earlier: GateCase, later: GateCase) throws {
    var bench = try GateBench()
    earlier.prepare(&bench)
    later.prepare(&bench)
    #expect(try bench.decide().result == .decided(earlier.outcome))
    // Whichever was prepared first.
    var other = try GateBench()
    later.prepare(&other)
    earlier.prepare(&other)
    #expect(try other.decide().result == .decided(earlier.outcome))
  }

  @Test(
    "SIGN-1: what a gate decides says so in the reason, in words",
    arguments: [
      (.account, "the account is disabled"), (.risk, "the user's risk is high, and the policy blocks"),
      (.device, "conditional access asks for a compliant device"),
      (.required, "the user's state is disabled, and conditional access asks nobody"),
      (.location, "203.0.113.7 is in the trusted range 203.0.113.0/24"),
      (.remembered, "verified at 2025-01-15T09:00:00Z, remembered for 90 days"),
      (.legacyClient, "the client knows passwords only, and gave no app password"),
      (.registration, "security information must be registered again"),
      (.method, "a call was asked for; methods.call is off"),
      (.blocked, "blocked until 2025-04-15T09:00:00Z: Lost phone"),
      (.lockedOut, "too many wrong PINs; locked until 2025-01-15T09:15:00Z"),
      (.duplicate, "another sign-in of the user is being verified"),
      (.throttled, "1 call to the user or number within 600 s"),
    ] as [(SignInGate, String)])
  func reason(gate: SignInGate, reason: String) throws {
    var bench = try GateBench()
    let row = try #require(GateCase.all.first { $0.gate == gate })
    row.prepare(&bench)
    #expect(try bench.decide().findings.last?.reason == reason)
  }

  @Test(
    "SIGN-1: a skip by a blocked user says that the block did not apply; a refusal does not",
    arguments: GateCase.all.filter { $0.gate != .blocked })
  func blockThatDidNotApply(row: GateCase) throws {
    var bench = try GateBench()
    row.prepare(&bench)
    let blocked = try #require(GateCase.all.first { $0.gate == .blocked })
    blocked.prepare(&bench)
    let findings = try bench.decide().findings
    let says = findings.contains {
      $0.reason == "blocked until 2025-04-15T09:00:00Z, which did not apply: nothing is verified"
    }
    #expect(says == [.required, .location, .remembered].contains(row.gate))
  }

  @Test("SIGN-1: the record holds every finding, of a refusal and of a verification")
  func recorded() throws {
    var bench = try Bench()
    try bench.administer(.block(bench.upn, reason: "Lost phone"))
    try bench.signIn()
    try #require(bench.tenant.signIns.count == 1)
    #expect(bench.tenant.signIns[0].why.map(\.gate) == SignInGate.allCases.prefix { $0 != .lockedOut })
    try bench.administer(.unblock(bench.upn, reason: "Found"))
    try bench.approve()
    try #require(bench.tenant.signIns.count == 2)
    #expect(bench.tenant.signIns[1].why.map(\.gate) == SignInGate.allCases)
  }

  @Test("SIGN-1: explain says what a sign-in would meet, and begins and writes nothing")
  func explained() throws {
    let bench = try Bench()
    let decision = try bench.service.explain(SignInRequest(upn: bench.upn, method: .code), at: bench.now)
    #expect(decision.result == .verify(.code, nil))
    #expect(bench.service.pages.isEmpty && bench.tenant.signIns.isEmpty)
  }

  @Test(
    "SIGN-1, TEN-1: whether it is required, by the user's state and by conditional access",
    arguments: [
      (.disabled, false, false), (.disabled, true, true), (.enabled, false, true), (.enforced, false, true),
      (.enforced, true, true),
    ] as [(User.Requirement, Bool, Bool)])
  func required(state: User.Requirement, everyone: Bool, isRequired: Bool) throws {
    var bench = try Bench {
      $0.conditionalAccess.requireMFA = everyone
    } user: {
      $0.requirement = state
    }
    #expect(try bench.signIn() == (isRequired ? nil : .notRequired))
    #expect(Outcome.notRequired.kind == .admitted)
  }

  @Test("SIGN-1: a registration and a password reset are verified whatever the state, place or client")
  func alwaysVerified() throws {
    for purpose in [SignInRequest.Purpose.registration, .passwordReset] {
      var bench = try GateBench()
      for gate in GateCase.all where [.required, .location, .remembered].contains(gate.gate) { gate.prepare(&bench) }
      bench.request.purpose = purpose
      #expect(try bench.decide().result == .verify(.call, bench.user.phone))
    }
  }
}

@Suite("The method of a sign-in")
struct MethodGateTests {
  @Test("TEN-2: each method is switched by its setting, and refused while it is off", arguments: Method.allCases)
  func switchedOff(method: Method) throws {
    var bench = try Bench()
    try bench.administer(.issuePass(bench.upn, minutes: nil, isOnce: nil))
    let setting = try #require(Setting.named(method.setting))
    var settings = bench.tenant.settings
    try setting.set("false", in: &settings)
    bench.service.change(settings)
    #expect(try bench.signIn(with: method) == .methodUnavailable)
    #expect(bench.tenant.signIns.last?.why.last?.reason == "\(method.words) was asked for; \(method.setting) is off")
    for other in Method.allCases where other != method { #expect(settings.allows(other)) }
  }

  @Test("SIGN-1: the default is taken where none is asked for, else the first that is on", arguments: Method.allCases)
  func preferred(method: Method) throws {
    var bench = try Bench { _ in
    } user: {
      $0.defaultMethod = method
    }
    try bench.administer(.issuePass(bench.upn, minutes: nil, isOnce: nil))
    let request = SignInRequest(upn: bench.upn)
    // A pass is never offered by itself.
    let expected = method == .pass ? Method.call : method
    guard case .verify(let chosen, _) = try bench.service.explain(request, at: bench.now).result else {
      Issue.record("nothing to verify")
      return
    }
    #expect(chosen == expected)
    try bench.signIn()
  }

  @Test("SIGN-1: a default that is off or not registered gives way to the first of the user's")
  func instead() throws {
    let bench = try Bench {
      $0.methods.call = false
      $0.methods.text = false
    } user: {
      ($0.defaultMethod, $0.apps) = (.call, [])
    }
    let decision = try bench.service.explain(SignInRequest(upn: bench.upn), at: bench.now)
    #expect(decision.result == .verify(.passkey, nil))
    #expect(
      decision.findings.first { $0.gate == .method }?.reason
        == "a security key or passkey: the user's default, a call, is not to be had")
  }

  @Test("SIGN-1: with all of the user's methods off there is none; with none registered, registration is asked for")
  func none() throws {
    var off = try Bench {
      ($0.methods.call, $0.methods.text) = (false, false)
    } user: {
      ($0.apps, $0.passkeys) = ([], [])
    }
    #expect(try off.signIn() == .methodUnavailable)
    var bare = try Bench { _ in
    } user: {
      ($0.apps, $0.passkeys, $0.phones) = ([], [], Phones())
    }
    #expect(try bare.signIn() == .registrationRequired)
    #expect(try bare.signIn(with: .call) == .registrationRequired)
  }

  @Test("TEN-2: what is asked for must be the user's", arguments: Method.allCases)
  func notRegistered(method: Method) throws {
    var bench = try Bench { _ in
    } user: {
      switch method {
      case .call: $0.phones = Phones()
      case .text: $0.phones.mobile = nil
      case .app, .code: $0.apps = []
      case .passkey: $0.passkeys = []
      case .pass: break
      }
    }
    #expect(try bench.signIn(with: method) == .methodUnavailable)
    #expect(
      bench.tenant.signIns.last?.why.last?.reason == "\(method.words) was asked for; the user has none registered")
  }

  @Test(
    "NUM-4: calls take any of the user's numbers, texts the mobile one only",
    arguments: [
      (.call, nil, "+44 7700900123"), (.call, .mobile, "+44 7700900123"), (.call, .alternate, "+44 7700900456"),
      (.call, .office, "+44 2079460123"), (.text, nil, "+44 7700900123"), (.text, .mobile, "+44 7700900123"),
      (.text, .alternate, nil), (.text, .office, nil),
    ] as [(Method, PhoneKind?, String?)])
  func numbers(method: Method, kind: PhoneKind?, number: String?) throws {
    let bench = try Bench { _ in
    } user: {
      $0.phones.alternate = PhoneNumber("+44 7700900456")
    }
    let request = SignInRequest(upn: bench.upn, method: method, phone: kind)
    let result = try bench.service.explain(request, at: bench.now).result
    #expect(result == (number.map { .verify(method, PhoneNumber($0)) } ?? .decided(.methodUnavailable)))
  }

  @Test(
    "NUM-4: a default that the telephone asked for cannot take gives way to one that can", arguments: Method.allCases)
  func defaultForThePhone(method: Method) throws {
    let bench = try Bench { _ in
    } user: {
      $0.defaultMethod = method
    }
    let request = SignInRequest(upn: bench.upn, phone: .office)
    let result = try bench.service.explain(request, at: bench.now).result
    switch method {
    case .call, .text, .pass: #expect(result == .verify(.call, PhoneNumber("+44 2079460123")))
    case .app, .code, .passkey: #expect(result == .verify(method, nil))
    }
  }

  @Test("NUM-4: a call or a text never goes to a telephone that the user does not have")
  func noSuchPhone() throws {
    for method in [nil, Method.call, .text] {
      var bench = try Bench { _ in
      } user: {
        ($0.apps, $0.passkeys, $0.defaultMethod) = ([], [], method)
        $0.phones.office = nil
      }
      #expect(try bench.signIn { $0.phone = .office } == .methodUnavailable)
      #expect(bench.service.pages.isEmpty && bench.service.calls.isEmpty)
    }
  }

  @Test(
    "SIGN-2: registration.required refuses a user with fewer methods; a pass is none of them",
    arguments: [(4, true), (5, false)])
  func registrationRequired(count: Int, passes: Bool) throws {
    // A mobile number counts for calls and texts, an app for notifications and codes (chosen).
    var bench = try Bench {
      $0.registration.required = count
    } user: {
      $0.passkeys = []
    }
    try bench.administer(.issuePass(bench.upn, minutes: nil, isOnce: nil))
    #expect(try bench.signIn(with: .code) == (passes ? nil : .registrationRequired))
  }

  @Test("SIGN-2: the refusal says how many methods are missing")
  func cause() throws {
    var bench = try Bench {
      $0.registration.required = 3
    } user: {
      ($0.apps, $0.passkeys) = ([], [])
      $0.phones.mobile = nil
    }
    #expect(try bench.signIn() == .registrationRequired)
    #expect(
      bench.tenant.signIns.last?.why.last?.reason == "1 of the 3 methods that registration.required asks for")
  }

  @Test("SIGN-2: whoever must register is let in by a registration call or a pass, and by nothing else")
  func waysToRegister() throws {
    var bench = try Bench()
    try bench.administer(.requireRegistration(bench.upn, reason: "New rules"))
    #expect(try bench.signIn(with: .code) == .registrationRequired)
    #expect(try bench.signIn(with: .pass) == .registrationRequired)
    #expect(try bench.signIn(with: .call) { $0.purpose = .registration } == nil)
    bench.call(.failed(.busy))
    try bench.administer(.issuePass(bench.upn, minutes: nil, isOnce: nil))
    #expect(try bench.signIn(with: .pass) == nil)
  }

  @Test("SIGN-2: a compliant device passes where one is required", arguments: [true, false])
  func device(isCompliant: Bool) throws {
    var bench = try Bench { $0.conditionalAccess.compliantDevice = true }
    #expect(try bench.signIn { $0.isDeviceCompliant = isCompliant } == (isCompliant ? nil : .deviceNotCompliant))
  }

  @Test(
    "CALL-17: a verification of any method makes the next a duplicate until it is decided",
    arguments: Method.allCases.filter { $0 != .pass })
  func duplicate(method: Method) throws {
    var bench = try Bench()
    #expect(try bench.signIn(with: method) == nil)
    let first = bench.last
    for other in Method.allCases where other != .pass { #expect(try bench.signIn(with: other) == .duplicate) }
    #expect(bench.last == first)
    bench.call(.failed(.busy))
    bench.text(.cancelled)
    bench.challenge(.cancelled)
    #expect(try bench.signIn(with: method) == nil)
  }

  @Test("CALL-18: only calls are counted and throttled")
  func throttled() throws {
    var bench = try Bench { $0.call.maxPerWindow = 1 }
    for method in [Method.text, .code, .text] {
      #expect(try bench.signIn(with: method) == nil)
      bench.text(.cancelled)
      bench.challenge(.cancelled)
    }
    #expect(try bench.signIn(with: .call) == nil)
    bench.call(.failed(.busy))
    #expect(try bench.signIn(with: .call) == .throttled)
    #expect(try bench.signIn(with: .text) == nil)
  }
}
