import Testing
import VerificationCore

/// One verification by text message as a conversation; refuses what cannot be, as a timer that was not set.
struct TextConversation {
  private(set) var state = TextState.idle
  private(set) var now = Instant.virtualStart
  private(set) var timers: [TextTimer: Instant] = [:]
  private(set) var sent: [CodeNumber] = []
  private(set) var outcomes: [Outcome] = []
  private(set) var orders: [TextAction] = []
  let policy: TextPolicy

  init(_ policy: TextPolicy = TextPolicy()) { self.policy = policy }

  static func begun(_ policy: TextPolicy = TextPolicy()) -> TextConversation {
    var conversation = TextConversation(policy)
    conversation.say(.begin)
    return conversation
  }

  mutating func say(_ input: TextInput) {
    let transition = next(state, input, at: now, policy: policy)
    state = transition.state
    orders = transition.orders
    #expect(!orders.isEmpty)
    for order in orders {
      switch order {
      case .send(let code): sent.append(code)
      case .schedule(let timer, let deadline): timers[timer] = deadline
      case .cancel(let timer): timers[timer] = nil
      case .conclude(let outcome): outcomes.append(outcome)
      case .note: continue
      }
    }
    if state.outcome != nil { timers = [:] }
  }

  /// Lets time pass; the timers that are due fire, each at its time.
  mutating func wait(_ length: Milliseconds) {
    let until = now + length
    while let due = timers.filter({ $0.value <= until }).min(by: { $0.value < $1.value }) {
      timers[due.key] = nil
      now = due.value
      say(.timerFired(due.key))
    }
    now = until
  }

  mutating func resend() { say(.resendAsked) }
  mutating func enter(_ number: UInt32) { say(.entered(.sent(CodeNumber(number)))) }

  var notes: [PageNote] {
    orders.compactMap { if case .note(let note) = $0 { note } else { nil } }
  }
}

@Suite("Verification by text message")
struct TextFlowTests {
  @Test("SMS-1: a code is sent at once, and typed it approves")
  func approved() {
    var text = TextConversation.begun()
    #expect(text.sent == [CodeNumber(1)])
    #expect(text.timers[.lifetime(CodeNumber(1))] == .virtualStart + .minutes(5))
    #expect(text.timers[.resend(CodeNumber(1))] == .virtualStart + .seconds(30))
    #expect(text.timers[.page] == .virtualStart + .minutes(10))
    text.enter(1)
    #expect(text.outcomes == [.approved])
    #expect(text.state.outcome == .approved)
  }

  @Test("SMS-1: a code holds 5 minutes, to the millisecond; expired it is refused as such and costs no try")
  func lifetime() {
    var inTime = TextConversation.begun()
    inTime.wait(.minutes(5) + Milliseconds(-1))
    inTime.enter(1)
    #expect(inTime.outcomes == [.approved])
    var late = TextConversation.begun()
    late.wait(.minutes(5))
    for _ in 1...5 {
      late.enter(1)
      #expect(late.notes == [.refused(.expired)])
    }
    #expect(late.outcomes.isEmpty)
    late.say(.entered(.wrong))
    #expect(late.notes == [.wrongCode(.noSuchCode, number: 1)])
  }

  @Test("SMS-1: the third wrong code denies, the second does not", arguments: [1, 3, 10] as [UInt8])
  func tries(tries: UInt8) {
    var text = TextConversation.begun(TextPolicy(tries: tries))
    for number in 1..<tries {
      text.say(.entered(.wrong))
      #expect(text.notes == [.wrongCode(.noSuchCode, number: number)])
      #expect(text.outcomes.isEmpty)
    }
    text.say(.entered(.wrong))
    #expect(text.outcomes == [.codeWrong])
    #expect(TextPolicy().tries == 3)
  }

  @Test("SMS-1: a resend is too soon before 30 s and ends the old code")
  func resend() {
    var text = TextConversation.begun()
    text.wait(.seconds(30) + Milliseconds(-1))
    text.resend()
    #expect(text.notes == [.ignored(.resendTooSoon)])
    #expect(text.sent.count == 1)
    text.wait(Milliseconds(1))
    text.resend()
    #expect(text.sent == [CodeNumber(1), CodeNumber(2)])
    text.enter(1)
    #expect(text.notes == [.wrongCode(.supersededByResend, number: 1)])
    text.enter(2)
    #expect(text.outcomes == [.approved])
  }

  @Test("SMS-1: after a resend the 30 s and the 5 minutes begin anew, and the old code's end is not the new one's")
  func resendAgain() {
    var text = TextConversation.begun()
    text.wait(.seconds(200))
    text.resend()
    #expect(text.timers[.lifetime(CodeNumber(1))] == nil)
    text.resend()
    #expect(text.notes == [.ignored(.resendTooSoon)])
    text.wait(.seconds(299))
    text.enter(2)
    #expect(text.outcomes == [.approved])
  }

  @Test("SMS-1: a resend gives back a code that expired, and no try")
  func resendAfterExpiry() {
    var text = TextConversation.begun()
    text.say(.entered(.wrong))
    text.say(.entered(.wrong))
    text.wait(.minutes(5))
    text.resend()
    var wrong = text
    text.enter(2)
    #expect(text.outcomes == [.approved])
    wrong.say(.entered(.wrong))
    #expect(wrong.outcomes == [.codeWrong])
  }

  @Test("SMS-1: a code is good once: one that approved before is wrong, and three of them deny as used")
  func singleUse() {
    var text = TextConversation.begun()
    text.say(.entered(.usedBefore))
    #expect(text.notes == [.wrongCode(.usedBefore, number: 1)])
    text.say(.entered(.usedBefore))
    text.say(.entered(.usedBefore))
    #expect(text.outcomes == [.codeUsed])
    #expect(Outcome.codeUsed.recordText == "MFA denied; verification code already used once")
  }

  @Test("SMS-1: after success a resend does nothing, nor does anything else")
  func afterSuccess() {
    var text = TextConversation.begun()
    text.wait(.seconds(31))
    text.enter(1)
    for input in [TextInput.resendAsked, .entered(.sent(CodeNumber(1))), .rejected, .cancelled] {
      text.say(input)
      #expect(text.orders == [.note(.ignored(.ended))])
    }
    for timer in [TextTimer.page, .lifetime(CodeNumber(1)), .resend(CodeNumber(1))] {
      text.say(.timerFired(timer))
      #expect(text.orders == [.note(.ignored(.stale))])
    }
    text.say(.begin)
    #expect(text.notes == [.ignored(.alreadyBegun)])
    #expect(text.sent.count == 1 && text.outcomes == [.approved])
  }

  @Test("The page gives up after page.timeout: codeNotEntered, wherever the code stands")
  func pageTimeout() {
    var text = TextConversation.begun()
    text.wait(.minutes(10) + Milliseconds(-1))
    #expect(text.outcomes.isEmpty)
    text.wait(Milliseconds(1))
    #expect(text.outcomes == [.codeNotEntered])
  }

  @Test("Timers of a code that was replaced are stale")
  func stale() {
    var text = TextConversation.begun()
    text.wait(.seconds(30))
    text.resend()
    for timer in [TextTimer.lifetime(CodeNumber(1)), .resend(CodeNumber(1)), .lifetime(CodeNumber(3))] {
      text.say(.timerFired(timer))
      #expect(text.notes == [.ignored(.stale)])
    }
    text.enter(2)
    #expect(text.outcomes == [.approved])
  }

  @Test("What comes before the beginning, and a second beginning, change nothing")
  func order() {
    var text = TextConversation()
    for input in [TextInput.entered(.wrong), .resendAsked, .rejected, .replied, .cancelled] {
      text.say(input)
      #expect(text.notes == [.ignored(.notBegun)] && text.state == .idle)
    }
    text.say(.timerFired(.page))
    #expect(text.notes == [.ignored(.stale)])
    var begun = TextConversation.begun()
    let state = begun.state
    begun.say(.begin)
    #expect(begun.notes == [.ignored(.alreadyBegun)] && begun.state == state)
  }

  @Test("A text that the carrier refuses is carrierFailed; a page that is given up is cancelled")
  func ended() {
    var rejected = TextConversation.begun()
    rejected.say(.rejected)
    #expect(rejected.outcomes == [.carrierFailed])
    var cancelled = TextConversation.begun()
    cancelled.say(.cancelled)
    #expect(cancelled.outcomes == [.cancelled])
  }

  @Test(
    "SMS-2: a reply does nothing, during and after, and the journal says why",
    arguments: [
      (
        true, PageNote.Ignored.twoWayIsRetired,
        "two-way text messages are retired since 2018-11-14: codes are typed at the page"
      ),
      (false, .twoWayIsOff, "codes are typed at the page, not sent back"),
    ])
  func reply(isTwoWay: Bool, reason: PageNote.Ignored, explanation: String) {
    var text = TextConversation.begun(TextPolicy(isTwoWay: isTwoWay))
    let state = text.state
    text.say(.replied)
    #expect(text.orders == [.note(.ignored(reason))] && text.state == state)
    text.enter(1)
    text.say(.replied)
    #expect(text.orders == [.note(.ignored(reason))])
    #expect(reason.explanation == explanation)
  }

  @Test("SMS-2: the setting exists and is retired since 2018-11-14")
  func retired() throws {
    #expect(try #require(Setting.named("sms.twoWay")).retiredSince == "2018-11-14")
  }

  @Test("SMS-1: more resends than anybody asks for keep their numbers apart")
  func manyResends() {
    var text = TextConversation.begun(TextPolicy(resendAfter: .zero))
    for _ in 1...70_000 {
      text.say(.timerFired(.resend(CodeNumber(UInt32(text.sent.count)))))
      text.resend()
    }
    text.enter(4_465)
    #expect(text.notes == [.wrongCode(.supersededByResend, number: 1)])
    text.enter(70_001)
    #expect(text.outcomes == [.approved])
  }

  @Test("SMS-1, CALL-16: sms.lifetime, tries, resendAfter, twoWay and page.timeout are as they were at the beginning")
  func wired() throws {
    var bench = try Bench {
      $0.sms.lifetime = .minutes(2)
      $0.sms.tries = 7
      $0.sms.resendAfter = .seconds(11)
      $0.sms.twoWay = true
      $0.page.timeout = .minutes(4)
    }
    try bench.signIn(with: .text)
    bench.set { $0.sms = Settings().sms }
    guard case .text(_, let policy) = bench.service.pages.first?.state else {
      Issue.record("no text")
      return
    }
    #expect(
      policy
        == TextPolicy(
          lifetime: .minutes(2), tries: 7, resendAfter: .seconds(11), isTwoWay: true, pageTimeout: .minutes(4)))
  }

  @Test("SMS-1: the record of a text has the method and the masked number, and is one")
  func record() throws {
    var bench = try Bench()
    try bench.signIn(with: .text)
    #expect(bench.journal.contains { $0.fact == .textSent(CodeNumber(1), number: "+XX XXXXXXXX23") })
    bench.text(.entered(.sent(CodeNumber(1))))
    bench.text(.entered(.sent(CodeNumber(1))))
    #expect(bench.outcomes == [.approved])
    let record = try #require(bench.tenant.signIns.first)
    #expect(record.method == .text && record.number == "+XX XXXXXXXX23" && record.errorCode == 0)
  }
}
