public import Runs
public import ScenarioModel
import Simulation
import VerificationCore

/// What happened in a case instant by instant, with where the verification stood after each: for `--trace`.
public enum CaseTrace {
  /// Plays the case once more, in virtual time: the same seed gives the same run, and whoever wants no trace pays
  /// nothing for it.
  public static func of(_ scenario: Scenario, seed: UInt64) -> [TraceStep] {
    let mask = scenario.given.mask
    let text = JournalText(start: scenario.given.start, zone: scenario.given.zone)
    var rehearsal = Rehearsal(scenario, seed: seed)
    var steps: [TraceStep] = []
    var told = 0
    var now = scenario.given.start
    var isOver = false
    while !isOver {
      let next = rehearsal.proceed(at: now)
      let journal = rehearsal.board.journal
      // Commands of `given` stand in front, at the start.
      let lines = journal[told...].compactMap { text.text($0.fact) }
      told = journal.count
      if !lines.isEmpty {
        let state = rehearsal.situation(at: now)
        let shown = lines.map { mask($0.trimmingSpaces) }
        steps.append(TraceStep(at: now - scenario.given.start, lines: shown, state: mask(state)))
      }
      if let next { now = next } else { isOver = true }
    }
    return steps
  }
}

extension String {
  /// The transcript sets what follows from something in by two.
  fileprivate var trimmingSpaces: String { String(drop { $0 == " " }) }
}
