import Testing
import VerificationCore

@Suite("Clients that are not asked again")
struct RememberTests {
  private func remembering(
    _ client: SignInRequest.Client, days: Int = 30, ticked: Bool = true, _ set: (inout Settings) -> Void = { _ in },
    user: (inout User) -> Void = { _ in }
  ) throws -> Bench {
    var bench = try Bench(
      {
        $0.remember.enabled = true
        $0.remember.days = days
        set(&$0)
      }, user: user)
    try bench.approve { ($0.client, $0.remembers) = (client, ticked) }
    return bench
  }

  private func outcome(_ bench: Bench, _ client: SignInRequest.Client) throws -> Outcome? {
    var bench = bench
    return try bench.signIn(with: .code) { $0.client = client }
  }

  @Test("TEN-6: a browser is not asked again for remember.days, to the millisecond", arguments: [1, 30, 365])
  func days(days: Int) throws {
    var bench = try remembering(.browser("Firefox"), days: days)
    bench.wait(.days(Int64(days)) + Milliseconds(-1))
    #expect(try outcome(bench, .browser("Firefox")) == .skippedRemembered)
    bench.wait(Milliseconds(1))
    #expect(try outcome(bench, .browser("Firefox")) == nil)
  }

  @Test("TEN-6: a skip does not begin the days anew")
  func notRenewed() throws {
    var bench = try remembering(.browser("Firefox"))
    bench.wait(.days(20))
    #expect(try bench.signIn { ($0.client, $0.remembers) = (.browser("Firefox"), true) } == .skippedRemembered)
    bench.wait(.days(10))
    #expect(try outcome(bench, .browser("Firefox")) == nil)
  }

  @Test("TEN-6: remember.days takes 1 to 365", arguments: [("0", false), ("1", true), ("365", true), ("366", false)])
  func range(text: String, isTaken: Bool) throws {
    var settings = Settings()
    let setting = try #require(Setting.named("remember.days"))
    #expect(((try? setting.set(text, in: &settings)) != nil) == isTaken)
  }

  @Test(
    "TEN-6: another browser, one without cookies, an app and another user are asked",
    arguments: [.browser("Chrome"), .browser(nil), .app("Mail")] as [SignInRequest.Client])
  func others(client: SignInRequest.Client) throws {
    #expect(try outcome(remembering(.browser("Firefox")), client) == nil)
  }

  @Test("TEN-6: each browser of a user is remembered by itself, from its own verification on")
  func severalBrowsers() throws {
    var bench = try remembering(.browser("Firefox"))
    bench.wait(.days(10))
    try bench.approve { ($0.client, $0.remembers) = (.browser("Chrome"), true) }
    bench.wait(.days(19))
    #expect(try outcome(bench, .browser("Firefox")) == .skippedRemembered)
    bench.wait(.days(1))
    #expect(try outcome(bench, .browser("Firefox")) == nil)
    #expect(try outcome(bench, .browser("Chrome")) == .skippedRemembered)
  }

  @Test("TEN-6: what one user's browser remembers is nothing to another user")
  func otherUser() throws {
    let other = try #require(UPN("helga@larkspur.example"))
    var bench = try Bench {
      $0.remember.enabled = true
    } tenant: {
      $0.users.append(User(upn: other, phone: PhoneNumber("+33 612345678")))
    }
    try bench.approve { ($0.client, $0.remembers) = (.browser("Firefox"), true) }
    let decision = try bench.service.explain(
      SignInRequest(upn: other, client: .browser("Firefox")), at: bench.now)
    #expect(decision.findings.first { $0.gate == .remembered }?.outcome == nil)
  }

  @Test("TEN-6: a browser is remembered where it was ticked, and keeps cookies; an app always")
  func ticked() throws {
    #expect(try outcome(remembering(.browser("Firefox"), ticked: false), .browser("Firefox")) == nil)
    #expect(try remembering(.browser(nil)).tenant.remembered.isEmpty)
    #expect(try outcome(remembering(.app("Mail"), ticked: false), .app("Mail")) == .skippedRemembered)
  }

  @Test("TEN-6: with remembering off a browser is asked, an app after 180 days")
  func off() throws {
    var bench = try remembering(.browser("Firefox")) { $0.remember.enabled = false }
    #expect(bench.tenant.remembered.isEmpty)
    try bench.approve { $0.client = .app("Mail") }
    bench.wait(.days(180) + Milliseconds(-1))
    #expect(try outcome(bench, .app("Mail")) == .skippedRemembered)
    bench.wait(Milliseconds(1))
    #expect(try outcome(bench, .app("Mail")) == nil)
  }

  @Test(
    "TEN-6: an app is asked after remember.days, 180 at most",
    arguments: [(30, 30), (180, 180), (365, 180)] as [(Int, Int64)])
  func apps(days: Int, holds: Int64) throws {
    var bench = try remembering(.app("Mail"), days: days)
    bench.wait(.days(holds) + Milliseconds(-1))
    #expect(try outcome(bench, .app("Mail")) == .skippedRemembered)
    bench.wait(Milliseconds(1))
    #expect(try outcome(bench, .app("Mail")) == nil)
  }

  @Test("TEN-6: revoked sessions ask everywhere again, of this user only")
  func revoked() throws {
    var bench = try remembering(.browser("Firefox"))
    try bench.approve { ($0.client, $0.remembers) = (.browser("Chrome"), true) }
    try bench.approve { $0.client = .app("Mail") }
    try bench.administer(.revokeSessions(bench.upn))
    for client in [SignInRequest.Client.browser("Firefox"), .browser("Chrome"), .app("Mail")] {
      #expect(try outcome(bench, client) == nil)
    }
    let other = try #require(UPN("helga@larkspur.example"))
    var beside = try Bench {
      $0.remember.enabled = true
    } tenant: {
      $0.users.append(User(upn: other))
    }
    try beside.approve { ($0.client, $0.remembers) = (.browser("Firefox"), true) }
    try beside.administer(.revokeSessions(other))
    #expect(try outcome(beside, .browser("Firefox")) == .skippedRemembered)
  }

  @Test(
    "TEN-6: guests are not remembered, apps included",
    arguments: [.browser("Firefox"), .app("Mail")] as [SignInRequest.Client])
  func guests(client: SignInRequest.Client) throws {
    let bench = try remembering(client, user: { $0.isGuest = true })
    #expect(bench.tenant.remembered.isEmpty)
    #expect(try outcome(bench, client) == nil)
  }

  @Test(
    "TEN-6: with a sign-in frequency nothing is remembered, nor what was before",
    arguments: [.browser("Firefox"), .app("Mail")] as [SignInRequest.Client])
  func signInFrequency(client: SignInRequest.Client) throws {
    #expect(try remembering(client) { $0.conditionalAccess.signInFrequency = 1 }.tenant.remembered.isEmpty)
    var bench = try remembering(client)
    bench.set { $0.conditionalAccess.signInFrequency = 24 }
    #expect(try outcome(bench, client) == nil)
  }

  @Test("TEN-6: only a sign-in that was approved is remembered: no denial, no registration, no reset")
  func approvedOnly() throws {
    var bench = try Bench { $0.remember.enabled = true }
    try bench.signIn(with: .code) { ($0.client, $0.remembers) = (.browser("Firefox"), true) }
    bench.challenge(.cancelled)
    for purpose in [SignInRequest.Purpose.registration, .passwordReset] {
      try bench.approve { ($0.client, $0.remembers, $0.purpose) = (.browser("Firefox"), true, purpose) }
    }
    #expect(bench.tenant.remembered.isEmpty)
  }

  @Test(
    "TEN-6: why a client is not remembered",
    arguments: [
      ReasonCase(client: .browser(nil), reason: "the browser keeps no cookies"),
      ReasonCase(client: .browser("Firefox"), reason: "remembering is off"),
      ReasonCase(
        client: .legacy(hasAppPassword: false), reason: "a client that knows passwords only is not remembered"),
      ReasonCase(client: .browser("Firefox"), isGuest: true, reason: "guests are not remembered"),
      ReasonCase(client: .app("Mail"), frequency: 4, reason: "the sign-in frequency asks again"),
      ReasonCase(client: .app("Mail"), reason: "this client has not been verified before"),
    ])
  func reasons(row: ReasonCase) throws {
    let bench = try Bench {
      $0.conditionalAccess.signInFrequency = row.frequency
    } user: {
      $0.isGuest = row.isGuest
    }
    let findings = try bench.service.explain(SignInRequest(upn: bench.upn, client: row.client), at: bench.now).findings
    #expect(findings.first { $0.gate == .remembered }?.reason == row.reason)
  }
}

struct ReasonCase: Sendable {
  var client: SignInRequest.Client
  var isGuest = false
  var frequency = 0
  var reason: String
}
