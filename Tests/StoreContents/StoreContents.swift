public import VerificationCore

/// What the fixture of each version of a store's schema holds (`script/store-fixtures`). Those of releases stay as they
/// are, and so does this.
public enum StoreContents {
  public static let day = Instant.virtualStart + .days(1)

  public static func tenant(hasGreetings: Bool) -> Tenant {
    var tenant = Tenant(name: "Larkspur \"quoted\" \\ Ünïcode ☎︎\nline", users: People((0..<20).map(user)))
    tenant.locations = [
      NamedLocation(name: "office", ranges: ["192.0.2.0/24"].compactMap { try? IPRange($0) }, isTrusted: true)
    ]
    tenant.tokens = TokenShelf(
      (0..<4).map { number in
        OATHToken(
          serial: "47\(number)", secret: nil, interval: .seconds30, manufacturer: "Acme", model: "T1",
          owner: number == 0 ? nil : name(number), isActive: number == 2)
      })
    tenant.greetings = [
      CustomGreeting(
        message: .greetingStandard, language: .english, length: .seconds(3), file: hasGreetings ? "tone" : nil,
        script: "Hello.")
    ]
    tenant.settings.fraudAlert.enabled = true
    return tenant
  }

  public static func user(_ number: Int) -> User {
    var user = User(
      upn: name(number), name: "User \(number) Müller", phone: PhoneNumber("+33 7440814\(10 + number % 90)"))
    user.groups = number % 3 == 0 ? ["staff", "phone"] : []
    user.apps = number % 5 == 1 ? [AppRegistration(device: "phone \(number)", secret: AppSecret(number))] : []
    user.language = number % 4 == 0 ? Language("fr-CA") : nil
    return user
  }

  public static var events: [TenantEvent] {
    [
      .userBlocked(Block(upn: name(3), reason: "Lost \"phone\"\t✂", since: day)),
      .wrongPINCounted(name(4), Lockout(wrongPINs: 2, last: day, lockedUntil: day + .minutes(5))),
      .riskDetected(RiskDetection(upn: name(5), at: day, kind: .adminConfirmedUserCompromised)),
      .riskDetected(RiskDetection(upn: name(6), at: day, kind: .userReportedSuspiciousActivity)),
      .riskClosed(name(6), .dismissed),
      .clientRemembered(RememberedClient(upn: name(7), client: .browser("work"), since: day)),
      .callPlaced(PlacedCall(upn: name(8), number: "+33744081418", at: day)),
      .tokenActivated(serial: "471"), .accountEnabled(name(9), false),
    ]
  }

  public static var records: [TenantEvent] {
    let finding = SignInFinding(.verification, .approved, "# was \"pressed\"")
    return (0..<12).map { number in
      .signInRecorded(
        SignInRecord(
          at: day + .seconds(Int64(number)), upn: name(number), outcome: .approved, method: .call,
          number: "+33 *******\(10 + number)", why: [SignInFinding(.account, nil, "it is enabled"), finding]))
    } + [
      .audited(
        AuditRecord(
          at: day, activity: .userBlocked, upn: name(3), reason: "Lost \"phone\"\t✂",
          by: .admin(name(2), .authenticationAdministrator))),
      .audited(AuditRecord(at: day, activity: .methodRegistered, upn: name(3), reason: nil, by: .person)),
    ]
  }

  public static let greeting: [UInt8] = Array(0...255)

  /// A text that takes pages of its own.
  public static let long = String(repeating: "a long text, which takes pages of its own; ", count: 300)

  public static func name(_ number: Int) -> UPN {
    guard let upn = UPN("user\(number)@larkspur.example") else { preconditionFailure("it is a name") }
    return upn
  }

  /// What is kept of the secret that an event is about.
  public static func kept(of event: TenantEvent) -> String? {
    switch event {
    case .setUp(.pinSet): "$argon2id$v=19$not-a-hash"
    case .tokenImported(let token): "sealed-\(token.serial)"
    default: nil
    }
  }
}
