import ScenarioModel
import Simulation
import VerificationCore

/// A scenario played in virtual time, and how the tenant stood at its end.
struct VirtualPlay {
  let passed: Bool
  let outcome: Outcome?
  let isBlocked: Bool
  let hasReported: Bool
  let records: Int
  /// The end of the last call, after the start.
  let length: Milliseconds

  init(_ scenario: Scenario) {
    let verdict = VirtualDriver.play(scenario)
    passed = verdict.passed
    outcome = verdict.outcome
    length = verdict.length
    var (blocked, reported, records) = (false, false, 0)
    for entry in verdict.journal {
      switch entry.fact {
      case .tenant(.userBlocked): blocked = true
      case .tenant(.userUnblocked): blocked = false
      case .tenant(.fraudReported): reported = true
      case .tenant(.signInRecorded): records += 1
      default: continue  // only what the tenant keeps
      }
    }
    (isBlocked, hasReported, self.records) = (blocked, reported, records)
  }
}
