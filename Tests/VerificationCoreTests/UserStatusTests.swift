import Testing
import VerificationCore

@Suite("What holds of a user now")
struct UserStatusTests {
  private func status(_ bench: Bench) throws -> UserStatus {
    let user = try #require(bench.tenant.user(bench.upn))
    return UserStatuses(bench.tenant, at: bench.now).status(of: user)
  }

  @Test("BLOCK-1: a block holds for 90 days; of two the later counts")
  func blocked() throws {
    var bench = try Bench()
    try bench.administer(.block(bench.upn, reason: "Lost"))
    bench.wait(.days(10))
    try bench.administer(.block(bench.upn, reason: "Stolen"))
    #expect(try status(bench).block?.reason == "Stolen")
    bench.wait(.days(90) + Milliseconds(-1))
    #expect(try status(bench).block != nil)
    bench.wait(Milliseconds(1))
    #expect(try status(bench).block == nil)
  }

  @Test("LOCK-2: wrong PINs count, lock, and are forgotten")
  func locked() throws {
    var bench = try Bench {
      $0.pin.mode = true
      $0.lockout.denials = 2
    }
    try bench.signIn(with: .call)
    bench.call(.answered)
    bench.sendWrongPIN()
    #expect(try status(bench).wrongPINs == 1 && status(bench).lockedUntil == nil)
    bench.sendWrongPIN()
    let locked = try status(bench)
    #expect(locked.wrongPINs == 2)
    #expect(locked.lockedUntil == bench.now + .minutes(15))
    bench.wait(.minutes(15))
    #expect(try status(bench).lockedUntil == nil)
    #expect(try status(bench).wrongPINs == 0)
  }

  @Test("RISK-1: each risk stands until somebody ends it")
  func risks() throws {
    var bench = try Bench()
    try bench.administer(.confirmCompromised(bench.upn))
    #expect(try status(bench).risks.map(\.kind) == [.adminConfirmedUserCompromised])
    bench.wait(.days(400))
    #expect(try status(bench).isAtRisk)
    try bench.administer(.confirmSafe(bench.upn))
    #expect(try !status(bench).isAtRisk)
  }

  @Test("TEN-2, REC-2: what is registered counts only while it is on, and a pass alone verifies nobody")
  func methods() throws {
    var bench = try Bench {
      $0.methods.text = false
      $0.methods.app = false
    }
    var found = try status(bench)
    #expect(found.registered == [.call, .text, .app, .code, .passkey])
    #expect(found.usable == [.call, .code, .passkey] && found.canVerify)
    try bench.administer(.issuePass(bench.upn, minutes: 10, isOnce: nil))
    try bench.administer(.resetMethods(bench.upn, reason: "Lost"))
    bench.set { $0.methods.passkey = false }
    found = try status(bench)
    #expect(found.usable == [.pass] && !found.canVerify && found.passStanding == .valid)
    bench.wait(.minutes(10))
    #expect(try status(bench).usable.isEmpty)
    #expect(try status(bench).passStanding == .expired)
  }

  @Test("TEN-6: a client is remembered as long as the sign-in would have it, and no guest's is")
  func remembered() throws {
    var bench = try Bench {
      $0.remember.enabled = true
      $0.remember.days = 2
    }
    try bench.approve {
      $0.client = .browser("Firefox")
      $0.remembers = true
    }
    let since = bench.now
    let found = try #require(try status(bench).remembered.first)
    #expect(found.client == .browser("Firefox") && found.since == since && found.until == since + .days(2))
    var guest = try #require(bench.tenant.user(bench.upn))
    guest.isGuest = true
    #expect(UserStatuses(bench.tenant, at: bench.now).status(of: guest).remembered.isEmpty)
    bench.wait(.days(2))
    #expect(try status(bench).remembered.isEmpty)
  }

  @Test("What is another user's is not told")
  func others() throws {
    var bench = try Bench()
    try bench.administer(.block(bench.upn, reason: "Lost"))
    try bench.administer(.confirmCompromised(bench.upn))
    let other = User(upn: try #require(UPN("nia@larkspur.example")))
    let found = UserStatuses(bench.tenant, at: bench.now).status(of: other)
    #expect(found.block == nil && !found.isAtRisk && found.registered.isEmpty && !found.canVerify)
  }
}
