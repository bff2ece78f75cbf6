import Simulation
import VerificationCore

/// Tenants that nobody would think of, with everything a tenant can hold; the same seed gives the same one.
struct RandomTenant {
  private(set) var tenant: Tenant
  private(set) var pins: Set<UPN> = []
  private var chance: Chance

  /// - Parameter users: at most so many.
  init(seed: UInt64, users most: Int = 6) {
    chance = Chance(seed: seed)
    tenant = Tenant(name: "")
    organise()
    let count = Int.random(in: 0...most, using: &chance)
    for number in 0..<count { addUser(number) }
    for _ in 0..<upTo(4) { addToken() }
    for upn in tenant.users.map(\.upn) { befall(upn) }
    for _ in 0..<upTo(6) { if let upn = anybody { placeCall(upn) } }
  }

  /// What YAML, the layout, a terminal or a careless program would make something else of.
  static let oddTexts = [
    "", "yes", "No", "null", "~", "true", "0042", "1e5", "1_000", "0x1F", ".5", ".inf", "12:30:45", "2025-01-15", "+1",
    "<<", "=", "-", "- a", "-a", "--- a", "...", "? a", ":", "a: b", "a:b", "a:", ": ", "#", "a #b", "a#b", "&a", "*a",
    "!t", "|", ">", "%a", "@a", "`a`", ",", "a, b", "[", "[a", "a [b", "]", "{", "{a: b}", "a {b", "}", "'", "''",
    "it's", "\"", "\"a\" [ *b", "it's \"a\" *b {[ #c", "\\", "\\\\", "a\\", "\\n", "\"\\", "a\tb", "\t", "\n",
    "a\nb", "a\n\n  b\n", "a\r\nb", "\r", "\"a\\\nb", " ", " a", "a ", "  ", "é", "e\u{301}", "a: \u{301}b",
    "a #\u{301}b", "'\u{301} \\", "\"\u{301}", "${a}", "$${a}", "$$${", "${", "$", "{\u{301}", "${\u{301}a}",
    "日本語", "🙂🏽", "\u{85}", "\u{9F}", "a\u{2028}b", "\u{2029}", "\u{FEFF}", "\u{FEFF}a", "\u{200B}", "\u{FFFE}",
    "\u{10FFFF}", "\u{202E}abc", "kept", "pin: 4711", "tenant: T", "scenario: T", "a/b\\c.wav", "Lost phone",
    String(repeating: "long ", count: 40), String(repeating: "ü", count: 150), String(repeating: "\\\"'", count: 40),
  ]

  private static let oddNames = [
    "helga", "o'hara", "*star", "a:b", "#pound", "{braces}", "[list]", "a,b", "-", "~", "no", "100", "\"quoted\"", "日本",
    "a\u{301}", "back\\slash", "${x}", "%", "!", "&x",
  ]
}

// Chance in the forms that are needed.
extension RandomTenant {
  private mutating func upTo(_ most: Int) -> Int { Int.random(in: 0...most, using: &chance) }

  private mutating func isSo(_ percent: Int = 50) -> Bool { Int.random(in: 1...100, using: &chance) <= percent }

  private mutating func one<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: values.indices, using: &chance)]
  }

  private mutating func text() -> String {
    isSo(70) ? one(Self.oddTexts) : one(Self.oddTexts) + one(Self.oddTexts)
  }

  private mutating func texts(_ most: Int) -> [String] { (0..<upTo(most)).map { _ in text() } }

  private mutating func distinctTexts(_ most: Int) -> [String] { Set(texts(most)).sorted() }

  private mutating func language() -> Language {
    one(["en", "fr", "fr-CA", "no", "zh-Hant-TW", "pt"]).map { Language($0) } ?? .english
  }

  private mutating func instant() -> Instant {
    let whole = Int64.random(in: 0...4_102_444_800, using: &chance) * 1_000
    return Instant(millisecondsSince1970: isSo() ? whole : whole + Int64.random(in: 0...999, using: &chance))
  }

  /// On one of a few days, so that much happens at one time.
  private mutating func soon() -> Instant { Instant.virtualStart + .minutes(Int64(upTo(3))) }

  private mutating func time() -> Instant { isSo() ? instant() : soon() }

  private var anybody: UPN? {
    mutating get { tenant.users.isEmpty ? nil : one(tenant.users.map(\.upn)) }
  }
}

// How it is set up.
extension RandomTenant {
  private mutating func organise() {
    tenant.name = text()
    tenant.federation = one(Tenant.Federation.allCases)
    tenant.deployment = one(Tenant.Deployment.allCases)
    tenant.licence = one(Tenant.Licence.allCases)
    tenant.language = language()
    tenant.providers = texts(3)
    for setting in Setting.all where isSo(30) { set(setting) }
    for name in distinctTexts(3) {
      tenant.locations.append(NamedLocation(name: name, ranges: ranges(isSo(20) ? 40 : 3), isTrusted: isSo()))
    }
    for message in MessageType.allCases where isSo(15) {
      let length = Milliseconds(Int64.random(in: 1...20_000, using: &chance))
      tenant.greetings.append(
        CustomGreeting(
          message: message, language: language(), length: length, file: isSo() ? "old/\(message).wav" : nil,
          script: isSo() ? text() : nil))
    }
    if isSo() { tenant.apply(.setUp(.registrationsCounted(upTo(40)))) }
  }

  private mutating func ranges(_ most: Int) -> [IPRange] {
    (0..<upTo(most)).compactMap { _ in try? IPRange(isSo() ? "203.0.\(upTo(255)).0/24" : "2001:db8:\(upTo(99))::/48") }
  }

  private mutating func set(_ setting: Setting) {
    var value = ""
    switch setting.kind {
    case .flag: value = isSo() ? "true" : "false"
    case .count(let range, _, _): value = "\(Int.random(in: range, using: &chance))"
    case .length(let range, _, _):
      value = "\(Int64.random(in: range.lowerBound.count...range.upperBound.count, using: &chance))ms"
    case .choice(let choices, _): value = one(choices)
    case .reportCode: value = one(["0", "00", "0042", "7", "99"])
    case .number: value = one(["none", "+1 8553308653"])
    case .text:
      value =
        setting.name.hasSuffix("domain")
        ? "login.larkspur.example"
        : setting.name.hasSuffix("policyServer") ? one(["2001:db8::7", "203.0.113.7"]) : text()
    case .list:
      let list =
        setting.name.hasSuffix("ranges")
        ? (0..<upTo(30)).map { "198.51.\($0).0/24" } : (0..<upTo(8)).map { "it-\($0)@larkspur.example" }
      return (try? setting.set(list: list, in: &tenant.settings)) ?? ()
    }
    try? setting.set(value, in: &tenant.settings)
  }

  private mutating func addUser(_ number: Int) {
    guard let upn = UPN("\(one(Self.oddNames))\(number)@larkspur.example") else { return }
    var user = User(upn: upn)
    if isSo(80) { user.name = text() }
    if isSo() { user.language = language() }
    user.groups = texts(isSo(10) ? 30 : 3)
    (user.isGuest, user.isEnabled, user.hasAppPassword) = (isSo(30), isSo(70), isSo(30))
    (user.mustChangePassword, user.mustRegister) = (isSo(30), isSo(30))
    user.requirement = one(User.Requirement.allCases)
    if isSo() { user.defaultMethod = one(Method.allCases) }
    if isSo(70) { user.phones.mobile = PhoneNumber("+33 6123456\(10 + upTo(89))") }
    if user.phones.mobile != nil, isSo() { user.phones.alternate = PhoneNumber("+44 7700900\(100 + upTo(899))") }
    if isSo(30) { user.phones.office = PhoneNumber(one(["+1 4255550100x204", "+49 3012345678x@1,*#2"])) }
    user.passkeys = texts(2)
    tenant.users.append(user)
    for device in distinctTexts(3) {
      // Some have registered before in vain.
      let secret = isSo() ? tenant.nextSecret : AppSecret(tenant.nextSecret.registration + upTo(3))
      let app = AppRegistration(device: device, secret: secret)
      if isSo() { tenant.apply(.appRegistered(upn, app)) } else { tenant.users[upn: upn]?.apps.append(app) }
    }
    if isSo(20) { tenant.users.reverse() }
    if isSo() { pins.insert(upn) }
  }

  private mutating func addToken() {
    let token = OATHToken(
      serial: text(), secret: TokenSecret(bytes: [1, 2, 3]), interval: one(OATHToken.Interval.allCases),
      manufacturer: text(), model: text(), owner: isSo(70) ? anybody : nil, isActive: isSo())
    tenant.apply(.tokenImported(token))
  }
}

// What has happened.
extension RandomTenant {
  private mutating func befall(_ upn: UPN) {
    for _ in 0..<(isSo(30) ? upTo(3) : 0) {
      tenant.apply(.userBlocked(Block(upn: upn, reason: text(), by: one([.admin, .user]), since: time())))
    }
    for _ in 0..<(isSo(30) ? upTo(3) : 0) {
      tenant.apply(
        .riskDetected(
          RiskDetection(
            upn: upn, at: time(), kind: one(RiskDetection.Kind.allCases), state: one(RiskDetection.State.allCases))))
    }
    if isSo(30) {
      let lockout = Lockout(wrongPINs: 1 + upTo(12), last: time(), lockedUntil: isSo() ? time() : nil)
      tenant.apply(.wrongPINCounted(upn, lockout))
    }
    if isSo(30) {
      let lifetime = isSo(80) ? Milliseconds.minutes(Int64(10 + upTo(43_190))) : Milliseconds(Int64(upTo(9_999_999)))
      tenant.apply(.passIssued(Pass(upn: upn, issued: time(), lifetime: lifetime, isOnce: isSo(), isUsed: isSo(30))))
    }
    for _ in 0..<upTo(3) {
      let client = one([
        SignInRequest.Client.browser(text()), .browser(nil), .app(text()), .legacy(hasAppPassword: isSo()),
      ])
      tenant.apply(.clientRemembered(RememberedClient(upn: upn, client: client, since: time())))
    }
    for method in Method.allCases where isSo(15) { tenant.apply(.gatePassed(upn, method, at: time())) }
  }

  private mutating func placeCall(_ upn: UPN) {
    let number = isSo(80) ? "+33612345678" : text()
    tenant.apply(.callPlaced(PlacedCall(upn: upn, number: number, at: isSo(90) ? soon() : instant())))
  }
}

extension People {
  fileprivate subscript(upn upn: UPN) -> User? {
    get { self[upn] }
    set { if let newValue { set(newValue) } }
  }
}

extension String {
  fileprivate func map<Value>(_ make: (String) -> Value?) -> Value? { make(self) }
}
