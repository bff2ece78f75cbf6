import Testing
import VerificationCore

@Suite("A tenant as the events that make it")
struct RecreationTests {
  private static func name(_ text: String) throws -> UPN { try #require(UPN(text)) }

  private func facts() throws -> [TenantEvent] {
    let upns = [try Self.name("b@t.example"), try Self.name("a@t.example")]
    let times = [Instant.virtualStart + .days(1), .virtualStart, .virtualStart]
    return upns.flatMap { upn in
      times.enumerated().flatMap { number, time -> [TenantEvent] in
        [
          .userBlocked(Block(upn: upn, reason: "blocked", since: time)),
          .riskDetected(RiskDetection(upn: upn, at: time, kind: .adminConfirmedUserCompromised)),
          .clientRemembered(RememberedClient(upn: upn, client: .app("app \(number % 2)"), since: time)),
          .callPlaced(PlacedCall(upn: upn, number: "+33612345678", at: .virtualStart + .seconds(Int64(number)))),
        ]
      }
    }
  }

  @Test("The same facts make the same tenant, in whatever order they are told")
  func order() throws {
    var (one, other) = (Tenant(name: "T"), Tenant(name: "T"))
    for event in try facts() { one.apply(event) }
    // What is remembered of one client last is what counts: that order stays.
    for event in try facts().enumerated().sorted(by: { ($0.offset % 4, $0.offset) < ($1.offset % 4, $1.offset) }) {
      other.apply(event.element)
    }
    #expect(one == other)
    #expect(one.blocks.map(\.since) == one.blocks.map(\.since).sorted())
    #expect(one.blocks.map(\.upn.text) == ["a", "a", "b", "b", "a", "b"].map { "\($0)@t.example" })
  }

  @Test("BLOCK-1: of several blocks the latest counts, whenever it was told")
  func latestBlock() throws {
    let upn = try Self.name("a@t.example")
    var tenant = Tenant(name: "T")
    tenant.apply(.userBlocked(Block(upn: upn, reason: "later", since: .virtualStart)))
    tenant.apply(.userBlocked(Block(upn: upn, reason: "earlier", since: .virtualStart + Milliseconds(-1))))
    #expect(tenant.block(of: upn, at: .virtualStart)?.reason == "later")
  }

  @Test("CALL-18: calls that a smaller window has let lapse are gone, also when the tenant is made anew")
  func window() throws {
    let upn = try Self.name("a@t.example")
    var tenant = Tenant(name: "T")
    for second in [0, 100, 200] as [Int64] {
      tenant.apply(.callPlaced(PlacedCall(upn: upn, number: "x", at: .virtualStart + .seconds(second))))
    }
    #expect(tenant.placedCalls.count == 3)
    tenant.apply(.setUp(.settingChanged(SettingChange(name: "call.window", value: "120s"))))
    #expect(tenant.placedCalls.count == 2)
    var again = Tenant(name: "another")
    for event in tenant.recreation() { again.apply(event) }
    #expect(again == tenant)
  }

  @Test("TEN-6: whoever is remembered anew after sessions were revoked is remembered as the first time")
  func rememberedAnew() throws {
    let upn = try Self.name("a@t.example")
    let client = RememberedClient(upn: upn, client: .app("mail"), since: .virtualStart)
    var (one, other) = (Tenant(name: "T"), Tenant(name: "T"))
    one.apply(.clientRemembered(client))
    one.apply(.sessionsRevoked(upn))
    #expect(one == other)
    for event in [TenantEvent.clientRemembered(client), .clientRemembered(client)] { one.apply(event) }
    other.apply(.clientRemembered(client))
    #expect(one == other && one.remembered == [client])
  }
}
