import Testing
import VerificationCore

/// A verification at the page without a call or a text.
struct ChallengeConversation {
  private(set) var state = ChallengeState.idle
  private(set) var orders: [ChallengeAction] = []
  let policy: ChallengePolicy

  init(_ kind: ChallengePolicy.Kind, tries: UInt8 = 3) {
    policy = ChallengePolicy(kind, tries: tries)
    say(.begin)
  }

  mutating func say(_ input: ChallengeInput) {
    let transition = next(state, input, at: .virtualStart, policy: policy)
    (state, orders) = (transition.state, transition.orders)
    #expect(!orders.isEmpty)
  }

  var outcome: Outcome? { state.outcome }
  var note: PageNote? {
    for case .note(let note) in orders { return note }
    return nil
  }
}

@Suite("The app, codes, keys and passes")
struct ChallengeTests {
  static let kinds: [ChallengePolicy.Kind] = [
    .app(matchesNumber: true), .app(matchesNumber: false), .code, .passkey, .pass,
  ]
  static let answers: [ChallengeInput] = [
    .entered(.right), .device(.approved(numberMatches: true)), .device(.approved(numberMatches: false)),
    .device(.declined), .device(.reported), .passkey(isApproved: true), .passkey(isApproved: false),
  ]

  @Test("It asks and sets one deadline", arguments: kinds)
  func begun(kind: ChallengePolicy.Kind) {
    let challenge = ChallengeConversation(kind)
    #expect(challenge.orders == [.ask, .schedule(at: .virtualStart + .minutes(10))])
    #expect(challenge.state == .waiting(wrongEntries: 0))
  }

  @Test(
    "TEN-2: what each answer comes to, by what is asked for; nil is ignored",
    arguments: [
      (.app(matchesNumber: true), [nil, .approved, .appDeclined, .appDeclined, .appReportedFraud, nil, nil]),
      (.app(matchesNumber: false), [nil, .approved, .approved, .appDeclined, .appReportedFraud, nil, nil]),
      (.code, [.approved, nil, nil, nil, nil, nil, nil]),
      (.passkey, [nil, nil, nil, nil, nil, .approved, .cancelled]),
      (.pass, [.approved, nil, nil, nil, nil, nil, nil]),
    ] as [(ChallengePolicy.Kind, [Outcome?])])
  func answered(kind: ChallengePolicy.Kind, outcomes: [Outcome?]) {
    for (answer, outcome) in zip(Self.answers, outcomes) {
      var challenge = ChallengeConversation(kind)
      challenge.say(answer)
      #expect(challenge.outcome == outcome)
      if let outcome {
        #expect(challenge.orders.contains(.conclude(outcome)) && challenge.orders.contains(.cancelTimer))
      } else {
        #expect(challenge.note == .ignored(.notAsked))
        #expect(challenge.state == .waiting(wrongEntries: 0))
      }
      #expect(challenge.orders.contains(.report) == (outcome == .appReportedFraud))
    }
  }

  @Test(
    "Silence and giving up",
    arguments: [
      (.app(matchesNumber: true), .appNotAnswered), (.code, .codeNotEntered), (.pass, .codeNotEntered),
      (.passkey, .cancelled),
    ] as [(ChallengePolicy.Kind, Outcome)])
  func silence(kind: ChallengePolicy.Kind, outcome: Outcome) {
    var silent = ChallengeConversation(kind)
    silent.say(.timedOut)
    #expect(silent.outcome == outcome)
    var cancelled = ChallengeConversation(kind)
    cancelled.say(.cancelled)
    #expect(cancelled.outcome == .cancelled)
  }

  @Test(
    "Wrong codes and passes count; the third denies",
    arguments: [
      (.wrong, .noSuchCode, .codeWrong), (.usedBefore, .usedBefore, .codeUsed),
      (.ofOldSecret, .ofOldSecret, .codeWrong),
      (.expired, .expiredPass, .codeWrong),
    ] as [(EnteredSecret, PageNote.WrongCode, Outcome)])
  func wrong(entered: EnteredSecret, reason: PageNote.WrongCode, outcome: Outcome) {
    for kind in [ChallengePolicy.Kind.code, .pass] {
      var challenge = ChallengeConversation(kind)
      for number in 1...2 as ClosedRange<UInt8> {
        challenge.say(.entered(entered))
        #expect(challenge.note == .wrongCode(reason, number: number))
        #expect(challenge.state == .waiting(wrongEntries: number))
      }
      challenge.say(.entered(entered))
      #expect(challenge.outcome == outcome)
      #expect(challenge.orders == [.note(.wrongCode(reason, number: 3)), .cancelTimer, .conclude(outcome)])
    }
  }

  @Test("At most 255 tries end, and a first wrong entry where one is allowed", arguments: [0, 1, 255] as [UInt8])
  func tries(tries: UInt8) {
    var challenge = ChallengeConversation(.code, tries: tries)
    for _ in 0..<max(1, tries) {
      #expect(challenge.outcome == nil)
      challenge.say(.entered(.wrong))
    }
    #expect(challenge.outcome == .codeWrong)
  }

  @Test("TEN-2: the first answer wins; what comes later changes nothing", arguments: kinds)
  func firstAnswer(kind: ChallengePolicy.Kind) {
    var challenge = ChallengeConversation(kind)
    challenge.say(.cancelled)
    let later: [(ChallengeInput, PageNote.Ignored)] = [
      (.device(.approved(numberMatches: true)), .answeredElsewhere), (.device(.reported), .answeredElsewhere),
      (.passkey(isApproved: true), .ended), (.entered(.right), .ended), (.cancelled, .ended), (.timedOut, .stale),
      (.begin, .alreadyBegun),
    ]
    for (input, reason) in later {
      challenge.say(input)
      #expect(challenge.orders == [.note(.ignored(reason))])
      #expect(challenge.outcome == .cancelled)
    }
  }

  @Test("Nothing counts before it has begun")
  func notBegun() {
    for input in Self.answers + [.cancelled] {
      let transition = next(.idle, input, at: .virtualStart, policy: ChallengePolicy(.code))
      #expect(transition.state == .idle && transition.orders == [.note(.ignored(.notBegun))])
    }
    let stale = next(.idle, .timedOut, at: .virtualStart, policy: ChallengePolicy(.code))
    #expect(stale.orders == [.note(.ignored(.stale))])
    var twice = ChallengeConversation(.code)
    twice.say(.begin)
    #expect(twice.note == .ignored(.alreadyBegun) && twice.state == .waiting(wrongEntries: 0))
  }

  @Test("CALL-16: app.timeout, app.numberMatching, code.tries and page.timeout are as they were at the beginning")
  func wired() throws {
    let expected: [(Method, ChallengePolicy)] = [
      (.app, ChallengePolicy(.app(matchesNumber: false), timeout: .seconds(90))),
      (.code, ChallengePolicy(.code, tries: 5, timeout: .minutes(4))),
      (.passkey, ChallengePolicy(.passkey, timeout: .minutes(4))),
      (.pass, ChallengePolicy(.pass, tries: 5, timeout: .minutes(4))),
    ]
    for (method, policy) in expected {
      var bench = try Bench {
        ($0.app.timeout, $0.app.numberMatching) = (.seconds(90), false)
        ($0.code.tries, $0.page.timeout) = (5, .minutes(4))
      }
      try bench.administer(.issuePass(bench.upn, minutes: nil, isOnce: nil))
      try bench.signIn(with: method)
      #expect(bench.service.pages.first?.state == .challenge(.waiting(wrongEntries: 0), policy))
    }
  }

  @Test("REPORT-9: a report in the app is written once, at once")
  func report() throws {
    var bench = try Bench { $0.fraudAlert.enabled = true }
    try bench.signIn(with: .app)
    bench.challenge(.device(.reported))
    bench.challenge(.device(.reported))
    #expect(bench.outcomes == [.appReportedFraud])
    #expect(bench.tenant.reports.count == 1 && bench.tenant.blocks.count == 1)
    #expect(bench.tenant.signIns[0].text == "MFA denied; Phone App Reported Fraud")
  }

  @Test("A user has one page: the next verification takes the place of the last, another user's stays")
  func onePage() throws {
    let other = try #require(UPN("helga@larkspur.example"))
    var bench = try Bench { _ in
    } tenant: {
      $0.users.append(User(upn: other, phone: PhoneNumber("+33 612345678")))
    }
    _ = try bench.service.signIn(SignInRequest(upn: other, method: .text), at: bench.now)
    for _ in 1...3 { try bench.approve() }
    #expect(bench.service.pages.map(\.request.upn) == [other, bench.upn])
  }

  @Test("An input of a text does nothing at a page that asks for something else, and the other way round")
  func crossed() throws {
    var bench = try Bench()
    try bench.signIn(with: .code)
    bench.text(.entered(.sent(CodeNumber(1))))
    #expect(bench.journal.last?.fact == .pageNoted(.ignored(.notAsked)))
    bench.challenge(.cancelled)
    try bench.signIn(with: .text)
    bench.challenge(.entered(.right))
    #expect(bench.journal.last?.fact == .pageNoted(.ignored(.notAsked)))
    #expect(bench.outcomes == [.cancelled])
  }
}
