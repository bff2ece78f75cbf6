import Exploration
import Glibc
import ScenarioModel

/// Traces as scenario files in a folder.
struct EmittedScenarios {
  let folder: String

  /// - Throws: environment where a file cannot be written.
  func write(_ traces: [CallTrace], of plan: ExplorationPlan) throws(Failure) {
    try write(traces.map(\.scenario), named: plan.path)
    for trace in traces where !trace.replays {
      Output.error("error: \(trace.scenario.title.value) DOES NOT REPLAY; report it as a bug")
    }
  }

  /// The written file lies elsewhere, and what it names does not.
  private static func withWholePaths(_ scenario: Scenario) -> Scenario {
    var scenario = scenario
    scenario.given.tokenFile = scenario.given.tokenFile.map(WrittenFile.resolved)
    scenario.steps = scenario.steps.map { step in
      guard case .admin(var admin) = step.verb else { return step }
      admin.tokenFile = admin.tokenFile.map(WrittenFile.resolved)
      return Step(.admin(admin), at: step.place)
    }
    return scenario
  }

  /// - Throws: environment where a file cannot be written.
  func write(_ scenarios: [Scenario], named source: String) throws(Failure) {
    guard !scenarios.isEmpty else { return }
    guard mkdir(folder, 0o777) == 0 || errno == EEXIST else {
      throw Failure(.environment, "error: \(folder) cannot be made: \(String(cString: strerror(errno)))")
    }
    let base = (source.split(separator: "/").last.map(String.init) ?? "found").split(separator: ".").first ?? "found"
    var number = 0
    for scenario in scenarios {
      var path = ""
      // What is there stays: another exploration's, or somebody's own.
      repeat {
        number += 1
        path = "\(folder)/\(base)-\(number).yaml"
      } while WrittenFile.exists(path)
      try WrittenFile.replace(path, with: WrittenScenario.text(Self.withWholePaths(scenario), at: path))
      Output.error("wrote \(path)")
    }
  }
}
