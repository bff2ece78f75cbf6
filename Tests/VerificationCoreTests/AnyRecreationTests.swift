import Simulation
import Testing
import VerificationCore

@Suite("Any tenant as the events that make it")
struct AnyRecreationTests {
  @Test(
    "Each setting's value, as it is written, is the same again when an event brings it",
    arguments: Setting.all.map(\.name))
  func settings(name: String) throws {
    let setting = try #require(Setting.named(name))
    #expect(!setting.otherValues.isEmpty)
    for value in setting.otherValues {
      var (asked, told) = (Tenant(name: "T"), Tenant(name: "T"))
      try setting.set(value, in: &asked.settings)
      #expect(asked.settings != told.settings)
      let change = SettingChange(name: name, value: setting.value(in: asked.settings))
      told.apply(.setUp(.settingChanged(change)))
      #expect(told.settings == asked.settings)
      #expect(asked.settingChanges == [change])
    }
  }

  @Test("No setting is without a name by which it can be written")
  func everySetting() {
    let fields = Mirror(reflecting: Settings()).children.map { Mirror(reflecting: $0.value).children.count }
    #expect(fields.reduce(0, +) == Setting.all.count)
  }

  @Test("Applied to any other tenant it makes an equal one, but for the records, which stay: 300 seeded pairs")
  func equal() throws {
    var any = AnyTenant(chance: Chance(seed: 300))
    for _ in 0..<300 {
      let made = try any.tenant()
      var (original, other) = (made, try any.tenant())
      let (lost, kept) = (try any.records(), try any.records())
      for event in lost { original.apply(event) }
      for event in kept { other.apply(event) }
      for event in original.recreation() { other.apply(event) }
      var expected = made
      for event in kept { expected.apply(event) }
      #expect(other == expected)
      #expect(other.recreation() == original.recreation())
    }
  }

  @Test("The seeded tenants have something in every part of a tenant and of a user")
  func everyPart() throws {
    var any = AnyTenant(chance: Chance(seed: 300))
    let tenants = try (0..<50).map { _ in try any.tenant() }
    let records: Set = ["signIns", "audits", "reports", "mails"]
    let parts = Mirror(reflecting: Tenant(name: "")).children.compactMap(\.label).filter { !records.contains($0) }
    #expect(parts.count == 19)
    #expect(parts.filter { !Self.differs($0, Tenant(name: ""), tenants) } == [])
    let plain = User(upn: try any.upn())
    let fields = Mirror(reflecting: plain).children.compactMap(\.label)
    #expect(fields.count == 14)
    #expect(fields.filter { !Self.differs($0, plain, tenants.flatMap(\.users)) } == [])
  }

  private static func differs(_ part: String, _ plain: Any, _ others: [Any]) -> Bool {
    func text(_ value: Any) -> String {
      String(reflecting: Mirror(reflecting: value).children.first { $0.label == part }?.value)
    }
    let none = text(plain)
    return others.contains { text($0) != none }
  }

  @Test("Who has a PIN is told by name; the PIN is kept elsewhere")
  func pins() throws {
    var any = AnyTenant(chance: Chance(seed: 1))
    let (tenant, upns) = (try any.tenant(), [try any.upn(), try any.upn(), try any.upn()])
    let pins = tenant.recreation(pins: Set(upns)).compactMap { event -> UPN? in
      if case .setUp(.pinSet(let upn)) = event { upn } else { nil }
    }
    #expect(pins == Set(upns).sorted())
  }

  @Test("CALL-18: calls of a window that was shortened since are all there")
  func calls() throws {
    let upn = try #require(UPN("omar@larkspur.example"))
    var tenant = Tenant(name: "T")
    for minute in [0, 9] as [Int64] {
      tenant.apply(.callPlaced(PlacedCall(upn: upn, number: "1", at: .virtualStart + .minutes(minute))))
    }
    for window in ["1m", "10m"] {
      tenant.apply(.setUp(.settingChanged(SettingChange(name: "call.window", value: window))))
      var again = Tenant(name: "")
      for event in tenant.recreation() { again.apply(event) }
      #expect(again.placedCalls.count == 2)
      #expect(again == tenant)
    }
  }
}
