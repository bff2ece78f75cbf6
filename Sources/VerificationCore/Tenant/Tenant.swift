/// A simulated organisation: its settings, people and greetings, and what has happened to them.
///
/// A value. What it is made of is set; what happens to it are events, which `decide` gives for a command.
public struct Tenant: Hashable, Sendable {
  public var name: String
  /// For people who have no language of their own (MSG-3).
  public var language: Language
  public var settings: Settings
  public var users: [User]
  public var greetings: [CustomGreeting]
  public private(set) var blocks: [Block] = []
  public private(set) var lockouts: [UPN: Lockout] = [:]
  public private(set) var placedCalls: [PlacedCall] = []
  public private(set) var signIns: [SignInRecord] = []
  public private(set) var reports: [FraudReport] = []

  public init(
    name: String, language: Language = .english, settings: Settings = Settings(), users: [User] = [],
    greetings: [CustomGreeting] = []
  ) {
    self.name = name
    self.language = language
    self.settings = settings
    self.users = users
    self.greetings = greetings
  }

  public func user(_ upn: UPN) -> User? { users.first { $0.upn == upn } }

  /// The block that holds at this time, if any (BLOCK-1).
  public func block(of upn: UPN, at now: Instant) -> Block? { blocks.last { $0.upn == upn && now < $0.until } }

  /// Until when the account is locked, if it is (LOCK-2).
  public func locked(_ upn: UPN, at now: Instant) -> Instant? {
    guard let until = lockouts[upn]?.lockedUntil, now < until else { return nil }
    return until
  }

  public var greetingChoice: GreetingChoice {
    GreetingChoice(custom: greetings, tenantLanguage: language, match: settings.greeting.languageMatch)
  }

  public mutating func apply(_ event: TenantEvent) {
    switch event {
    case .callPlaced(let call):
      // What lies before the window counts for nothing any more.
      placedCalls.removeAll { $0.at + settings.call.window <= call.at }
      placedCalls.append(call)
    case .signInRecorded(let record): signIns.append(record)
    case .fraudReported(let report): reports.append(report)
    case .userBlocked(let block): blocks.append(block)
    case .userUnblocked(let upn, _): blocks.removeAll { $0.upn == upn }
    case .wrongPINCounted(let upn, let lockout): lockouts[upn] = lockout
    case .wrongPINsForgiven(let upn): lockouts[upn] = nil
    }
  }
}

/// An entry of the block list (BLOCK-1).
public struct Block: Hashable, Sendable {
  public let upn: UPN
  public let reason: String
  public let since: Instant
  /// The first instant at which it no longer holds: 90 days later.
  public var until: Instant { since + .days(90) }

  public init(upn: UPN, reason: String, since: Instant) {
    self.upn = upn
    self.reason = reason
    self.since = since
  }
}

/// Wrong PINs in a row (LOCK-2).
public struct Lockout: Hashable, Sendable {
  public let wrongPINs: Int
  public let last: Instant
  public let lockedUntil: Instant?
}

/// A call that was dialled, for the count of CALL-18.
public struct PlacedCall: Hashable, Sendable {
  public let upn: UPN
  public let number: String
  public let at: Instant
}

/// A report of fraud, from the `#` on (REPORT-4).
public struct FraudReport: Hashable, Sendable {
  public let upn: UPN
  public let at: Instant
}

/// What a sign-in leaves behind (CALL-15: one a call).
public struct SignInRecord: Hashable, Sendable {
  public let at: Instant
  public let upn: UPN
  public let outcome: CallOutcome
  /// Masked.
  public let number: String

  public var text: String { outcome.recordText }
  public var errorCode: Int { outcome.errorCode }
}
