public import ScenarioModel
public import VerificationCore

/// What an `explore:` file asks for, ready to be walked.
public struct CallExploration: Sendable {
  public let plan: ExplorationPlan
  public let world: CallWorld
  /// Combinations of settings and sign-ins for which no call is placed, with the reason.
  public let skipped: [(chosen: [(name: String, value: String)], refusal: CallConfiguration.Refusal)]

  /// Why a plan cannot be walked.
  public enum PlanError: Error, Sendable {
    case tooManyConfigurations(Int)
    /// Not one combination leads to a call.
    case noCall(CallConfiguration.Refusal)
    /// `rightPIN` or `wrongPIN` for somebody who has none.
    case noPIN(UPN)
  }

  /// - Parameter reduces: entries of one class count as one; without it only small alphabets and depths end.
  public init(_ plan: ExplorationPlan, reduces: Bool = true) throws(PlanError) {
    self.plan = plan
    var configurations: [CallConfiguration] = []
    var skipped: [(chosen: [(name: String, value: String)], refusal: CallConfiguration.Refusal)] = []
    for chosen in try Self.combinations(plan.axes) {
      for step in plan.signIns {
        do {
          configurations.append(try Self.configuration(plan, chosen, step))
        } catch {
          skipped.append((chosen, error))
        }
      }
    }
    guard !configurations.isEmpty else { throw .noCall(skipped[0].refusal) }
    guard configurations.count <= CallWorld.limitOfConfigurations else {
      throw .tooManyConfigurations(configurations.count)
    }
    let alphabet = CallAlphabet(plan.alphabet)
    if alphabet.rightPIN || alphabet.wrongPIN, let bare = configurations.first(where: { $0.pin == nil }) {
      throw .noPIN(bare.signIn.upn)
    }
    self.skipped = skipped
    var recalls: CallWorld.Recall = [.outcome]
    for property in plan.properties {
      switch property.value {
      case .never(let condition), .possible(let condition): recalls.formUnion(CompiledCondition.recall(for: condition))
      case .alwaysEnds, .always: continue
      }
    }
    world = CallWorld(configurations, alphabet: alphabet, reduces: reduces, recalls: recalls)
  }

  private static func combinations(
    _ axes: [ExplorationPlan.Axis]
  ) throws(PlanError) -> [[(name: String, value: String)]] {
    var all: [[(name: String, value: String)]] = [[]]
    for axis in axes {
      guard all.count * axis.values.count <= CallWorld.limitOfConfigurations else {
        throw .tooManyConfigurations(all.count * axis.values.count)
      }
      all = all.flatMap { chosen in axis.values.map { chosen + [(axis.setting, $0)] } }
    }
    return all
  }

  private static func configuration(
    _ plan: ExplorationPlan, _ chosen: [(name: String, value: String)], _ step: SignInStep
  ) throws(CallConfiguration.Refusal) -> CallConfiguration {
    var given = plan.given
    for (name, value) in chosen { try? Setting.named(name)?.set(value, in: &given.tenant.settings) }
    var request = step.request
    request.upn = step.user ?? given.user
    if let pin = given.pins[request.upn], let user = given.tenant.user(request.upn) {
      given.pins[request.upn] = StandInPIN.make(for: pin, code: given.tenant.reporting(of: user).code)
    }
    return try CallConfiguration(given, signIn: request, chosen: chosen)
  }
}

extension CallAlphabet {
  init(_ alphabet: ExplorationPlan.Alphabet) {
    self = .none
    keys = alphabet.keys
    atOnce = alphabet.paces.contains(.atOnce)
    lastMoment = alphabet.paces.contains(.lastMoment)
    for event in alphabet.events {
      switch event {
      case .silence: silence = true
      case .hangup: hangUp = true
      case .decline: declines = true
      case .drop: lineDrop = true
      case .cancel: cancel = true
      case .rightPIN: rightPIN = true
      case .wrongPIN: wrongPIN = true
      case .lateCheck: lateCheck = true
      case .busy: dialFaults.append(.busy)
      case .rejected: dialFaults.append(.rejected)
      case .unreachable: dialFaults.append(.unreachable)
      case .invalidNumber: dialFaults.append(.invalidNumber)
      case .carrier: dialFaults.append(.carrier)
      }
    }
  }
}

/// What a walk through all calls of a plan has shown.
public struct CallFindings: Sendable {
  public let configurations: Int
  public let unique: Int
  public let generated: Int
  public let depth: Int
  public let end: SearchEnd
  /// Of memory, for the states and how they were found.
  public let bytes: Int
  public let collisionChance: Double
  /// States of the machine alone, each of which was handed every input there is.
  public let probed: Int
  public let heard: [MessageType]
  public let transitions: [CallTransition]
  public let longest: (length: Milliseconds, trace: CallTrace)?
  public let verdicts: [PropertyVerdict]
  public let unreachable: [Place]

  public var isComplete: Bool { end == .complete }
}

/// What became of one property.
public struct PropertyVerdict: Sendable {
  public enum Ruling: String, Hashable, Sendable {
    /// In every state there is.
    case holds
    /// In every state that was looked at; there are more.
    case holdsSoFar
    case violated
    /// Possible, and this is how.
    case shown
    /// Possible was asked for, and it was not met in what was looked at; there is more.
    case notMet
  }

  public let property: Placed<ExplorationPlan.Property>
  public let ruling: Ruling
  /// How it comes about; nil where there is nothing to show.
  public let trace: CallTrace?
  /// The input that broke an invariant, where it was no move.
  public let input: CallInput?

  public var isGood: Bool {
    switch ruling {
    case .holds, .holdsSoFar, .shown: true
    case .violated, .notMet: false
    }
  }
}

extension CallExploration {
  /// The run that these moves make, with the scenario that says the same.
  public func trace(_ moves: [Move], configuration: Int, title: String? = nil) -> CallTrace {
    CallTracer(plan: plan, world: world)
      .trace(moves.map { CallMove($0) }, configuration: configuration, title: title ?? plan.title.value)
  }

  /// Walks every call, or as many as the bound allows.
  ///
  /// - Parameter progress: told of states found and still to be looked at now and then; false stops.
  public func exhaust(
    bound: SearchBound? = nil, progress: (Int, Int) -> Bool = { _, _ in true }
  ) -> CallFindings {
    var conditions: [ExplorationPlan.Condition] = []
    var (within, probes) = (Milliseconds?.none, false)
    for property in plan.properties {
      switch property.value {
      case .never(let condition), .possible(let condition): conditions.append(condition)
      case .alwaysEnds(let length): within = min(within ?? length, length)
      case .always: probes = true
      }
    }
    var onlooker = CallOnlooker(world, conditions: conditions, within: within, probes: probes)
    var search = Search(world)
    search.run(&onlooker, bound: bound ?? SearchBound(depth: plan.depth, states: plan.states), progress: progress)
    return CallFindings(self, search, onlooker, properties: plan.properties)
  }
}

extension CallFindings {
  init(
    _ exploration: CallExploration, _ search: Search<CallWorld>, _ onlooker: CallOnlooker,
    properties: [Placed<ExplorationPlan.Property>]
  ) {
    let reporter = Reporter(exploration: exploration, search: search)
    let complete = search.end == .complete
    configurations = exploration.world.configurations.count
    unique = search.unique
    generated = search.generated
    depth = search.depth
    end = search.end
    bytes = search.bytes
    collisionChance = search.collisionChance
    probed = onlooker.probe.count
    heard = MessageType.allCases.filter { onlooker.heard & 1 << UInt32($0.number) != 0 }
    transitions = onlooker.transitions.first.keys.sorted().map { CallTransition(code: $0) }
    longest = onlooker.longest.map { longest in
      (Milliseconds(Int64(onlooker.longestLength)), reporter.trace(longest, "The longest call"))
    }
    let places = Set(transitions.flatMap { [$0.from, $0.to] })
    unreachable = Place.allCases.filter { !places.contains($0) }
    var position = 0
    verdicts = properties.map { property in
      let title = "\(property.value)"
      func verdict(_ ruling: PropertyVerdict.Ruling, _ at: Sighting?, _ input: CallInput? = nil) -> PropertyVerdict {
        PropertyVerdict(
          property: property, ruling: ruling, trace: at.map { reporter.trace($0, title) }, input: input)
      }
      switch property.value {
      case .never, .possible:
        let met = onlooker.met[position]
        position += 1
        if case .possible = property.value { return verdict(met != nil ? .shown : complete ? .violated : .notMet, met) }
        return verdict(met != nil ? .violated : complete ? .holds : .holdsSoFar, met)
      case .alwaysEnds:
        return verdict(onlooker.overrun != nil ? .violated : complete ? .holds : .holdsSoFar, onlooker.overrun)
      case .always(let invariant):
        let breach = onlooker.breaches[invariant]
        return verdict(breach != nil ? .violated : complete ? .holds : .holdsSoFar, breach?.at, breach?.input)
      }
    }
  }
}

/// Turns sightings into traces.
private struct Reporter {
  let exploration: CallExploration
  let search: Search<CallWorld>

  func trace(_ at: Sighting, _ title: String) -> CallTrace {
    var (start, moves) = search.path(to: at.index)
    if let move = at.move { moves.append(move) }
    start = Int(search.state(at: start).configuration)
    return exploration.trace(moves, configuration: start, title: title)
  }
}
