import Exploration
import Reports
import ScenarioModel
import ScenarioYAML
import Simulation

/// Explores a whole service and tells what was found.
struct ServiceExploration {
  let depth: Int?
  let states: Int?
  let json: Bool
  let emit: String?

  func explore(_ plan: ScenePlan) throws(Failure) -> SceneReport {
    var plan = plan
    plan.depth = depth ?? plan.depth
    plan.states = states ?? plan.states
    let progress = ProgressLine(plan.path)
    let clock = ContinuousClock()
    let start = clock.now
    let report = plan.explore { found, waiting in
      progress.show("\(Figure.grouped(found)) states, \(Figure.grouped(waiting)) to look at")
      return true
    }
    progress.clear()
    let time = start.duration(to: clock.now)
    if json {
      Output.line(report.jsonLine(time: time))
    } else {
      Output.lines(SceneText(style: Output.style, width: Output.width).lines(report, time: time) + [""])
    }
    if let emit {
      let broken = report.verdicts.filter { !$0.holds }.compactMap { verdict in
        verdict.run.map { report.scenario($0, title: "\(verdict.property.value)") }
      }
      try EmittedScenarios(folder: emit).write(broken, named: plan.path)
    }
    return report
  }
}
