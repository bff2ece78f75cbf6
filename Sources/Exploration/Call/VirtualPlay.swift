import ScenarioModel
import Simulation
import VerificationCore

/// A scenario played in virtual time, and how the tenant stood at its end.
struct VirtualPlay {
  let passed: Bool
  let outcome: Outcome?
  let isBlocked: Bool
  let hasReported: Bool
  /// The texts of the sign-in records, in order.
  let records: [String]

  init(_ scenario: Scenario) {
    let verdict = VirtualDriver.play(scenario)
    passed = verdict.passed
    outcome = verdict.outcome
    var (blocked, reported, records): (Bool, Bool, [String]) = (false, false, [])
    for entry in verdict.journal {
      switch entry.fact {
      case .tenant(.userBlocked): blocked = true
      case .tenant(.userUnblocked): blocked = false
      case .tenant(.fraudReported): reported = true
      case .tenant(.signInRecorded(let record)): records.append(record.text)
      default: continue  // only what the tenant keeps
      }
    }
    (isBlocked, hasReported, self.records) = (blocked, reported, records)
  }
}
