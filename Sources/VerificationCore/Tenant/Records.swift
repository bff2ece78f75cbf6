// What a tenant writes down. None of it holds a PIN, a code, a pass or a whole number.

/// What a sign-in leaves behind (CALL-15, SIGN-1: one a sign-in).
public struct SignInRecord: Hashable, Sendable {
  public let at: Instant
  public let upn: UPN
  public let outcome: Outcome
  /// How it was verified, or was to be.
  public let method: Method?
  /// Masked; nil where no telephone was involved.
  public let number: String?
  /// Every decision on the way, in order.
  public let why: [SignInFinding]

  public init(
    at: Instant, upn: UPN, outcome: Outcome, method: Method?, number: String?, why: [SignInFinding]
  ) {
    self.at = at
    self.upn = upn
    self.outcome = outcome
    self.method = method
    self.number = number
    self.why = why
  }

  public var text: String { outcome.recordText }
  public var errorCode: Int { outcome.errorCode }
}

/// What an admin or the service did to whom (REPORT-8, REC-3).
public struct AuditRecord: Hashable, Sendable {
  public let at: Instant
  public let activity: Activity
  public let upn: UPN?
  public let reason: String?
  public let by: Actor

  /// Who did it.
  public enum Actor: Hashable, Sendable {
    case service
    /// The person, for oneself.
    case person
    case admin(UPN?, Role)
  }

  public init(at: Instant, activity: Activity, upn: UPN?, reason: String?, by: Actor = .service) {
    self.at = at
    self.activity = activity
    self.upn = upn
    self.reason = reason
    self.by = by
  }

  func by(_ actor: Actor) -> AuditRecord {
    AuditRecord(at: at, activity: activity, upn: upn, reason: reason, by: actor)
  }

  public var text: String { activity.rawValue }
  /// With the reason, where there is one: `Hardware token imported (4711)`.
  public var fullText: String { reason.map { "\(text) (\($0))" } ?? text }

  public enum Activity: String, Hashable, Sendable, CaseIterable {
    case fraudReportedBlocked = "Fraud reported - user is blocked for MFA"
    case fraudReportedNoAction = "Fraud reported - no action taken"
    case suspiciousActivityReported = "Suspicious activity reported"
    case userBlocked = "User blocked for MFA"
    case userUnblocked = "User unblocked for MFA"
    case userUnlocked = "User unlocked"
    case accountDisabled = "Account disabled"
    case accountEnabled = "Account enabled"
    case passwordChangeForced = "Password change forced"
    case passwordReset = "Password reset by self-service"
    case sessionsRevoked = "Sessions revoked"
    case methodsReset = "Security information reset; registration required"
    case registrationRequired = "Registration of security information required"
    case methodRegistered = "Security information registered"
    case deviceRemoved = "Device removed"
    case phoneDeleted = "Phone number deleted"
    case riskDismissed = "User risk dismissed"
    case riskConfirmedSafe = "User confirmed safe"
    case riskConfirmedCompromised = "User confirmed compromised"
    case passIssued = "Temporary access pass issued"
    case passDeleted = "Temporary access pass deleted"
    case tokenImported = "Hardware token imported"
    case tokenRejected = "Hardware token rejected"
    case tokenActivated = "Hardware token activated"
    case tokenDeleted = "Hardware token deleted"
    case tokenAssigned = "Hardware token assigned"
    case tenantImported = "Tenant imported"
    case organisationChanged = "Organisation changed"
    case settingsChanged = "Settings changed"
    case userAdded = "User added"
    case userChanged = "User changed"
    case phoneSet = "Phone number set"
    case greetingAdded = "Greeting added"
    case greetingDeleted = "Greeting deleted"
    case locationSet = "Named location set"
    case locationDeleted = "Named location deleted"
    case pinSet = "PIN set"
    case pinDeleted = "PIN deleted"
  }
}

/// A risk that was detected for a user (REPORT-8, RISK-1).
public struct RiskDetection: Hashable, Sendable {
  public let upn: UPN
  public let at: Instant
  public let kind: Kind
  public internal(set) var state: State

  public init(upn: UPN, at: Instant, kind: Kind, state: State = .atRisk) {
    self.upn = upn
    self.at = at
    self.kind = kind
    self.state = state
  }

  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case userReportedSuspiciousActivity
    case adminConfirmedUserCompromised

    public var level: String { "high" }
    /// Who said so.
    public var source: String {
      switch self {
      case .userReportedSuspiciousActivity: "end user"
      case .adminConfirmedUserCompromised: "admin"
      }
    }
  }

  public enum State: String, Hashable, Sendable, CaseIterable {
    case atRisk, dismissed, confirmedSafe, remediated
  }
}

/// A mail to the notification list (REPORT-8).
public struct Mail: Hashable, Sendable {
  public let at: Instant
  public let to: MailAddress
  public let upn: UPN

  public var subject: String { "Fraud reported by \(upn)" }

  public init(at: Instant, to: MailAddress, upn: UPN) {
    self.at = at
    self.to = to
    self.upn = upn
  }
}

/// Where notifications go: a name, one `@` and a domain, in lower case.
public struct MailAddress: Hashable, Sendable {
  public let text: String

  public init?(_ text: some StringProtocol) {
    // A mail address is written as a user principal name is, but for the comma, which stands between addresses.
    guard let name = UPN(text), name.text.split(separator: "@").last?.contains(".") == true, !name.text.contains(",")
    else { return nil }
    self.text = name.text
  }
}

extension MailAddress: CustomStringConvertible {
  public var description: String { text }
}

/// An entry of the block list (BLOCK-1).
public struct Block: Hashable, Sendable {
  public let upn: UPN
  public let reason: String
  public let by: Actor
  public let since: Instant
  /// The first instant at which it no longer holds: 90 days later.
  public var until: Instant { since + Block.length }

  public static let length = Milliseconds.days(90)

  public func holds(at now: Instant) -> Bool { since <= now && now < until }

  public enum Actor: Hashable, Sendable {
    case admin
    /// The person, by a report of fraud.
    case user
  }

  public init(upn: UPN, reason: String, by: Actor = .admin, since: Instant) {
    self.upn = upn
    self.reason = reason
    self.by = by
    self.since = since
  }
}

/// Wrong PINs in a row (LOCK-2).
public struct Lockout: Hashable, Sendable {
  public let wrongPINs: Int
  public let last: Instant
  public let lockedUntil: Instant?

  public init(wrongPINs: Int, last: Instant, lockedUntil: Instant?) {
    self.wrongPINs = wrongPINs
    self.last = last
    self.lockedUntil = lockedUntil
  }
}

/// A call that was dialled, for the count of CALL-18.
public struct PlacedCall: Hashable, Sendable {
  public let upn: UPN
  public let number: String
  public let at: Instant

  public init(upn: UPN, number: String, at: Instant) {
    self.upn = upn
    self.number = number
    self.at = at
  }
}

/// A report of fraud, from the `#` on (REPORT-4).
public struct FraudReport: Hashable, Sendable {
  public let upn: UPN
  public let at: Instant

  public init(upn: UPN, at: Instant) {
    self.upn = upn
    self.at = at
  }
}

/// A browser or an app that verified once and is not asked again (TEN-6).
public struct RememberedClient: Hashable, Sendable {
  public let upn: UPN
  public let client: SignInRequest.Client
  public let since: Instant

  public init(upn: UPN, client: SignInRequest.Client, since: Instant) {
    self.upn = upn
    self.client = client
    self.since = since
  }
}
