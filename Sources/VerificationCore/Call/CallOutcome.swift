/// How a verification by call ended (CALL-15: exactly one for every call).
///
/// The last four never dial: the sign-in is refused before.
public enum CallOutcome: String, Hashable, Sendable, CaseIterable {
  case approved, fraudReported, denied, userHungUp, noInput, poundNotPressed
  case busy, rejected, noAnswer, invalidNumber, carrierFailed, cancelled
  case userBlocked, lockedOut, duplicate, throttled

  /// Whether a call is placed at all for this outcome.
  public var dials: Bool {
    switch self {
    case .userBlocked, .lockedOut, .duplicate, .throttled: false
    default: true
    }
  }

  /// The error code of the sign-in record: 0, or 500121 for an authentication that failed.
  public var errorCode: Int { self == .approved ? 0 : 500_121 }

  /// The text of the sign-in record, in the public vocabulary.
  public var recordText: String {
    switch self {
    case .approved: "MFA completed in the cloud"
    case .fraudReported: "MFA denied; fraud code entered"
    case .denied: "MFA denied; user entered incorrect code / PIN"
    case .userHungUp: "MFA denied; user hung up the phone call without succeeding the authentication"
    case .noInput: "MFA denied; phone call went to voicemail"
    case .poundNotPressed: "MFA denied; # not pressed after entry"
    case .busy, .rejected, .noAnswer: "MFA denied; unable to reach the user's phone"
    case .invalidNumber: "MFA denied; phone number has an invalid format"
    case .carrierFailed: "MFA denied; service error"
    case .userBlocked, .lockedOut: "MFA denied; user is blocked"
    case .duplicate: "MFA denied; duplicate authentication attempt"
    case .throttled: "MFA denied; service error (throttled)"
    case .cancelled: "MFA denied; user declined the authentication"
    }
  }
}
