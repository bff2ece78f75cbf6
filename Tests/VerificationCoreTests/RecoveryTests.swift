import Testing
import VerificationCore

@Suite("Temporary access passes")
struct PassTests {
  private func issue(_ bench: inout Bench, _ minutes: Int? = nil, once: Bool? = nil) throws {
    try bench.administer(.issuePass(bench.upn, minutes: minutes, isOnce: once))
  }

  private func use(_ bench: inout Bench) throws -> Outcome? {
    if let refused = try bench.signIn(with: .pass) { return refused }
    bench.challenge(.entered(.right))
    return bench.outcomes.last
  }

  @Test(
    "REC-2: a pass lasts 10 to 43,200 minutes",
    arguments: [(9, false), (10, true), (43_200, true), (43_201, false), (0, false), (-1, false), (Int.max, false)])
  func lifetime(minutes: Int, isIssued: Bool) throws {
    var bench = try Bench()
    let refusal = bench.refusal(.issuePass(bench.upn, minutes: minutes, isOnce: nil))
    #expect(refusal == (isIssued ? nil : .passLasts(minutes)))
    if isIssued { #expect(bench.tenant.passes[bench.upn]?.lifetime == .minutes(Int64(minutes))) }
  }

  @Test("REC-2: 60 minutes by default, to the millisecond")
  func expires() throws {
    var bench = try Bench()
    try issue(&bench)
    bench.wait(.minutes(60) + Milliseconds(-1))
    var late = bench
    #expect(try use(&bench) == .approved)
    late.wait(Milliseconds(1))
    #expect(late.tenant.passes[late.upn]?.standing(at: late.now) == .expired)
    #expect(try use(&late) == .methodUnavailable)
  }

  @Test("REC-2: pass.lifetime and pass.once hold unless the admin says otherwise")
  func defaults() throws {
    var bench = try Bench {
      $0.pass.lifetimeMinutes = 90
      $0.pass.once = true
    }
    try issue(&bench)
    #expect(bench.tenant.passes[bench.upn]?.lifetime == .minutes(90))
    #expect(bench.tenant.passes[bench.upn]?.isOnce == true)
    try issue(&bench, 15, once: false)
    #expect(bench.tenant.passes[bench.upn]?.lifetime == .minutes(15))
    #expect(bench.tenant.passes[bench.upn]?.isOnce == false)
  }

  @Test("REC-2: good once, or several times", arguments: [true, false])
  func once(isOnce: Bool) throws {
    var bench = try Bench()
    try issue(&bench, once: isOnce)
    #expect(try use(&bench) == .approved)
    #expect(bench.tenant.passes[bench.upn]?.standing(at: bench.now) == (isOnce ? .used : .valid))
    #expect(try use(&bench) == (isOnce ? .methodUnavailable : .approved))
  }

  @Test("REC-2: a denied use does not use it up")
  func deniedUse() throws {
    var bench = try Bench()
    try issue(&bench, once: true)
    try bench.signIn(with: .pass)
    bench.challenge(.cancelled)
    #expect(try use(&bench) == .approved)
  }

  @Test("REC-2: one a user: a new one replaces the old, used or not")
  func replaced() throws {
    var bench = try Bench()
    try issue(&bench, once: true)
    _ = try use(&bench)
    bench.wait(.minutes(30))
    try issue(&bench)
    #expect(bench.tenant.passes.count == 1)
    #expect(bench.tenant.passes[bench.upn]?.until == .virtualStart + .minutes(90))
    #expect(try use(&bench) == .approved)
  }

  @Test("REC-2: 8 to 48 characters, 8 by default", arguments: [("7", false), ("8", true), ("48", true), ("49", false)])
  func length(text: String, isTaken: Bool) throws {
    var settings = Settings()
    let setting = try #require(Setting.named("pass.length"))
    #expect(((try? setting.set(text, in: &settings)) != nil) == isTaken)
    #expect(Settings().pass.length == 8)
  }

  @Test("REC-2: nobody issues one to oneself, not even a global administrator")
  func toOneself() throws {
    let other = try #require(UPN("helga@larkspur.example"))
    var bench = try Bench()
    let command = TenantCommand.issuePass(bench.upn, minutes: nil, isOnce: nil)
    #expect(bench.refusal(command, upn: bench.upn) == .toOneself)
    #expect(bench.tenant.passes.isEmpty)
    #expect(bench.refusal(command, upn: other) == nil)
  }

  @Test("REC-2: with pass.enabled off none is issued, and one that was is no good")
  func off() throws {
    var bench = try Bench()
    try issue(&bench)
    bench.set { $0.pass.enabled = false }
    #expect(bench.refusal(.issuePass(bench.upn, minutes: nil, isOnce: nil)) == .passesAreOff)
    #expect(try bench.signIn(with: .pass) == .methodUnavailable)
  }

  @Test("REC-2: a pass is deleted once")
  func deleted() throws {
    var bench = try Bench()
    #expect(bench.refusal(.deletePass(bench.upn)) == .noPass)
    try issue(&bench)
    try bench.administer(.deletePass(bench.upn))
    #expect(try bench.signIn(with: .pass) == .methodUnavailable)
    #expect(bench.audits == ["Temporary access pass issued", "Temporary access pass deleted"])
  }
}

@Suite("Lost and new telephones")
struct RecoveryTests {
  private func giveToken(_ bench: inout Bench) throws {
    try bench.administer(.importTokens(tokenFile(["T1", bench.upn.text])))
    try bench.administer(.activateToken(serial: "T1", isCodeRight: true))
  }

  @Test("REC-3: a reset deletes phones and apps, deactivates tokens, revokes nothing; its reason is audited")
  func reset() throws {
    var bench = try Bench { $0.remember.enabled = true }
    try giveToken(&bench)
    try bench.approve { ($0.client, $0.remembers) = (.browser("Firefox"), true) }
    try bench.administer(.resetMethods(bench.upn, reason: "Stolen"))
    let user = try #require(bench.tenant.user(bench.upn))
    #expect(user.phones == Phones() && user.apps.isEmpty && user.mustRegister)
    #expect(bench.tenant.tokens.map(\.isActive) == [false])
    #expect(try bench.signIn { $0.client = .browser("Firefox") } == .skippedRemembered)
    #expect(bench.tenant.audits.last?.reason == "Stolen")
    #expect(bench.audits.last == "Security information reset; registration required")
    #expect(try bench.signIn() == .registrationRequired)
    #expect(bench.tenant.signIns.last?.why.last?.reason == "security information must be registered again")
  }

  @Test("REC-3: another user's phones, apps and tokens are left alone")
  func resetOfOne() throws {
    let other = try #require(UPN("helga@larkspur.example"))
    var bench = try Bench { _ in
    } tenant: {
      $0.users.append(User(upn: other, phone: PhoneNumber("+33 612345678")))
    }
    try giveToken(&bench)
    try bench.administer(.resetMethods(other, reason: "Stolen"))
    let user = try #require(bench.tenant.user(bench.upn))
    #expect(user.phones.mobile != nil && user.apps.count == 1 && !user.mustRegister)
    #expect(bench.tenant.tokens.map(\.isActive) == [true])
    #expect(bench.tenant.user(other)?.phones == Phones())
  }

  @Test(
    "REC-1, REC-3: after a reset any registration lets the user in again",
    arguments: ["phone", "app", "passkey"])
  func registersAgain(what: String) throws {
    var bench = try Bench()
    try bench.administer(.resetMethods(bench.upn, reason: "Stolen"))
    let number = try #require(PhoneNumber("+44 7700900999"))
    switch what {
    case "phone": try bench.administer(.registerPhone(bench.upn, .mobile, number))
    case "app": try bench.administer(.registerApp(bench.upn, device: "new phone"))
    default: try bench.administer(.registerPasskey(bench.upn, name: "red key"))
    }
    #expect(try bench.signIn() == nil)
    #expect(bench.audits.last == "Security information registered")
  }

  @Test("REC-3: what must be registered is not registered by deleting or removing")
  func deletionRegistersNothing() throws {
    var bench = try Bench()
    try bench.administer(.requireRegistration(bench.upn, reason: "New rules"))
    try bench.administer(.deletePhone(bench.upn, .office))
    try bench.administer(.removeDevice(bench.upn, device: "old phone"))
    #expect(try bench.signIn() == .registrationRequired)
    #expect(bench.tenant.audits.first?.reason == "New rules")
  }

  @Test("REC-1: revoking sessions is separate, and changes no method")
  func revoked() throws {
    var bench = try Bench()
    let before = try #require(bench.tenant.user(bench.upn))
    try bench.administer(.revokeSessions(bench.upn))
    #expect(bench.tenant.user(bench.upn) == before)
  }

  @Test("REC-1, REC-4: the old device is removed once; a passkey of the same name is replaced")
  func removed() throws {
    var bench = try Bench()
    try bench.administer(.removeDevice(bench.upn, device: "old phone"))
    #expect(bench.tenant.user(bench.upn)?.apps.isEmpty == true)
    #expect(bench.refusal(.removeDevice(bench.upn, device: "old phone")) == .noSuchDevice("old phone"))
    #expect(bench.tenant.audits.last?.reason == "old phone")
    try bench.administer(.registerPasskey(bench.upn, name: "blue key"))
    #expect(bench.tenant.user(bench.upn)?.passkeys == ["blue key"])
  }

  @Test("REC-4: each registration makes a new secret, and one that is gone never comes back")
  func secrets() throws {
    var bench = try Bench()
    var seen: Set<AppSecret> = [AppSecret(1)]
    func registered(_ device: String) throws -> AppSecret {
      try bench.administer(.registerApp(bench.upn, device: device))
      return try #require(bench.tenant.user(bench.upn)?.apps.first { $0.device == device }?.secret)
    }
    #expect(seen.insert(try registered("new phone")).inserted)
    #expect(seen.insert(try registered("new phone")).inserted)
    try bench.administer(.removeDevice(bench.upn, device: "new phone"))
    #expect(seen.insert(try registered("third phone")).inserted)
    try bench.administer(.resetMethods(bench.upn, reason: "Stolen"))
    #expect(seen.insert(try registered("old phone")).inserted)
    #expect(bench.tenant.user(bench.upn)?.apps.count == 1)
  }

  @Test("REC-4: nor does the secret of a device that the tenant came with", arguments: [true, false])
  func secretOfTheStart(isReset: Bool) throws {
    var bench = try Bench()
    try bench.administer(
      isReset ? .resetMethods(bench.upn, reason: "Stolen") : .removeDevice(bench.upn, device: "old phone"))
    try bench.administer(.registerApp(bench.upn, device: "old phone"))
    #expect(bench.tenant.user(bench.upn)?.apps.map(\.secret) == [AppSecret(2)])
  }

  @Test("TEN-8: at most 5 tokens and apps a user; registering the same device again takes no place")
  func five() throws {
    var bench = try Bench()
    try giveToken(&bench)
    for device in ["b", "c", "d"] { try bench.administer(.registerApp(bench.upn, device: device)) }
    #expect(bench.refusal(.registerApp(bench.upn, device: "e")) == .tooManyTokens)
    #expect(bench.refusal(.registerApp(bench.upn, device: "d")) == nil)
    try bench.administer(.importTokens(tokenFile(["T6", bench.upn.text])))
    #expect(
      bench.tenant.audits.last?.fullText
        == "Hardware token rejected (line 2: a user has at most 5 tokens and apps)")
  }
}
