public import ScenarioModel
public import VerificationCore

/// Makes a scenario of a live session.
///
/// Played with the seed of the session it passes, and what it does has the same facts in the same order, each at most
/// `Take.tolerance` from its time; keys of one entry may move by 250 ms for the sake of an even pace. Where that
/// would change a fact, times are kept more closely. A scenario never ends before its call (CALL-2): of a session that
/// somebody left, it tells the rest.
public enum Recorder {
  /// - Parameters:
  ///   - title: else one that tells what happened.
  ///   - path: where the scenario is to be.
  public static func record(_ session: Session, title: String? = nil, path: String = "recorded.yaml") -> Take {
    let keys = KeyReading(session).written
    let place = SourcePlace(path: path, span: SourceSpan(line: 1, column: 1))
    var scenario = Scenario(
      path: path, title: Placed(title ?? "", at: place), tags: [], rules: [], given: session.given, steps: [],
      expect: nil)
    var rounding = SessionScript.Rounding.readable
    for closer in [rounding, .fine, .exact] {
      rounding = closer
      let script = SessionScript(session, rounding, keys: keys, scenario: scenario)
      scenario.steps = script.steps
      let end = play(scenario, seed: session.seed)
      scenario.expect = Expectation(of: end.board, scenario, at: end.now)
      if title == nil { scenario.title.value = SessionTitle(session, end.board).text }
      let verdict = VirtualDriver.play(scenario, seed: session.seed)
      if script.isComplete, verdict.passed, isSame(session, verdict.journal) {
        return Take(scenario: scenario, isFaithful: true, tolerance: rounding.tolerance)
      }
      scenario.expect = nil
    }
    return Take(scenario: scenario, isFaithful: false, tolerance: rounding.tolerance)
  }

  private static func play(_ scenario: Scenario, seed: UInt64) -> (board: Switchboard, now: Instant) {
    var rehearsal = Rehearsal(scenario, seed: seed)
    var now = scenario.given.start
    while let next = rehearsal.proceed(at: now) { now = next }
    return (rehearsal.board, now)
  }

  /// Whether the journal of the session begins that of its replay; times and digits aside.
  private static func isSame(_ session: Session, _ replay: [JournalEntry]) -> Bool {
    guard session.journal.count <= replay.count else { return false }
    return zip(session.journal, replay).allSatisfy { entry, again in
      entry.call == again.call && entry.fact.comparable == again.fact.comparable
    }
  }
}

/// What a recorder made of a session.
public struct Take: Sendable {
  public let scenario: Scenario
  /// Whether it passes, and all that it does is as it was in the session.
  public let isFaithful: Bool
  /// So far what happens is from the time at which it happened, at most.
  public let tolerance: Milliseconds
}

extension JournalFact {
  /// Without times, and without the digits that a recording may have replaced.
  fileprivate var comparable: JournalFact {
    if case .key(let key?) = self, key.isDigit { return .key(nil) }
    return withoutTimes
  }
}
