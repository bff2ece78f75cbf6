import Testing
import VerificationCore

@Suite("Setting a tenant up")
struct SettingUpTests {
  private func tenant(_ commands: SetupCommand...) throws -> Tenant {
    var tenant = Tenant(name: "Larkspur")
    for command in commands { try perform(command, on: &tenant) }
    return tenant
  }

  private func perform(_ command: SetupCommand, on tenant: inout Tenant) throws {
    for event in try tenant.decide(command, at: .virtualStart) { tenant.apply(event) }
  }

  private func range(_ text: String) throws -> IPRange { try IPRange(text) }

  private let ranges = "trustedIPs.ranges"
  private let notify = "fraudAlert.notify"

  @Test("TEN-3: a range comes behind those that are there, and the audit log tells of it alone")
  func adds() throws {
    let tenant = try tenant(
      .addEntries(setting: ranges, ["203.0.113.0/24"]),
      .addEntries(setting: ranges, ["198.51.100.0/24", "192.0.2.0/24"])
    )
    #expect(
      try tenant.settings.trustedIPs.ranges == [
        range("203.0.113.0/24"), range("198.51.100.0/24"), range("192.0.2.0/24"),
      ])
    #expect(tenant.audits.map(\.activity) == [.settingsChanged, .settingsChanged])
    #expect(tenant.audits.last?.reason == "trustedIPs.ranges: added 198.51.100.0/24, 192.0.2.0/24")
  }

  @Test("TEN-3: the 51st range is refused, and with it those that came along")
  func fifty() throws {
    var tenant = try tenant(.addEntries(setting: ranges, (1...49).map { "203.0.\($0).0/24" }))
    let full = CommandRefusal.listIsFull(setting: ranges, limit: 50)
    #expect(throws: full) {
      try perform(.addEntries(setting: ranges, ["192.0.2.0/24", "198.51.100.0/24"]), on: &tenant)
    }
    #expect(tenant.settings.trustedIPs.ranges.count == 49)
    try perform(.addEntries(setting: ranges, ["192.0.2.0/24"]), on: &tenant)
    #expect(tenant.settings.trustedIPs.ranges.count == 50)
    #expect(full.explanation == "trustedIPs.ranges takes at most 50 entries")
  }

  @Test("What is there already is refused in every spelling, and twice in one command too")
  func twice() throws {
    var tenant = try tenant(.addEntries(setting: notify, ["Fraud@Larkspur.example"]))
    let there = CommandRefusal.entryExists(setting: notify, "fraud@larkspur.example")
    #expect(throws: there) { try perform(.addEntries(setting: notify, ["FRAUD@larkspur.example"]), on: &tenant) }
    #expect(throws: CommandRefusal.entryExists(setting: notify, "it@larkspur.example")) {
      try perform(.addEntries(setting: notify, ["it@larkspur.example", "IT@larkspur.example"]), on: &tenant)
    }
    #expect(there.explanation == "fraudAlert.notify has fraud@larkspur.example already")
  }

  @Test("An entry is deleted by name, all that are named or none")
  func deletes() throws {
    var tenant = try tenant(.addEntries(setting: notify, ["a@l.example", "b@l.example", "c@l.example"]))
    #expect(throws: CommandRefusal.noSuchEntry(setting: notify, "d@l.example")) {
      try perform(.deleteEntries(setting: notify, ["a@l.example", "d@l.example"]), on: &tenant)
    }
    try perform(.deleteEntries(setting: notify, ["A@l.example", "c@l.example"]), on: &tenant)
    #expect(tenant.settings.fraudAlert.notify.map(\.text) == ["b@l.example"])
    try perform(.deleteEntries(setting: notify, ["b@l.example"]), on: &tenant)
    #expect(tenant.settings.fraudAlert.notify.isEmpty)
  }

  @Test("Only lists have entries, and only such that the setting takes")
  func wrongEntries() throws {
    var tenant = try tenant()
    #expect(throws: CommandRefusal.noSuchSetting("call.limit")) {
      try perform(.addEntries(setting: "call.limit", ["1"]), on: &tenant)
    }
    let refusal = #expect(throws: CommandRefusal.self) {
      try perform(.addEntries(setting: ranges, ["2001:db8::/32"]), on: &tenant)
    }
    #expect(
      refusal?.explanation
        == "trustedIPs.ranges: \"2001:db8::/32\" is IPv6, which named locations take: it takes at most 50 IPv4 ranges, as in 203.0.113.0/24"
    )
  }

  @Test("TEN-4: a location is added once, changed in part, and not made by a change")
  func locations() throws {
    let office = try NamedLocation(name: "Office", ranges: [range("203.0.113.0/24")], isTrusted: true)
    var tenant = try tenant(.addLocation(office))
    let there = CommandRefusal.locationExists("Office")
    #expect(throws: there) { try perform(.addLocation(office), on: &tenant) }
    #expect(there.explanation == "the tenant has a location \"Office\" already")
    let home = try [range("2001:db8::/48")]
    try perform(.changeLocation(name: "Office", LocationChange(ranges: home)), on: &tenant)
    #expect(tenant.locations == [NamedLocation(name: "Office", ranges: home, isTrusted: true)])
    try perform(.changeLocation(name: "Office", LocationChange(isTrusted: false)), on: &tenant)
    #expect(tenant.locations == [NamedLocation(name: "Office", ranges: home, isTrusted: false)])
    #expect(throws: CommandRefusal.noSuchLocation("Home")) {
      try perform(.changeLocation(name: "Home", LocationChange(isTrusted: true)), on: &tenant)
    }
  }

  @Test(
    "TEN-10: what sets a tenant up takes its role, and no lesser one",
    arguments: [
      (.addEntries(setting: "trustedIPs.ranges", ["192.0.2.0/24"]), .authenticationPolicyAdministrator),
      (.addEntries(setting: "fraudAlert.notify", ["a@l.example"]), .authenticationPolicyAdministrator),
      (.addLocation(NamedLocation(name: "A", ranges: [], isTrusted: false)), .conditionalAccessAdministrator),
      (.changeSettings([SettingChange(name: "risk.policy", value: "block")]), .conditionalAccessAdministrator),
      (.changeSettings([SettingChange(name: "oath.shared", value: "warn")]), .globalAdministrator),
      (.changeSettings([SettingChange(name: "call.limit", value: "60s")]), .authenticationPolicyAdministrator),
      (.changeOrganisation(OrganisationChange(licence: .p1)), .globalAdministrator),
    ] as [(SetupCommand, Role)])
  func roles(command: SetupCommand, least: Role) throws {
    let tenant = Tenant(name: "Larkspur")
    for role in Role.allCases {
      let admin = Admin(role: role)
      if role == least || role == .globalAdministrator {
        #expect(try !tenant.decide(command, by: admin, at: .virtualStart).isEmpty)
      } else {
        #expect(throws: CommandRefusal.roleMissing(needed: least)) {
          try tenant.decide(command, by: admin, at: .virtualStart)
        }
      }
    }
  }

  @Test("TEN-10: settings of two kinds take both roles, which only a global administrator has")
  func bothRoles() throws {
    let command = SetupCommand.changeSettings([
      SettingChange(name: "risk.policy", value: "block"), SettingChange(name: "call.limit", value: "60s"),
    ])
    let tenant = Tenant(name: "Larkspur")
    for role in Role.allCases where role != .globalAdministrator {
      #expect(throws: CommandRefusal.self) { try tenant.decide(command, by: Admin(role: role), at: .virtualStart) }
    }
    #expect(try tenant.decide(command, at: .virtualStart).count == 3)
  }
}

@Suite("What a change brings about")
struct NewFindingsTests {
  private func news(_ tenant: Tenant, since before: Tenant) -> [TenantFinding.ID] {
    tenant.findings(notIn: before, at: .virtualStart, hadPIN: { _ in false }, hasPIN: { _ in false }).map(\.id)
  }

  @Test("What was found before is not told again, also where it moved up")
  func moved() throws {
    let trusted = try ["A", "B"].map { NamedLocation(name: $0, ranges: [try IPRange("192.0.2.0/24")], isTrusted: true) }
    var tenant = Tenant(name: "T")
    let empty = tenant
    tenant.locations = trusted
    #expect(news(tenant, since: empty) == [.locationUnused, .locationUnused])
    #expect(news(tenant, since: tenant).isEmpty)
    let both = tenant
    tenant.locations = [trusted[1]]
    #expect(news(tenant, since: both).isEmpty)
    #expect(news(both, since: tenant) == [.locationUnused])
  }

  @Test("A second trap of a kind is told beside the first")
  func second() throws {
    var tenant = Tenant(name: "T")
    tenant.settings.trustedIPs.ranges = [try IPRange("10.0.0.0/8")]
    let before = tenant
    tenant.settings.trustedIPs.ranges.append(try IPRange("192.168.0.0/16"))
    #expect(news(tenant, since: before) == [.trustedIPsPrivate])
    tenant.licence = .free
    #expect(news(tenant, since: before) == [.trustedIPsLicence, .trustedIPsPrivate])
  }

  @Test("MSG-4: one missing message less is no news, one more is")
  func fewer() throws {
    let dutch = try #require(Language("nl"))
    let upn = try #require(UPN("jan@l.example"))
    var tenant = Tenant(
      name: "T", users: [User(upn: upn, language: dutch, phone: PhoneNumber("+31 612345678"))])
    let all = tenant
    tenant.greetings = [CustomGreeting(message: .greetingStandard, language: dutch, length: .seconds(5))]
    #expect(news(tenant, since: all).isEmpty)
    #expect(news(all, since: tenant) == [.languageMissing])
  }

  @Test("LOCK-1: who has a PIN is asked for before and after apart")
  func pins() throws {
    let upn = try #require(UPN("jan@l.example"))
    var tenant = Tenant(name: "T", users: [User(upn: upn, phone: PhoneNumber("+31 612345678"))])
    tenant.settings.pin.mode = true
    tenant.deployment = .onPremises
    let found = tenant.findings(notIn: tenant, at: .virtualStart, hadPIN: { _ in true }, hasPIN: { _ in false })
    #expect(found.map(\.id) == [.pinMissing])
  }
}
