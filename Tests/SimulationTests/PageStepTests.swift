import ScenarioModel
import Simulation
import TestSupport
import Testing
import VerificationCore

/// Plays a scenario with Omar, who has a mobile and an office number, two devices with the app, and a key.
func play(
  _ steps: String, set: String = "fraudAlert.enabled: false", user: String = "", given: String = "",
  expect: String = ""
) throws -> Verdict {
  let own = user.isEmpty ? "" : ", \(user)"
  return VirtualDriver.play(
    try scenario(
      """
      scenario: Test
      given:
        set: {\(set)}
        user: {upn: omar@larkspur.example, phones: {mobile: "+44 7700900123", office: "+44 2079460123"}, apps: [old phone, tablet], passkeys: [blue key]\(own)}
      \(given)
      steps:
      \(steps)
      \(expect)
      """))
}

extension Verdict {
  /// The notes of the page, in order.
  var pageNotes: [PageNote] {
    journal.compactMap { if case .pageNoted(let note) = $0.fact { note } else { nil } }
  }

  /// When facts like this were written, in milliseconds from the start.
  func times(_ matches: (JournalFact) -> Bool) -> [Int64] {
    journal.filter { matches($0.fact) }.map { ($0.at - scenario.given.start).count }
  }

  func times(of fact: JournalFact) -> [Int64] { times { $0 == fact } }

  var outcomes: [Outcome] {
    journal.compactMap {
      if case .tenant(.signInRecorded(let record)) = $0.fact { record.outcome } else { nil }
    }
  }
}

private func arrives(_ fact: JournalFact) -> Bool {
  if case .textArrived = fact { true } else { false }
}

@Suite("Texts in a scenario")
struct TextStepTests {
  @Test("SMS-1: a text arrives after 3 s; its code approves")
  func approved() throws {
    let verdict = try play("  - signin: text\n  - text\n  - enter: right", expect: "expect: {result: approved}")
    #expect(verdict.problems == [])
    #expect(verdict.outcomes == [.approved])
    #expect(verdict.times(arrives) == [3_000])
    #expect(verdict.times(of: .typed) == [3_000])
  }

  @Test("SMS-1: three wrong codes deny, and what is typed after it is ignored")
  func wrong() throws {
    let verdict = try play(
      "  - signin: text\n  - enter: wrong\n  - enter: wrong\n  - enter: wrong\n  - enter: wrong")
    #expect(verdict.outcomes == [.codeWrong])
    #expect(
      verdict.pageNotes == [
        .wrongCode(.noSuchCode, number: 1), .wrongCode(.noSuchCode, number: 2), .wrongCode(.noSuchCode, number: 3),
        .ignored(.ended),
      ])
  }

  @Test("SMS-1: a resend is too soon within 30 s; later it ends the code before")
  func resend() throws {
    let verdict = try play(
      """
        - signin: text
        - text
        - resend
        - wait: 27s
        - resend
        - text
        - enter: previous
        - enter: right
      """)
    #expect(verdict.problems == [])
    #expect(
      verdict.pageNotes == [.ignored(.resendTooSoon), .resendIsOpen, .wrongCode(.supersededByResend, number: 1)])
    #expect(verdict.outcomes == [.approved])
    #expect(verdict.times(arrives) == [3_000, 33_000])
  }

  @Test("SMS-1: a code that is over is refused as expired; a new one approves")
  func expired() throws {
    let verdict = try play(
      "  - signin: text\n  - text\n  - wait: 5m\n  - enter: right\n  - resend\n  - text\n  - enter: right")
    #expect(verdict.pageNotes == [.resendIsOpen, .codeExpired, .refused(.expired)])
    #expect(verdict.outcomes == [.approved])
  }

  @Test("SMS-1: a code is good once, in the next sign-in too")
  func usedBefore() throws {
    let verdict = try play(
      "  - signin: text\n  - text\n  - enter: right\n  - signin: text\n  - text\n"
        + "  - enter: again\n  - enter: again\n  - enter: previous")
    #expect(verdict.outcomes == [.approved, .codeUsed])
    #expect(verdict.problems == [])
  }

  @Test("SMS-1: nobody types anything: the page gives up after page.timeout, at the end of the steps too")
  func silence() throws {
    let verdict = try play("  - signin: text")
    #expect(verdict.outcomes == [.codeNotEntered])
    #expect(verdict.length == .minutes(10))
  }

  @Test(
    "SMS-2: a reply does nothing, and the journal says why",
    arguments: [(true, PageNote.Ignored.twoWayIsRetired), (false, .twoWayIsOff)])
  func reply(isTwoWay: Bool, reason: PageNote.Ignored) throws {
    let verdict = try play("  - signin: text\n  - text\n  - reply\n  - enter: right", set: "sms.twoWay: \(isTwoWay)")
    #expect(verdict.pageNotes == [.ignored(reason)])
    #expect(verdict.outcomes == [.approved])
  }

  @Test(
    "SMS-5: what the network does to texts",
    arguments: [
      ("delayed", [120_000], 2), ("{delayed: 45s}", [45_000], 2), ("lost", [], 1), ("duplicated", [3_000, 3_000], 2),
      ("rejected", [], 1),
    ] as [(String, [Int64], Int)])
  func faults(fault: String, arrivals: [Int64], signIns: Int) throws {
    let verdict = try play("  - fault: {sms: \(fault)}\n  - signin: text\n  - wait: 3m")
    #expect(verdict.times(arrives) == arrivals)
    #expect(verdict.times(of: .textLost) == (fault == "lost" ? [0] : []))
    #expect(verdict.times(of: .textRejected) == (fault == "rejected" ? [1_500] : []))
    #expect(verdict.outcomes == [fault == "rejected" ? .carrierFailed : .codeNotEntered])
  }

  @Test("SMS-5: none takes the faults of texts back")
  func noFault() throws {
    let verdict = try play("  - fault: {sms: lost}\n  - fault: none\n  - signin: text\n  - text\n  - enter: right")
    #expect(verdict.outcomes == [.approved])
  }

  @Test("A text that does not come fails at its deadline")
  func noText() throws {
    let problem = try play("  - fault: {sms: lost}\n  - signin: text\n  - text: {within: 20s}").problems.first
    #expect(problem?.id == "expected-text-message")
    #expect(problem?.message == "expected a text message, none came")
    #expect(problem?.label == "at 00:20.000, waiting for a text message")
    let usual = try play("  - fault: {sms: lost}\n  - signin: text\n  - text").problems.first
    #expect(usual?.label == "at 01:30.000, waiting for a text message")
    let beside = try play("  - fault: {sms: lost}\n  - signin: text\n  - text:\n    within: 7s").problems.first
    #expect(beside?.label == "at 00:07.000, waiting for a text message")
  }

  @Test("SMS-4: a text is in the language of the sign-in; another than expected fails")
  func language() throws {
    let steps = "  - signin: {with: text, language: fr-FR}\n  - text: {language: %}\n  - enter: right"
    #expect(try play(steps.replacing("%", with: "fr")).problems == [])
    #expect(
      try play(steps.replacing("%", with: "de")).problems.first?.message
        == "expected the language de, the text message has fr")
  }

  @Test("Each person's texts are consumed by themselves")
  func twoPeople() throws {
    let verdict = try play(
      """
        - signin: text
        - text
        - enter: right
        - signin: {with: text, user: helga@larkspur.example}
        - text: {within: 10s}
        - enter: right
      """)
    #expect(verdict.problems == [])
    #expect(verdict.outcomes == [.approved, .approved])
  }

  @Test("SMS-1: a new code that happens to equal the old one is the new one", arguments: ["right", "previous"])
  func equalCodes(what: String) throws {
    // Of the seeds below a million the only one whose first two codes are equal; so the previous one approves too.
    let text =
      "scenario: T\nsteps:\n  - signin: text\n  - text\n  - wait: 30s\n  - resend\n  - text\n  - enter: \(what)\n"
    #expect(VirtualDriver.play(try scenario(text), seed: 337_751).outcome == .approved)
    #expect(
      VirtualDriver.play(try scenario(text), seed: 337_752).outcome == (what == "right" ? .approved : .codeNotEntered))
  }

  @Test("No code reaches the journal or a problem")
  func secret() throws {
    for seed in 1...20 as ClosedRange<UInt64> {
      let text =
        "scenario: T\nsteps:\n  - signin: text\n  - text\n  - enter: wrong\n  - enter: right\n  - signin: text\n"
        + "  - text\n  - enter: again\n  - expect: {result: denied}\n"
      let verdict = VirtualDriver.play(try scenario(text), seed: seed)
      #expect(verdict.problems.count == 1)
      let shown = "\(verdict.journal) \(verdict.problems)"
      // `wrong entry 500121` and the like do not stand in a value.
      let digits = shown.split { !$0.isWholeNumber }.filter { $0.count == 6 }
      #expect(digits == [])
    }
  }
}

@Suite("Devices in a scenario")
struct DeviceStepTests {
  @Test(
    "TEN-2: each answer in the app",
    arguments: [
      ("approve", .approved), ("wrongNumber", .appDeclined), ("decline", .appDeclined), ("report", .appReportedFraud),
      ("{answer: approve, on: tablet}", .approved),
    ] as [(String, Outcome)])
  func app(answer: String, outcome: Outcome) throws {
    let verdict = try play("  - signin: app\n  - app: \(answer)", set: "fraudAlert.enabled: true")
    #expect(verdict.outcomes == [outcome])
  }

  @Test("REPORT-9: where reporting is off, a report in the app is no more than a no")
  func reportOff() throws {
    let verdict = try play("  - signin: app\n  - app: report", set: "fraudAlert.enabled: false")
    #expect(verdict.outcomes == [.appDeclined])
  }

  @Test("TEN-2: without number matching the number does not count")
  func withoutMatching() throws {
    #expect(
      try play("  - signin: app\n  - app: wrongNumber", set: "app.numberMatching: false").outcomes == [.approved])
  }

  @Test("TEN-2: the first answer wins, the later one is noted")
  func firstWins() throws {
    let verdict = try play(
      "  - signin: app\n  - app: {answer: decline, on: tablet}\n  - app: {answer: approve, on: old phone}")
    #expect(verdict.outcomes == [.appDeclined])
    #expect(verdict.pageNotes == [.ignored(.answeredElsewhere)])
  }

  @Test("The app is waited for app.timeout")
  func silence() throws {
    let verdict = try play("  - signin: app", set: "app.timeout: 25s")
    #expect(verdict.outcomes == [.appNotAnswered])
    #expect(verdict.length == .seconds(25))
  }

  @Test(
    "A security key approves or is put away",
    arguments: [("approve", .approved), ("decline", .cancelled)] as [(String, Outcome)])
  func passkey(answer: String, outcome: Outcome) throws {
    #expect(try play("  - signin: passkey\n  - passkey: \(answer)").outcomes == [outcome])
  }

  @Test("TEN-2: a device that was not asked answers nothing")
  func notAsked() throws {
    let key = try play("  - signin: app\n  - passkey: approve")
    #expect(key.pageNotes == [.ignored(.notAsked)] && key.outcomes == [.appNotAnswered])
    let app = try play("  - signin: app\n  - app: approve\n  - signin: passkey\n  - app: approve")
    #expect(app.pageNotes == [.ignored(.notAsked)] && app.outcomes == [.approved, .cancelled])
    let code = try play("  - signin: app\n  - enter: right\n  - resend")
    #expect(code.pageNotes == [.ignored(.notAsked), .ignored(.notAsked)] && code.outcomes == [.appNotAnswered])
  }

  @Test("A code of the app is good once in its 30 s")
  func code() throws {
    let twice = try play(
      "  - signin: code\n  - enter: right\n  - signin: code\n  - enter: right\n  - wait: 30s\n  - enter: right")
    #expect(twice.pageNotes == [.wrongCode(.usedBefore, number: 1)])
    #expect(twice.outcomes == [.approved, .approved])
    let again = try play("  - signin: code\n  - enter: right\n  - wait: 1m\n  - signin: code\n  - enter: again")
    #expect(again.pageNotes == [.wrongCode(.usedBefore, number: 1)])
  }

  @Test("A code stays used when another device's has approved in between")
  func usedCodesOfTwo() throws {
    let old = "  - signin: code\n  - enter: {code: right, from: old phone}\n"
    let tablet = "  - signin: code\n  - enter: {code: right, from: tablet}\n"
    let verdict = try play(old + tablet + old)
    #expect(verdict.pageNotes == [.wrongCode(.usedBefore, number: 1)])
  }

  @Test("REC-4: a device that is registered again has only its new secret, also in its backup")
  func registeredAgain() throws {
    let verdict = try play(
      """
        - register: {app: new phone}
        - register: {app: new phone}
        - restore: {from: new phone, onto: third}
        - signin: code
        - enter: {code: right, from: third}
      """)
    #expect(verdict.outcomes == [.approved])
  }

  @Test("A code that is typed when all is over is not used up by it")
  func codeAfterTheEnd() throws {
    let verdict = try play(
      "  - signin: code\n  - enter: right\n  - wait: 40s\n  - enter: right\n  - signin: code\n  - enter: right")
    #expect(verdict.outcomes == [.approved, .approved])
  }

  @Test("A code of each device is another one")
  func codesOfTwo() throws {
    let verdict = try play(
      "  - signin: code\n  - enter: {code: right, from: old phone}\n  - signin: code\n"
        + "  - enter: {code: right, from: tablet}")
    #expect(verdict.outcomes == [.approved, .approved])
  }

  @Test("REC-4: notifications go to the old device until it is removed")
  func push() throws {
    let verdict = try play(
      """
        - signin: app
        - expect: {notified: [tablet, old phone]}
        - app: decline
        - admin: {removeDevice: omar@larkspur.example, device: old phone}
        - signin: app
        - expect: {notified: [tablet]}
        - app: {answer: approve, on: old phone}
      """)
    #expect(verdict.problems.map(\.id) == ["not-notified"])
    #expect(verdict.problems.first?.message == "no notification reached \"old phone\"")
  }

  @Test(
    "REC-4: a restored backup has codes and no notifications; registered again it has both, and the old codes are no good"
  )
  func restored() throws {
    let verdict = try play(
      """
        - restore: {from: old phone, onto: new phone}
        - signin: code
        - enter: {code: right, from: new phone}
        - signin: app
        - expect: {notified: [old phone, tablet]}
        - app: decline
        - admin: {removeDevice: omar@larkspur.example, device: old phone}
        - wait: 30s
        - signin: code
        - enter: {code: right, from: new phone}
        - register: {app: new phone}
        - enter: {code: right, from: old phone}
        - enter: {code: right, from: new phone}
        - signin: app
        - expect: {notified: [tablet, new phone]}
        - app: {answer: approve, on: new phone}
      """)
    #expect(verdict.problems == [])
    #expect(
      verdict.pageNotes == [.wrongCode(.ofOldSecret, number: 1), .wrongCode(.ofOldSecret, number: 2)])
    #expect(verdict.outcomes == [.approved, .appDeclined, .approved, .approved])
  }

  @Test(
    "What cannot be done is a problem at its place, with what to do",
    arguments: [
      (
        "enter: right", "nothing-asked", "no page asks omar@larkspur.example for anything",
        "sign in first, as in signin: {with: text}"
      ),
      (
        "resend", "nothing-asked", "no page asks omar@larkspur.example for anything",
        "sign in first, as in signin: {with: text}"
      ),
      (
        "app: approve", "nothing-asked", "no page asks omar@larkspur.example for anything",
        "sign in first, as in signin: {with: text}"
      ),
      (
        "passkey: approve", "nothing-asked", "no page asks omar@larkspur.example for anything",
        "sign in first, as in signin: {with: text}"
      ),
      ("reply", "no-text", "no text message has arrived", "wait for it with a text step first"),
      (
        "restore: {from: no phone, onto: b}", "no-device",
        "omar@larkspur.example has no app on \"no phone\", and no token of that number",
        "give the user apps or tokens, or register one"
      ),
      ("signin: cancel", "no-signin", "there is no sign-in to give up", nil),
      ("press: \"1\"", "no-call", "there is no call to press keys in", nil),
    ] as [(String, String, String, String?)])
  func impossible(step: String, id: String, message: String, hint: String?) throws {
    // A block from the start is no sign-in.
    for user in ["", "blocked: true, risk: high"] {
      let verdict = try play("  - \(step)", user: user)
      let problem = try #require(verdict.problems.first)
      #expect(problem.id == id)
      #expect(problem.message == message)
      #expect(problem.notes.first { $0.kind == .hint }?.text == hint)
      #expect(problem.place?.span.line == 7)
      #expect(verdict.result == "no sign-in")
    }
  }

  @Test(
    "What cannot be typed or answered at a page is a problem",
    arguments: [
      ("text", "enter: right", "no text message has arrived"),
      ("text", "enter: previous", "there is no text message before the last"),
      ("text", "enter: again", "no code has been used yet"), ("code", "enter: again", "no code has been used yet"),
      (
        "code", "enter: {code: right, from: no phone}",
        "omar@larkspur.example has no app on \"no phone\", and no token of that number"
      ),
      ("passkey", "app: approve", "no notification reached any device"),
      ("app", "app: {answer: approve, on: no phone}", "no notification reached \"no phone\""),
    ])
  func impossibleAtPage(method: String, step: String, message: String) throws {
    #expect(try play("  - signin: \(method)\n  - \(step)").problems.map(\.message) == [message])
  }

  @Test("What ended is named as what it was: a call or a sign-in")
  func labels() throws {
    let call = try play("  - fault: busy\n  - signin: call\n  - wait: 2s\n  - expect: {result: approved}")
    #expect(call.problems.first?.label == "at 00:02.000, the call ended: busy")
    let page = try play("  - signin: passkey\n  - passkey: decline\n  - expect: {result: approved}")
    #expect(page.problems.first?.label == "at 00:00.000, the sign-in ended: cancelled")
    let refused = try play("  - signin: call\n  - expect: {result: approved}", user: "blocked: true")
    #expect(refused.problems.first?.label == "at 00:00.000, the sign-in ended: userBlocked")
  }

  @Test("signin: cancel gives up a page as it does a call", arguments: ["text", "app", "code", "passkey"])
  func cancelled(method: String) throws {
    let verdict = try play("  - signin: \(method)\n  - wait: 5s\n  - signin: cancel\n  - signin: cancel")
    #expect(verdict.outcomes == [.cancelled])
    #expect(verdict.times(of: .cancelledAtPage) == [5_000, 5_000])
    #expect(verdict.length == .seconds(5))
  }
}
