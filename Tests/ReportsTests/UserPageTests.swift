import Reports
import Testing
import VerificationCore

@Suite("What an admin is shown of a user")
struct UserPageTests {
  private let now = Instant.virtualStart

  private func page() throws -> UserPage {
    let upn = try #require(UPN("omar@larkspur.example"))
    var user = User(upn: upn, name: "Omar \u{1B}[31mHaddad", language: Language("en"))
    user.groups = ["Field", "Paris"]
    user.phones = Phones(mobile: PhoneNumber("+44 7700900123"), office: PhoneNumber("+1 4255550100x204"))
    user.apps = [AppRegistration(device: "Pixel 8", secret: AppSecret(1))]
    (user.defaultMethod, user.isEnabled, user.isGuest) = (.text, false, false)
    (user.mustRegister, user.mustChangePassword) = (true, true)
    var tenant = Tenant(name: "Larkspur", users: [user])
    tenant.settings.methods.text = false
    let tokens = ["T1", "T2"].map {
      OATHToken(
        serial: $0, secret: TokenSecret(bytes: Array("12345678901234567890".utf8)), interval: .seconds30,
        manufacturer: "Feitian", model: "c200", owner: upn, isActive: $0 == "T1")
    }
    let events: [TenantEvent] =
      [
        .userBlocked(Block(upn: upn, reason: "Lost phone", since: now)),
        .wrongPINCounted(upn, Lockout(wrongPINs: 5, last: now, lockedUntil: now + .minutes(15))),
        .riskDetected(RiskDetection(upn: upn, at: now, kind: .userReportedSuspiciousActivity)),
        .passIssued(Pass(upn: upn, issued: now, lifetime: .minutes(60), isOnce: true)),
        .clientRemembered(RememberedClient(upn: upn, client: .app("Mail"), since: now)),
      ] + tokens.map { .tokenImported($0) }
    for event in events { tenant.apply(event) }
    return UserPage(UserStatuses(tenant, at: now).status(of: user), pin: .set, keyedTokens: ["T1"])
  }

  @Test("Everything stands on it: numbers in full, nothing of a secret, no control character")
  func text() throws {
    #expect(
      try page().lines(at: now).joined(separator: "\n") == """
        omar@larkspur.example  Omar \\u{1B}[31mHaddad
            account         disabled: no sign-in is let in
            verification    enforced
            language        en
            groups          Field, Paris
            mobile          +44 7700900123
            alternate       none
            office          +1 4255550100x204
            default         a text message
            methods         a call
                            a text message, which is off: methods.text
                            an app notification
                            a code from an app or token
                            a temporary access pass
            apps            Pixel 8
            passkeys        none
            tokens          T1: Feitian c200, 30 s, active
                            T2: Feitian c200, 30 s, not activated, its key is not in
                            this store
            PIN             set
            pass            good once; issued 2025-01-15T09:00:00Z, until
                            2025-01-15T10:00:00Z
            app password    none
            blocked         until 2025-04-15T09:00:00Z, since 2025-01-15T09:00:00Z, by
                            an admin: Lost phone
            lockout         locked until 2025-01-15T09:15:00Z: 5 wrong PINs in a row
                            count
            risk            high since 2025-01-15T09:00:00Z:
                            userReportedSuspiciousActivity (end user)
            remembered      app "Mail", until 2025-07-14T09:00:00Z
            must            register security information at the next sign-in
                            change the password at the next sign-in
        """)
  }

  @Test("As JSON, each key stands in its place")
  func json() throws {
    #expect(
      try page().jsonLine(at: now) == """
        {"user":"omar@larkspur.example","name":"Omar \\u001b[31mHaddad","enabled":false,"state":"enforced",\
        "guest":false,"language":"en","groups":["Field","Paris"],"phones":{"mobile":"+44 7700900123",\
        "alternate":null,"office":"+1 4255550100x204"},"defaultMethod":"text",\
        "registered":["call","text","app","code","pass"],"usable":["call","app","code","pass"],"apps":["Pixel 8"],\
        "passkeys":[],"tokens":[{"serial":"T1","interval":30,"manufacturer":"Feitian","model":"c200","active":true,\
        "hasKey":true},{"serial":"T2","interval":30,"manufacturer":"Feitian","model":"c200","active":false,\
        "hasKey":false}],"pin":"set","pass":{"issued":"2025-01-15T09:00:00Z","until":"2025-01-15T10:00:00Z",\
        "once":true,"standing":"valid"},"appPassword":false,"block":{"since":"2025-01-15T09:00:00Z",\
        "until":"2025-04-15T09:00:00Z","by":"admin","reason":"Lost phone"},"wrongPINs":5,\
        "lockedUntil":"2025-01-15T09:15:00Z","risks":[{"user":"omar@larkspur.example","at":"2025-01-15T09:00:00Z",\
        "kind":"userReportedSuspiciousActivity","level":"high","source":"end user","state":"atRisk"}],\
        "remembered":[{"client":"app","name":"Mail","since":"2025-01-15T09:00:00Z","until":"2025-07-14T09:00:00Z"}],\
        "mustRegister":true,"mustChangePassword":true}
        """)
  }

  @Test("A list says what is out of the ordinary, and nothing where all is in order")
  func marks() throws {
    #expect(
      try page().status.marks == [
        "disabled", "blocked until 2025-04-15T09:00:00Z", "locked until 2025-01-15T09:15:00Z", "at risk",
        "must register", "must change the password",
      ])
    var plain = User(upn: try #require(UPN("nia@larkspur.example")), phone: PhoneNumber("+44 7700900123"))
    #expect(UserStatuses(Tenant(name: "T"), at: now).status(of: plain).marks.isEmpty)
    (plain.phones, plain.isGuest) = (Phones(), true)
    #expect(UserStatuses(Tenant(name: "T"), at: now).status(of: plain).marks == ["no method", "guest"])
  }

  @Test("A pass that was used or is over says so, and a PIN that was not taken along")
  func passes() throws {
    let upn = try #require(UPN("omar@larkspur.example"))
    let pass = Pass(upn: upn, issued: now, lifetime: .minutes(60), isOnce: true, isUsed: true)
    #expect(pass.line(at: now).hasPrefix("used; "))
    #expect(pass.line(at: now + .minutes(60)).hasPrefix("expired; "))
    let status = UserStatuses(Tenant(name: "T"), at: now).status(of: User(upn: upn))
    let lines = UserPage(status, pin: .leftBehind, keyedTokens: []).lines(at: now)
    #expect(lines.contains("    PIN             not taken along when the tenant was moved: set one"))
  }
}
