import ScenarioModel
import ScenarioYAML
import Simulation
import TestSupport
import Testing
import VerificationCore

/// A tenant as scenarios are given one.
private func given(set: String = "fraudAlert.enabled: false", user: String = "omar") throws -> Given {
  try scenario(
    "scenario: T\ngiven: {set: {\(set)}, user: \(user)@larkspur.example}\nsteps: [signin: call]\n"
  ).given
}

extension LiveSession {
  /// Signs in and answers two seconds later.
  fileprivate mutating func takeCall() throws {
    try signIn(SignInRequest(upn: session.given.user, method: .call))
    wait(2_034)
    answer()
  }

  fileprivate var take: Take { Recorder.record(session) }
}

extension Take {
  /// The steps as the file has them.
  fileprivate var steps: [String] {
    lines(after: "steps:").filter { $0.hasPrefix("  - ") }.map { String($0.dropFirst(4)) }
  }
  fileprivate var expect: [String] { lines(after: "expect:").map { String($0.dropFirst(2)) } }

  private func lines(after heading: String) -> [Substring] {
    let lines = text.split(separator: "\n").drop { $0 != heading }.dropFirst()
    return Array(lines.prefix { $0.hasPrefix(" ") })
  }

  fileprivate var text: String { ScenarioWriter.text(scenario, given: .named(tenant: nil, user: scenario.given.user)) }
}

@Suite("Sessions that nobody thought of")
struct RecordedSessionTests {
  /// So many different ones, each with its own tenant, faults, keys, pauses and second sign-ins.
  private static let seeds = 1...500 as ClosedRange<UInt64>

  private struct Recorded {
    let seed: UInt64
    let session: Session
    let take: Take
  }

  private static let recorded = seeds.compactMap { seed in
    (try? RandomSession.make(seed: seed)).map { Recorded(seed: seed, session: $0, take: Recorder.record($0)) }
  }

  @Test("Every recorded session passes, and what it does is what was done, in its order and near its times")
  func replays() throws {
    #expect(Self.recorded.count == Self.seeds.count)
    for each in Self.recorded {
      let (session, take, seed) = (each.session, each.take, Comment(rawValue: "seed \(each.seed)"))
      let verdict = VirtualDriver.play(take.scenario, seed: each.seed)
      #expect(verdict.problems == [], seed)
      #expect(take.isFaithful, seed)
      try #require(verdict.journal.count >= session.journal.count, seed)
      for (entry, again) in zip(session.journal, verdict.journal) {
        #expect(entry.call == again.call && told(entry.fact) == told(again.fact), seed)
        let apart = Int64((again.at - entry.at).count.magnitude)
        #expect(apart <= (mayMove(entry.fact) ? take.tolerance.count * 5 : take.tolerance.count), seed)
      }
    }
    #expect(Self.recorded.count { $0.take.tolerance == Milliseconds(50) } >= 450)
  }

  @Test("A recording that was written and read again does the same")
  func writtenAndRead() throws {
    for each in Self.recorded where each.seed.isMultiple(of: 5) {
      let read = try scenario(ScenarioWriter.text(each.take.scenario))
      #expect(read.given.tenant == each.session.given.tenant, "seed \(each.seed)")
      #expect(read.given.keptPINs == each.session.given.keptPINs, "seed \(each.seed)")
      let one = VirtualDriver.play(each.take.scenario, seed: each.seed)
      let other = VirtualDriver.play(read, seed: each.seed)
      #expect(other.passed, "seed \(each.seed)")
      #expect(one.journal.map(\.at) == other.journal.map(\.at), "seed \(each.seed)")
    }
  }

  @Test("No step of a recording holds a PIN, nor do the keys of all its steps one after the other")
  func noPIN() {
    var entries = 0
    for each in Self.recorded {
      let secrets = each.session.given.secrets
      #expect(!secrets.contains { each.take.steps.joined().contains($0) }, "seed \(each.seed)")
      var keys = ""
      for step in each.take.scenario.steps {
        guard case .press(let press) = step.verb else { continue }
        if press.pin?.what == .right { entries += 1 }
        keys += press.pin == nil ? press.keys.map(\.description).joined() : "|"
      }
      #expect(!secrets.contains { keys.contains($0) }, "seed \(each.seed)")
    }
    #expect(entries > 50)
  }

  /// The digits of a recording may be others.
  private func told(_ fact: JournalFact) -> JournalFact {
    if case .key(let key?) = fact, key.isDigit { return .key(nil) }
    return fact.withoutTimes
  }

  /// Keys within an entry, and that they are ignored.
  private func mayMove(_ fact: JournalFact) -> Bool {
    switch fact {
    case .key, .noted(.ignored): true
    default: false
    }
  }
}

@Suite("What a recording reads like")
struct RecordingTests {
  @Test("REPORT-2: a fraud report is four steps with what was heard, and expects what became of it")
  func fraudReport() throws {
    var live = LiveSession(try given(set: "fraudAlert.enabled: true", user: "helga"))
    try live.takeCall()
    live.wait(5_012)
    live.type("0#", every: 312)
    live.wait(2_507)
    live.press(.one)
    live.wait(20_000)
    #expect(
      live.take.steps == [
        "signin: call", "answer: {after: 2s}",
        "press: {keys: \"0#\", during: fraudGreetingStandard, after: 5s, gap: 0.3s}",
        "press: {keys: \"1\", during: fraudConfirmation, after: 2.5s}", "hear: fraudReported",
      ])
    #expect(
      live.take.expect == [
        "result: fraudReported", "user: {blocked: true, reported: true}", "records:",
        "  - {signin: MFA denied; fraud code entered, times: 1}",
      ])
    #expect(live.take.scenario.title.value == "helga reports fraud with 0#, and is blocked")
  }

  @Test("CALL-8: the PIN is written by what it is, with and without its #")
  func rightPIN() throws {
    var live = LiveSession(try given(set: "pin.mode: true, fraudAlert.enabled: false"))
    try live.takeCall()
    live.wait(1_000)
    live.type("1234#")
    live.wait(3_000)
    live.type("25")
    live.wait(3_000)
    live.type("80")
    live.wait(3_000)
    live.press(.pound)
    live.wait(20_000)
    #expect(
      live.take.steps.dropFirst(2) == [
        "press: {pin: wrong, during: greetingPIN, after: 1s, gap: 0.15s}", "hear: authenticationDeniedRetry",
        "press: {pin: right, digits: 1-2, during: retryPIN, after: 0.9s}", "wait: 2.9s",
        "press: {pin: right, digits: 3-4, gap: 0.2s}", "wait: 2.9s", "press: \"#\"", "hear: authenticationSuccessful",
      ])
    #expect(live.take.scenario.title.value == "omar approves the call with the PIN and #")
  }

  @Test("CALL-9: the report code is a setting, and is written as it is in PIN mode too")
  func reportCode() throws {
    var live = LiveSession(try given(set: "pin.mode: true, fraudAlert.enabled: true, fraudAlert.block: false"))
    try live.takeCall()
    live.type("0#", every: 200)
    live.wait(20_000)
    #expect(live.take.steps[2...3] == ["press: {keys: \"0#\", during: fraudGreetingPIN}", "hear: fraudReported"])
  }

  @Test(
    "REPORT-2: of a PIN that is typed while 1 is asked for, the 1 confirms in the recording too, and the rest is hidden"
  )
  func pinWhileConfirming() throws {
    var live = LiveSession(try given(set: "fraudAlert.enabled: true", user: "helga"))
    try live.takeCall()
    live.type("0#", every: 200)
    live.wait(1_000)
    live.type("4711#", every: 200)
    live.wait(20_000)
    #expect(live.take.isFaithful)
    #expect(live.take.expect.contains("user: {blocked: true, reported: true}"))
    #expect(!live.take.steps.joined().contains("47"))
  }

  @Test("A PIN that is typed where none is asked for is no digits in the recording either")
  func pinInAStandardCall() throws {
    var live = LiveSession(try given())
    try live.takeCall()
    live.type("2580#", every: 200)
    live.wait(10_000)
    live.type("12580", every: 200)
    live.wait(20_000)
    #expect(live.take.isFaithful)
    #expect(live.take.steps[2] == "press: {pin: right, during: greetingStandard}")
    #expect(!live.take.text.contains("2580"))
    #expect(live.take.text.contains("\"99999\""))
  }

  @Test("CALL-12: where rounding would change what happens, times are kept to the millisecond")
  func exactTimes() throws {
    var live = LiveSession(try given())
    try live.takeCall()
    live.press(.one)
    live.wait(4_999)
    live.press(.two)
    live.wait(4_999)
    live.press(.three)
    live.wait(10_000)
    #expect(live.take.isFaithful)
    #expect(live.board.lastOutcome == .poundNotPressed)
    #expect(live.take.scenario.expect?.result?.value == .poundNotPressed)
    #expect(live.take.tolerance < Milliseconds(50))
  }

  @Test("CALL-2: of a session that is left in the middle of a call, the recording tells the rest")
  func leftInTheMiddle() throws {
    var live = LiveSession(try given())
    try live.takeCall()
    live.wait(1_000)
    #expect(live.board.lastOutcome == nil)
    #expect(live.take.isFaithful)
    #expect(live.take.expect.first == "result: noInput")
  }

  @Test("CALL-17: several sign-ins are expected with as many records")
  func severalSignIns() throws {
    var live = LiveSession(try given())
    try live.takeCall()
    live.hangUp()
    live.wait(3_000)
    try live.takeCall()
    live.hangUp()
    live.wait(1_000)
    #expect(live.take.steps.count { $0 == "signin: call" } == 2)
    #expect(
      live.take.expect.last
        == "  - {signin: MFA denied; user hung up the phone call without succeeding the authentication, times: 2}")
    #expect(live.take.scenario.title.value == "omar hangs up, the last of 2 sign-ins")
  }

  @Test("EXT-2: messages that nobody acts on are heard in order")
  func heardInOrder() throws {
    var live = LiveSession(try given(user: "desk"))
    try live.takeCall()
    live.wait(60_000)
    let heard = live.take.steps.filter { $0.hasPrefix("hear") }
    #expect(heard == ["hear: extensionPromptBeforeDigits", "hear: extensionPromptAfterDigits"])
  }

  @Test("What is not a session of these acts is said not to be faithful, and is not made to pass")
  func unfaithful() throws {
    var live = LiveSession(try given())
    try live.takeCall()
    live.wait(1_000)
    var session = live.session
    session.journal.append(JournalEntry(at: live.now, call: CallID(1), .machineBeeps))
    #expect(!Recorder.record(session).isFaithful)
  }

  @Test("A session prints without its keys")
  func secretsInSessions() throws {
    var live = LiveSession(try given())
    try live.takeCall()
    live.type("2580#")
    #expect("\(live.session)" == "a session of 7 acts")
    var dumped = ""
    dump(live.session, to: &dumped)
    #expect(!dumped.contains("2580") && !dumped.contains("Key"))
  }
}

@Suite("A PIN in a step")
struct PINStepTests {
  private func play(_ press: String, user: String = "omar", set: String = "pin.mode: true, fraudAlert.enabled: false")
    throws -> Verdict
  {
    VirtualDriver.play(
      try scenario(
        "scenario: T\ngiven: {set: {\(set)}, user: \(user)}\nsteps: [signin: call, answer: , \(press)]\n"))
  }

  @Test("CALL-8: press: {pin: right} enters the PIN of whoever has the telephone, and #", arguments: ["omar", "helga"])
  func right(user: String) throws {
    #expect(try play("press: {pin: right}", user: "\(user)@larkspur.example").outcome == .approved)
  }

  @Test("CALL-10: press: {pin: wrong} is a wrong entry, whatever the PIN is", arguments: ["2580", "9999", "99999"])
  func wrong(pin: String) throws {
    let verdict = try play("press: {pin: wrong}", user: "{upn: omar@larkspur.example, pin: \"\(pin)\"}")
    #expect(verdict.journal.map(\.fact).contains(.checkedPIN(matched: false)))
    #expect(verdict.journal.count { $0.fact == .key(nil) } == pin.count)
  }

  @Test("CALL-9: a wrong PIN is no report code either")
  func wrongIsNoReport() throws {
    let set = "pin.mode: true, fraudAlert.enabled: true, fraudAlert.code: \"9999\""
    #expect(try play("press: {pin: wrong}", user: "omar@larkspur.example", set: set).outcome != .fraudReported)
  }

  @Test("Some digits of a PIN are pressed without #")
  func digits() throws {
    let parts = try scenario(
      "scenario: T\ngiven: {set: {pin.mode: true}, user: omar@larkspur.example}\nsteps:\n  - signin: call\n  - answer:\n"
        + "  - press: {pin: right, digits: 1-2}\n  - press: {pin: right, digits: 3-4}\n  - press: \"#\"\n")
    #expect(VirtualDriver.play(parts).outcome == .approved)
  }

  @Test(
    "A PIN that is not there is told",
    arguments: [
      ("desk", "{pin: right}", "desk@larkspur.example has no PIN"),
      ("omar", "{pin: right, digits: 5}", "omar@larkspur.example has no PIN of so many digits"),
    ])
  func none(user: String, press: String, message: String) throws {
    let verdict = VirtualDriver.play(
      try scenario(
        "scenario: T\ngiven: {user: \(user)@larkspur.example}\nsteps:\n  - signin: call\n  - answer:\n  - press: \(press)\n"
      ))
    #expect(verdict.problems.map(\.message) == [message])
  }
}
