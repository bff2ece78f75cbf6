import ScenarioModel
import VerificationCore

/// Where something was first seen: a move from a state.
struct Sighting: Hashable {
  let index: Int
  /// nil for the state itself.
  let move: Move?
}

/// Watches a search over calls: judges the properties, counts transitions and messages, finds the longest call.
struct CallOnlooker: Visitor {
  typealias Explored = CallWorld

  private let world: CallWorld
  private let conditions: [CompiledCondition]
  private let within: Int32?
  private let probes: Bool
  private let isSatisfiedByFirst: Bool

  /// For each condition, where it was first met.
  private(set) var met: [Sighting?]
  private(set) var longest: Sighting?
  /// In milliseconds; -1 where no call ended.
  private(set) var longestLength: Int32 = -1
  /// A call that lasts longer than it may, or for which nothing is due any more.
  private(set) var overrun: Sighting?
  private(set) var breaches: [ExplorationPlan.Invariant: (at: Sighting, input: CallInput?)] = [:]
  private(set) var transitions = TransitionSet()
  private(set) var heard: UInt32 = 0
  private(set) var firstHeard: [Sighting?] = Array(repeating: nil, count: 18)
  private(set) var ended = 0
  private(set) var probe = InvariantProbe()

  private var reportedBefore = false
  private var elapsedBefore: Int32 = 0

  /// - Parameter stopsAtFirst: the first condition that is met ends the search.
  init(
    _ world: CallWorld, conditions: [ExplorationPlan.Condition], within: Milliseconds?, probes: Bool,
    stopsAtFirst: Bool = false
  ) {
    self.world = world
    self.conditions = conditions.map(CompiledCondition.init)
    self.within = within.map { Int32(clamping: $0.count) }
    self.probes = probes
    isSatisfiedByFirst = stopsAtFirst
    met = Array(repeating: nil, count: conditions.count)
  }

  var isSatisfied: Bool { isSatisfiedByFirst && met.contains { $0 != nil } }

  mutating func expand(_ index: Int, _ state: borrowing CallMoment) {
    reportedBefore = state.history.hasReported
    elapsedBefore = elapsed(state)
    if case .ended = state.call.stage { ended += 1 }
    guard probes else { return }
    let moment = copy state
    for breach in probe.breaches(moment, world.configurations[Int(state.configuration)].policy) {
      report(breach.invariant, Sighting(index: index, move: nil), breach.input)
    }
    judgeWhole(moment, index)
  }

  /// What cannot be seen of one transition alone.
  private mutating func judgeWhole(_ moment: CallMoment, _ index: Int) {
    let here = Sighting(index: index, move: nil)
    let conclusions = moment.history.conclusions
    if conclusions > 1 { report(.oneOutcome, here, nil) }
    switch moment.call.stage {
    case .idle: return
    case .ended:
      if conclusions != 1 { report(.oneRecord, here, nil) }
    case .ringing, .reachingExtension, .listening, .checkingPIN, .confirmingBlock, .closing:
      if moment.leftRunning || moment.timer == nil || moment.limit == nil { report(.oneDeadline, here, nil) }
      if moment.due == nil, overrun == nil { overrun = here }
    }
  }

  private mutating func report(_ invariant: ExplorationPlan.Invariant, _ at: Sighting, _ input: CallInput?) {
    if breaches[invariant] == nil { breaches[invariant] = (at, input) }
  }

  @inline(__always)
  private func elapsed(_ state: borrowing CallMoment) -> Int32 {
    let limit = world.limits[Int(state.configuration)]
    if let left = state.limit { return limit - left }
    // A call whose limit has passed without ending it has lasted at least as long.
    return state.call.stage == .idle ? 0 : limit
  }

  mutating func see(
    _ move: Move, from index: Int, to state: borrowing CallMoment, at reached: Int, _ seen: borrowing CallObservation
  ) {
    if !conditions.isEmpty {
      let word = CompiledCondition.word(state, reportedBefore: reportedBefore)
      for position in conditions.indices where conditions[position].holds(for: word, heard: seen.heard) {
        if met[position] == nil { met[position] = Sighting(index: index, move: move) }
      }
    }
    let lasted = elapsedBefore + seen.elapsed
    if lasted > longestLength, case .ended = state.call.stage {
      (longest, longestLength) = (Sighting(index: index, move: move), lasted)
    }
    if let within, lasted > within, overrun == nil { overrun = Sighting(index: index, move: move) }
    if seen.heard & ~heard != 0 { noteHeard(seen.heard, Sighting(index: index, move: move)) }
    if !seen.isEmpty { transitions.insert(seen.first, Sighting(index: index, move: move)) }
    if !seen.others.isEmpty {
      for code in seen.others { transitions.insert(code, Sighting(index: index, move: move)) }
    }
  }

  private mutating func noteHeard(_ messages: UInt32, _ at: Sighting) {
    for number in 0..<18 where messages & ~heard & 1 << UInt32(number) != 0 { firstHeard[number] = at }
    heard |= messages
  }
}

/// Transitions, each with where it was first taken.
struct TransitionSet {
  private(set) var first: [UInt32: Sighting] = [:]
  /// What was asked for lately, so that the dictionary is seldom asked.
  private var recent = ContiguousArray<UInt32>(repeating: .max, count: 4_096)

  @inline(__always)
  mutating func insert(_ code: UInt32, _ at: @autoclosure () -> Sighting) {
    let position = Int(truncatingIfNeeded: (code &* 0x9E37_79B1) >> 20)
    if recent[position] == code { return }
    recent[position] = code
    if first[code] == nil { first[code] = at() }
  }
}
