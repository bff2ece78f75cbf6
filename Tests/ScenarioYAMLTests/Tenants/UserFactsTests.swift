import ScenarioModel
import ScenarioYAML
import TestSupport
import Testing
import VerificationCore

@Suite("What has happened to people, as a tenant file says it")
struct UserFactsTests {
  private static let upn = TenantFixtures.omar
  private static let now = TenantFixtures.at("2025-01-15T09:00:00Z")

  private func tenant(_ user: [String], more: [String] = []) throws -> Tenant {
    let lines = ["tenant: T"] + more + ["users:", "  - upn: omar@larkspur.example"] + user.map { "    \($0)" }
    let reader = ScenarioReader(
      files: MemoryFiles(["t.yaml": lines.joined(separator: "\n") + "\n"]), greetings: KnownGreetings())
    return try reader.import(at: "t.yaml", now: Self.now).tenant
  }

  @Test("BLOCK-1: blocks hold for 90 days from their time; lapsed ones stay in the list")
  func blocks() throws {
    let tenant = try tenant([
      "blocked:", "  - {reason: Reported fraud by phone, by: user, since: 2025-01-10T08:00:00Z}",
      "  - {reason: Lost phone, since: 2024-09-01T08:00:00Z}",
    ])
    #expect(tenant.blocks.map(\.reason) == ["Lost phone", "Reported fraud by phone"])
    #expect(tenant.blocks.map(\.by) == [.admin, .user])
    #expect(tenant.block(of: Self.upn, at: Self.now)?.reason == "Reported fraud by phone")
    #expect(tenant.block(of: Self.upn, at: TenantFixtures.at("2025-04-10T08:00:00Z")) == nil)
  }

  @Test("blocked: true and risk: high begin when the file is taken in")
  func shortForms() throws {
    let tenant = try tenant(["blocked: true", "risk: high"])
    #expect(tenant.blocks == [Block(upn: Self.upn, reason: "blocked from the start", since: Self.now)])
    #expect(tenant.risks == [RiskDetection(upn: Self.upn, at: Self.now, kind: .adminConfirmedUserCompromised)])
    #expect(tenant.audits.isEmpty)
    let none = try self.tenant(["blocked: false", "risk: none"])
    #expect(none.blocks.isEmpty && none.risks.isEmpty)
  }

  @Test("RISK-1: detections are at risk unless their state says otherwise")
  func risks() throws {
    let closed = "{kind: userReportedSuspiciousActivity, at: 2025-01-10T08:00:00Z, state: dismissed}"
    #expect(try !tenant(["risk: [\(closed)]"]).isAtRisk(Self.upn))
    let open = "{kind: adminConfirmedUserCompromised, at: 2025-01-11T08:00:00Z}"
    #expect(try tenant(["risk: [\(closed), \(open)]"]).isAtRisk(Self.upn))
  }

  @Test("LOCK-2: a lockout holds until its end")
  func lockout() throws {
    let tenant = try tenant(["lockout: {wrongPINs: 10, last: 2025-01-15T08:59:00Z, until: 2025-01-15T09:29:00Z}"])
    #expect(tenant.locked(Self.upn, at: Self.now) == TenantFixtures.at("2025-01-15T09:29:00Z"))
    #expect(tenant.locked(Self.upn, at: TenantFixtures.at("2025-01-15T09:29:00Z")) == nil)
    let counted = try self.tenant(["lockout: {wrongPINs: 2, last: 2025-01-15T08:59:00Z}"])
    #expect(counted.lockouts[Self.upn]?.wrongPINs == 2)
    #expect(counted.locked(Self.upn, at: Self.now) == nil)
  }

  @Test(
    "REC-2: a pass stands as its times and its use say",
    arguments: [
      ("lifetime: 61m, once: true", Pass.Standing.valid), ("lifetime: 60m", .expired),
      ("lifetime: 2h, once: true, used: true", .used), ("lifetime: 2h, used: true", .valid),
    ])
  func pass(keys: String, standing: Pass.Standing) throws {
    let tenant = try tenant(["pass: {issued: 2025-01-15T08:00:00Z, \(keys)}"])
    #expect(tenant.passes[Self.upn]?.standing(at: Self.now) == standing)
  }

  @Test("TEN-6: remembered clients are told by browser or app; a browser may have no name")
  func remembered() throws {
    let tenant = try tenant([
      "remembered:", "  - {since: 2025-01-12}", "  - {browser: laptop, since: 2025-01-10T08:00:00+01:00}",
      "  - {app: mail, since: 2025-01-11}", "  - {legacy: password, since: 2025-01-13}",
    ])
    #expect(
      tenant.remembered.map(\.client) == [
        .browser("laptop"), .app("mail"), .browser(nil), .legacy(hasAppPassword: false),
      ])
    #expect(tenant.remembered.first?.since == TenantFixtures.at("2025-01-10T07:00:00Z"))
  }

  @Test("REC-1: methods verified for a reset hold for sspr.window")
  func verified() throws {
    let tenant = try tenant(["verifiedForReset: {text: 2025-01-15T08:50:00Z, app: 2025-01-15T08:00:00Z}"])
    #expect(tenant.verifiedForReset(Self.upn, at: Self.now).keys.sorted { $0.rawValue < $1.rawValue } == [.text])
    #expect(tenant.passedGates[Self.upn]?.count == 2)
  }

  @Test("CALL-18: calls that were placed count, by the window that the tenant sets")
  func calls() throws {
    let calls = [
      "calls:", "  - {number: \"+447700900123\", at: 2025-01-15T08:58:00Z}",
      "  - {number: \"+447700900123\", at: 2025-01-15T08:40:00Z}",
    ]
    #expect(try tenant(calls).placedCalls.map(\.at) == [TenantFixtures.at("2025-01-15T08:58:00Z")])
    #expect(try tenant(calls, more: ["settings: {call.window: 30m}"]).placedCalls.count == 2)
  }

  @Test("TEN-2: an app without a number has the secret behind the highest so far")
  func apps() throws {
    let tenant = try tenant(["apps: [one, {device: two, secret: 7}, three]"], more: ["registrations: 12"])
    #expect(tenant.user(Self.upn)?.apps.map(\.secret.registration) == [1, 7, 8])
    #expect(tenant.registrations == 12 && tenant.nextSecret == AppSecret(13))
  }

  @Test("SIGN-2: what must be done before the next sign-in")
  func musts() throws {
    let user = try #require(try tenant(["mustChangePassword: true", "mustRegister: true"]).user(Self.upn))
    #expect(user.mustChangePassword && user.mustRegister)
    let other = try #require(try tenant([]).user(Self.upn))
    #expect(!other.mustChangePassword && !other.mustRegister)
  }

  @Test("TEN-8: tokens one by one have no key, and count unless they are not active")
  func tokens() throws {
    let reader = ScenarioReader(
      files: MemoryFiles([
        "t.yaml": """
        tenant: T
        users: [{upn: omar@larkspur.example}]
        tokens:
          - {serial: "0042", interval: 60, manufacturer: Northgate, model: NG-1, user: omar@larkspur.example}
          - {serial: "0043", user: omar@larkspur.example, active: false}
          - {serial: "0044"}

        """
      ]), greetings: KnownGreetings())
    let read = try reader.import(at: "t.yaml", now: Self.now).tenant
    #expect(
      Array(read.tokens) == [
        OATHToken(
          serial: "0042", secret: nil, interval: .seconds60, manufacturer: "Northgate", model: "NG-1", owner: Self.upn,
          isActive: true),
        OATHToken(serial: "0043", secret: nil, interval: .seconds30, manufacturer: "", model: "", owner: Self.upn),
        OATHToken(serial: "0044", secret: nil, interval: .seconds30, manufacturer: "", model: "", isActive: true),
      ])
  }
}

@Suite("What a scenario adds to the past of a user")
struct CompletedFactsTests {
  private func given(_ user: String) throws -> Given {
    let tenant = """
      tenant: T
      users:
        - upn: omar@larkspur.example
          blocked: [{reason: Lost phone, since: 2025-01-10T08:00:00Z}]
          remembered: [{browser: laptop, since: 2025-01-10T08:00:00Z}]
          pin: kept
        - {upn: helga@larkspur.example, blocked: true, risk: high}

      """
    return try scenario(
      "scenario: T\ngiven:\n  tenant: t.yaml\n  user: \(user)\nsteps: [signin]\n", files: ["t.yaml": tenant]
    ).given
  }

  @Test("What is said anew takes the place of what was said before; the rest stays")
  func completed() throws {
    let cleared = try given("{upn: omar@larkspur.example, blocked: false, pin: \"4711\"}")
    #expect(cleared.tenant.blocks.isEmpty && cleared.tenant.remembered.count == 1)
    #expect(cleared.keptPINs.isEmpty && cleared.pins[TenantFixtures.omar]?.revealed == "4711")
    let unblocked = try given("{upn: helga@larkspur.example, blocked: false, risk: none}")
    #expect(unblocked.begun.isEmpty && unblocked.tenant.blocks.count == 1)
    let forgotten = try given("{upn: omar@larkspur.example, remembered: []}")
    #expect(forgotten.tenant.remembered.isEmpty && forgotten.tenant.blocks.count == 1)
    #expect(forgotten.keptPINs == [TenantFixtures.omar])
    let blocked = try given("{upn: omar@larkspur.example, blocked: true}")
    #expect(blocked.tenant.blocks.isEmpty)
    #expect(blocked.begun.contains(.block(TenantFixtures.omar, reason: "blocked from the start")))
  }
}
