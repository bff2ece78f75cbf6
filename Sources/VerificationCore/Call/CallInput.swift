/// Names one playback, one check or one timer of a call; a later one has a higher number.
///
/// What arrives under a number that is no longer current is stale and changes nothing.
public struct Ticket: Hashable, Sendable {
  public let number: UInt16

  public init(_ number: UInt16) { self.number = number }

  /// A call hands out far fewer tickets than there are; should one ever not, the count starts over instead of trapping.
  var successor: Ticket { Ticket(number &+ 1) }
}

/// A deadline of a call.
///
/// From dialling to the end two run: the call's limit, and the one of what it waits for. Whoever carries out a call drops
/// all of its timers when it has ended.
public struct CallTimer: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// Nobody answered (CALL-1).
    case ring
    /// Playback is cut (CALL-13).
    case playbackLimit
    /// The grace after a waiting prompt is over (CALL-11).
    case answerGrace
    /// The next key did not come (CALL-12).
    case interDigit
    /// The PIN check did not answer.
    case pinCheck
    /// The whole call has lasted long enough (CALL-19).
    case callLimit
  }

  public let kind: Kind
  public let ticket: Ticket

  public init(_ kind: Kind, _ ticket: Ticket) {
    self.kind = kind
    self.ticket = ticket
  }

  /// The limit of the whole call. Its ticket is the one that is handed out for nothing else, and holds to the end.
  public static let callLimit = CallTimer(.callLimit, Ticket(0))
}

/// Why dialling came to nothing.
public enum DialFailure: Hashable, Sendable {
  case busy, rejected, noAnswer, invalidNumber
  case carrier(sipStatus: UInt16)

  /// The meaning of a final SIP response to an INVITE (RFC 3261, 21).
  public init(sipStatus: UInt16) {
    switch sipStatus {
    case 486, 600: self = .busy
    case 403, 603: self = .rejected
    case 408, 480, 487: self = .noAnswer
    case 404, 410, 484, 604: self = .invalidNumber
    default: self = .carrier(sipStatus: sipStatus)
    }
  }

  public var outcome: CallOutcome {
    switch self {
    case .busy: .busy
    case .rejected: .rejected
    case .noAnswer: .noAnswer
    case .invalidNumber: .invalidNumber
    case .carrier: .carrierFailed
    }
  }
}

/// A fact that reaches a call.
public enum CallInput: Hashable, Sendable {
  case dial
  case answered
  case failed(DialFailure)
  case key(Key)
  /// The person hung up.
  case remoteHungUp
  /// The network lost an answered call.
  case lineDropped
  /// The sign-in page gave up on the verification.
  case cancelled
  /// A message, the spoken extension or its tones came to their own end.
  case finished(Ticket)
  case timerFired(CallTimer)
  case pinMatched(Ticket)
  case pinMismatched(Ticket)
  /// The PIN was wrong, and that locked the account (LOCK-3).
  case pinMismatchedAndLocked(Ticket)
}
