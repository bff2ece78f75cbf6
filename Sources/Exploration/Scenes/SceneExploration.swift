public import ScenarioModel
public import VerificationCore

/// What walking a `ScenePlan` found.
public struct SceneReport: Sendable {
  public let plan: ScenePlan
  public let unique: Int
  public let generated: Int
  public let depth: Int
  public let end: SearchEnd
  public let bytes: Int
  public let collisionChance: Double
  public let verdicts: [Verdict]
  public let outcomes: [Outcome: Int]
  public let messages: Set<MessageType>
  /// Steps of the plan that could be done in no state.
  public let neverDone: [SceneStep]

  public struct Verdict: Sendable {
    public let property: Placed<SceneProperty>
    public let holds: Bool
    /// The run that breaks it or, for what is possible, shows it.
    public let run: Run?
  }

  /// A run of the plan, shortest first found.
  public struct Run: Sendable {
    public let chosen: [(name: String, value: String)]
    public let steps: [SceneStep]
  }

  /// The run as a scenario, with what the tenant was given; PINs are made up, in the steps as well.
  public func scenario(_ run: Run, title: String) -> Scenario {
    var given = plan.given
    for (name, value) in run.chosen { try? Setting.named(name)?.set(value, in: &given.tenant.settings) }
    let standIns = StandInPIN.replace(&given)
    var scenario = Scenario(
      path: plan.path, title: Placed(title, at: plan.title.place), tags: ["explored"], rules: [], given: given,
      steps: run.steps.map { standIns.step($0.step) }, expect: nil)
    // Played once, it expects from then on what came of it.
    let (played, place) = (VirtualPlay(scenario), plan.title.place)
    var expectation = Expectation()
    expectation.result = Placed(played.outcome, at: place)
    expectation.records = Set(played.records).sorted().map { text in
      RecordExpectation(
        .signin, text: Placed(.equals(text), at: place), times: Count(exactly: played.records.count { $0 == text }))
    }
    scenario.expect = expectation
    return scenario
  }

  public var isComplete: Bool { end == .complete }
  public var holds: Bool { verdicts.allSatisfy(\.holds) }
}

extension ScenePlan {
  /// Walks through every run that the bounds allow.
  ///
  /// - Parameter progress: called now and then with the states found and those still to be expanded; false stops.
  public func explore(progress: (Int, Int) -> Bool = { _, _ in true }) -> SceneReport {
    let world = SceneWorld(self)
    var search = Search(world)
    var onlooker = SceneOnlooker(properties.map(\.value), steps: steps)
    search.run(&onlooker, bound: SearchBound(depth: depth, states: states), progress: progress)
    let verdicts = zip(properties, onlooker.decided).map { property, sighting in
      let run = sighting.map { search.run(to: $0) }
      switch property.value {
      case .possible: return SceneReport.Verdict(property: property, holds: run != nil, run: run)
      case .never, .alwaysEnds, .always: return SceneReport.Verdict(property: property, holds: run == nil, run: run)
      }
    }
    return SceneReport(
      plan: self, unique: search.unique, generated: search.generated, depth: search.depth, end: search.end,
      bytes: search.bytes, collisionChance: search.collisionChance, verdicts: verdicts, outcomes: onlooker.outcomes,
      messages: onlooker.messages,
      neverDone: search.end != .complete ? [] : steps.indices.filter { !onlooker.done.contains($0) }.map { steps[$0] })
  }
}

extension Search where Explored == SceneWorld {
  fileprivate func run(to sighting: Sighting) -> SceneReport.Run {
    let (start, moves) = path(to: sighting.index)
    let all = moves + (sighting.move.map { [$0] } ?? [])
    return SceneReport.Run(
      chosen: world.configurations[start].chosen, steps: all.map { world.plan.steps[Int($0.code)] })
  }
}
