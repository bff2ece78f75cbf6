import Testing
import VerificationCore

extension Setting {
  /// The texts of values that are not its default, the ends of its range among them.
  var otherValues: [String] {
    let values: [String] =
      switch kind {
      case .flag: ["true", "false"]
      case .count(let range, _, _): ["\(range.lowerBound)", "\(range.upperBound)", "\(range.lowerBound + 1)"]
      case .length(let range, _, _):
        [range.lowerBound, range.upperBound, range.lowerBound + Milliseconds(1)].map { $0.decimalSeconds + "s" }
      case .choice(let choices, _): choices
      case .reportCode: ["0911", "7"]
      case .number: ["+1 8005550199"]
      case .text: Self.texts[name] ?? []
      case .list: Self.lists[name] ?? []
      }
    return values.filter { $0 != defaultValue }
  }

  private static let texts = [
    "reportActivity.scope": ["Pilots", "The pilots, and others", "none"],
    "sms.domain": ["login.larkspur.example"],
    "trustedIPs.policyServer": ["198.51.100.9", "2001:db8::7"],
  ]
  private static let lists = [
    "fraudAlert.notify": ["sec@larkspur.example", "sec@larkspur.example, it@larkspur.example"],
    "trustedIPs.ranges": ["203.0.113.0/24", "203.0.113.0/24, 198.51.100.7/32"],
  ]
}

/// A tenant of which every part differs from an empty one now and then.
struct AnyTenant<Chance: RandomNumberGenerator> {
  var chance: Chance

  mutating func tenant() throws -> Tenant {
    var tenant = Tenant(name: text(), language: try pick(languages()))
    tenant.federation = try pick(Tenant.Federation.allCases)
    tenant.deployment = try pick(Tenant.Deployment.allCases)
    tenant.licence = try pick(Tenant.Licence.allCases)
    for setting in Setting.all where flip() { try setting.set(try pick(setting.otherValues), in: &tenant.settings) }
    for _ in 0..<Int.random(in: 0...30, using: &chance) { tenant.users.set(try user()) }
    for _ in 0..<Int.random(in: 0...4, using: &chance) { tenant.apply(.setUp(.greetingAdded(try greeting()))) }
    for _ in 0..<Int.random(in: 0...3, using: &chance) { tenant.apply(.setUp(.locationSet(try location()))) }
    if flip() { tenant.providers = [text(), text()] }
    for _ in 0..<Int.random(in: 0...20, using: &chance) { tenant.apply(.tokenImported(try token())) }
    for _ in 0..<Int.random(in: 0...60, using: &chance) { tenant.apply(try event()) }
    // Settings change while calls and users are there.
    let windows = ["60", "600", "3600"]
    tenant.apply(.setUp(.settingChanged(SettingChange(name: "call.window", value: try pick(windows)))))
    return tenant
  }

  mutating func records() throws -> [TenantEvent] {
    let (upn, at) = (try upn(), instant())
    return [
      .signInRecorded(SignInRecord(at: at, upn: upn, outcome: .userBlocked, method: .call, number: nil, why: [])),
      .audited(AuditRecord(at: at, activity: .userBlocked, upn: upn, reason: text())),
      .fraudReported(FraudReport(upn: upn, at: at)),
      .mailSent(Mail(at: at, to: try #require(MailAddress("sec@larkspur.example")), upn: upn)),
    ]
  }

  mutating func upn() throws -> UPN { try #require(UPN("user\(Int.random(in: 0...40, using: &chance))@a.example")) }

  /// What has been done to people and still counts.
  private mutating func event() throws -> TenantEvent {
    let (upn, at) = (try upn(), instant())
    switch Int.random(in: 0...13, using: &chance) {
    case 0: return .userBlocked(Block(upn: upn, reason: text(), by: flip() ? .admin : .user, since: at))
    case 1: return .userUnblocked(upn, reason: "")
    case 2:
      let lockout = Lockout(
        wrongPINs: Int.random(in: 1...9, using: &chance), last: at, lockedUntil: flip() ? instant() : nil)
      return .wrongPINCounted(upn, lockout)
    case 3:
      let kind = try pick(RiskDetection.Kind.allCases)
      return .riskDetected(
        RiskDetection(upn: upn, at: at, kind: kind, state: try pick(RiskDetection.State.allCases)))
    case 4: return .riskClosed(upn, try pick(RiskDetection.State.allCases))
    case 5:
      return .passIssued(
        Pass(upn: upn, issued: at, lifetime: .minutes(10), isOnce: flip(), isUsed: flip()))
    case 6: return .passUsed(upn)
    case 7:
      let clients: [SignInRequest.Client] = [.browser(text()), .app(text()), .browser("one")]
      return .clientRemembered(RememberedClient(upn: upn, client: try pick(clients), since: at))
    case 8: return .gatePassed(upn, try pick(Method.allCases), at: at)
    case 9: return .callPlaced(PlacedCall(upn: upn, number: text(), at: at))
    case 10: return .appRegistered(upn, AppRegistration(device: text(), secret: AppSecret(41)))
    case 11: return .methodsReset(upn)
    case 12: return .sessionsRevoked(upn)
    default: return .tokenDeleted(serial: "T\(Int.random(in: 0...9, using: &chance))")
    }
  }

  private mutating func user() throws -> User {
    var user = User(upn: try upn(), name: text())
    user.language = flip() ? try pick(languages()) : nil
    user.groups = flip() ? [text(), text()] : []
    (user.isGuest, user.isEnabled, user.hasAppPassword) = (flip(), flip(), flip())
    (user.mustChangePassword, user.mustRegister) = (flip(), flip())
    user.requirement = try pick(User.Requirement.allCases)
    user.phones = Phones(
      mobile: PhoneNumber("+44 7700900123"), alternate: flip() ? PhoneNumber("+44 7700900124") : nil,
      office: flip() ? PhoneNumber("+44 2079460123x7") : nil)
    user.apps =
      flip() ? [AppRegistration(device: text(), secret: AppSecret(Int.random(in: 1...40, using: &chance)))] : []
    user.passkeys = flip() ? [text()] : []
    user.defaultMethod = flip() ? try pick(Method.allCases) : nil
    return user
  }

  mutating func token() throws -> OATHToken {
    let key = try TokenSecret("JBSWY3DPEHPK3PXP")
    return OATHToken(
      serial: "T\(Int.random(in: 0...29, using: &chance))", secret: flip() ? key : nil,
      interval: try pick(OATHToken.Interval.allCases), manufacturer: text(), model: text(),
      owner: flip() ? try upn() : nil, isActive: flip())
  }

  private mutating func greeting() throws -> CustomGreeting {
    CustomGreeting(
      message: try pick(MessageType.allCases), language: try pick(languages()), length: .seconds(3),
      file: flip() ? text() : nil, script: flip() ? text() : nil)
  }

  private mutating func location() throws -> NamedLocation {
    let ranges = ["203.0.113.0/24", "2001:db8::/32"]
    return NamedLocation(name: text(), ranges: [try IPRange(try pick(ranges))], isTrusted: flip())
  }

  private func languages() throws -> [Language] { try ["en", "de", "fr-CA"].map { try #require(Language($0)) } }

  private mutating func instant() -> Instant {
    .virtualStart + .seconds(Int64.random(in: 0...7_200, using: &chance))
  }

  private mutating func text() -> String { "x\(Int.random(in: 0...9_999, using: &chance))" }

  private mutating func flip() -> Bool { Bool.random(using: &chance) }

  private mutating func pick<Value>(_ values: [Value]) throws -> Value {
    try #require(values.randomElement(using: &chance))
  }
}
