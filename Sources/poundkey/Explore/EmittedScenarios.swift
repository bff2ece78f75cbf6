import Exploration
import Glibc
import ScenarioModel
import ScenarioYAML

/// Traces as scenario files in a folder.
struct EmittedScenarios {
  let folder: String

  /// - Throws: environment where a file cannot be written.
  func write(_ traces: [CallTrace], of plan: ExplorationPlan) throws(Failure) {
    guard mkdir(folder, 0o777) == 0 || errno == EEXIST else {
      throw Failure(.environment, "error: \(folder) cannot be made: \(String(cString: strerror(errno)))")
    }
    let base = (plan.path.split(separator: "/").last.map(String.init) ?? "found").split(separator: ".").first ?? "found"
    for (number, trace) in traces.enumerated() {
      let path = "\(folder)/\(base)-\(number + 1).yaml"
      try WrittenFile.replace(path, with: ScenarioWriter.text(trace.scenario))
      Output.error("wrote \(path)\(trace.replays ? "" : ", WHICH DOES NOT REPLAY")")
    }
  }
}
