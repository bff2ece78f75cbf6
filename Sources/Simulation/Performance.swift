public import ScenarioModel
public import VerificationCore

/// A script acted at a switchboard that somebody else keeps, where other people may act too.
///
/// Named steps are its marks: how far it is, and where it can be held. At a mark it stands as soon as time would pass:
/// what the step does at once is done, so that what is seen is what the step is called.
public struct Performance: Sendable {
  /// How it ended.
  public enum Ending: Sendable {
    /// All steps were done; what of the scenario's `expect` does not hold.
    case done([Problem])
    /// A step could not be done.
    case failed(Problem)
  }

  /// What comes next.
  public enum Turn: Sendable {
    /// Something was done; ask again.
    case acted
    case waits(until: Instant)
    /// The script stands at a named step.
    case held
    case over
  }

  private let scenario: Shared<Scenario>
  private var person: ScriptedPerson
  /// The position of each named step, and its name.
  private let marks: [(position: Int, name: String)]
  public private(set) var ending: Ending?
  /// So many named steps have been reached.
  public private(set) var reached = 0
  /// So many named steps may be done to their end, and the next be begun; nil is all.
  public var allowed: Int? { didSet { stands = false } }
  private var stands = false
  /// Whether it stands at a named step.
  public var isHeld: Bool { ending == nil && stands }

  public init(_ scenario: Scenario) {
    self.scenario = Shared(scenario)
    person = ScriptedPerson(self.scenario, steps: scenario.steps, signedIn: nil)
    marks = scenario.steps.enumerated().compactMap { index, step in step.name.map { (index, $0) } }
  }

  /// The names of its named steps, in order.
  public var names: [String] { marks.map(\.name) }

  /// Whether the step that is under way may not be done to its end.
  private var isAtLast: Bool { allowed.map { reached > $0 } == true }

  private var isAtMark: Bool { reached < marks.count && person.position >= marks[reached].position }

  /// Does what is due at `now`, at most one step.
  public mutating func proceed(_ board: inout Switchboard, at now: Instant) -> Turn {
    if ending != nil { return .over }
    if stands || isAtMark && isAtLast { return held() }
    if isAtMark {
      reached += 1
      return .acted
    }
    switch person.proceed(&board, at: now) {
    case .acted: return .acted
    case .waits(let until): return isAtLast && until > now ? held() : .waits(until: until)
    case .failed(let problem): ending = .failed(problem)
    case .finished:
      // Time runs on until the call has ended (CALL-2).
      if let due = board.nextDue { return isAtLast && due > now ? held() : .waits(until: due) }
      let judge = Judge(scenario: scenario, board: board, now: now)
      ending = .done(scenario.value.expect.map(judge.problems) ?? [])
    }
    return .over
  }

  private mutating func held() -> Turn {
    stands = true
    return .held
  }
}
