/// How a sign-in ended: exactly one for every sign-in, and the text of its record.
///
/// The first dozen are the outcomes of a call; see `CallOutcome`.
public enum Outcome: String, Hashable, Sendable, CaseIterable {
  case approved, fraudReported, denied, userHungUp, noInput, poundNotPressed
  case busy, rejected, noAnswer, invalidNumber, carrierFailed, cancelled
  // A code, the app, a security key.
  case codeNotEntered, codeWrong, codeUsed
  case appNotAnswered, appDeclined, appReportedFraud
  // Refused before anything is asked of the person.
  case userBlocked, lockedOut, duplicate, throttled
  case accountDisabled, riskBlocked, passwordChangeRequired, deviceNotCompliant, registrationRequired
  case appPasswordRequired, methodUnavailable
  // Nothing to ask.
  case notRequired, skippedLocation, skippedRemembered, skippedAppPassword
}

extension Outcome {
  /// What a sign-in came to, beside its exact outcome.
  public enum Kind: Hashable, Sendable { case admitted, denied, refused }

  public var kind: Kind {
    switch self {
    case .approved, .notRequired, .skippedLocation, .skippedRemembered, .skippedAppPassword: .admitted
    case .fraudReported, .denied, .userHungUp, .noInput, .poundNotPressed, .busy, .rejected, .noAnswer, .invalidNumber,
      .carrierFailed, .cancelled, .codeNotEntered, .codeWrong, .codeUsed, .appNotAnswered, .appDeclined,
      .appReportedFraud:
      .denied
    case .userBlocked, .lockedOut, .duplicate, .throttled, .accountDisabled, .riskBlocked, .passwordChangeRequired,
      .deviceNotCompliant, .registrationRequired, .appPasswordRequired, .methodUnavailable:
      .refused
    }
  }

  /// The error code of the sign-in record: 0, or the public code of what failed.
  ///
  /// 500121: the authentication failed. The others are those of an identity provider's refusals before it.
  public var errorCode: Int {
    switch self {
    case .accountDisabled: 50_057
    case .riskBlocked: 53_003
    case .passwordChangeRequired: 50_142
    case .deviceNotCompliant: 53_000
    case .registrationRequired: 50_079
    case .appPasswordRequired: 50_076
    default: kind == .admitted ? 0 : 500_121
    }
  }

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
    case .cancelled: "MFA denied; user declined the authentication"
    case .codeNotEntered: "MFA denied; user never entered the verification code"
    case .codeWrong: "MFA denied; user entered incorrect code too many times"
    case .codeUsed: "MFA denied; verification code already used once"
    case .appNotAnswered: "MFA denied; user didn't respond to mobile app notification"
    case .appDeclined: "MFA denied; user declined mobile app notification"
    case .appReportedFraud: "MFA denied; Phone App Reported Fraud"
    case .userBlocked, .lockedOut: "MFA denied; user is blocked"
    case .duplicate: "MFA denied; duplicate authentication attempt"
    case .throttled: "MFA denied; service error (throttled)"
    case .accountDisabled: "Sign-in refused; the account is disabled"
    case .riskBlocked: "Sign-in refused; user risk is high"
    case .passwordChangeRequired: "Sign-in refused; a password change is required"
    case .deviceNotCompliant: "Sign-in refused; the device is not compliant"
    case .registrationRequired: "Sign-in refused; security information must be registered"
    case .appPasswordRequired: "Sign-in refused; an app password is required"
    case .methodUnavailable: "MFA denied; no such method is available to the user"
    case .notRequired: "MFA not required"
    case .skippedLocation: "MFA skipped due to location"
    case .skippedRemembered: "MFA skipped due to remembered device"
    case .skippedAppPassword: "MFA skipped due to app password"
    }
  }

  public init(_ outcome: CallOutcome) {
    switch outcome {
    case .approved: self = .approved
    case .fraudReported: self = .fraudReported
    case .denied: self = .denied
    case .userHungUp: self = .userHungUp
    case .noInput: self = .noInput
    case .poundNotPressed: self = .poundNotPressed
    case .busy: self = .busy
    case .rejected: self = .rejected
    case .noAnswer: self = .noAnswer
    case .invalidNumber: self = .invalidNumber
    case .carrierFailed: self = .carrierFailed
    case .cancelled: self = .cancelled
    }
  }
}
