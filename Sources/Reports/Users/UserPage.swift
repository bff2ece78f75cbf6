public import VerificationCore

/// All that an admin is told of a user: never a PIN, a pass or the key of a token.
public struct UserPage: Sendable {
  public let status: UserStatus
  public let pin: PIN
  /// The serial numbers of the user's tokens whose keys are in the store.
  public let keyedTokens: Set<String>

  public enum PIN: String, Hashable, Sendable {
    case none
    case set
    /// There was one where the tenant came from, and it was not taken along.
    case leftBehind
  }

  public init(_ status: UserStatus, pin: PIN, keyedTokens: Set<String>) {
    self.status = status
    self.pin = pin
    self.keyedTokens = keyedTokens
  }

  var user: User { status.user }
}

extension SignInRequest.Client {
  /// What it is, as a word, and its name where it has one.
  var told: (kind: String, name: String?) {
    switch self {
    case .browser(let name): ("browser", name)
    case .app(let name): ("app", name)
    case .legacy: ("legacy client", nil)
    }
  }
}

extension Pass {
  /// `good once`, `used`.
  func told(_ standing: Standing) -> String {
    switch standing {
    case .valid: isOnce ? "good once" : "good several times"
    case .expired: "expired"
    case .used: "used"
    }
  }

  /// For people: until when it is good, and whether it still is; never its text.
  public func line(at now: Instant) -> String { "\(told(standing(at: now))); issued \(issued), until \(until)" }

  public func json(at now: Instant) -> JSONLine {
    JSONLine([
      ("issued", .text("\(issued)")), ("until", .text("\(until)")), ("once", .flag(isOnce)),
      ("standing", .text(standing(at: now).word)),
    ])
  }
}

extension Pass.Standing {
  var word: String {
    switch self {
    case .valid: "valid"
    case .expired: "expired"
    case .used: "used"
    }
  }
}
