import Testing
import VerificationCore

/// A command with its least roles, and what the audit log says of it.
struct SetupCase: Sendable {
  let command: SetupCommand
  let roles: Set<Role>
  let events: [SetupEvent]
  let activity: AuditRecord.Activity
  var upn: UPN?
  var detail: String?
  /// Where it is no event of setting up.
  var other: [TenantEvent] = []
}

@Suite("Setting a tenant up")
struct SetupTests {
  private static let omar = UPN("omar@larkspur.example")
  private static let helga = UPN("helga@larkspur.example")
  private static let root = UPN("root@larkspur.example")

  /// Omar has a mobile and an alternate number; T1 is Helga's, T2 both have.
  private static let tenant: Tenant = {
    guard let omar, let helga, let german = Language("de") else { return Tenant(name: "") }
    var first = User(upn: omar, phone: PhoneNumber("+44 7700900123"))
    first.phones.alternate = PhoneNumber("+44 7700900124")
    var tenant = Tenant(name: "Larkspur", users: [first, User(upn: helga)])
    tenant.greetings = [CustomGreeting(message: .greetingStandard, language: german, length: .seconds(4))]
    tenant.locations = [NamedLocation(name: "Office", ranges: [], isTrusted: true)]
    tenant.tokens = TokenShelf(
      [("T1", helga), ("T2", helga), ("T2", omar)].map { serial, owner in
        OATHToken(serial: serial, secret: nil, interval: .seconds30, manufacturer: "", model: "", owner: owner)
      })
    return tenant
  }()

  static let cases: [SetupCase] = {
    guard let omar, let helga, let noor = UPN("noor@larkspur.example"), let german = Language("de"),
      let number = PhoneNumber("+44 7700900456"), let user = tenant.user(omar)
    else { return [] }
    var change = UserChange()
    (change.name, change.language, change.isGuest, change.defaultMethod) = ("Omar", .some(german), true, .some(nil))
    var changed = user
    (changed.name, changed.language, changed.isGuest) = ("Omar", german, true)
    let organisation = Organisation(
      name: "Larkspur", federation: .managed, deployment: .cloud, licence: .p1, language: .english)
    let greeting = CustomGreeting(message: .activation, language: german, length: .seconds(2))
    let location = NamedLocation(name: "Home", ranges: [], isTrusted: false)
    let ring = SettingChange(name: "call.ringTimeout", value: "30")
    return [
      SetupCase(
        command: .changeOrganisation(OrganisationChange(licence: .p1)), roles: [.globalAdministrator],
        events: [.organisationChanged(organisation)], activity: .organisationChanged, detail: "Larkspur"),
      SetupCase(
        command: .changeSettings([ring, SettingChange(name: "pin.mode", value: "yes")]),
        roles: [.authenticationPolicyAdministrator],
        events: [
          .settingChanged(SettingChange(name: "call.ringTimeout", value: "30s")),
          .settingChanged(SettingChange(name: "pin.mode", value: "true")),
        ], activity: .settingsChanged, detail: "call.ringTimeout: 30s; pin.mode: true"),
      SetupCase(
        command: .changeSettings([SettingChange(name: "risk.policy", value: "block")]),
        roles: [.conditionalAccessAdministrator],
        events: [.settingChanged(SettingChange(name: "risk.policy", value: "block"))], activity: .settingsChanged,
        detail: "risk.policy: block"),
      SetupCase(
        command: .changeSettings([SettingChange(name: "oath.shared", value: "warn")]), roles: [.globalAdministrator],
        events: [.settingChanged(SettingChange(name: "oath.shared", value: "warn"))], activity: .settingsChanged,
        detail: "oath.shared: warn"),
      SetupCase(
        command: .changeSettings([]), roles: [.authenticationPolicyAdministrator], events: [],
        activity: .settingsChanged, detail: ""),
      SetupCase(
        command: .addUser(User(upn: noor)), roles: [.userAdministrator], events: [.userSet(User(upn: noor))],
        activity: .userAdded, upn: noor),
      SetupCase(
        command: .changeUser(omar, change), roles: [.userAdministrator], events: [.userSet(changed)],
        activity: .userChanged, upn: omar, detail: "name, language, guest, method"),
      SetupCase(
        command: .setPhone(omar, .office, number), roles: [.authenticationAdministrator], events: [],
        activity: .phoneSet, upn: omar, detail: "office", other: [.phoneSet(omar, .office, number)]),
      SetupCase(
        command: .addGreeting(greeting), roles: [.authenticationPolicyAdministrator],
        events: [.greetingAdded(greeting)], activity: .greetingAdded, detail: "activation de"),
      SetupCase(
        command: .deleteGreeting(.greetingStandard, german), roles: [.authenticationPolicyAdministrator],
        events: [.greetingDeleted(.greetingStandard, german)], activity: .greetingDeleted,
        detail: "greetingStandard de"),
      SetupCase(
        command: .setLocation(location), roles: [.conditionalAccessAdministrator], events: [.locationSet(location)],
        activity: .locationSet, detail: "Home"),
      SetupCase(
        command: .deleteLocation(name: "Office"), roles: [.conditionalAccessAdministrator],
        events: [.locationDeleted(name: "Office")], activity: .locationDeleted, detail: "Office"),
      SetupCase(
        command: .assignToken(serial: "T1", to: omar), roles: [.globalAdministrator],
        events: [.tokenAssigned(serial: "T1", to: omar)], activity: .tokenAssigned, upn: omar, detail: "T1"),
      SetupCase(
        command: .assignToken(serial: "T1", to: nil), roles: [.globalAdministrator],
        events: [.tokenAssigned(serial: "T1", to: nil)], activity: .tokenAssigned, upn: helga, detail: "T1"),
      SetupCase(
        command: .setPIN(omar, isReportCode: false), roles: [.authenticationAdministrator], events: [.pinSet(omar)],
        activity: .pinSet, upn: omar),
      SetupCase(
        command: .deletePIN(omar, isThere: true), roles: [.authenticationAdministrator], events: [.pinDeleted(omar)],
        activity: .pinDeleted, upn: omar),
    ]
  }()

  @Test("TEN-10: the table names every command")
  func complete() {
    #expect(Set(Self.cases.map { "\($0.command)".prefix { $0 != "(" } }).count == 12)
    #expect(Self.cases.count == 16)
  }

  @Test("Each command has its events, and an audit of when, whom, what and by whom", arguments: cases)
  func events(found: SetupCase) throws {
    let now = Instant.virtualStart + .minutes(7)
    let admin = Admin(upn: Self.root)
    let audit = AuditRecord(
      at: now, activity: found.activity, upn: found.upn, reason: found.detail,
      by: .admin(Self.root, .globalAdministrator))
    let events = found.events.map { TenantEvent.setUp($0) } + found.other + [.audited(audit)]
    #expect(try Self.tenant.decide(found.command, by: admin, at: now) == events)
  }

  @Test("TEN-10: each command has its least roles; one alone or a global administrator passes", arguments: cases)
  func roles(found: SetupCase) throws {
    #expect(found.command.leastRoles == found.roles)
    let needed = try #require(found.roles.first)
    for role in Role.allCases {
      if found.roles == [role] || role == .globalAdministrator {
        #expect(throws: Never.self) { try Self.tenant.decide(found.command, by: Admin(role: role), at: .virtualStart) }
      } else {
        #expect(throws: CommandRefusal.roleMissing(needed: needed)) {
          try Self.tenant.decide(found.command, by: Admin(role: role), at: .virtualStart)
        }
      }
    }
  }

  @Test("TEN-10: settings of several kinds take all their roles, so a global administrator")
  func severalRoles() {
    let command = SetupCommand.changeSettings([
      SettingChange(name: "risk.policy", value: "block"), SettingChange(name: "sms.tries", value: "2"),
    ])
    for role in Role.allCases {
      let passes = (try? Self.tenant.decide(command, by: Admin(role: role), at: .virtualStart)) != nil
      #expect(passes == (role == .globalAdministrator))
    }
  }

  @Test("TEN-10: the reader reads, as everyone may, and changes nothing")
  func reader() {
    for role in Role.allCases {
      #expect(role.mayAct(as: .globalReader))
      #expect(Role.globalReader.mayAct(as: role) == (role == .globalReader))
    }
  }

  private static let refusals: [(SetupCommand, CommandRefusal, String)] = {
    guard let omar, let helga, let nobody = UPN("nobody@larkspur.example"), let number = PhoneNumber("+44 7700900456"),
      let branch = PhoneNumber("+44 2079460123x7"), let german = Language("de")
    else { return [] }
    var alternate = User(upn: nobody)
    alternate.phones.alternate = number
    var sixApps = User(upn: nobody)
    sixApps.apps = (1...6).map { AppRegistration(device: "phone \($0)", secret: AppSecret($0)) }
    let unknown = "the tenant has no user nobody@larkspur.example"
    return [
      (
        .changeSettings([SettingChange(name: "call.colour", value: "1")]), .noSuchSetting("call.colour"),
        "there is no setting \"call.colour\""
      ),
      (
        .changeSettings([SettingChange(name: "sms.tries", value: "11")]),
        .wrongSetting(
          Setting.WrongValue(
            message: "\("sms.tries") cannot be \"\("11")\"",
            hint: "it takes \(Sentence("\(1) to \(10)")); the default is \("3")")),
        "sms.tries cannot be \"11\": it takes 1 to 10; the default is 3"
      ),
      (.addUser(User(upn: omar)), .userExists(omar), "the tenant has a user omar@larkspur.example already"),
      (.addUser(alternate), .phones(.alternateWithoutMobile), "an alternate number needs a mobile number first"),
      (.addUser(sixApps), .tooManyTokens, "a user has at most 5 tokens and apps"),
      (.changeUser(nobody, UserChange()), .unknownUser(nobody), unknown),
      (.setPhone(nobody, .mobile, number), .unknownUser(nobody), unknown),
      (
        .setPhone(helga, .alternate, number), .phones(.alternateWithoutMobile),
        "an alternate number needs a mobile number first"
      ),
      (
        .setPhone(helga, .mobile, branch), .phones(.extensionOutsideOffice(.mobile)),
        "only an office number has an extension, not the mobile one"
      ),
      (
        .deleteGreeting(.activation, german), .noSuchGreeting(.activation, german),
        "the tenant has no greeting of its own for activation in de"
      ),
      (
        .deleteGreeting(.greetingStandard, .english), .noSuchGreeting(.greetingStandard, .english),
        "the tenant has no greeting of its own for greetingStandard in en"
      ),
      (.deleteLocation(name: "Moon"), .noSuchLocation("Moon"), "the tenant has no location \"Moon\""),
      (.assignToken(serial: "T9", to: omar), .noSuchToken(serial: "T9"), "the tenant has no token T9"),
      (.assignToken(serial: "T1", to: nobody), .unknownUser(nobody), unknown),
      (
        .assignToken(serial: "T2", to: nil), .tokenIsShared(serial: "T2"),
        "several users have token T2: delete it and import it for one of them"
      ),
      (
        .setPIN(omar, isReportCode: true), .pinIsReportCode, "this PIN is the code that reports fraud: choose another"
      ),
      (.setPIN(nobody, isReportCode: true), .unknownUser(nobody), unknown),
      (.deletePIN(omar, isThere: false), .noPIN, "the user has no PIN"),
      (.deletePIN(nobody, isThere: false), .unknownUser(nobody), unknown),
    ]
  }()

  @Test("What cannot be is refused with its reason", arguments: refusals)
  func refused(command: SetupCommand, refusal: CommandRefusal, sentence: String) {
    #expect(throws: refusal) { try Self.tenant.decide(command, at: .virtualStart) }
    #expect(refusal.explanation == sentence)
  }

  @Test("Of several settings all are changed or none, and the last value of one counts")
  func allOrNone() throws {
    var tenant = Self.tenant
    let good = SettingChange(name: "sms.tries", value: "2")
    #expect(throws: CommandRefusal.noSuchSetting("x")) {
      try tenant.decide(.changeSettings([good, SettingChange(name: "x", value: "1")]), at: .virtualStart)
    }
    let twice: SetupCommand = .changeSettings([good, SettingChange(name: "sms.tries", value: "4")])
    for event in try tenant.decide(twice, at: .virtualStart) { tenant.apply(event) }
    #expect(tenant.settings.sms.tries == 4)
    #expect(tenant.audits.last?.fullText == "Settings changed (sms.tries: 2; sms.tries: 4)")
  }

  @Test("TEN-8: a token is not given to a user who has five tokens and apps")
  func sixth() throws {
    let (omar, helga) = (try #require(Self.omar), try #require(Self.helga))
    var tenant = Self.tenant
    tenant.apply(.appRegistered(omar, AppRegistration(device: "phone", secret: AppSecret(1))))
    for serial in ["A", "B", "C"] {
      let token = OATHToken(serial: serial, secret: nil, interval: .seconds30, manufacturer: "", model: "", owner: omar)
      tenant.apply(.tokenImported(token))
    }
    #expect(throws: CommandRefusal.tooManyTokens) {
      try tenant.decide(.assignToken(serial: "T1", to: omar), at: .virtualStart)
    }
    #expect(try tenant.decide(.assignToken(serial: "T1", to: helga), at: .virtualStart).count == 2)
    #expect(try tenant.decide(.assignToken(serial: "A", to: omar), at: .virtualStart).count == 2)
  }

  @Test("What was set up is there: greeting and location in the place of their like, token, phone, organisation")
  func applied() throws {
    let (omar, german) = (try #require(Self.omar), try #require(Language("de")))
    let greeting = CustomGreeting(message: .greetingStandard, language: german, length: .seconds(9))
    let location = NamedLocation(name: "Office", ranges: [], isTrusted: false)
    var tenant = Self.tenant
    let commands: [SetupCommand] = [
      .addGreeting(greeting), .setLocation(location), .assignToken(serial: "T1", to: omar),
      .setPhone(omar, .mobile, try #require(PhoneNumber("+44 7700900456"))),
      .changeOrganisation(
        OrganisationChange(
          name: "L", federation: .federated, deployment: .onPremises, licence: .free, language: german)),
    ]
    for command in commands {
      for event in try tenant.decide(command, at: .virtualStart) { tenant.apply(event) }
    }
    #expect(tenant.greetings == [greeting])
    #expect(tenant.locations == [location])
    #expect(tenant.tokens(of: omar).map(\.serial) == ["T1", "T2"])
    #expect(tenant.user(omar)?.phones.mobile == PhoneNumber("+44 7700900456"))
    #expect((tenant.name, tenant.federation, tenant.deployment) == ("L", .federated, .onPremises))
    #expect((tenant.licence, tenant.language) == (.free, german))
    #expect(tenant.audits.count == 5)
  }

  @Test("An audit says who did it: an admin by name and role, a person for oneself, or the service")
  func by() throws {
    let omar = try #require(Self.omar)
    func actor(_ command: TenantCommand, _ admin: Admin) throws -> [AuditRecord.Actor] {
      try Self.tenant.decide(command, by: admin, at: .virtualStart).compactMap { event in
        if case .audited(let record) = event { record.by } else { nil }
      }
    }
    let admin = Admin(upn: Self.root, role: .userAdministrator)
    #expect(try actor(.setEnabled(omar, false), admin) == [.admin(Self.root, .userAdministrator)])
    #expect(try actor(.setEnabled(omar, false), Admin()) == [.admin(nil, .globalAdministrator)])
    #expect(try actor(.registerApp(omar, device: "phone"), admin) == [.person])
    var bench = try Bench { $0.fraudAlert.enabled = true }
    try bench.signIn(with: .call)
    bench.call(.answered)
    bench.press("0#")
    bench.press("1")
    #expect(bench.audits == [AuditRecord.Activity.fraudReportedBlocked.rawValue])
    #expect(bench.tenant.audits.map(\.by) == [.service])
  }
}
