import ScenarioModel
import VerificationCore

/// A person who does what a scenario says, step by step, and says when a step cannot be done.
struct ScriptedPerson: Sendable {
  private let scenario: Shared<Scenario>
  private let steps: [Step]
  private var position = 0
  var phase = Phase.begin
  /// So many messages were consumed by `hear` and `during`.
  private var consumed = 0
  /// So many texts of each person were consumed by `text`.
  var consumedTexts: [UPN: Int] = [:]
  /// Who signed in last: whose sign-in page it is that can give up.
  private(set) var signedIn: UPN?

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

  init(_ scenario: Scenario) {
    self.init(Shared(scenario), steps: scenario.steps, signedIn: nil)
  }

  /// - Parameter steps: instead of the scenario's own.
  init(_ scenario: Shared<Scenario>, steps: [Step], signedIn: UPN?) {
    self.scenario = scenario
    self.steps = steps
    self.signedIn = signedIn
  }

  mutating func proceed(_ board: inout Switchboard, at now: Instant) -> Turn {
    guard position < steps.count else { return .finished }
    let step = steps[position]
    switch step.verb {
    case .signIn(let signIn):
      signedIn = signIn.user
      return done(unless: self.signIn(signIn, step, &board, now))
    case .cancelSignIn:
      guard board.hasCalled else {
        return .failed(judge(board, now).problem("no-signin", "there is no sign-in to give up", at: step.place))
      }
      board.cancelSignIn(of: upn, at: now)
      return done()
    case .answer(let after): return answer(after, step, &board, now)
    case .press(let press): return self.press(press, step, &board, now)
    case .wait(let length): return wait(length, now)
    case .waitForNext: return waitForNext(step, &board, now)
    case .hangUp: return done(unless: hangUp(step, &board, now))
    case .hear(let hear): return self.hear(hear, step, &board, now)
    case .text(let text): return self.text(text, step, &board, now)
    case .enter, .resend, .reply, .app, .passkey, .restore:
      return done(unless: atPage(step, &board, now))
    case .register, .changePassword, .set, .admin: return done(unless: change(step, &board, now))
    case .fault(let fault):
      board.apply(fault, at: now)
      return done()
    case .expect(let expectation):
      return done(unless: judge(board, now).problems(with: expectation).first)
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
    _ signIn: SignInStep, _ step: Step, _ board: inout Switchboard, _ now: Instant
  ) -> Problem? {
    var request = signIn.request
    request.upn = signIn.user ?? scenario.value.given.user
    do {
      try board.signIn(request, at: now)
      return nil
    } catch {
      return problem(with: error, at: step.place)
    }
  }

  private func problem(with error: VerificationService.SignInError, at place: SourcePlace) -> Problem {
    switch error {
    case .unknownUser(let upn):
      Problem("unknown-user", "the tenant has no user \(upn)", at: place, hint: "add the user under given")
    }
  }

  private mutating func answer(
    _ after: Milliseconds, _ step: Step, _ board: inout Switchboard, _ now: Instant
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
        judge(board, now).problem("nothing-rings", "there is no ringing telephone to answer", at: step.place))
    }
  }

  private mutating func wait(_ length: Milliseconds, _ now: Instant) -> Turn {
    guard case .waiting(let until) = phase else {
      phase = .waiting(until: now + length)
      return .waits(until: now + length)
    }
    return now < until ? .waits(until: until) : done()
  }

  /// Until the next thing happens by itself.
  private mutating func waitForNext(_ step: Step, _ board: inout Switchboard, _ now: Instant) -> Turn {
    if case .waiting(let until) = phase { return now < until ? .waits(until: until) : done() }
    guard let due = board.nextDue else {
      return .failed(judge(board, now).problem("nothing-due", "nothing is due any more", at: step.place))
    }
    phase = .waiting(until: due)
    return .waits(until: due)
  }

  private func hangUp(_ step: Step, _ board: inout Switchboard, _ now: Instant) -> Problem? {
    board.hangUp(upn, at: now)
      ? nil : judge(board, now).problem("no-call", "there is no call to hang up", at: step.place)
  }

  private mutating func hear(
    _ hear: HearStep, _ step: Step, _ board: inout Switchboard, _ now: Instant
  ) -> Turn {
    switch listen(for: hear, step, board, now) {
    case .heard: return done()
    case .silence(let deadline): return .waits(until: deadline)
    case .failed(let problem): return .failed(problem)
    }
  }

  private mutating func press(
    _ press: PressStep, _ step: Step, _ board: inout Switchboard, _ now: Instant
  ) -> Turn {
    switch phase {
    case .begin, .listening:
      var start = now
      if let during = press.during {
        switch listen(for: during, step, board, now) {
        case .heard(let message): start = max(now, message.started + press.after)
        case .silence(let deadline): return .waits(until: deadline)
        case .failed(let problem): return .failed(problem)
        }
      }
      phase = .pressing(next: 0, at: start)
      return start > now ? .waits(until: start) : .acted
    case .pressing(let next, let due):
      if now < due { return .waits(until: due) }
      if next == 0, let problem = tooLate(press, step, board, now) { return .failed(problem) }
      return pressKey(next, press, step, &board, now)
    case .waiting:
      preconditionFailure("pressing does not wait")
    }
  }

  /// `during` means while it plays.
  private func tooLate(_ press: PressStep, _ step: Step, _ board: Switchboard, _ now: Instant) -> Problem? {
    guard let during = press.during, consumed > 0 else { return nil }
    let message = board.heard[consumed - 1]
    guard let ended = message.ended else { return nil }
    let played = ended - message.started
    return judge(board, now).problem(
      "not-during", "\(during.message.rawValue) played for \(played) and is over", at: step.place,
      hint: "press earlier, or hear it and wait")
  }

  private mutating func pressKey(
    _ next: Int, _ press: PressStep, _ step: Step, _ board: inout Switchboard, _ now: Instant
  ) -> Turn {
    guard let keys = board.keys(press, upn) else { return .failed(noPIN(step, board, now)) }
    guard next < keys.count else { return done() }
    guard board.hasCalled else {
      return .failed(judge(board, now).problem("no-call", "there is no call to press keys in", at: step.place))
    }
    board.press(keys[next], upn, at: now)
    let isLast = next == keys.count - 1
    let due = now + press.hold + (isLast ? .zero : press.gap)
    phase = .pressing(next: next + 1, at: due)
    return .waits(until: due)
  }
}

extension ScriptedPerson {
  private func noPIN(_ step: Step, _ board: Switchboard, _ now: Instant) -> Problem {
    let lacks = board.pins[upn] == nil ? "no PIN" : "no PIN of so many digits"
    return judge(board, now).problem(
      "no-pin", "\(upn) has \(lacks)", at: step.place,
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
    for wanted: HearStep, _ step: Step, _ board: Switchboard, _ now: Instant
  ) -> Listening {
    while consumed < board.heard.count {
      let message = board.heard[consumed]
      consumed += 1
      let heard = message.recording.message
      // The one message that a step may leave unmentioned.
      if heard == .authenticationDeniedRetry, wanted.message != heard { continue }
      if let problem = judge(board, now).mismatch(of: message, with: wanted, at: step.place) { return .failed(problem) }
      phase = .begin
      return .heard(message)
    }
    var deadline = now + wanted.within
    if case .listening(let set) = phase { deadline = set }
    phase = .listening(deadline: deadline)
    let isOver = board.nextDue == nil
    guard now < deadline, !isOver else {
      return .failed(judge(board, now).silence(wanted, at: step.place, callIsOver: isOver))
    }
    return .silence(until: deadline)
  }

  func judge(_ board: Switchboard, _ now: Instant) -> Judge {
    Judge(scenario: scenario.value, board: board, now: now)
  }
}
