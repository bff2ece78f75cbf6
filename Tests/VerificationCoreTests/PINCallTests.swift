import TestSupport
import Testing
import VerificationCore

@Suite("A call that asks for a PIN")
struct PINCallTests {
  private func answered(_ reporting: CallPolicy.Reporting = .off) -> Conversation {
    var call = Conversation(CallPolicy(credential: .pin, reporting: reporting))
    call.dialAndAnswer()
    return call
  }

  @Test("CALL-8: digits and # are checked outside, zeros included, and the match approves")
  func rightPIN() {
    var call = answered()
    call.press("0417#")
    #expect(call.pinCheck?.entry.revealed == "0417")
    #expect(call.outcome == nil)
    call.answerPINCheck(matches: true)
    #expect(call.outcomes == [.approved])
    #expect(Set(call.timers.keys.map(\.kind)) == [.callLimit, .playbackLimit])
  }

  @Test(
    "CALL-8: # alone is a wrong entry and never checked; so is an entry with a star",
    arguments: [
      ("#", CallNote.WrongEntry.empty), ("12*4#", .notDigits),
    ])
  func notChecked(keys: String, reason: CallNote.WrongEntry) {
    var call = answered()
    call.press(keys)
    #expect(call.wrongEntry == reason)
    #expect(call.pinCheck == nil)
    call.finishPlaying()
    #expect(call.playing?.message == .retryPIN)
  }

  @Test("CALL-10: the third wrong PIN denies")
  func wrongPINs() {
    var call = answered()
    for attempt in 1...3 {
      call.press("1111#")
      call.answerPINCheck(matches: false)
      #expect(call.wrongEntry == .wrongPIN)
      #expect(call.outcome == (attempt == 3 ? .denied : nil))
    }
  }

  @Test("LOCK-3: the call in which the account locks ends as denied, whatever attempts are left")
  func locks() {
    var call = answered()
    call.press("1111#")
    guard let ticket = call.pinCheck?.ticket else { return #expect(Bool(false), "the PIN is checked") }
    call.say(.pinMismatchedAndLocked(ticket))
    #expect(call.outcomes == [.denied])
    #expect(call.playing?.message == .authenticationDenied)
  }

  @Test("Keys while the PIN is checked are ignored; a check that never answers is the service's failure")
  func checking() {
    var call = answered()
    call.press("2580#")
    call.press("1")
    #expect(call.ignored == .whileCheckingPIN)
    #expect(call.left(.pinCheck) == .seconds(10))
    call.fire(.pinCheck)
    #expect(call.outcomes == [.carrierFailed])
    #expect(call.playing?.message == .authenticationDenied)
  }

  @Test("Hanging up while the PIN is checked is userHungUp, and the late answer is stale")
  func hungUpWhileChecking() {
    var call = answered()
    call.press("2580#")
    call.say(.remoteHungUp)
    call.answerPINCheck(matches: true)
    #expect(call.outcomes == [.userHungUp])
    #expect(call.ignored == .stale)
  }

  @Test("CALL-9: the report code reports in PIN mode, before any check")
  func reportCode() {
    var call = answered(.atOnce)
    #expect(call.heard == [.fraudGreetingPIN])
    call.press("0#")
    #expect(call.outcomes == [.fraudReported])
    #expect(call.pinCheck == nil)
  }

  @Test("CALL-9: where reporting is off the code is a wrong entry")
  func reportingOff() {
    var call = answered(.off)
    call.press("0#")
    #expect(call.wrongEntry == .reportingIsOff)
    #expect(call.pinCheck == nil)
  }

  @Test("A PIN and an entry print as dots")
  func masked() throws {
    let entry = try #require(KeyEntry("0417"))
    #expect("\(entry) \(CallAction.verifyPIN(entry, Ticket(1)))".contains("0417") == false)
    #expect("\(entry)" == "••••")
    let pin = try #require(Passcode("0417"))
    #expect("\(pin)" == "••••")
    #expect(String(reflecting: pin) == "••••")
    #expect(pin.matches(entry))
    #expect(Passcode("417") == nil)
    #expect(Passcode("04a7") == nil)
  }
}
