import TestSupport
import Testing
import VerificationCore

@Suite("A standard call")
struct StandardCallTests {
  @Test("CALL-1: it rings for ringTimeout, then nobody answered and the network is told to stop")
  func ringsOut() {
    var call = Conversation(CallPolicy(ringTimeout: .seconds(45)))
    #expect(call.say(.dial).first == .dial)
    #expect(call.left(.ring) == .seconds(45))
    call.fire(.ring)
    #expect(call.orders == [.abandon, .conclude(.noAnswer)])
    #expect(call.state.stage == .ended(.noAnswer))
  }

  @Test(
    "CALL-1: every way not to be put through is an outcome of its own",
    arguments: [
      (DialFailure.busy, CallOutcome.busy), (.rejected, .rejected), (.noAnswer, .noAnswer),
      (.invalidNumber, .invalidNumber), (.carrier(sipStatus: 503), .carrierFailed),
    ])
  func notPutThrough(failure: DialFailure, outcome: CallOutcome) {
    var call = Conversation()
    call.say(.dial)
    call.say(.failed(failure))
    #expect(call.state.stage == .ended(outcome))
    #expect(call.outcomes == [outcome])
    #expect(call.timers.isEmpty)
  }

  @Test(
    "CALL-1: a SIP response means what RFC 3261 says",
    arguments: [
      (486, DialFailure.busy), (600, .busy), (603, .rejected), (403, .rejected), (480, .noAnswer), (408, .noAnswer),
      (404, .invalidNumber), (484, .invalidNumber), (604, .invalidNumber), (503, .carrier(sipStatus: 503)),
      (500, .carrier(sipStatus: 500)),
    ] as [(UInt16, DialFailure)])
  func sipStatus(status: UInt16, failure: DialFailure) {
    #expect(DialFailure(sipStatus: status) == failure)
  }

  @Test("CALL-5: a key stops the greeting from its very start")
  func bargeIn() {
    var call = Conversation()
    call.dialAndAnswer()
    call.press("1")
    #expect(call.playing == nil)
    #expect(call.left(.interDigit) == .seconds(5))
  }

  @Test("CALL-5: keys before the first message, A to D, and keys after the outcome are ignored by name")
  func ignoredKeys() {
    var call = Conversation()
    call.say(.dial)
    call.press("#")
    #expect(call.ignored == .beforeFirstMessage)
    call.say(.answered)
    for key in "ABCD" {
      call.press(String(key))
      #expect(call.ignored == .letterKey)
    }
    #expect(call.playing?.message == .greetingStandard)
    call.press("#")
    call.press("0")
    #expect(call.ignored == .afterOutcome)
    call.finishPlaying()
    call.press("0")
    #expect(call.ignored == .afterOutcome)
    #expect(call.outcomes == [.approved])
  }

  @Test("CALL-6: 20 keys are an entry, the 21st makes it wrong and empties the buffer")
  func buffer() {
    var call = Conversation()
    call.dialAndAnswer()
    call.press("12345678901234567890")
    #expect(call.wrongEntry == nil)
    call.press("1")
    #expect(call.wrongEntry == .tooLong)
    call.finishPlaying()
    call.press("#")
    #expect(call.outcome == .approved)
  }

  @Test("CALL-7, CALL-14: # on an empty buffer approves, says so, and hangs up")
  func approves() {
    var call = Conversation()
    call.dialAndAnswer()
    call.press("#")
    #expect(call.outcomes == [.approved])
    #expect(call.playing?.message == .authenticationSuccessful)
    call.finishPlaying()
    #expect(call.hungUp)
    #expect(call.state.stage == .ended(.approved))
    #expect(call.timers.isEmpty)
  }

  @Test("CALL-10: any other entry is asked again, and the third denies", arguments: ["1#", "*#", "00#", "12345#"])
  func wrongEntries(entry: String) {
    var call = Conversation()
    call.dialAndAnswer()
    for _ in 1...2 {
      call.press(entry)
      #expect(call.wrongEntry == .notAsked)
      #expect(call.playing?.message == .authenticationDeniedRetry)
      call.finishPlaying()
      #expect(call.playing?.message == .retryStandard)
    }
    call.press(entry)
    #expect(call.playing?.message == .authenticationDenied)
    #expect(call.outcomes == [.denied])
    call.finishPlaying()
    #expect(call.hungUp)
  }

  @Test("CALL-10: maxAttempts is the number of wrong entries that deny", arguments: [1, 2, 5] as [UInt8])
  func maxAttempts(attempts: UInt8) {
    var call = Conversation(CallPolicy(maxAttempts: attempts))
    call.dialAndAnswer()
    for _ in 1..<attempts { call.press("1#") }
    #expect(call.outcome == nil)
    call.press("1#")
    #expect(call.outcome == .denied)
  }

  @Test("CALL-10: # on authenticationDeniedRetry is a finger that pressed twice; another key begins an entry")
  func poundTwice() {
    var call = Conversation()
    call.dialAndAnswer()
    call.press("5##")
    #expect(call.ignored == .poundTwice)
    #expect(call.playing?.message == .authenticationDeniedRetry)
    call.press("7")
    #expect(call.playing == nil)
    call.press("#")
    #expect(call.wrongEntry == .notAsked)
  }

  @Test("CALL-11: no key until the greeting ends: noInput, without a word")
  func silence() {
    var call = Conversation()
    call.dialAndAnswer()
    call.finishPlaying()
    #expect(call.outcomes == [.noInput])
    #expect(call.hungUp)
    #expect(call.heard == [.greetingStandard])
  }

  @Test("CALL-11: answerGrace goes on after the end, and a key in it counts")
  func grace() {
    var call = Conversation(CallPolicy(answerGrace: .seconds(4)))
    call.dialAndAnswer()
    call.finishPlaying()
    #expect(call.left(.answerGrace) == .seconds(4))
    var silent = call
    silent.fire(.answerGrace)
    #expect(silent.outcomes == [.noInput])
    call.press("#")
    #expect(call.outcomes == [.approved])
    #expect(call.left(.answerGrace) == nil)
  }

  @Test("CALL-12: each key restarts interDigit, and its end is poundNotPressed")
  func interDigit() {
    var call = Conversation(CallPolicy(interDigit: .seconds(3)))
    call.dialAndAnswer()
    call.press("1")
    call.wait(.seconds(2))
    call.press("2")
    #expect(call.left(.interDigit) == .seconds(3))
    #expect(call.timers.count == 2)
    call.fire(.interDigit)
    #expect(call.outcomes == [.poundNotPressed])
    #expect(call.hungUp)
  }

  @Test("CALL-12: the deadline of an earlier key is stale, that of the last key counts")
  func earlierKey() throws {
    var call = Conversation()
    call.dialAndAnswer()
    call.press("1")
    let earlier = try #require(call.timers.keys.first { $0.kind == .interDigit })
    call.press("2")
    let before = call.state
    call.say(.timerFired(earlier))
    #expect(call.ignored == .stale)
    #expect(call.state == before)
    call.fire(.interDigit)
    #expect(call.outcome == .poundNotPressed)
  }

  @Test("CALL-13: a greeting is cut at 20 s and no grace follows")
  func cut() {
    var call = Conversation(CallPolicy(answerGrace: .seconds(9)))
    call.dialAndAnswer()
    #expect(call.left(.playbackLimit) == .seconds(20))
    call.fire(.playbackLimit)
    #expect(call.playing == nil)
    #expect(call.outcomes == [.noInput])
  }

  @Test("CALL-13: a last message is cut too, and the call ends as it was")
  func cutGoodbye() {
    var call = Conversation()
    call.dialAndAnswer()
    call.press("#")
    call.fire(.playbackLimit)
    #expect(call.hungUp)
    #expect(call.state.stage == .ended(.approved))
  }

  @Test("CALL-14: a hang-up before the outcome is userHungUp, after it changes nothing")
  func hangUp() {
    var call = Conversation()
    call.dialAndAnswer()
    var approved = call
    call.say(.remoteHungUp)
    #expect(call.outcomes == [.userHungUp])
    #expect(!call.hungUp)
    approved.press("#")
    approved.say(.remoteHungUp)
    #expect(approved.outcomes == [.approved])
    #expect(approved.state.stage == .ended(.approved))
    #expect(approved.timers.isEmpty)
  }

  @Test("CALL-14: the sign-in page cancels while it rings and while it speaks, and too late after the outcome")
  func cancel() {
    var ringing = Conversation()
    ringing.say(.dial)
    var answered = ringing
    ringing.say(.cancelled)
    #expect(ringing.orders.contains(.abandon))
    #expect(ringing.outcomes == [.cancelled])
    answered.say(.answered)
    var approved = answered
    answered.say(.cancelled)
    #expect(answered.hungUp)
    #expect(answered.outcomes == [.cancelled])
    approved.press("#")
    approved.say(.cancelled)
    #expect(approved.ignored == .afterOutcome)
    #expect(approved.outcomes == [.approved])
  }

  @Test("A dropped line is a failure of the carrier, not of the person")
  func dropped() {
    var call = Conversation()
    call.dialAndAnswer()
    call.press("1")
    call.say(.lineDropped)
    #expect(call.outcomes == [.carrierFailed])
    #expect(call.timers.isEmpty)
  }

  @Test("What arrives under an old ticket is stale and changes nothing")
  func stale() {
    var call = Conversation()
    call.dialAndAnswer()
    guard let greeting = call.playing?.ticket else { return #expect(Bool(false), "a greeting plays") }
    call.press("1#")
    let before = call.state
    for input in [
      CallInput.finished(greeting), .timerFired(CallTimer(.playbackLimit, greeting)),
      .timerFired(CallTimer(.interDigit, greeting)), .pinMatched(greeting), .pinMismatched(greeting),
      .pinMismatchedAndLocked(greeting),
    ] {
      call.say(input)
      #expect(call.ignored == .stale)
      #expect(call.state == before)
    }
  }
}
