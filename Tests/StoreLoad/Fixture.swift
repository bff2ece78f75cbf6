import Records
import VerificationCore

/// A small store with something in every table that a version of the schema has.
enum Fixture {
  static func make(_ path: String, _ arguments: [String]) throws {
    guard let version = arguments.first, let place = TenantStore.versions.firstIndex(of: version) else {
      StoreLoad.fail(2, "the versions are: \(TenantStore.versions.joined(separator: ", "))")
    }
    let has = Set(TenantStore.versions[...place])
    let store = try TenantStore.create(at: path, version: version)
    try store.change("tenant init", at: .virtualStart) { change in
      try change.replace(with: tenant(hasGreetings: has.contains("greetings")), pins: [name(1)]) { event in
        switch event {
        case .setUp(.pinSet): "$argon2id$v=19$not-a-hash"
        case .tokenImported(let token): "sealed-\(token.serial)"
        default: nil
        }
      }
      if has.contains("greetings") { try change.keep(greeting: "tone", Array(0...255)) }
    }
    try store.change("a day", by: Admin(upn: name(2), role: .authenticationAdministrator), at: day) { change in
      for event in events { try change.record(event) }
      if has.contains("records") { for event in records { try change.record(event) } }
      if has.contains("calls and messages") { try communicate(change) }
    }
    if has.contains("checkpoints") { try fillCheckpoint(store) }
    try store.close()
  }

  private static let day = Instant.virtualStart + .days(1)

  private static func tenant(hasGreetings: Bool) -> Tenant {
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

  static func user(_ number: Int) -> User {
    var user = User(
      upn: name(number), name: "User \(number) Müller", phone: PhoneNumber("+33 7440814\(10 + number % 90)"))
    user.groups = number % 3 == 0 ? ["staff", "phone"] : []
    user.apps = number % 5 == 1 ? [AppRegistration(device: "phone \(number)", secret: AppSecret(number))] : []
    user.language = number % 4 == 0 ? Language("fr-CA") : nil
    return user
  }

  private static var events: [TenantEvent] {
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

  private static var records: [TenantEvent] {
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

  private static func communicate(_ change: Change) throws {
    for row in 0..<60 { try change.record(call(row / 6, row)) }
    if let to = MailAddress("security@larkspur.example") {
      try change.record(.mailSent(Mail(at: day, to: to, upn: name(3))))
    }
    let long = String(repeating: "a long text, which takes pages of its own; ", count: 300)
    try change.record(
      SentMessage(at: day, kind: "textSent", upn: name(1), recipient: "+33 *******11", body: "{\"text\":\"\(long)\"}"))
  }

  private static func fillCheckpoint(_ store: TenantStore) throws {
    try store.change("many", at: day) { change in
      _ = try change.holding()
      for wrong in 1...520 {
        try change.record(.wrongPINCounted(name(10), Lockout(wrongPINs: wrong, last: day, lockedUntil: nil)))
      }
    }
    try store.change("behind the checkpoint", at: day) { change in
      try change.perform(.block(name(11), reason: "Behind the checkpoint"))
    }
  }
}
