import TestSupport
import Testing
import VerificationCore

@Suite("The limit of a call")
struct CallLimitTests {
  private func answered(_ policy: CallPolicy = CallPolicy()) -> Conversation {
    var call = Conversation(policy)
    call.dialAndAnswer()
    return call
  }

  @Test("CALL-19: dialling sets the limit, 5 minutes unless told, beside the deadline of ringing")
  func isSet() {
    var call = Conversation()
    call.say(.dial)
    #expect(call.left(.callLimit) == .minutes(5))
    #expect(call.left(.ring) == .seconds(60))
    var short = Conversation(CallPolicy(limit: .seconds(90)))
    short.say(.dial)
    #expect(short.left(.callLimit) == .seconds(90))
  }

  @Test("CALL-19: nothing in a call cancels or moves the limit")
  func holds() {
    var call = answered()
    call.press("12#")
    call.finishPlaying()
    call.wait(.seconds(1))
    call.press("3")
    #expect(call.left(.callLimit) == .minutes(5) - .seconds(3))
  }

  @Test("CALL-19: it rings when the limit is reached: noAnswer, and ringing stops")
  func ringing() {
    var call = Conversation(CallPolicy(limit: .seconds(30)))
    call.say(.dial)
    call.fire(.callLimit)
    #expect(call.outcomes == [.noAnswer])
    #expect(call.orders == [.cancel(CallTimer(.ring, Ticket(1))), .abandon, .conclude(.noAnswer)])
    #expect(call.state.hasEnded)
  }

  @Test("CALL-19: while a prompt plays or its grace runs: noInput, and the sound stops")
  func prompt() {
    var call = answered(CallPolicy(answerGrace: .seconds(2)))
    var early = call
    early.fire(.callLimit)
    #expect(early.outcomes == [.noInput])
    #expect(early.playing == nil && early.hungUp && early.state.hasEnded)
    call.finishPlaying()
    call.fire(.callLimit)
    #expect(call.outcomes == [.noInput])
    #expect(call.orders.first == .cancel(CallTimer(.answerGrace, Ticket(3))))
  }

  @Test("CALL-19: with keys in the buffer: poundNotPressed")
  func keys() {
    var call = answered()
    call.press("1")
    call.fire(.callLimit)
    #expect(call.outcomes == [.poundNotPressed])
    #expect(call.hungUp && call.state.hasEnded)
  }

  @Test("CALL-19: while a PIN is checked: carrierFailed, and the answer of the check is stale")
  func checking() {
    var call = answered(CallPolicy(credential: .pin))
    call.press("4711#")
    call.fire(.callLimit)
    #expect(call.outcomes == [.carrierFailed])
    call.answerPINCheck(matches: true)
    #expect(call.ignored == .stale)
    #expect(call.outcomes == [.carrierFailed])
  }

  @Test("CALL-19: on the way to an extension: noInput", arguments: 0...3)
  func reachingExtension(steps: Int) {
    var call = answered(CallPolicy(route: .extensionTones))
    for _ in 0..<steps { call.finishPlaying() }
    call.fire(.callLimit)
    #expect(call.outcomes == [.noInput])
    #expect(call.playing == nil && call.hungUp)
  }

  @Test("CALL-19: a report not confirmed yet is settled as at the end of the message", arguments: [false, true])
  func unconfirmed(blocks: Bool) {
    var call = answered(CallPolicy(reporting: .confirmingBlock(blocksUnconfirmed: blocks)))
    call.press("0#")
    call.fire(.callLimit)
    #expect(call.outcomes == [.fraudReported])
    #expect(call.orders.contains(.block) == blocks)
    #expect(call.hungUp && call.state.hasEnded)
    #expect(call.heard.last == .fraudConfirmation)
  }

  @Test("CALL-19: after the outcome the service hangs up and nothing else changes")
  func closing() {
    var call = answered()
    call.press("#")
    call.fire(.callLimit)
    #expect(call.outcomes == [.approved])
    #expect(call.orders.last == .hangUp)
    #expect(call.state.hasEnded)
  }

  @Test("CALL-19: before dialling and after the end it is stale, and so is one under another ticket")
  func stale() {
    var call = Conversation()
    call.say(.timerFired(.callLimit))
    #expect(call.ignored == .stale)
    call.dialAndAnswer()
    let before = call.state
    call.say(.timerFired(CallTimer(.callLimit, Ticket(1))))
    #expect(call.ignored == .stale)
    #expect(call.state == before)
    call.say(.remoteHungUp)
    call.say(.timerFired(.callLimit))
    #expect(call.ignored == .stale)
    #expect(call.outcomes == [.userHungUp])
  }
}
