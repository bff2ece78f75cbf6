/// Where a verification stands that asks something of the person or of a device, without a call and without a text:
/// the app, a code of the app or of a token, a security key, a pass (TEN-2, REC-2).
public enum ChallengeState: Hashable, Sendable {
  case idle
  case waiting(wrongEntries: UInt8)
  case ended(Outcome)

  public var outcome: Outcome? {
    if case .ended(let outcome) = self { outcome } else { nil }
  }
}

/// What is asked for.
public struct ChallengePolicy: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// A notification; with number matching the number on the page must be typed at the device.
    case app(matchesNumber: Bool)
    case code
    case passkey
    case pass
  }

  public var kind: Kind
  /// `code.tries`: so many wrong entries deny, at least 1.
  public var tries: UInt8
  /// `app.timeout` for the app, else `page.timeout`.
  public var timeout: Milliseconds

  public init(_ kind: Kind, tries: UInt8 = 3, timeout: Milliseconds = .minutes(10)) {
    self.kind = kind
    self.tries = tries
    self.timeout = timeout
  }
}

/// A fact that reaches such a verification.
public enum ChallengeInput: Hashable, Sendable {
  case begin
  case entered(EnteredSecret)
  /// The app on a device.
  case device(DeviceAnswer)
  /// The security key or passkey.
  case passkey(isApproved: Bool)
  case cancelled
  case timedOut
}

/// What a typed code or pass turned out to be.
public enum EnteredSecret: Hashable, Sendable {
  case right
  case wrong
  /// It has approved a sign-in before.
  case usedBefore
  /// Of a registration that is gone (REC-4).
  case ofOldSecret
  /// A pass whose time is over.
  case expired
}

/// What a person did in the app.
public enum DeviceAnswer: Hashable, Sendable {
  /// The number typed was the one on the page; without number matching it is always so.
  case approved(numberMatches: Bool)
  case declined
  /// The person reported fraud in the app (REPORT-9).
  case reported
}

/// An order that such a verification gives.
public enum ChallengeAction: Hashable, Sendable {
  /// Ask: notify the devices, or show the field.
  case ask
  case schedule(at: Instant)
  case cancelTimer
  case conclude(Outcome)
  case report
  case note(PageNote)
}
