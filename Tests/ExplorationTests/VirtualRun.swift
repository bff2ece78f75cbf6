import ScenarioModel
import Simulation
import VerificationCore

enum VirtualRun {
  /// What happens in a scenario; recordings by their message, for a written greeting has no file.
  static func journal(of scenario: Scenario) -> [String] {
    let verdict = VirtualDriver.play(scenario)
    let facts = verdict.journal.map { entry in
      if case .started(let recording, _) = entry.fact {
        return "\(entry.at) \(recording.message) \(recording.language) \(recording.length)"
      }
      return "\(entry.at) \(entry.fact)"
    }
    return facts + verdict.problems.map(\.message)
  }
}
