import VerificationCore

/// Tenants whose files stand in Fixtures/tenants, so that the schemas and fmt are tried on them too.
enum TenantFixtures {
  static let helga = name("helga@larkspur.example")
  static let omar = name("omar@larkspur.example")

  static func name(_ text: String) -> UPN {
    guard let upn = UPN(text) else { preconditionFailure("\(text) is no name") }
    return upn
  }

  static func at(_ text: String) -> Instant {
    guard let instant = Instant(iso8601: text) else { preconditionFailure("\(text) is no time") }
    return instant
  }

  /// With everything that a tenant can hold.
  static var everything: Tenant {
    var tenant = Tenant(name: "Larkspur", language: Language("fr") ?? .english)
    (tenant.federation, tenant.deployment, tenant.licence) = (.federated, .onPremises, .p1)
    for (setting, value) in [
      ("pin.mode", "true"), ("fraudAlert.code", "00"), ("call.ringTimeout", "45.5s"),
      ("fraudAlert.notify", "it@larkspur.example, security@larkspur.example"), ("reportActivity.scope", "Pilots"),
    ] { try? Setting.named(setting)?.set(value, in: &tenant.settings) }
    tenant.providers = ["Old provider"]
    tenant.locations = [
      NamedLocation(
        name: "Office", ranges: ["203.0.113.0/24", "2001:db8::/32"].compactMap { try? IPRange($0) }, isTrusted: true),
      NamedLocation(name: "Many", ranges: (0..<9).compactMap { try? IPRange("198.51.\($0).0/24") }, isTrusted: false),
    ]
    tenant.greetings = [
      CustomGreeting(
        message: .fraudGreetingStandard, language: .english, length: Milliseconds(6_250), file: "a.wav",
        script: "Press 0 and pound: \"fraud\"."),
      CustomGreeting(message: .greetingPIN, language: Language("no") ?? .english, length: .seconds(6)),
    ]
    addUsers(to: &tenant)
    addFacts(to: &tenant)
    return tenant
  }

  private static func addUsers(to tenant: inout Tenant) {
    var helga = User(upn: helga, name: "Helga Brandt", language: Language("no"))
    helga.phones = Phones(
      mobile: PhoneNumber("+33 612345678"), alternate: PhoneNumber("+33 612345679"),
      office: PhoneNumber("+49 3012345678x204"))
    (helga.groups, helga.isGuest, helga.isEnabled, helga.hasAppPassword) = (["Pilots", "0042"], true, false, true)
    (helga.requirement, helga.defaultMethod) = (.enabled, .text)
    (helga.mustChangePassword, helga.mustRegister) = (true, true)
    helga.passkeys = ["blue key"]
    helga.apps = [
      AppRegistration(device: "old phone", secret: AppSecret(1)),
      AppRegistration(device: "new phone", secret: AppSecret(7)), AppRegistration(device: "no", secret: AppSecret(8)),
    ]
    tenant.users = [helga, User(upn: omar)]
    for token in [
      OATHToken(
        serial: "4711", secret: nil, interval: .seconds30, manufacturer: "Northgate", model: "NG-1", owner: self.helga,
        isActive: true),
      OATHToken(serial: "4712", secret: nil, interval: .seconds60, manufacturer: "", model: ""),
    ] { tenant.apply(.tokenImported(token)) }
    tenant.apply(.setUp(.registrationsCounted(9)))
  }

  private static func addFacts(to tenant: inout Tenant) {
    for event: TenantEvent in [
      .userBlocked(Block(upn: helga, reason: "Lost phone", since: at("2024-09-01T08:00:00Z"))),
      .userBlocked(
        Block(upn: helga, reason: "Reported fraud by phone", by: .user, since: at("2025-01-10T08:00:00.250Z"))),
      .riskDetected(
        RiskDetection(
          upn: omar, at: at("2025-01-10T08:00:00Z"), kind: .userReportedSuspiciousActivity, state: .remediated)),
      .riskDetected(RiskDetection(upn: omar, at: at("2025-01-11T08:00:00Z"), kind: .adminConfirmedUserCompromised)),
      .wrongPINCounted(
        omar,
        Lockout(wrongPINs: 10, last: at("2025-01-15T08:59:00Z"), lockedUntil: at("2025-01-15T09:29:00Z"))),
      .wrongPINCounted(helga, Lockout(wrongPINs: 2, last: at("2025-01-15T08:59:00Z"), lockedUntil: nil)),
      .passIssued(
        Pass(upn: omar, issued: at("2025-01-15T08:30:00Z"), lifetime: .minutes(60), isOnce: true, isUsed: true)),
      .clientRemembered(RememberedClient(upn: omar, client: .browser("laptop"), since: at("2025-01-02T10:00:00Z"))),
      .clientRemembered(RememberedClient(upn: omar, client: .app("mail"), since: at("2025-01-03T10:00:00Z"))),
      .clientRemembered(RememberedClient(upn: omar, client: .browser(nil), since: at("2025-01-04T10:00:00Z"))),
      .gatePassed(omar, .text, at: at("2025-01-15T08:55:00Z")),
      .gatePassed(omar, .app, at: at("2025-01-15T08:56:00Z")),
      .callPlaced(PlacedCall(upn: omar, number: "+447700900123", at: at("2025-01-15T08:58:00Z"))),
    ] { tenant.apply(event) }
  }

  /// Every odd text in every place that takes a text.
  static var oddTexts: Tenant {
    var tenant = Tenant(name: "\"Odd\": texts #1")
    tenant.settings.reportActivity.scope = .group("a\nb")
    for (number, text) in RandomTenant.oddTexts.enumerated() {
      var user = User(upn: name("user-\(number)@odd.example"), name: text)
      (user.groups, user.passkeys) = ([text], [text])
      user.apps = [AppRegistration(device: text, secret: AppSecret(number + 1))]
      tenant.users.append(user)
      tenant.providers.append(text)
      tenant.locations.append(NamedLocation(name: text, ranges: [], isTrusted: false))
      let since = Instant.virtualStart
      tenant.apply(.userBlocked(Block(upn: user.upn, reason: text, since: since)))
      tenant.apply(.clientRemembered(RememberedClient(upn: user.upn, client: .browser(text), since: since)))
      tenant.apply(
        .tokenImported(
          OATHToken(
            serial: text, secret: nil, interval: .seconds30, manufacturer: text, model: text, owner: user.upn,
            isActive: true)))
    }
    for (message, text) in zip(MessageType.allCases, RandomTenant.oddTexts.shuffledBySeed) {
      tenant.greetings.append(
        CustomGreeting(message: message, language: .english, length: .seconds(5), script: text))
    }
    return tenant
  }
}

extension [String] {
  /// Not the first ones only.
  fileprivate var shuffledBySeed: [String] {
    enumerated().sorted { ($0.0 * 37 % count) < ($1.0 * 37 % count) }.map(\.1)
  }
}
