public import ScenarioModel
public import VerificationCore

/// A run that an exploration found: the moves of one call from dialling on, and what was heard and decided.
public struct CallTrace: Sendable {
  public let configuration: CallConfiguration
  public let moves: [CallMove]
  public let lines: [Line]
  /// Concluded after the last move; nil for nothing yet.
  public let outcome: CallOutcome?
  /// The same as a scenario file says it, with what followed as its expectation.
  public let scenario: Scenario
  /// Whether the scenario, played by `VirtualDriver`, hears and decides the same.
  public let replays: Bool

  public struct Line: Hashable, Sendable {
    /// Since dialling.
    public let at: Milliseconds
    public let action: String
    public let heard: [MessageType]
  }
}

/// Turns moves into traces and scenarios.
struct CallTracer {
  let plan: ExplorationPlan
  /// Without reduction: the keys that are pressed are those of the moves.
  let world: CallWorld

  init(plan: ExplorationPlan, world: CallWorld) {
    self.plan = plan
    self.world = CallWorld(world.configurations, alphabet: world.alphabet, reduces: false, recalls: world.recalls)
  }

  func trace(_ moves: [CallMove], configuration index: Int, title: String) -> CallTrace {
    var state = CallMoment.idle(index)
    var seen = CallObservation()
    var (script, lines, now) = (StepScript(at: plan.title.place), [CallTrace.Line](), Int32(0))
    let configuration = world.configurations[index]
    for move in moves {
      let due = state.due
      state = world.apply(move.move, to: state, &seen)
      now += seen.elapsed
      let heard = MessageType.allCases.filter { seen.heard & 1 << UInt32($0.number) != 0 }
      lines.append(CallTrace.Line(at: Milliseconds(Int64(now)), action: move.action.words, heard: heard))
      script.add(move, due: due ?? 0, configuration)
      heard.forEach { script.hear($0) }
    }
    let outcome = state.history.result
    script.expect(outcome)
    let (scenario, replays) = judged(self.scenario(title, script.steps, configuration))
    return CallTrace(
      configuration: configuration, moves: moves, lines: lines, outcome: outcome, scenario: scenario, replays: replays)
  }

  private func scenario(_ title: String, _ steps: [Step], _ configuration: CallConfiguration) -> Scenario {
    var given = plan.given
    for (name, value) in configuration.chosen { try? Setting.named(name)?.set(value, in: &given.tenant.settings) }
    given.user = configuration.signIn.upn
    given.tenant.users.removeAll { $0.upn != given.user }
    given.pins = configuration.pin.map { [given.user: $0] } ?? [:]
    return Scenario(
      path: plan.path, title: Placed(title, at: plan.title.place), tags: ["explored"], rules: [], given: given,
      steps: steps, expect: nil)
  }

  /// Plays the scenario, and gives it what came of it as its expectation.
  private func judged(_ scenario: Scenario) -> (Scenario, Bool) {
    let verdict = VirtualPlay(scenario)
    var judged = scenario
    let place = plan.title.place
    var expectation = Expectation()
    expectation.result = Placed(verdict.outcome, at: place)
    expectation.user.blocked = Placed(verdict.isBlocked, at: place)
    expectation.user.reported = Placed(verdict.hasReported, at: place)
    expectation.records = Set(verdict.records).sorted().map { text in
      RecordExpectation(
        .signin, text: Placed(.equals(text), at: place), times: Count(exactly: verdict.records.count { $0 == text }))
    }
    judged.expect = expectation
    return (judged, verdict.passed && VirtualPlay(judged).passed)
  }
}

/// The steps of a scenario, as moves ask for them.
private struct StepScript {
  private(set) var steps: [Step] = []
  private let place: SourcePlace

  init(at place: SourcePlace) { self.place = place }

  private mutating func add(_ verb: Step.Verb) { steps.append(Step(verb, at: place)) }

  mutating func hear(_ message: MessageType) { add(.hear(HearStep(message: message))) }

  mutating func expect(_ outcome: CallOutcome?) {
    var expectation = Expectation()
    expectation.result = Placed(outcome.map { Outcome($0) }, at: place)
    add(.expect(expectation))
  }

  /// - Parameter due: milliseconds until something is due before the move.
  mutating func add(_ move: CallMove, due: Int32, _ configuration: CallConfiguration) {
    let pause = Milliseconds(Int64(move.isLastMoment ? due - 1 : 0))
    if pause > .zero, move.action != .answer { add(.wait(pause)) }
    let signIn = SignInStep(request: configuration.signIn)
    switch move.action {
    case .dial: add(.signIn(signIn))
    case .dialInVain(let fault):
      add(.fault(.dial(fault.failure)))
      add(.signIn(signIn))
      add(.wait(Milliseconds(Int64(CallWorld.failureDelay))))
    case .answer: add(.answer(after: pause))
    case .decline, .hangUp: add(.hangUp)
    case .key(let key): press([key], joined: pause == .zero)
    case .silence: add(.wait(Milliseconds(Int64(due))))
    case .lineDrop: add(.fault(.dropAfter(.zero)))
    case .cancel: add(.cancelSignIn)
    case .rightPIN: press(configuration.pinKeys, joined: pause == .zero)
    case .wrongPIN: press(configuration.wrongPINKeys, joined: pause == .zero)
    case .checkAnswers, .lateCheck: return
    }
  }

  private mutating func press(_ keys: [Key], joined: Bool) {
    if joined, case .press(var last)? = steps.last?.verb {
      last.keys += keys
      steps[steps.count - 1] = Step(.press(last), at: place)
    } else {
      add(.press(PressStep(keys: keys, hold: .zero, gap: .zero)))
    }
  }
}

extension CallMove.Action {
  /// For a person.
  public var words: String {
    switch self {
    case .dial: "the service dials"
    case .dialInVain(let fault): "the service dials, in vain: \(fault)"
    case .answer: "answers"
    case .decline: "declines"
    case .key(let key): "presses \(key)"
    case .silence: "waits"
    case .hangUp: "hangs up"
    case .lineDrop: "the network drops the call"
    case .cancel: "cancels at the sign-in page"
    case .rightPIN: "enters the PIN"
    case .wrongPIN: "enters a wrong PIN"
    case .checkAnswers: "the check of the PIN answers"
    case .lateCheck: "the check of the PIN does not answer"
    }
  }
}
