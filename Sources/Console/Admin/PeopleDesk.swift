public import VerificationCore

/// Where people are looked up, and what is done to them.
public protocol PeopleDesk: Sendable {
  func list(_ wanted: PeopleQuery) async throws -> PeopleList

  /// All that the page of a user shows: never a PIN, a pass, a key or a whole number.
  func page(of upn: UPN) async throws -> [String: JSON]

  func add(_ person: NewPerson) async throws

  /// - Returns: a pass that was issued: shown this once.
  func perform(_ act: PersonAct, on upn: UPN) async throws -> IssuedPass?
}

/// Somebody whom a tenant does not have yet.
public struct NewPerson: Hashable, Sendable {
  public let user: User
  /// nil: there is none.
  public let pin: Passcode?

  public init(_ user: User, pin: Passcode? = nil) { (self.user, self.pin) = (user, pin) }
}

public struct PeopleQuery: Hashable, Sendable {
  public enum State: String, Hashable, Sendable, CaseIterable {
    case blocked, locked, risk
    /// Has reported a sign-in in the last 90 days, as long as a block holds.
    case reported
    case disabled
    /// Nothing to verify with that is on.
    case noMethod
  }

  /// What stands in the UPN or the name, in whatever case.
  public var search: String?
  public var state: State?
  /// Those behind this one in the order of UPNs.
  public var after: UPN?
  /// 1 to 200.
  public var limit: Int

  public init(search: String? = nil, state: State? = nil, after: UPN? = nil, limit: Int = 50) {
    (self.search, self.state, self.after, self.limit) = (search, state, after, limit)
  }
}

public struct PeopleList: Hashable, Sendable {
  public struct Entry: Hashable, Sendable {
    public let status: UserStatus
    public let hasReported: Bool

    public init(_ status: UserStatus, hasReported: Bool) { (self.status, self.hasReported) = (status, hasReported) }
  }

  public let at: Instant
  /// By UPN.
  public let entries: [Entry]
  /// How many there are on all pages.
  public let total: Int
  /// Whether others stand behind these.
  public let hasMore: Bool

  public init(at now: Instant, _ entries: [Entry], total: Int, hasMore: Bool) {
    (at, self.entries, self.total, self.hasMore) = (now, entries, total, hasMore)
  }
}

/// What an admin does to a person.
public enum PersonAct: Hashable, Sendable {
  case command(TenantCommand)
  case issuePass(minutes: Int?, isOnce: Bool?)
  case setPhone(PhoneKind, PhoneNumber)
  case setPIN(Passcode)
  case deletePIN
}

/// A pass with its text, on its way to the one page that shows it.
public struct IssuedPass: Sendable {
  public let text: String
  public let until: Instant
  public let isOnce: Bool

  public init(text: String, until: Instant, isOnce: Bool) {
    (self.text, self.until, self.isOnce) = (text, until, isOnce)
  }
}

extension IssuedPass: CustomStringConvertible {
  public var description: String { "••••••••" }
}
