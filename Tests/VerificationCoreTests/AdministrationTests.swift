import Testing
import VerificationCore

@Suite("What admins may do")
struct AdministrationTests {
  private static let upn = UPN("omar@larkspur.example")
  private static let number = PhoneNumber("+44 7700900456")

  /// Every command with its least role; nil is what people do for themselves.
  static let commands: [(TenantCommand, Role?)] = {
    guard let upn, let number else { return [] }
    return [
      (.block(upn, reason: "Lost"), .authenticationPolicyAdministrator),
      (.unblock(upn, reason: "Found"), .authenticationPolicyAdministrator),
      (.unlock(upn), .authenticationPolicyAdministrator), (.addProvider, .authenticationPolicyAdministrator),
      (.setEnabled(upn, false), .userAdministrator), (.forcePasswordChange(upn), .userAdministrator),
      (.revokeSessions(upn), .userAdministrator),
      (.resetMethods(upn, reason: "Lost"), .authenticationAdministrator),
      (.requireRegistration(upn, reason: "Lost"), .authenticationAdministrator),
      (.deletePhone(upn, .office), .authenticationAdministrator),
      (.removeDevice(upn, device: "old phone"), .authenticationAdministrator),
      (.issuePass(upn, minutes: nil, isOnce: nil), .authenticationAdministrator),
      (.deletePass(upn), .authenticationAdministrator),
      (.dismissRisk(upn), .securityOperator), (.confirmSafe(upn), .securityOperator),
      (.confirmCompromised(upn), .securityOperator),
      (.importTokens(tokenFile(["T2", upn.text])), .globalAdministrator),
      (.activateToken(serial: "T1", isCodeRight: true), .globalAdministrator),
      (.deleteToken(serial: "T1"), .globalAdministrator),
      (.registerPhone(upn, .alternate, number), nil), (.registerApp(upn, device: "new phone"), nil),
      (.registerPasskey(upn, name: "red key"), nil), (.changePassword(upn), nil),
    ]
  }()

  private func bench() throws -> Bench {
    var bench = try Bench { $0.sspr.enabled = true }
    try bench.approve { $0.purpose = .passwordReset }
    try bench.administer(.confirmCompromised(bench.upn))
    try bench.administer(.block(bench.upn, reason: "Lost"))
    try bench.administer(.issuePass(bench.upn, minutes: nil, isOnce: nil))
    try bench.administer(.importTokens(tokenFile(["T1", bench.upn.text])))
    return bench
  }

  @Test("TEN-10: the table names every command")
  func complete() { #expect(Self.commands.count == 23) }

  @Test(
    "TEN-10: each command has a least role; it and a global administrator pass, all others are refused",
    arguments: commands)
  func roles(command: TenantCommand, least: Role?) throws {
    let bench = try bench()
    for role in Role.allCases {
      var tried = bench
      let refusal = tried.refusal(command, by: role)
      let passes = least == nil || role == least || role == .globalAdministrator
      if passes {
        #expect(refusal == (command == .addProvider ? .providersAreClosed : nil))
      } else {
        #expect(refusal == least.map { .roleMissing(needed: $0) })
        #expect(tried.tenant == bench.tenant)
      }
    }
  }

  @Test("TEN-10, REC-3: each command that changes something is audited, about the user", arguments: commands)
  func audited(command: TenantCommand, least: Role?) throws {
    guard command != .addProvider else { return }
    var bench = try bench()
    let before = bench.tenant.audits.count
    try bench.administer(command)
    #expect(bench.tenant.audits.count == before + 1)
    #expect(bench.tenant.audits.last?.at == bench.now)
    #expect(bench.tenant.audits.last?.upn == bench.upn)
  }

  @Test("TEN-9: providers are read-only, for a global administrator too")
  func providers() throws {
    var bench = try Bench()
    let refusal = bench.refusal(.addProvider)
    #expect(refusal == .providersAreClosed)
    #expect(
      refusal?.explanation == "authentication providers are read-only: none has been added since 2018-09-01")
  }

  @Test("A user that is not there is refused, after the role", arguments: commands)
  func unknown(command: TenantCommand, least: Role?) throws {
    guard let upn = command.upn else { return }
    let empty = Tenant(name: "T")
    #expect(throws: CommandRefusal.unknownUser(upn)) { try empty.decide(command, at: .virtualStart) }
    guard let least, least != .globalAdministrator else { return }
    let wrong = Admin(role: least == .securityOperator ? .userAdministrator : .securityOperator)
    #expect(throws: CommandRefusal.roleMissing(needed: least)) {
      try empty.decide(command, by: wrong, at: .virtualStart)
    }
  }

  @Test(
    "NUM-4: one number a kind: a new one replaces the old",
    arguments: PhoneKind.allCases)
  func oneNumberAKind(kind: PhoneKind) throws {
    var bench = try Bench()
    for text in ["+44 7700900456", "+44 7700900789"] {
      try bench.administer(.registerPhone(bench.upn, kind, try #require(PhoneNumber(text))))
    }
    let phones = try #require(bench.tenant.user(bench.upn)?.phones)
    #expect(phones[kind] == PhoneNumber("+44 7700900789"))
    #expect(phones.all.count == (kind == .alternate ? 3 : 2))
  }

  @Test("NUM-4: an alternate number needs a mobile one first, and keeps it")
  func alternate() throws {
    let number = try #require(PhoneNumber("+44 7700900456"))
    var bare = try Bench { _ in
    } user: {
      $0.phones.mobile = nil
    }
    #expect(bare.refusal(.registerPhone(bare.upn, .alternate, number)) == .phones(.alternateWithoutMobile))
    var bench = try Bench()
    try bench.administer(.registerPhone(bench.upn, .alternate, number))
    #expect(bench.refusal(.deletePhone(bench.upn, .mobile)) == .phones(.alternateWithoutMobile))
    try bench.administer(.deletePhone(bench.upn, .alternate))
    try bench.administer(.deletePhone(bench.upn, .mobile))
    #expect(bench.refusal(.deletePhone(bench.upn, .mobile)) == .noSuchPhone(.mobile))
    #expect(bench.tenant.user(bench.upn)?.phones.all.count == 1)
  }

  @Test("NUM-4: only an office number has an extension", arguments: PhoneKind.allCases)
  func extensions(kind: PhoneKind) throws {
    let number = try #require(PhoneNumber("+44 2079460123x204"))
    var bench = try Bench()
    let refusal = bench.refusal(.registerPhone(bench.upn, kind, number))
    #expect(refusal == (kind == .office ? nil : .phones(.extensionOutsideOffice(kind))))
  }

  @Test("NUM-4: calls try mobile, alternate, office in this order")
  func order() throws {
    let (mobile, alternate, office) = (
      PhoneNumber("+44 7700900123"), PhoneNumber("+44 7700900456"), PhoneNumber("+44 2079460123")
    )
    #expect(Phones(mobile: mobile, alternate: alternate, office: office).firstForCalls == mobile)
    #expect(Phones(alternate: alternate, office: office).firstForCalls == alternate)
    #expect(Phones(office: office).firstForCalls == office)
    #expect(Phones().firstForCalls == nil)
  }

  @Test(
    "Each refusal says what is wrong, and what to do where something can be done",
    arguments: [
      (.roleMissing(needed: .userAdministrator), "this takes at least the role userAdministrator"),
      (.toOneself, "nobody issues a pass to oneself: ask another admin"),
      (.passesAreOff, "temporary access passes are off: turn pass.enabled on"),
      (.passLasts(9), "a pass cannot last 9 minutes: 10 to 43200"),
      (.noSuchPhone(.office), "the user has no office number"),
      (.noSuchDevice("old phone"), "the user has no device \"old phone\""),
      (.phones(.alternateWithoutMobile), "an alternate number needs a mobile number first"),
      (.phones(.extensionOutsideOffice(.mobile)), "only an office number has an extension, not the mobile one"),
      (.noPass, "the user has no pass"), (.tooManyTokens, "a user has at most 5 tokens and apps"),
      (.noSuchToken(serial: "T1"), "the tenant has no token T1"), (.notBlocked, "the user is not blocked"),
      (.noRisk, "the user is not at risk"), (.gatesMissing(1), "1 more method must be verified first"),
      (.gatesMissing(2), "2 more methods must be verified first"),
      (.resetIsOff, "self-service reset is off: turn sspr.enabled on"),
    ] as [(CommandRefusal, String)])
  func explained(refusal: CommandRefusal, explanation: String) {
    #expect(refusal.explanation == explanation)
  }

  @Test("TEN-1: licences include one another: free, p1, p2")
  func licences() {
    #expect(Tenant.Licence.free < .p1 && Tenant.Licence.p1 < .p2 && !(Tenant.Licence.p2 < .p2))
  }

  @Test("TEN-1: a tenant is managed, in the cloud and English unless told; a user is enforced, enabled and no guest")
  func defaults() throws {
    let bench = try Bench()
    #expect(bench.tenant.federation == .managed && bench.tenant.deployment == .cloud)
    #expect(bench.tenant.language == .english)
    let user = try #require(bench.tenant.user(bench.upn))
    #expect(user.requirement == .enforced && user.isEnabled && !user.isGuest && user.defaultMethod == nil)
  }

  @Test("TEN-1: a disabled account does not sign in, whatever it asks for, until it is enabled")
  func disabled() throws {
    var bench = try Bench()
    try bench.administer(.setEnabled(bench.upn, false))
    for purpose in [SignInRequest.Purpose.signIn, .registration, .passwordReset] {
      #expect(try bench.signIn { $0.purpose = purpose } == .accountDisabled)
    }
    try bench.administer(.setEnabled(bench.upn, true))
    #expect(try bench.signIn() == nil)
    #expect(bench.audits == ["Account disabled", "Account enabled"])
  }
}

@Suite("Addresses of mails")
struct MailAddressTests {
  @Test("REPORT-8: an address that stands twice in the list gets one mail")
  func twice() throws {
    var settings = Settings()
    try #require(Setting.named("fraudAlert.notify")).set("sec@larkspur.example, SEC@larkspur.example", in: &settings)
    #expect(settings.fraudAlert.notify.map(\.text) == ["sec@larkspur.example"])
  }

  @Test(
    "REPORT-8: an address has a name, one @ and a domain with a dot",
    arguments: [
      ("Sec@Larkspur.example", "sec@larkspur.example"), ("sec", nil), ("sec@larkspur", nil), ("@larkspur.example", nil),
      ("sec@@larkspur.example", nil), ("sec it@larkspur.example", nil), ("", nil),
    ] as [(String, String?)])
  func read(text: String, address: String?) {
    #expect(MailAddress(text)?.text == address)
  }
}
