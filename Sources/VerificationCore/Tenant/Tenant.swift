/// A simulated organisation: its settings, people and greetings, and what has happened to them.
///
/// A value. What it is made of is set; what happens to it are events, which `decide` gives for a command.
public struct Tenant: Hashable, Sendable {
  public var name: String
  public var federation = Federation.managed
  public var deployment = Deployment.cloud
  public var licence = Licence.p2
  /// For people who have no language of their own (MSG-3).
  public var language: Language
  public var settings: Settings
  public var users: People
  public var greetings: [CustomGreeting]
  public var locations: [NamedLocation] = []
  public var tokens: TokenShelf = []
  /// Authentication providers, by name: read-only, none can be added (TEN-9).
  public var providers: [String] = []

  // Each by time, then by name.
  public private(set) var blocks: [Block] = []
  public private(set) var lockouts: [UPN: Lockout] = [:]
  public private(set) var risks: [RiskDetection] = []
  public private(set) var passes: [UPN: Pass] = [:]
  public private(set) var remembered: [RememberedClient] = []
  /// Whose they are.
  private var rememberedUsers: Set<UPN> = []
  /// The methods that a self-service reset in progress has verified (REC-1).
  public private(set) var passedGates: [UPN: [Method: Instant]] = [:]
  public private(set) var placedCalls: [PlacedCall] = []
  /// How many apps have been registered: the next one's secret.
  public private(set) var registrations: Int = 0

  public private(set) var signIns: [SignInRecord] = []
  public private(set) var audits: [AuditRecord] = []
  public private(set) var reports: [FraudReport] = []
  public private(set) var mails: [Mail] = []

  /// Where passwords are checked (TEN-1).
  public enum Federation: String, Hashable, Sendable, CaseIterable { case managed, federated }
  /// PINs and private addresses belong to a server of one's own (TEN-3, LOCK-1).
  public enum Deployment: String, Hashable, Sendable, CaseIterable { case cloud, onPremises }
  /// What is paid for: trusted IPs need p1, risk policies p2.
  public enum Licence: String, Hashable, Comparable, Sendable, CaseIterable {
    case free, p1, p2

    public static func < (left: Licence, right: Licence) -> Bool {
      (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
    }
  }

  public init(
    name: String, language: Language = .english, settings: Settings = Settings(), users: People = [],
    greetings: [CustomGreeting] = []
  ) {
    self.name = name
    self.language = language
    self.settings = settings
    self.users = users
    self.greetings = greetings
  }

  /// The next app that is registered gets a secret that no other has.
  public var nextSecret: AppSecret {
    let given = users.flatMap(\.apps).map(\.secret.registration)
    return AppSecret(max(registrations, given.max() ?? 0) + 1)
  }

  public var greetingChoice: GreetingChoice {
    GreetingChoice(custom: greetings, tenantLanguage: language, match: settings.greeting.languageMatch)
  }
}

// What holds now.
extension Tenant {
  public func user(_ upn: UPN) -> User? { users[upn] }

  /// The blocks that hold at this time: of a user who was blocked again, the latest.
  public func blocks(at now: Instant) -> [Block] {
    var latest: [UPN: Block] = [:]
    for block in blocks where block.holds(at: now) { latest[block.upn] = block }
    return blocks.filter { latest[$0.upn] == $0 }
  }

  /// The block that holds at this time, if any (BLOCK-1).
  public func block(of upn: UPN, at now: Instant) -> Block? { blocks.last { $0.upn == upn && $0.holds(at: now) } }

  /// Until when the account is locked, if it is (LOCK-2).
  public func locked(_ upn: UPN, at now: Instant) -> Instant? {
    guard let until = lockouts[upn]?.lockedUntil, now < until else { return nil }
    return until
  }

  /// High risk, until somebody ends it (RISK-1).
  public func isAtRisk(_ upn: UPN) -> Bool { risks.contains { $0.upn == upn && $0.state == .atRisk } }

  /// The methods that a self-service reset in progress has verified, as long as that holds (REC-1).
  public func verifiedForReset(_ upn: UPN, at now: Instant) -> [Method: Instant] {
    (passedGates[upn] ?? [:]).filter { now < $0.value + settings.sspr.window }
  }

  public func tokens(of upn: UPN) -> [OATHToken] { tokens.of(upn) }

  /// What a user could verify with, whether or not the tenant has it switched on, in the order it is offered.
  public func registeredMethods(of user: User, at now: Instant) -> [Method] {
    Method.allCases.filter { method in
      switch method {
      case .call: user.phones.firstForCalls != nil
      case .text: user.phones.mobile != nil
      case .app: !user.apps.isEmpty
      case .code: !user.apps.isEmpty || tokens(of: user.upn).contains(where: \.isActive)
      case .passkey: !user.passkeys.isEmpty
      case .pass: passes[user.upn]?.standing(at: now) == .valid
      }
    }
  }
}

extension Tenant {
  mutating func forgetRecords() {
    signIns.removeAll(keepingCapacity: true)
    audits.removeAll(keepingCapacity: true)
    reports.removeAll(keepingCapacity: true)
    mails.removeAll(keepingCapacity: true)
    risks.removeAll { $0.state != .atRisk }
  }

  public mutating func apply(_ event: TenantEvent) {
    switch event {
    case .callPlaced(let call):
      placedCalls.enter(call) { ($0.at, $0.upn) }
      forgetOldCalls()
    case .signInRecorded(let record): signIns.append(record)
    case .audited(let record): audits.append(record)
    case .fraudReported(let report): reports.append(report)
    case .mailSent(let mail): mails.append(mail)
    case .userBlocked(let block): blocks.enter(block) { ($0.since, $0.upn) }
    case .userUnblocked(let upn, _): blocks.removeAll { $0.upn == upn }
    case .wrongPINCounted(let upn, let lockout): lockouts[upn] = lockout
    case .wrongPINsForgiven(let upn): lockouts[upn] = nil
    case .riskDetected(let detection): risks.enter(detection) { ($0.at, $0.upn) }
    case .riskClosed(let upn, let state):
      for index in risks.indices where risks[index].upn == upn && risks[index].state == .atRisk {
        risks[index].state = state
      }
    case .gatePassed(let upn, let method, let instant): passedGates[upn, default: [:]][method] = instant
    case .clientRemembered(let client):
      // Who has none is not looked for among those of all others.
      if !rememberedUsers.insert(client.upn).inserted {
        remembered.removeAll { $0.upn == client.upn && $0.client == client.client }
      }
      remembered.enter(client) { ($0.since, $0.upn) }
    case .sessionsRevoked(let upn): forgetClients(of: upn)
    case .passIssued(let pass): passes[pass.upn] = pass
    case .passUsed(let upn): passes[upn]?.isUsed = true
    case .passDeleted(let upn): passes[upn] = nil
    case .tokenImported(let token): tokens.add(token)
    case .tokenActivated(let serial): tokens.change(serial: serial) { $0.isActive = true }
    case .tokenDeleted(let serial): tokens.remove(serial: serial)
    case .setUp(let event): apply(event)
    case .accountEnabled, .passwordChangeForced, .passwordChanged, .registrationRequired, .methodsReset, .phoneSet,
      .appRegistered, .deviceRemoved, .passkeyRegistered:
      applyToUser(event)
    }
  }

  private mutating func applyToUser(_ event: TenantEvent) {
    switch event {
    case .accountEnabled(let upn, let isEnabled): change(upn) { $0.isEnabled = isEnabled }
    case .passwordChangeForced(let upn): change(upn) { $0.mustChangePassword = true }
    case .passwordChanged(let upn):
      passedGates[upn] = nil
      change(upn) { $0.mustChangePassword = false }
    case .registrationRequired(let upn): change(upn) { $0.mustRegister = true }
    case .methodsReset(let upn):
      registrations = nextSecret.registration - 1  // a secret that is gone never comes back
      change(upn) { ($0.phones, $0.apps, $0.mustRegister) = (Phones(), [], true) }
      tokens.change(of: upn) { $0.isActive = false }
    case .phoneSet(let upn, let kind, let number):
      change(upn) {
        $0.phones[kind] = number
        if number != nil { $0.mustRegister = false }
      }
    case .appRegistered(let upn, let app):
      registrations = max(registrations, app.secret.registration)
      change(upn) {
        $0.apps.removeAll { $0.device == app.device }
        $0.apps.append(app)
        $0.mustRegister = false
      }
    case .deviceRemoved(let upn, let device):
      registrations = nextSecret.registration - 1
      change(upn) { $0.apps.removeAll { $0.device == device } }
    case .passkeyRegistered(let upn, let name):
      change(upn) { ($0.passkeys, $0.mustRegister) = ($0.passkeys.filter { $0 != name } + [name], false) }
    case .callPlaced, .signInRecorded, .audited, .fraudReported, .mailSent, .userBlocked, .userUnblocked,
      .wrongPINCounted, .wrongPINsForgiven, .riskDetected, .riskClosed, .gatePassed, .clientRemembered,
      .sessionsRevoked, .passIssued, .passUsed, .passDeleted, .tokenImported, .tokenActivated, .tokenDeleted,
      .setUp:
      preconditionFailure("not about a user's own data")
    }
  }

  private mutating func change(_ upn: UPN, _ change: (inout User) -> Void) {
    users.change(upn, change)
  }

  /// All that holds, but for the records.
  mutating func clear() {
    var cleared = Tenant(name: "")
    (cleared.signIns, cleared.audits, cleared.reports, cleared.mails) = (signIns, audits, reports, mails)
    self = cleared
  }

  private mutating func forgetClients(of upn: UPN) {
    guard rememberedUsers.remove(upn) != nil else { return }
    remembered.removeAll { $0.upn == upn }
  }

  /// What lies before the window of the last call counts for nothing any more.
  mutating func forgetOldCalls() {
    guard let last = placedCalls.last else { return }
    let old = placedCalls.prefix { $0.at + settings.call.window <= last.at }.count
    if old > 0 { placedCalls.removeFirst(old) }
  }

  /// Also of apps that are gone.
  mutating func noteRegistrations(_ count: Int) { registrations = max(registrations, count) }
}

extension Array {
  /// The same facts make the same tenant, in whatever order they are told.
  fileprivate mutating func enter(_ fact: Element, by order: (Element) -> (Instant, UPN)) {
    let own = order(fact)
    var (low, high) = (0, count)
    // What happens now stands last.
    if let last, order(last) <= own { low = count }
    while low < high {
      let middle = low + (high - low) / 2
      if order(self[middle]) <= own { low = middle + 1 } else { high = middle }
    }
    insert(fact, at: low)
  }
}
