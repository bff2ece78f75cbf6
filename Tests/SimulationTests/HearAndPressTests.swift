import ScenarioModel
import ScenarioYAML
import Simulation
import TestSupport
import Testing
import VerificationCore

/// Plays a scenario with Omar, who speaks English and has no fraud alert unless told.
private func play(
  _ steps: String, set: String = "fraudAlert.enabled: false", user: String = "omar@larkspur.example",
  expect: String = ""
) throws -> Verdict {
  VirtualDriver.play(
    try scenario(
      """
      scenario: Test
      given:
        set: {\(set)}
        user: \(user)
      steps:
      \(steps)
      \(expect)
      """))
}

@Suite("What a person hears")
struct HearTests {
  private func problem(_ steps: String, set: String = "fraudAlert.enabled: false") throws -> Problem? {
    try play(steps, set: set).problems.first
  }

  @Test("hear passes at the start of the next message that nothing has consumed")
  func inOrder() throws {
    let verdict = try play(
      """
        - signin
        - answer
        - hear: greetingStandard
        - press: "1#"
        - hear: authenticationDeniedRetry
        - hear: retryStandard
        - press: "#"
        - hear: authenticationSuccessful
      """)
    #expect(verdict.problems == [])
    #expect(verdict.outcome == .approved)
  }

  @Test(
    "EXT-2: an extension is spoken with the digits of the person's language, and takes as long as they do",
    arguments: ["en", "fr", "de", "es", "it", "pt"])
  func spokenExtension(language: String) throws {
    let verdict = try play(
      """
        - signin: {with: call, language: \(language)}
        - answer
        - hear: {message: extensionPromptBeforeDigits, language: \(language)}
        - hear: {message: extensionPromptAfterDigits, language: \(language)}
      """, user: "desk@larkspur.example")
    #expect(verdict.problems == [])
    let spoken = try #require(
      verdict.journal.compactMap { entry -> (Instant, [DigitClip])? in
        if case .speakingExtension(_, let clips) = entry.fact { (entry.at, clips) } else { nil }
      }.first)
    #expect(spoken.1.map(\.file) == [2, 0, 4].map { "\(language)/digit-\($0).mp3" })
    let dialled = try #require(verdict.journal.first { $0.fact == .sendingExtension })
    #expect(dialled.at == spoken.1.reduce(spoken.0) { $0 + $1.length })
  }

  @Test("A different message fails it at once, and says what was heard and why")
  func different() throws {
    let problem = try problem(
      """
        - signin
        - answer
        - hear: greetingPIN
        - press: "#"
        - hear: authenticationSuccessful
      """, set: "fraudAlert.enabled: false, pin.mode: true")
    #expect(problem?.id == "expected-heard")
    #expect(problem?.message == "expected authenticationSuccessful, heard retryPIN")
    #expect(problem?.place?.description == "test.yaml:10:11")
    #expect(problem?.label == "at 00:04.177, collecting PIN, attempt 2 of 3")
    #expect(
      problem?.notes == [
        Problem.Note(.hint, "messages are heard in order: hear retryPIN first, or press during it"),
        Problem.Note(.heard, "greetingPIN 2.0-2.0 s · authenticationDeniedRetry 2.0-4.1 s · retryPIN 4.1 s-"),
        Problem.Note(.why, "PIN mode is on, so # alone is a wrong entry (pin.mode: test.yaml:3:36)"),
      ])
  }

  @Test("authenticationDeniedRetry alone may be left unmentioned")
  func skipped() throws {
    let verdict = try play(
      """
        - signin
        - answer
        - press: {keys: "1#", during: greetingStandard}
        - press: {keys: "#", during: retryStandard}
      """)
    #expect(verdict.problems == [])
    #expect(
      try problem("  - signin\n  - answer\n  - hear: authenticationSuccessful")?.message
        == "expected authenticationSuccessful, heard greetingStandard")
  }

  @Test("Silence fails at the deadline; a call that is over fails at once")
  func silence() throws {
    let waiting = try problem("  - signin\n  - hear: {message: greetingStandard, within: 30s}")
    #expect(waiting?.message == "expected greetingStandard, heard nothing for 30 s")
    #expect(waiting?.label == "at 00:30.000, ringing")
    let over = try problem("  - fault: busy\n  - signin\n  - hear: greetingStandard")
    #expect(over?.message == "expected greetingStandard, nothing plays any more")
    #expect(over?.label == "at 00:01.500, the call ended: busy")
  }

  @Test("The caret stands under the message, also where it has details")
  func place() throws {
    let word = try problem("  - signin\n  - hear: retryPIN")?.place?.span
    let detailed = try problem("  - signin\n  - hear: {language: fr, message: retryPIN}")?.place?.span
    #expect(word.map { [$0.column, $0.length] } == [11, 8])
    #expect(detailed.map { [$0.column, $0.length] } == [35, 8])
  }

  @Test("within beside hear is the same as inside")
  func within() throws {
    let problem = try problem("  - signin\n  - hear: greetingStandard\n    within: 7s")
    #expect(problem?.message == "expected greetingStandard, heard nothing for 7 s")
  }

  @Test(
    "Language, source and words are checked",
    arguments: [
      ("language: fr", "expected greetingStandard in fr, heard it in en"),
      ("source: custom", "expected the custom greetingStandard, heard the default one"),
      (
        "text: /star key/",
        "expected the words /star key/, heard \"Hello. To confirm that it's you signing in, press the pound key. It's at the bottom right of your keypad.\""
      ),
    ])
  func details(detail: String, message: String) throws {
    let problem = try problem("  - signin\n  - answer\n  - hear: {message: greetingStandard, \(detail)}")
    #expect(problem?.message == message)
  }
}

@Suite("What a person does")
struct ActTests {
  private func times(_ verdict: Verdict, _ matches: (JournalFact) -> Bool) -> [Int64] {
    verdict.journal.filter { matches($0.fact) }.map { ($0.at - verdict.scenario.given.start).count }
  }

  private func keyTimes(_ verdict: Verdict) -> [Int64] {
    times(verdict) { if case .key = $0 { true } else { false } }
  }

  @Test(
    "Keys are held and spaced; nothing else moves time",
    arguments: [
      ("press: \"12#\"", [2_000, 2_200, 2_400]),
      ("press: {keys: \"12#\", hold: 50ms, gap: 1s}", [2_000, 3_050, 4_100]),
      ("press: {keys: \"1\", during: greetingStandard, after: 1.5s}", [3_500]),
    ] as [(String, [Int64])])
  func pressed(step: String, at milliseconds: [Int64]) throws {
    #expect(keyTimes(try play("  - signin\n  - answer\n  - \(step)")) == milliseconds)
  }

  @Test("answer takes 2 s unless told")
  func answered() throws {
    #expect(times(try play("  - signin\n  - answer")) { $0 == .answered } == [2_000])
    #expect(times(try play("  - signin\n  - answer: {after: 7s}")) { $0 == .answered } == [7_000])
  }

  @Test("CALL-13: of what is due together what was ordered first comes first: a greeting of 20 s ends before it is cut")
  func ties() throws {
    let text = """
      scenario: T
      given:
        set: {fraudAlert.enabled: false, call.answerGrace: 5s}
        user: omar@larkspur.example
        greetings: [{message: greetingStandard, language: en, length: 20s}]
      steps: [signin, answer]
      """
    let verdict = VirtualDriver.play(try scenario(text))
    // One that is cut has no grace: it would be over at 22 s.
    #expect(times(verdict) { $0 == .concluded(.noInput) } == [27_000])
  }

  @Test("CALL-2: without an answer it rings until noAnswer, after the last step")
  func ringsOut() throws {
    let verdict = try play("  - signin\n  - wait: 3s")
    #expect(verdict.outcome == .noAnswer)
    #expect(verdict.length == .seconds(60))
  }

  @Test(
    "What cannot be done is a problem at its place",
    arguments: [
      ("  - answer", "nothing-rings", "there is no ringing telephone to answer", "at 00:02.000, no call was placed"),
      ("  - hangup", "no-call", "there is no call to hang up", "at 00:00.000, no call was placed"),
      ("  - signin: cancel", "no-signin", "there is no sign-in to give up", "at 00:00.000, no call was placed"),
      (
        "  - fault: noAnswer\n  - signin\n  - answer", "nothing-rings", "there is no ringing telephone to answer",
        "at 00:02.000, dialled, and nothing rings"
      ),
      ("  - press: \"1\"", "no-call", "there is no call to press keys in", "at 00:00.000, no call was placed"),
      (
        "  - signin\n  - wait: 70s\n  - answer", "nothing-rings", "there is no ringing telephone to answer",
        "at 01:12.000, the call ended: noAnswer"
      ),
    ])
  func impossible(steps: String, id: String, message: String, label: String) throws {
    let problem = try play(steps).problems.first
    #expect(problem?.id == id)
    #expect(problem?.message == message)
    #expect(problem?.label == label)
  }

  @Test(
    "during means while it plays: before its end, and not into the next message",
    arguments: [
      ("press: {keys: \"#\", during: greetingStandard, after: 30s}", "greetingStandard played for 6.689 s and is over"),
      (
        "press: {keys: \"5#\", during: greetingStandard}\n  - wait: 4s\n"
          + "  - press: {keys: \"#\", during: authenticationDeniedRetry}",
        "authenticationDeniedRetry played for 2.177 s and is over"
      ),
    ])
  func tooLate(step: String, message: String) throws {
    let grace = "fraudAlert.enabled: false, call.answerGrace: 60s"
    let problem = try play("  - signin\n  - answer\n  - \(step)", set: grace).problems.first
    #expect(problem?.id == "not-during")
    #expect(problem?.message == message)
  }

  @Test("after counts from the start of the message, not from when the step is reached")
  func afterFromStart() throws {
    let press = "press: {keys: \"#\", during: greetingStandard, after: 3s}"
    #expect(keyTimes(try play("  - signin\n  - answer\n  - wait: 2s\n  - \(press)")) == [5_000])
  }

  @Test("CALL-5: a key on a telephone that is hung up goes nowhere, and the journal says so")
  func hungUp() throws {
    let verdict = try play("  - fault: busy\n  - signin\n  - wait: 5s\n  - press: \"#\"")
    #expect(verdict.problems == [])
    #expect(verdict.journal.suffix(2).map(\.fact) == [.key(.pound), .noted(.ignored(.ended))])
  }

  @Test("Each user has a telephone of their own; who shares a number shares one")
  func telephones() throws {
    let press = "press: {keys: \"#\", during: greetingStandard}"
    let own = try play("  - signin: {user: helga@larkspur.example}\n  - signin\n  - answer\n  - \(press)")
    #expect(own.problems == [])
    #expect(own.journal.count { if case .ringing = $0.fact { true } else { false } } == 2)
    #expect(own.journal.contains { $0.fact == .concluded(.approved) })
    let shared = VirtualDriver.play(
      try scenario(
        """
        scenario: T
        given: {users: [{upn: a@b.example, phone: "+44 7700900123"}]}
        steps: [{signin: {user: a@b.example}}, {signin: {user: omar@larkspur.example}}]
        """))
    #expect(shared.journal.contains { $0.fact == .concluded(.busy) })
  }

  @Test("Hanging up a telephone that rings declines the call")
  func declined() throws {
    #expect(try play("  - signin\n  - wait: 1s\n  - hangup").outcome == .rejected)
  }

  @Test("CALL-14: signin: cancel gives up the sign-in of whoever signed in last")
  func cancelled() throws {
    let verdict = try play("  - signin: {user: helga@larkspur.example}\n  - signin: cancel")
    #expect(verdict.outcome == .cancelled)
    #expect(verdict.journal.contains { $0.fact == .cancelledAtPage })
  }

  @Test("A telephone that is engaged is busy for the next call")
  func engaged() throws {
    let verdict = try play("  - signin\n  - answer\n  - press: {keys: \"#\", during: greetingStandard}\n  - signin")
    #expect(verdict.outcome == .busy)
  }

  @Test("The same seed gives the same journal")
  func repeatable() throws {
    let text = "scenario: T\ngiven: {user: {upn: li@larkspur.example, phone: \"+86 13912345678\"}}\nsteps: [signin]\n"
    let once = VirtualDriver.play(try scenario(text), seed: 5)
    #expect(VirtualDriver.play(try scenario(text), seed: 5).journal == once.journal)
    #expect(VirtualDriver.play(try scenario(text), seed: 6).journal != once.journal)
  }
}

@Suite("What the network does")
struct FaultTests {
  @Test(
    "Each fault leads to its outcome",
    arguments: [
      ("busy", Outcome.busy), ("rejected", .rejected), ("invalidNumber", .invalidNumber),
      ("carrier", .carrierFailed),
      ("{carrier: {code: 486}}", .busy), ("{carrier: {code: 404}}", .invalidNumber), ("noAnswer", .noAnswer),
      ("voicemail", .noInput), ("{voicemail: {answers: 3s, greeting: 2s, beep: false}}", .noInput),
    ])
  func outcomes(fault: String, outcome: Outcome) throws {
    #expect(try play("  - fault: \(fault)\n  - signin").outcome == outcome)
  }

  @Test("none takes the faults back")
  func none() throws {
    #expect(try play("  - fault: busy\n  - fault: none\n  - signin").outcome == .noAnswer)
  }

  @Test(
    "A dropped call is the carrier's, counted from the answer or from now",
    arguments: [
      "  - fault: {dropAfter: 3s}\n  - signin\n  - answer", "  - signin\n  - answer\n  - fault: {dropAfter: 3s}",
    ])
  func dropped(steps: String) throws {
    let verdict = try play(steps)
    #expect(verdict.outcome == .carrierFailed)
    #expect(verdict.length == .seconds(5))
  }

  @Test("A machine that answers speaks, beeps and records, and a hand that comes too late answers nothing")
  func machine() throws {
    let verdict = try play("  - fault: {voicemail: {answers: 3s, greeting: 2s}}\n  - signin\n  - answer: {after: 4s}")
    #expect(verdict.problems.first?.id == "nothing-rings")
    let played = try play("  - fault: {voicemail: {answers: 3s, greeting: 2s}}\n  - signin")
    let facts = played.journal.filter { $0.fact == .machineBeeps || $0.fact == .machineRecords }
    #expect(facts.map { ($0.at - played.scenario.given.start).count } == [5_000, 5_000])
  }

  @Test("A fault that hits several telephones hits them in the order of their numbers, in every run")
  func severalTelephones() throws {
    let numbers = [7, 2, 9, 4, 1, 8, 3, 6]
    let users = numbers.map { "{upn: u\($0)@b.example, phone: \"+44 770090010\($0)\"}" }.joined(separator: ", ")
    let steps = numbers.map { "{signin: {user: u\($0)@b.example}}, {answer: {after: 0s}}" }.joined(separator: ", ")
    let text = "scenario: T\ngiven:\n  users: [\(users)]\nsteps: [\(steps), {fault: {dropAfter: 1s}}]\n"
    let verdict = VirtualDriver.play(try scenario(text))
    let dropped = verdict.journal.filter { $0.fact == .lineDropped }.compactMap { $0.call?.number }
    #expect(dropped.map { numbers[$0 - 1] } == numbers.sorted())
  }

  @Test("A machine takes a call that already rings, and leaves one that a person has taken")
  func machineWhileRinging() throws {
    let machine = "fault: {voicemail: {answers: 3s, greeting: 2s}}"
    let ringing = try play("  - signin\n  - wait: 1s\n  - \(machine)")
    let answered = ringing.journal.filter { $0.fact == .answered }.map { ($0.at - ringing.scenario.given.start).count }
    #expect(answered == [4_000])
    let taken = try play("  - \(machine)\n  - signin\n  - answer\n  - wait: 4s\n  - hangup")
    #expect(!taken.journal.contains { $0.fact == .machineBeeps })
  }

  @Test(
    "Keys are lost or doubled on the way", arguments: [("lost", Outcome.noInput, 0), ("doubled", .approved, 2)])
  func digits(fault: String, outcome: Outcome, arriving: Int) throws {
    let verdict = try play("  - fault: {digits: \(fault)}\n  - signin\n  - answer\n  - press: \"#\"")
    #expect(verdict.outcome == outcome)
    #expect(verdict.journal.count { $0.fact == .key(.pound) } == arriving)
  }
}

@Suite("What is expected")
struct ExpectTests {
  @Test(
    "Each expectation that fails says what was expected and what was",
    arguments: [
      ("result: denied", "expected denied, got noAnswer"), ("result: none", "expected none, got noAnswer"),
      ("user: {blocked: true}", "expected omar@larkspur.example to be blocked"),
      ("user: {reported: true}", "expected omar@larkspur.example to be reported"),
      ("user: {locked: true}", "expected omar@larkspur.example to be locked"),
      ("callerID: unknown", "expected the caller ID unknown, the telephone showed +1 8553308653"),
      ("records: [{signin: nonsense}]", "expected a sign-in record \"nonsense\", found 0"),
      ("records: [{signin: /MFA/, times: 2}]", "expected 2 sign-in records /MFA/, found 1"),
      ("records: [{signin: /unable/, times: 0}]", "expected 0 sign-in records /unable/, found 1"),
    ])
  func failing(expectation: String, message: String) throws {
    let verdict = try play("  - signin", expect: "expect: {\(expectation)}")
    #expect(verdict.problems.map(\.message) == [message])
  }

  @Test("All that fails at the end is told at once; a step that fails ends the scenario")
  func several() throws {
    let end = try play("  - signin", expect: "expect: {result: approved, user: {blocked: true}}")
    #expect(end.problems.count == 2)
    let step = try play("  - signin\n  - expect: {result: approved}\n  - hangup", expect: "expect: {result: approved}")
    #expect(step.problems.map(\.message) == ["expected approved, got none"])
  }
}
