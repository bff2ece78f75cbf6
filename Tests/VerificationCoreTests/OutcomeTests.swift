import Testing
import VerificationCore

@Suite("Outcomes")
struct OutcomeTests {
  @Test(
    "Each outcome has its record text and error code",
    arguments: [
      (.approved, "MFA completed in the cloud", 0),
      (.fraudReported, "MFA denied; fraud code entered", 500_121),
      (.denied, "MFA denied; user entered incorrect code / PIN", 500_121),
      (.userHungUp, "MFA denied; user hung up the phone call without succeeding the authentication", 500_121),
      (.noInput, "MFA denied; phone call went to voicemail", 500_121),
      (.poundNotPressed, "MFA denied; # not pressed after entry", 500_121),
      (.busy, "MFA denied; unable to reach the user's phone", 500_121),
      (.rejected, "MFA denied; unable to reach the user's phone", 500_121),
      (.noAnswer, "MFA denied; unable to reach the user's phone", 500_121),
      (.invalidNumber, "MFA denied; phone number has an invalid format", 500_121),
      (.carrierFailed, "MFA denied; service error", 500_121),
      (.userBlocked, "MFA denied; user is blocked", 500_121),
      (.lockedOut, "MFA denied; user is blocked", 500_121),
      (.duplicate, "MFA denied; duplicate authentication attempt", 500_121),
      (.throttled, "MFA denied; service error (throttled)", 500_121),
      (.cancelled, "MFA denied; user declined the authentication", 500_121),
      (.codeNotEntered, "MFA denied; user never entered the verification code", 500_121),
      (.codeWrong, "MFA denied; user entered incorrect code too many times", 500_121),
      (.codeUsed, "MFA denied; verification code already used once", 500_121),
      (.appNotAnswered, "MFA denied; user didn't respond to mobile app notification", 500_121),
      (.appDeclined, "MFA denied; user declined mobile app notification", 500_121),
      (.appReportedFraud, "MFA denied; Phone App Reported Fraud", 500_121),
      (.methodUnavailable, "MFA denied; no such method is available to the user", 500_121),
      (.accountDisabled, "Sign-in refused; the account is disabled", 50_057),
      (.riskBlocked, "Sign-in refused; user risk is high", 53_003),
      (.passwordChangeRequired, "Sign-in refused; a password change is required", 50_142),
      (.deviceNotCompliant, "Sign-in refused; the device is not compliant", 53_000),
      (.registrationRequired, "Sign-in refused; security information must be registered", 50_079),
      (.appPasswordRequired, "Sign-in refused; an app password is required", 50_076),
      (.notRequired, "MFA not required", 0),
      (.skippedLocation, "MFA skipped due to location", 0),
      (.skippedRemembered, "MFA skipped due to remembered device", 0),
      (.skippedAppPassword, "MFA skipped due to app password", 0),
    ] as [(Outcome, String, Int)])
  func record(outcome: Outcome, text: String, code: Int) {
    #expect(outcome.recordText == text)
    #expect(outcome.errorCode == code)
  }

  @Test("The table above names every outcome, and a call ends in one of the first twelve")
  func complete() {
    #expect(Outcome.allCases.count == 33)
    #expect(CallOutcome.allCases.map { Outcome($0) } == Array(Outcome.allCases.prefix(12)))
    #expect(CallOutcome.allCases.map(\.rawValue) == Outcome.allCases.prefix(12).map(\.rawValue))
  }
}
