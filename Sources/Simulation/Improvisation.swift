public import ScenarioModel
public import VerificationCore

/// A scenario without a script: one step after the other, as somebody chooses them.
///
/// What the explorer walks: the same switchboard and the same scripted person as in a run.
public struct Improvisation: Sendable {
  public private(set) var board: Switchboard
  public private(set) var now: Instant
  /// Who signed in last.
  public private(set) var signedIn: UPN?
  private let scenario: Shared<Scenario>

  public init(_ scenario: Scenario, seed: UInt64 = 1) {
    self.scenario = Shared(scenario)
    board = Switchboard(scenario.given, seed: seed)
    now = scenario.given.start
    // What was done before the start is history.
    board.forgetHistory()
  }

  /// Whose telephone and page the steps are about.
  public var upn: UPN { signedIn ?? scenario.value.given.user }

  /// Does one step, with all that is due while it lasts.
  ///
  /// - Returns: why it cannot be done; then nothing has happened.
  public mutating func perform(_ step: Step) -> Problem? {
    var attempt = self
    if let problem = attempt.attempt(step) { return problem }
    self = attempt
    return nil
  }

  /// The same without a way back, for those who have kept a copy: after a problem this one is of no use any more.
  public mutating func attempt(_ step: Step) -> Problem? {
    var person = ScriptedPerson(scenario, steps: [step], signedIn: signedIn)
    while true {
      switch person.proceed(&board, at: now) {
      case .acted: board.advance(to: now)
      case .waits(let until):
        now = min(until, board.nextDue ?? until)
        board.advance(to: now)
      case .failed(let problem): return problem
      case .finished:
        signedIn = person.signedIn
        return nil
      }
    }
  }

  public mutating func forgetHistory() { board.forgetHistory() }

  /// Whether every verification in progress has a deadline at most this far away.
  public func everythingEnds(within length: Milliseconds) -> Bool { board.everythingEnds(within: length, at: now) }

  public var standing: Standing { standing(codeClock: .seconds(60)) }

  public func standing(codeClock: Milliseconds?) -> Standing { board.standing(at: now, codeClock: codeClock) }
}
