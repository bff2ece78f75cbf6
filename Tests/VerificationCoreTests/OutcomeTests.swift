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
    ] as [(CallOutcome, String, Int)])
  func record(outcome: CallOutcome, text: String, code: Int) {
    #expect(outcome.recordText == text)
    #expect(outcome.errorCode == code)
  }

  @Test("The table above names every outcome")
  func complete() {
    #expect(CallOutcome.allCases.count == 16)
    #expect(CallOutcome.allCases.filter { !$0.dials } == [.userBlocked, .lockedOut, .duplicate, .throttled])
  }
}
