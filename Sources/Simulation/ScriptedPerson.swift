import ScenarioModel
import VerificationCore

/// A person who does what a scenario says, step by step, and says when a step cannot be done.
struct ScriptedPerson: Sendable {
  private let scenario: Shared<Scenario>
  private let steps: [Step]
  /// Of the step that is next, or under way.
  private(set) var position = 0
  var phase = Phase.begin
  /// So many messages were consumed by `hear` and `during`.
  private var consumed = 0
  /// So many texts of each person were consumed by `text`.
  var consumedTexts: [UPN: Int] = [:]
  /// Who signed in last: whose sign-in page it is that can give up.
  private(set) var signedIn: UPN?
  /// Where `expect` wants the transcript compared.
  private(set) var snapshots: [TakenSnapshot] = []

  /// The step that is next, or under way.
  var step: Step? { position < steps.count ? steps[position] : nil }

  /// Of the step that is being done.
  var place: SourcePlace { steps[position].place }

  /// Whose telephone is in hand.
  var upn: UPN { signedIn ?? scenario.value.given.user }

  enum Phase: Hashable {
    case begin
    case waiting(until: Instant)
    case listening(deadline: Instant)
    /// The next key, and when to press it; past the last one, when its hold is over.
    case pressing(next: Int, at: Instant)
  }

  /// What a person does next.
  enum Turn {
    /// The step did something; ask again.
    case acted
    case waits(until: Instant)
    case failed(Problem)
    case finished
  }

  /// - Parameter steps: instead of the scenario's own.
  init(_ scenario: Shared<Scenario>, steps: [Step], signedIn: UPN?) {
    self.scenario = scenario
    self.steps = steps
    self.signedIn = signedIn
  }

  mutating func proceed(_ board: inout Switchboard, at now: Instant) -> Turn {
    guard position < steps.count else { return .finished }
    switch steps[position].verb {
    case .signIn(let signIn):
      signedIn = signIn.user
      return done(unless: self.signIn(signIn, &board, now))
    case .cancelSignIn:
      guard board.hasCalled else {
        return .failed(judge(board, now).problem("no-signin", "there is no sign-in to give up", at: place))
      }
      board.cancelSignIn(of: upn, at: now)
      return done()
    case .answer(let after): return answer(after, &board, now)
    case .press(let press): return self.press(press, &board, now)
    case .wait(let length): return wait(length, now)
    case .waitForNext: return waitForNext(&board, now)
    case .hangUp: return done(unless: hangUp(&board, now))
    case .hear(let hear): return self.hear(hear, &board, now)
    case .silence(let within): return silence(within, board, now)
    case .text(let text): return self.text(text, &board, now)
    case .noText(let within): return noText(within, board, now)
    case .enter, .resend, .reply, .app, .passkey, .restore:
      return done(unless: atPage(steps[position], &board, now))
    case .register, .changePassword, .set, .admin: return done(unless: change(steps[position], &board, now))
    case .fault(let fault):
      board.apply(fault, at: now)
      return done()
    case .expect(let expectation):
      if let snapshot = expectation.snapshot {
        snapshots.append(TakenSnapshot(name: snapshot, entries: board.journal.count))
      }
      return done(unless: judge(board, now).problems(with: expectation).first)
    case .skipped: return done()
    }
  }

  mutating func done() -> Turn {
    position += 1
    phase = .begin
    return .acted
  }

  private mutating func done(unless problem: Problem?) -> Turn {
    if let problem { return .failed(problem) }
    return done()
  }
}

extension ScriptedPerson {
  private func signIn(
    _ signIn: SignInStep, _ board: inout Switchboard, _ now: Instant
  ) -> Problem? {
    var request = signIn.request
    request.upn = signIn.user ?? scenario.value.given.user
    do {
      try board.signIn(request, at: now)
      return nil
    } catch {
      return problem(with: error, at: place)
    }
  }

  private func problem(with error: VerificationService.SignInError, at place: SourcePlace) -> Problem {
    switch error {
    case .unknownUser(let upn):
      Problem("unknown-user", "the tenant has no user \(upn)", at: place, hint: "add the user under given")
    }
  }

  private mutating func answer(
    _ after: Milliseconds, _ board: inout Switchboard, _ now: Instant
  ) -> Turn {
    switch phase {
    case .begin where after > .zero:
      phase = .waiting(until: now + after)
      return .waits(until: now + after)
    case .waiting(let until) where now < until:
      return .waits(until: until)
    case .begin, .waiting, .listening, .pressing:
      if board.answer(upn, at: now) { return done() }
      return .failed(
        judge(board, now).problem("nothing-rings", "there is no ringing telephone to answer", at: place))
    }
  }

  mutating func wait(_ length: Milliseconds, _ now: Instant) -> Turn {
    guard case .waiting(let until) = phase else {
      phase = .waiting(until: now + length)
      return .waits(until: now + length)
    }
    return now < until ? .waits(until: until) : done()
  }

  /// Until the next thing happens by itself.
  private mutating func waitForNext(_ board: inout Switchboard, _ now: Instant) -> Turn {
    if case .waiting(let until) = phase { return now < until ? .waits(until: until) : done() }
    guard let due = board.nextDue else {
      return .failed(judge(board, now).problem("nothing-due", "nothing is due any more", at: place))
    }
    phase = .waiting(until: due)
    return .waits(until: due)
  }

  private func hangUp(_ board: inout Switchboard, _ now: Instant) -> Problem? {
    board.hangUp(upn, at: now)
      ? nil : judge(board, now).problem("no-call", "there is no call to hang up", at: place)
  }

  private mutating func hear(
    _ hear: HearStep, _ board: inout Switchboard, _ now: Instant
  ) -> Turn {
    switch listen(for: hear, board, now) {
    case .heard: return done()
    case .silence(let deadline): return .waits(until: deadline)
    case .failed(let problem): return .failed(problem)
    }
  }

  private mutating func press(
    _ press: PressStep, _ board: inout Switchboard, _ now: Instant
  ) -> Turn {
    switch phase {
    case .begin, .listening:
      var start = now
      if let during = press.during {
        switch listen(for: during, board, now) {
        case .heard(let message): start = max(now, message.started + press.after)
        case .silence(let deadline): return .waits(until: deadline)
        case .failed(let problem): return .failed(problem)
        }
      }
      phase = .pressing(next: 0, at: start)
      return start > now ? .waits(until: start) : .acted
    case .pressing(let next, let due):
      if now < due { return .waits(until: due) }
      if next == 0, let problem = tooLate(press, board, now) { return .failed(problem) }
      return pressKey(next, press, &board, now)
    case .waiting:
      preconditionFailure("pressing does not wait")
    }
  }

  /// `during` means while it plays.
  private func tooLate(_ press: PressStep, _ board: Switchboard, _ now: Instant) -> Problem? {
    guard let during = press.during, consumed > 0 else { return nil }
    let message = board.heard[consumed - 1]
    guard let ended = message.ended else { return nil }
    let played = ended - message.started
    return judge(board, now).problem(
      "not-during", "\(during.message.rawValue) played for \(played) and is over", at: place,
      hint: "press earlier, or hear it and wait")
  }

  private mutating func pressKey(
    _ next: Int, _ press: PressStep, _ board: inout Switchboard, _ now: Instant
  ) -> Turn {
    guard let keys = board.keys(press, upn) else { return .failed(noPIN(board, now)) }
    guard next < keys.count else { return done() }
    guard board.hasCalled else {
      return .failed(judge(board, now).problem("no-call", "there is no call to press keys in", at: place))
    }
    board.press(keys[next], upn, at: now)
    let isLast = next == keys.count - 1
    let due = now + press.hold + (isLast ? .zero : press.gap)
    phase = .pressing(next: next + 1, at: due)
    return .waits(until: due)
  }
}

extension ScriptedPerson {
  private mutating func silence(
    _ within: Milliseconds, _ board: Switchboard, _ now: Instant
  ) -> Turn {
    if consumed < board.heard.count {
      return .failed(judge(board, now).noise(board.heard[consumed], at: place))
    }
    return wait(within, now)
  }

  private func noPIN(_ board: Switchboard, _ now: Instant) -> Problem {
    if board.pins[upn] == nil, board.keptPINs.contains(upn) {
      return judge(board, now).problem(
        "kept-pin", "the PIN of \(upn) is kept, and not known here", at: place,
        hint: "give one under given, as in users: [{upn: \(upn), pin: \"4711\"}]")
    }
    let lacks = board.pins[upn] == nil ? "no PIN" : "no PIN of so many digits"
    return judge(board, now).problem(
      "no-pin", "\(upn) has \(lacks)", at: place,
      hint: board.pins[upn] == nil ? "give the user a pin" : "leave out digits for all of them and #")
  }
}

// `hear`: the next message that nothing has consumed.
extension ScriptedPerson {
  private enum Listening {
    case heard(HeardMessage)
    case silence(until: Instant)
    case failed(Problem)
  }

  private mutating func listen(
    for wanted: HearStep, _ board: Switchboard, _ now: Instant
  ) -> Listening {
    while consumed < board.heard.count {
      let message = board.heard[consumed]
      consumed += 1
      let heard = message.recording.message
      // The one message that a step may leave unmentioned.
      if heard == .authenticationDeniedRetry, wanted.message != heard { continue }
      if let mismatch = wanted.mismatch(with: message.recording) {
        return .failed(judge(board, now).problem(mismatch, at: place))
      }
      phase = .begin
      return .heard(message)
    }
    var deadline = now + wanted.within
    if case .listening(let set) = phase { deadline = set }
    phase = .listening(deadline: deadline)
    let isOver = board.nextDue == nil
    guard now < deadline, !isOver else {
      return .failed(judge(board, now).silence(wanted, at: place, callIsOver: isOver))
    }
    return .silence(until: deadline)
  }

  func judge(_ board: Switchboard, _ now: Instant) -> Judge {
    Judge(scenario: scenario, board: board, now: now)
  }
}
