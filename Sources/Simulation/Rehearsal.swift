public import ScenarioModel
public import VerificationCore

/// A scenario being played: the switchboard and the person who acts the script.
///
/// Pure, and the same in virtual and in real time: `proceed` does what is due and says when to come back.
public struct Rehearsal: Sendable {
  private let shared: Shared<Scenario>
  public private(set) var board: Switchboard
  public private(set) var problems: [Problem] = []
  private var person: ScriptedPerson
  private var isActing = true

  /// - Parameters:
  ///   - seed: for what is left to chance; the same seed gives the same run.
  ///   - keepingSteps: keeps the transitions of all calls in `board.steps`.
  public init(_ scenario: Scenario, seed: UInt64 = 1, keepingSteps: Bool = false) {
    shared = Shared(scenario)
    board = Switchboard(scenario.given, seed: seed, keepingSteps: keepingSteps)
    board.reserveJournal(6 * scenario.steps.count)
    person = ScriptedPerson(shared, steps: scenario.steps, signedIn: nil)
  }

  public var scenario: Scenario { shared.value }

  /// Does all that is due at `now`; begin with the start of the scenario.
  ///
  /// - Returns: when to call again, or nil when the scenario is over and judged.
  public mutating func proceed(at now: Instant) -> Instant? {
    board.advance(to: now)
    while isActing {
      switch person.proceed(&board, at: now) {
      case .acted: board.advance(to: now)
      case .waits(let until): return min(until, board.nextDue ?? until)
      case .failed(let problem):
        problems.append(person.step.map { problem.inside($0) } ?? problem)
        return nil
      case .finished: isActing = false
      }
    }
    // The steps are done; time runs on until the call has ended (CALL-2).
    if let due = board.nextDue { return due }
    if let expectation = shared.value.expect {
      problems += Judge(scenario: shared, board: board, now: now).problems(with: expectation)
    }
    return nil
  }

  /// Where the verification stands, in words: `waiting for #, attempt 1 of 3`.
  public func situation(at now: Instant) -> String {
    Judge(scenario: shared, board: board, now: now).situation
  }

  public var verdict: Verdict {
    var snapshots = person.snapshots
    if let last = shared.value.expect?.snapshot, stepsAreDone {
      snapshots.append(TakenSnapshot(name: last, entries: board.journal.count))
    }
    return Verdict(
      shared: shared, problems: problems, journal: board.journal, outcome: board.lastOutcome, snapshots: snapshots)
  }

  /// Whether all steps were done; after a failed one the end is not judged.
  private var stepsAreDone: Bool { !isActing }
}

extension Problem {
  /// With the way that led to the step: its name, the round, where its fragment is used.
  fileprivate func inside(_ step: Step) -> Problem {
    var problem = self
    if let name = step.name { problem.label = ["in \"\(name)\"", label].compactMap { $0 }.joined(separator: ", ") }
    for origin in step.trail.reversed() {
      switch origin {
      case .fragment(let place): problem.notes.append(Note(.used, "\(place)"))
      case .round(let round, let count): problem.notes.append(Note(.round, "\(round) of \(count)"))
      }
    }
    return problem
  }
}

/// How far the transcript had come where a snapshot is wanted.
public struct TakenSnapshot: Hashable, Sendable {
  public let name: Placed<String>
  /// So many entries of the journal.
  public let entries: Int
}

/// How a scenario went.
public struct Verdict: Sendable {
  fileprivate let shared: Shared<Scenario>
  public let problems: [Problem]
  public let journal: [JournalEntry]
  /// The outcome decided last.
  public let outcome: Outcome?
  public let snapshots: [TakenSnapshot]

  /// Read where it is: a copy would count every list in it.
  public var scenario: Scenario {
    _read { yield shared.value }
  }

  public var passed: Bool { problems.isEmpty }

  /// The outcome in one word, or why there is none.
  public var result: String {
    outcome?.rawValue ?? (journal.contains { $0.fact.beginsSignIn } ? "undecided" : "no sign-in")
  }

  /// How much virtual time it took.
  public var length: Milliseconds { (journal.last?.at ?? scenario.given.start) - scenario.given.start }
}

extension JournalFact {
  /// Whether a sign-in begins with it; commands and faults stand in the journal too.
  fileprivate var beginsSignIn: Bool {
    switch self {
    case .signInDecided, .dialling, .asking: true
    default: false  // what follows one, or has nothing to do with it
    }
  }
}

/// Plays scenarios in virtual time: straight from one instant to the next.
public enum VirtualDriver {
  public static func play(_ scenario: consuming Scenario, seed: UInt64 = 1) -> Verdict {
    var now = scenario.given.start
    var rehearsal = Rehearsal(scenario, seed: seed)
    while let next = rehearsal.proceed(at: now) { now = next }
    return rehearsal.verdict
  }
}
