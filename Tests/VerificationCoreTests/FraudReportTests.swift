import TestSupport
import Testing
import VerificationCore

@Suite("Reporting fraud")
struct FraudReportTests {
  private func confirming(unconfirmedBlocks: Bool = false, grace: Milliseconds = .zero) -> Conversation {
    var call = Conversation(
      CallPolicy(reporting: .confirmingBlock(blocksUnconfirmed: unconfirmedBlocks), answerGrace: grace))
    call.dialAndAnswer()
    call.press("0#")
    return call
  }

  @Test("REPORT-2, REPORT-4: the report counts from the #; 1 alone confirms the block")
  func confirmed() {
    var call = confirming()
    #expect(call.orders.contains(.report))
    #expect(call.outcomes == [.fraudReported])
    #expect(call.playing?.message == .fraudConfirmation)
    call.press("1")
    #expect(call.orders.contains(.block))
    #expect(call.playing?.message == .fraudReported)
    call.finishPlaying()
    #expect(call.hungUp)
    #expect(call.outcomes == [.fraudReported])
  }

  @Test("REPORT-2: other keys are ignored at the confirmation, # included", arguments: ["0", "2", "9", "*", "#"])
  func otherKeys(key: String) {
    var call = confirming()
    call.press(key)
    #expect(call.ignored == .onlyOneConfirms)
    #expect(call.playing?.message == .fraudConfirmation)
  }

  @Test(
    "REPORT-2: end of the message and hang-up are unconfirmed; fraudAlert.unconfirmed decides about the block",
    arguments: [false, true])
  func unconfirmed(blocks: Bool) {
    var ended = confirming(unconfirmedBlocks: blocks)
    var hungUp = ended
    ended.finishPlaying()
    #expect(ended.orders.contains(.block) == blocks)
    #expect(ended.playing?.message == .fraudReported)
    hungUp.say(.remoteHungUp)
    #expect(hungUp.orders.contains(.block) == blocks)
    #expect(hungUp.state.stage == .ended(.fraudReported))
    #expect(hungUp.outcomes == [.fraudReported])
  }

  @Test("REPORT-2: the grace of a waiting prompt holds for the confirmation too")
  func grace() {
    var call = confirming(grace: .seconds(3))
    call.finishPlaying()
    #expect(call.left(.answerGrace) == .seconds(3))
    var late = call
    call.press("1")
    #expect(call.orders.contains(.block))
    late.fire(.answerGrace)
    #expect(!late.orders.contains(.block))
    #expect(late.playing?.message == .fraudReported)
  }

  @Test("CALL-13: a confirmation that is cut at 20 s gets no grace on top")
  func cut() {
    var call = confirming(grace: .seconds(3))
    call.fire(.playbackLimit)
    #expect(call.playing?.message == .fraudReported)
    #expect(call.left(.answerGrace) == nil)
  }

  @Test("REPORT-3: with the block off fraudReported plays at once")
  func withoutBlock() {
    var call = Conversation(CallPolicy(reporting: .atOnce))
    call.dialAndAnswer()
    call.press("0#")
    #expect(call.orders.contains(.report))
    #expect(call.playing?.message == .fraudReported)
    call.press("1")
    #expect(call.ignored == .afterOutcome)
    #expect(!call.orders.contains(.block))
  }

  @Test("REPORT-1: the code is the tenant's, and 0 is then a wrong entry")
  func ownCode() throws {
    let code = try #require(ReportCode("0911"))
    var call = Conversation(CallPolicy(reporting: .atOnce, reportCode: code))
    call.dialAndAnswer()
    call.press("0#")
    #expect(call.wrongEntry == .notAsked)
    call.press("0911#")
    #expect(call.outcome == .fraudReported)
  }

  @Test("REPORT-6: a code is 1 to 4 digits", arguments: ["", "12345", "1a", "#", "*1", "٣"])
  func noCode(text: String) {
    #expect(ReportCode(text) == nil)
  }

  @Test("CALL-9: with reporting off the code is a wrong entry")
  func reportingOff() {
    var call = Conversation()
    call.dialAndAnswer()
    call.press("0#")
    #expect(call.wrongEntry == .reportingIsOff)
  }

  @Test("REPORT-4: a page that cancels after the report is too late")
  func cancelled() {
    var call = confirming()
    call.say(.cancelled)
    #expect(call.ignored == .afterOutcome)
    #expect(call.outcomes == [.fraudReported])
  }
}
