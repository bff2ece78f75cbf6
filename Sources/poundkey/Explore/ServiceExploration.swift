import Exploration
import Reports
import ScenarioModel

/// A plan about a whole service, walked exhaustively.
struct ServiceExploration {
  private let plan: ScenePlan
  private let options: ExploreVerb

  /// - Throws: usage where the command line asks for what only explorations of one call do.
  init(_ plan: ScenePlan, _ options: ExploreVerb) throws(Failure) {
    guard options.mode == .exhaustive else {
      throw Failure(
        .usage, "error: \(plan.path) is about a whole service, which is walked exhaustively: leave --mode out")
    }
    guard options.coverage == nil else {
      throw Failure(
        .usage, "error: \(plan.path) is about a whole service; --coverage counts what calls do: leave it out")
    }
    self.options = options
    var bounded = plan
    bounded.depth = options.depth ?? plan.depth
    bounded.states = options.states ?? plan.states
    self.plan = bounded
  }

  func play() throws(Failure) -> ExplorationRun.Walked {
    let (clock, line) = (ContinuousClock(), ProgressLine(plan.path))
    let start = clock.now
    let report = plan.explore { found, waiting in
      line.show("\(Figure.grouped(found)) states, \(Figure.grouped(waiting)) to look at")
      return true
    }
    line.clear()
    let time = start.duration(to: clock.now)
    if options.json {
      Output.line(report.jsonLine(time: time, secrets: plan.given.secrets))
    } else {
      Output.lines(
        SceneText(style: Output.style, width: Output.width, secrets: plan.given.secrets).lines(report, time: time) + [
          ""
        ])
    }
    if let folder = options.emit {
      let broken = report.verdicts.filter { !$0.holds }.compactMap { verdict in
        verdict.run.map { report.scenario($0, title: "Against: \(verdict.property.value)") }
      }
      try EmittedScenarios(folder: folder).write(broken, named: plan.path)
    }
    return ExplorationRun.Walked(isGood: report.holds, isComplete: report.isComplete)
  }
}
