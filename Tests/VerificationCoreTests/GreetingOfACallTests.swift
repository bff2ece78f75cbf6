import TestSupport
import Testing
import VerificationCore

@Suite("Which greeting a call begins with")
struct GreetingOfACallTests {
  @Test(
    "CALL-3, CALL-4: exactly one of the greetings, by mode, purpose and reporting",
    arguments: [
      (.pound, .signIn, .off, .greetingStandard, .retryStandard),
      (.pound, .signIn, .atOnce, .fraudGreetingStandard, .retryStandard),
      (.pound, .signIn, .confirmingBlock(blocksUnconfirmed: false), .fraudGreetingStandard, .retryStandard),
      (.pin, .signIn, .off, .greetingPIN, .retryPIN),
      (.pin, .signIn, .atOnce, .fraudGreetingPIN, .retryPIN),
      (.pound, .registration(oneStep: false), .off, .activationGreetingStandard, .activationRetryStandard),
      (.pound, .registration(oneStep: false), .atOnce, .activationGreetingStandard, .activationRetryStandard),
      (.pound, .registration(oneStep: true), .off, .activation, .activationRetryStandard),
      (.pin, .registration(oneStep: false), .off, .activationGreetingPIN, .retryPIN),
      (.pin, .registration(oneStep: true), .atOnce, .activationGreetingPIN, .retryPIN),
    ] as [(CallPolicy.Credential, CallPolicy.Purpose, CallPolicy.Reporting, MessageType, MessageType)])
  func greeting(
    credential: CallPolicy.Credential, purpose: CallPolicy.Purpose, reporting: CallPolicy.Reporting,
    greeting: MessageType, retry: MessageType
  ) {
    var call = Conversation(CallPolicy(credential: credential, purpose: purpose, reporting: reporting))
    call.dialAndAnswer()
    #expect(call.heard == [greeting])
    call.press("*#")
    call.finishPlaying()
    #expect(call.heard == [greeting, .authenticationDeniedRetry, retry])
  }

  @Test(
    "CALL-4: the report code is a wrong entry in a registration call",
    arguments: [
      CallPolicy.Credential.pound, .pin,
    ])
  func reportCodeInRegistration(credential: CallPolicy.Credential) {
    var call = Conversation(
      CallPolicy(credential: credential, purpose: .registration(oneStep: false), reporting: .atOnce))
    call.dialAndAnswer()
    call.press("0#")
    #expect(call.wrongEntry == .reportCodeInRegistration)
    #expect(call.outcome == nil)
  }
}

@Suite("Reaching an extension")
struct ExtensionTests {
  private func answered(_ route: CallPolicy.Route, grace: Milliseconds = .zero) -> Conversation {
    var call = Conversation(CallPolicy(route: route, answerGrace: grace))
    call.dialAndAnswer()
    return call
  }

  @Test("EXT-2: the digits are spoken, the tones dialled, and # goes on to the greeting")
  func tones() throws {
    var call = answered(.extensionTones)
    #expect(call.heard == [.extensionPromptBeforeDigits])
    call.finishPlaying()
    #expect(call.orders.contains { if case .speakExtension = $0 { true } else { false } })
    call.finishPlaying()
    #expect(call.orders.contains { if case .sendExtension = $0 { true } else { false } })
    call.finishPlaying()
    #expect(call.playing?.message == .extensionPromptAfterDigits)
    call.press("#")
    #expect(call.playing?.message == .greetingStandard)
    call.press("#")
    #expect(call.outcome == .approved)
  }

  @Test("EXT-3: an operator hears the digits, dials no tones, and waits for #")
  func operatorRoute() {
    var call = answered(.extensionOperator)
    call.finishPlaying()
    call.finishPlaying()
    #expect(call.playing?.message == .extensionPrompt)
    call.press("#")
    #expect(call.playing?.message == .greetingStandard)
  }

  @Test("EXT-4: keys before the waiting prompt are ignored, and there only # counts")
  func keys() {
    var call = answered(.extensionTones)
    for _ in 1...3 {
      call.press("#")
      #expect(call.ignored == .whileReachingExtension)
      call.finishPlaying()
    }
    for key in ["0", "1", "*"] {
      call.press(key)
      #expect(call.ignored == .onlyPoundCounts)
    }
    #expect(call.playing?.message == .extensionPromptAfterDigits)
  }

  @Test("EXT-4: silence at the extension is noInput, after the grace")
  func silence() {
    var call = answered(.extensionOperator, grace: .seconds(2))
    for _ in 1...3 { call.finishPlaying() }
    #expect(call.outcome == nil)
    call.fire(.answerGrace)
    #expect(call.outcomes == [.noInput])
  }

  @Test("CALL-13: an extension prompt that is cut at 20 s gets no grace on top")
  func cut() {
    var call = answered(.extensionTones, grace: .seconds(2))
    for _ in 1...3 { call.finishPlaying() }
    call.fire(.playbackLimit)
    #expect(call.outcomes == [.noInput])
  }

  @Test("A hang-up at any step of the way is userHungUp", arguments: 0...3)
  func hangUp(steps: Int) {
    var call = answered(.extensionTones)
    for _ in 0..<steps { call.finishPlaying() }
    call.say(.remoteHungUp)
    #expect(call.outcomes == [.userHungUp])
    #expect(call.timers.isEmpty)
  }

  @Test(
    "EXT-1: an extension is digits, commas, * and #, with an @ in front for an operator",
    arguments: [
      ("204", false, "204", 600), ("@204", true, "204", 600), ("12,,3", false, "123", 4_600),
      ("1*2#", false, "12", 800),
    ] as [(String, Bool, String, Int64)])
  func parsed(text: String, asksOperator: Bool, digits: String, milliseconds: Int64) throws {
    let parsed = try #require(PhoneExtension(text))
    #expect(parsed.asksOperator == asksOperator)
    #expect(parsed.digits == digits)
    #expect(parsed.toneLength == Milliseconds(milliseconds))
  }

  @Test("EXT-1: what is no extension", arguments: ["", "@", ",,", "20a", "2@4", "123456789012345678901"])
  func notParsed(text: String) {
    #expect(PhoneExtension(text) == nil)
  }
}
