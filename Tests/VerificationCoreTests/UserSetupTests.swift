import Testing
import VerificationCore

@Suite("How an admin sets people up")
struct UserSetupTests {
  private let upn = UPN("omar@larkspur.example")
  private let mobile = PhoneNumber("+44 7700900123")

  private func tenant(_ change: (inout User) -> Void = { _ in }) throws -> Tenant {
    var user = User(upn: try #require(upn), name: "Omar", phone: mobile)
    change(&user)
    return Tenant(name: "Larkspur", users: [user])
  }

  private func refusal(_ command: SetupCommand, _ tenant: Tenant, by role: Role = .globalAdministrator)
    -> CommandRefusal?
  {
    do throws(CommandRefusal) {
      _ = try tenant.decide(command, by: Admin(role: role), at: .virtualStart)
      return nil
    } catch {
      return error
    }
  }

  @Test("TEN-10: accounts are a user administrator's, numbers and PINs an authentication administrator's")
  func roles() throws {
    let (tenant, upn, mobile) = (try tenant(), try #require(upn), try #require(mobile))
    let new = User(upn: try #require(UPN("nia@larkspur.example")))
    let commands: [(SetupCommand, Role)] = [
      (.addUser(new), .userAdministrator), (.changeUser(upn, UserChange()), .userAdministrator),
      (.setPhone(upn, .mobile, mobile), .authenticationAdministrator),
      (.setPIN(upn, isReportCode: false), .authenticationAdministrator),
      (.deletePIN(upn, isThere: true), .authenticationAdministrator),
    ]
    for (command, least) in commands {
      for role in Role.allCases {
        let passes = role == least || role == .globalAdministrator
        #expect(refusal(command, tenant, by: role) == (passes ? nil : .roleMissing(needed: least)), "\(role)")
      }
    }
  }

  @Test("The audit log says who did it, and what changed")
  func audited() throws {
    let (tenant, upn) = (try tenant(), try #require(upn))
    var change = UserChange()
    (change.name, change.language, change.groups) = ("Omar H.", .some(nil), [])
    let admin = Admin(upn: UPN("desk@larkspur.example"), role: .userAdministrator)
    let events = try tenant.decide(SetupCommand.changeUser(upn, change), by: admin, at: .virtualStart)
    let record = AuditRecord(
      at: .virtualStart, activity: .userChanged, upn: upn, reason: "name, language, groups",
      by: .admin(admin.upn, .userAdministrator))
    #expect(events.last == .audited(record))
  }

  @Test("A change leaves what it does not name, and takes away what it says")
  func changed() throws {
    var tenant = try tenant {
      ($0.language, $0.groups, $0.defaultMethod, $0.isGuest) = (Language("fr"), ["A"], .text, true)
    }
    let upn = try #require(upn)
    var change = UserChange()
    (change.language, change.groups, change.hasAppPassword) = (.some(nil), ["B", "C"], true)
    for event in try tenant.decide(SetupCommand.changeUser(upn, change), at: .virtualStart) { tenant.apply(event) }
    let user = try #require(tenant.user(upn))
    #expect(user.language == nil && user.groups == ["B", "C"] && user.hasAppPassword)
    #expect(user.name == "Omar" && user.defaultMethod == .text && user.isGuest && user.phones.mobile == mobile)
  }

  @Test(
    "NUM-4: an admin writes no number in that nobody can be called at",
    arguments: [
      ("+44 07700900123", "the 0 behind +44 is dialled only within the country"), ("+999 123456", "+999 is no country"),
    ])
  func impossible(text: String, said: String) throws {
    let (tenant, upn, number) = (try tenant(), try #require(upn), try #require(PhoneNumber(text)))
    let problem = try #require(number.impossibility)
    #expect(refusal(.setPhone(upn, .office, number), tenant) == .number(.office, problem))
    var new = User(upn: try #require(UPN("nia@larkspur.example")))
    new.phones.mobile = number
    #expect(refusal(.addUser(new), tenant) == .number(.mobile, problem))
    let told = CommandRefusal.number(.office, problem).explanation
    #expect(told.hasPrefix("the office number is none: \(said)"))
    #expect(told.hasSuffix(problem.remedy) && !told.contains(number.subscriber))
  }

  @Test("NUM-4, EXT-1: an alternate number needs a mobile one, and only an office number has an extension")
  func kinds() throws {
    let (tenant, upn) = (try tenant { $0.phones.mobile = nil }, try #require(upn))
    let (number, line) = (try #require(mobile), try #require(PhoneNumber("+1 4255550100x204")))
    #expect(refusal(.setPhone(upn, .alternate, number), tenant) == .phones(.alternateWithoutMobile))
    #expect(refusal(.setPhone(upn, .mobile, line), tenant) == .phones(.extensionOutsideOffice(.mobile)))
    #expect(refusal(.setPhone(upn, .office, line), tenant) == nil)
  }

  @Test("Names say something, and a pass is nobody's default; who was imported so is still changed in other things")
  func wrongDetails() throws {
    let (tenant, upn) = (try tenant { $0.defaultMethod = .pass }, try #require(upn))
    let wrong: [(WritableKeyPath<UserChange, String?>?, [String]?, Method??, CommandRefusal)] = [
      (\.name, nil, nil, .noName), (nil, ["A", " "], nil, .groupWithoutName), (nil, nil, .pass, .passAsDefault),
    ]
    for (name, groups, method, expected) in wrong {
      var change = UserChange()
      if let name { change[keyPath: name] = " \t" }
      (change.groups, change.defaultMethod) = (groups, method)
      #expect(refusal(.changeUser(upn, change), tenant) == expected)
      let new = User(upn: try #require(UPN("nia@larkspur.example")))
      #expect(refusal(.addUser(change.applied(to: new)), tenant) == expected)
    }
    var change = UserChange()
    change.language = Language("de")
    #expect(refusal(.changeUser(upn, change), tenant) == nil)
    #expect(refusal(.addUser(User(upn: upn)), tenant) == .userExists(upn))
  }

  @Test("BLOCK-1, REC-3: a reason that says nothing is none", arguments: ["", " ", "\t\n"])
  func reasons(reason: String) throws {
    let upn = try #require(upn)
    let commands: [TenantCommand] = [
      .block(upn, reason: reason), .unblock(upn, reason: reason), .resetMethods(upn, reason: reason),
      .requireRegistration(upn, reason: reason),
    ]
    for command in commands {
      #expect(throws: CommandRefusal.noReason) { try tenant().decide(command, at: .virtualStart) }
    }
    #expect(CommandRefusal.noReason.explanation == "the reason is empty: say why, in a few words")
  }

  @Test("REC-2: a pass has 8 to 48 characters", arguments: [(7, false), (8, true), (48, true), (49, false)])
  func passLength(length: Int, isRight: Bool) throws {
    let (tenant, upn) = (try tenant(), try #require(upn))
    let command = TenantCommand.issuePass(upn, minutes: nil, isOnce: nil, length: length)
    if isRight {
      #expect(try tenant.decide(command, at: .virtualStart).count == 2)
    } else {
      #expect(throws: CommandRefusal.passHas(characters: length)) { try tenant.decide(command, at: .virtualStart) }
      #expect(
        CommandRefusal.passHas(characters: length).explanation == "a pass cannot have \(length) characters: 8 to 48")
    }
  }

  @Test("CALL-9, REPORT-6: a PIN that is the user's report code is known as one, of a user in scope or not")
  func reportCode() throws {
    var tenant = try tenant { $0.groups = ["Field"] }
    let greeting = try #require(Language("en"))
    tenant.greetings = [CustomGreeting(message: .fraudGreetingStandard, language: greeting, length: .seconds(5))]
    tenant.settings.fraudAlert.code = try #require(ReportCode("4711"))
    tenant.settings.reportActivity.code = try #require(ReportCode("2580"))
    (tenant.settings.reportActivity.state, tenant.settings.reportActivity.scope) = (.enabled, .group("Field"))
    let inScope = try #require(tenant.users.first)
    var other = inScope
    other.groups = []
    let pins = try ["4711", "2580", "47110"].map { try #require(Passcode($0)) }
    #expect(pins.map { tenant.isReportCode($0, of: inScope) } == [false, true, false])
    #expect(pins.map { tenant.isReportCode($0, of: other) } == [true, false, false])
    #expect(refusal(.setPIN(inScope.upn, isReportCode: true), tenant) == .pinIsReportCode)
  }
}
