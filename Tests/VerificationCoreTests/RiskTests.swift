import Testing
import VerificationCore

@Suite("Users at risk")
struct RiskTests {
  private func atRisk(_ set: (inout Settings) -> Void = { _ in }, licence: Tenant.Licence = .p2) throws -> Bench {
    var bench = try Bench(set) { _ in
    } tenant: {
      $0.licence = licence
    }
    try bench.administer(.confirmCompromised(bench.upn))
    #expect(bench.isAtRisk)
    return bench
  }

  @Test(
    "RISK-1: a policy acts with P2 only: it blocks, or asks for a new password",
    arguments: [
      (.off, .p2, nil), (.block, .p2, .riskBlocked), (.passwordChange, .p2, .passwordChangeRequired),
      (.block, .p1, nil), (.passwordChange, .p1, nil), (.block, .free, nil),
    ] as [(Settings.Risk.Policy, Tenant.Licence, Outcome?)])
  func policy(policy: Settings.Risk.Policy, licence: Tenant.Licence, outcome: Outcome?) throws {
    var bench = try atRisk({ $0.risk.policy = policy }, licence: licence)
    #expect(try bench.signIn() == outcome)
  }

  @Test("RISK-1: without risk a policy stands in nobody's way", arguments: Settings.Risk.Policy.allCases)
  func noRisk(policy: Settings.Risk.Policy) throws {
    var bench = try Bench { $0.risk.policy = policy }
    #expect(try bench.signIn() == nil)
  }

  @Test(
    "RISK-1: an admin ends the risk: dismissed, or confirmed safe; every detection of the user, of no other",
    arguments: [false, true])
  func ended(safe: Bool) throws {
    let other = try #require(UPN("helga@larkspur.example"))
    var bench = try Bench { _ in
    } tenant: {
      $0.users.append(User(upn: other))
    }
    for upn in [bench.upn, bench.upn, other] { try bench.administer(.confirmCompromised(upn)) }
    try bench.administer(safe ? .confirmSafe(bench.upn) : .dismissRisk(bench.upn))
    #expect(!bench.isAtRisk)
    #expect(bench.tenant.isAtRisk(other))
    let state = safe ? RiskDetection.State.confirmedSafe : .dismissed
    #expect(bench.tenant.risks.filter { $0.upn == bench.upn }.map(\.state) == [state, state])
    #expect(bench.tenant.risks.filter { $0.upn == other }.map(\.state) == [.atRisk])
    #expect(bench.audits.last == (safe ? "User confirmed safe" : "User risk dismissed"))
    #expect(bench.refusal(.dismissRisk(bench.upn)) == .noRisk)
    #expect(bench.refusal(.confirmSafe(bench.upn)) == .noRisk)
  }

  @Test("RISK-1, REC-1: a self-service reset ends the risk: one gate")
  func reset() throws {
    var bench = try atRisk { ($0.sspr.enabled, $0.risk.policy) = (true, .passwordChange) }
    #expect(bench.refusal(.changePassword(bench.upn)) == .gatesMissing(1))
    try bench.approve { $0.purpose = .passwordReset }
    #expect(bench.isAtRisk)
    try bench.administer(.changePassword(bench.upn))
    #expect(!bench.isAtRisk)
    #expect(bench.tenant.risks.map(\.state) == [.remediated])
    #expect(bench.audits.last == "Password reset by self-service")
    #expect(try bench.signIn() == nil)
  }

  @Test("REC-1: two gates are two different methods, and the next reset begins anew")
  func twoGates() throws {
    var bench = try Bench { ($0.sspr.enabled, $0.sspr.gates) = (true, 2) }
    #expect(bench.refusal(.changePassword(bench.upn)) == .gatesMissing(2))
    try bench.approve { $0.purpose = .passwordReset }
    try bench.approve { $0.purpose = .passwordReset }
    #expect(bench.refusal(.changePassword(bench.upn)) == .gatesMissing(1))
    try bench.signIn(with: .text) { $0.purpose = .passwordReset }
    bench.text(.entered(.sent(CodeNumber(1))))
    #expect(bench.refusal(.changePassword(bench.upn)) == nil)
    #expect(bench.refusal(.changePassword(bench.upn)) == .gatesMissing(2))
  }

  @Test("REC-1: a gate that is denied opens nothing, and neither does a plain sign-in")
  func gateDenied() throws {
    var bench = try Bench { $0.sspr.enabled = true }
    try bench.signIn(with: .code) { $0.purpose = .passwordReset }
    bench.challenge(.timedOut)
    try bench.approve()
    #expect(bench.refusal(.changePassword(bench.upn)) == .gatesMissing(1))
  }

  @Test("REC-1: with sspr.enabled off nobody resets")
  func resetIsOff() throws {
    var bench = try Bench()
    try bench.approve { $0.purpose = .passwordReset }
    #expect(bench.refusal(.changePassword(bench.upn)) == .resetIsOff)
  }

  @Test("RISK-1: by hand: a disabled account, a forced password change, revoked sessions")
  func byHand() throws {
    var bench = try atRisk(licence: .p1)
    try bench.administer(.setEnabled(bench.upn, false))
    #expect(try bench.signIn() == .accountDisabled)
    try bench.administer(.setEnabled(bench.upn, true))
    try bench.administer(.forcePasswordChange(bench.upn))
    #expect(try bench.signIn() == .passwordChangeRequired)
    try bench.administer(.changePassword(bench.upn))
    #expect(try bench.signIn() == nil)
    try bench.administer(.revokeSessions(bench.upn))
    #expect(
      bench.audits == [
        "User confirmed compromised", "Account disabled", "Account enabled", "Password change forced",
        "Sessions revoked",
      ])
  }

  @Test("RISK-1: a forced change that is typed at the page is no reset, and leaves the risk")
  func forcedChangeLeavesRisk() throws {
    var bench = try atRisk()
    try bench.administer(.forcePasswordChange(bench.upn))
    try bench.administer(.changePassword(bench.upn))
    #expect(bench.isAtRisk)
  }

  @Test("RISK-1: the reset itself passes where a policy or a forced change stands in the way of a sign-in")
  func resetPassesTheGate() throws {
    var bench = try atRisk { ($0.sspr.enabled, $0.risk.policy) = (true, .block) }
    try bench.administer(.forcePasswordChange(bench.upn))
    #expect(try bench.signIn() == .passwordChangeRequired)
    #expect(try bench.signIn(with: .code) { $0.purpose = .passwordReset } == nil)
  }
}

@Suite("The block list")
struct BlockTests {
  @Test("BLOCK-1: every verification of a blocked user is denied before anything is asked", arguments: Method.allCases)
  func everyMethod(method: Method) throws {
    var bench = try Bench()
    if method == .pass { try bench.administer(.issuePass(bench.upn, minutes: nil, isOnce: nil)) }
    #expect(try bench.signIn(with: method) == nil)
    bench.call(.failed(.busy))
    bench.text(.cancelled)
    bench.challenge(.cancelled)
    try bench.administer(.block(bench.upn, reason: "Lost phone"))
    for purpose in [SignInRequest.Purpose.signIn, .registration, .passwordReset] {
      let placed = bench.tenant.placedCalls.count
      #expect(try bench.signIn(with: method) { $0.purpose = purpose } == .userBlocked)
      #expect(bench.tenant.placedCalls.count == placed)
    }
    #expect(bench.tenant.signIns.last?.text == "MFA denied; user is blocked")
  }

  @Test("BLOCK-1: it lapses 90 days later, to the millisecond")
  func lapses() throws {
    var bench = try Bench()
    try bench.administer(.block(bench.upn, reason: "Lost phone"))
    bench.wait(.days(90) + Milliseconds(-1))
    #expect(try bench.signIn() == .userBlocked)
    #expect(bench.isBlocked)
    bench.wait(Milliseconds(1))
    #expect(bench.refusal(.unblock(bench.upn, reason: "Found")) == .notBlocked)
    #expect(try bench.signIn() == nil)
  }

  @Test("BLOCK-1: the list says who, by whom, when, why, until; both ends are audited with their reasons")
  func listed() throws {
    var bench = try Bench()
    bench.wait(.minutes(7))
    try bench.administer(.block(bench.upn, reason: "Lost phone"))
    let block = try #require(bench.tenant.blocks.first)
    #expect(block.upn == bench.upn && block.by == .admin && block.reason == "Lost phone")
    #expect(block.since == .virtualStart + .minutes(7))
    #expect(block.until == .virtualStart + .minutes(7) + .days(90))
    try bench.administer(.unblock(bench.upn, reason: "Found"))
    #expect(bench.tenant.blocks.isEmpty)
    #expect(bench.audits == ["User blocked for MFA", "User unblocked for MFA"])
    #expect(bench.tenant.audits.map(\.reason) == ["Lost phone", "Found"])
    #expect(bench.tenant.audits.map(\.upn) == [bench.upn, bench.upn])
  }

  @Test("BLOCK-1: a second block counts its 90 days from itself")
  func blockedAgain() throws {
    var bench = try Bench()
    try bench.administer(.block(bench.upn, reason: "Lost phone"))
    bench.wait(.days(80))
    try bench.administer(.block(bench.upn, reason: "Stolen"))
    bench.wait(.days(80))
    #expect(try bench.signIn() == .userBlocked)
    #expect(bench.tenant.signIns.last?.why.last?.reason == "blocked until 2025-07-04T09:00:00Z: Stolen")
  }
}

@Suite("Locked accounts")
struct LockoutTests {
  /// A call that waits for a PIN, and never denies before the account locks.
  private func calling(_ set: (inout Settings) -> Void = { _ in }) throws -> Bench {
    var bench = try Bench {
      ($0.pin.mode, $0.call.maxAttempts) = (true, 10)
      set(&$0)
    }
    try dial(&bench)
    return bench
  }

  private func dial(_ bench: inout Bench) throws {
    #expect(try bench.signIn(with: .call) == nil)
    bench.call(.answered)
  }

  private func isLocked(_ bench: Bench) -> Bool { bench.tenant.locked(bench.upn, at: bench.now) != nil }

  @Test("LOCK-2, LOCK-3: the fifth wrong PIN in a row locks; its call ends as denied, the next is refused as locked")
  func fifth() throws {
    var bench = try calling()
    for _ in 1...4 { bench.sendWrongPIN() }
    #expect(!isLocked(bench) && bench.outcomes.isEmpty)
    bench.sendWrongPIN()
    #expect(isLocked(bench))
    #expect(bench.outcomes == [.denied])
    #expect(try bench.signIn(with: .call) == .lockedOut)
    #expect(bench.tenant.signIns.last?.text == "MFA denied; user is blocked")
  }

  @Test(
    "LOCK-2: lockout.resetMinutes after the last wrong PIN the count starts over",
    arguments: [(Milliseconds.minutes(10) + Milliseconds(-1), true), (.minutes(10), false)])
  func countResets(pause: Milliseconds, locks: Bool) throws {
    var bench = try calling()
    for _ in 1...4 { bench.sendWrongPIN() }
    bench.call(.remoteHungUp)
    bench.wait(pause)
    try dial(&bench)
    bench.sendWrongPIN()
    #expect(isLocked(bench) == locks)
  }

  @Test("LOCK-2: the pause counts from the last wrong PIN, not from the first")
  func fromTheLast() throws {
    var bench = try calling()
    for _ in 1...5 {
      #expect(!isLocked(bench))
      bench.sendWrongPIN()
      bench.call(.remoteHungUp)
      if isLocked(bench) { return }
      bench.wait(.minutes(9))
      try dial(&bench)
    }
    #expect(isLocked(bench))
  }

  @Test("LOCK-2: it unlocks lockout.unlockMinutes later, to the millisecond, and the count is then at its start")
  func unlocks() throws {
    var bench = try calling()
    for _ in 1...5 { bench.sendWrongPIN() }
    bench.call(.remoteHungUp)
    bench.wait(.minutes(15) + Milliseconds(-1))
    #expect(try bench.signIn() == .lockedOut)
    bench.wait(Milliseconds(1))
    try dial(&bench)
    for _ in 1...4 { bench.sendWrongPIN() }
    #expect(!isLocked(bench))
  }

  @Test("LOCK-2: an admin unlocks, which is audited")
  func unlocked() throws {
    var bench = try calling()
    for _ in 1...5 { bench.sendWrongPIN() }
    bench.call(.remoteHungUp)
    try bench.administer(.unlock(bench.upn))
    #expect(!isLocked(bench))
    #expect(bench.audits == ["User unlocked"])
    try dial(&bench)
  }

  @Test("LOCK-2: an approval resets the count, by any method")
  func approvalResets() throws {
    var bench = try calling()
    for _ in 1...4 { bench.sendWrongPIN() }
    bench.call(.remoteHungUp)
    try bench.approve()
    try dial(&bench)
    for _ in 1...4 { bench.sendWrongPIN() }
    #expect(!isLocked(bench))
    bench.sendWrongPIN()
    #expect(isLocked(bench))
  }

  @Test("LOCK-2: a lock is one user's")
  func oneUser() throws {
    let other = try #require(UPN("helga@larkspur.example"))
    var bench = try calling()
    for _ in 1...5 { bench.sendWrongPIN() }
    #expect(bench.tenant.locked(other, at: bench.now) == nil)
  }

  @Test("LOCK-2: lockout.denials 0 is off", arguments: [0, 1])
  func off(denials: Int) throws {
    var bench = try calling { $0.lockout.denials = denials }
    for _ in 1...9 { bench.sendWrongPIN() }
    #expect(isLocked(bench) == (denials == 1))
  }
}
