import ScenarioModel
import Simulation
import VerificationCore

/// Watches a search over scenes: judges the properties, and notes what was reached.
struct SceneOnlooker: Visitor {
  typealias Explored = SceneWorld

  private let properties: [SceneProperty]
  private let steps: [SceneStep]
  /// For each property where it was broken or, if it is about what is possible, where it was met.
  private(set) var decided: [Sighting?]
  private(set) var outcomes: [Outcome: Int] = [:]
  private(set) var messages: Set<MessageType> = []
  /// Steps that were done at least once.
  private(set) var done: Set<Int> = []
  private var before: SceneWorld.Scene?

  init(_ properties: [SceneProperty], steps: [SceneStep]) {
    self.properties = properties
    self.steps = steps
    decided = Array(repeating: nil, count: properties.count)
  }

  var isSatisfied: Bool { false }

  mutating func expand(_ index: Int, _ state: borrowing SceneWorld.Scene) {
    before = copy state
    let standing = SceneWorld.standing(of: state.stage.upn, state)
    for (position, property) in properties.enumerated() where decided[position] == nil {
      if property.isMet(by: standing) { decided[position] = Sighting(index: index, move: nil) }
      if case .alwaysEnds(let within) = property, !state.stage.everythingEnds(within: within) {
        decided[position] = Sighting(index: index, move: nil)
      }
      if property == .always(.oneVerification), !state.stage.board.service.hasOneVerificationEach {
        decided[position] = Sighting(index: index, move: nil)
      }
    }
  }

  mutating func see(
    _ move: Move, from index: Int, to state: borrowing SceneWorld.Scene, at reached: Int,
    _ seen: borrowing SceneWorld.Seen
  ) {
    guard let journal = seen.journal else { return }
    done.insert(Int(move.code))
    let facts = Facts(journal, seen.reportedBefore)
    for outcome in facts.outcomes { outcomes[outcome, default: 0] += 1 }
    messages.formUnion(facts.messages)
    for (position, property) in properties.enumerated() where decided[position] == nil {
      if isDecided(property, facts, copy seen, move) { decided[position] = Sighting(index: index, move: move) }
    }
  }

  private func isDecided(
    _ property: SceneProperty, _ facts: Facts, _ seen: SceneWorld.Seen, _ move: Move
  ) -> Bool {
    switch property {
    case .never(let condition), .possible(let condition): !condition.isOfStates && condition.holds(facts, seen)
    case .always(.oneRecord): facts.records != facts.outcomes.count
    case .always(.oneOutcome): !facts.concludesOnce(seen.concludedBefore)
    case .always(.namedAnswers): facts.isSilent && !steps[Int(move.code)].mayBeSilent
    case .always(.oneVerification), .alwaysEnds: false  // judged of states
    }
  }

  /// What the journal of one step holds.
  struct Facts {
    var outcomes: [Outcome] = []
    var concluded: [CallID: Int] = [:]
    var messages: Set<MessageType> = []
    var records = 0
    var isDialled = false
    var isTexted = false
    var asked: Set<Method> = []
    var approvedAfterReport = false
    var isSilent: Bool

    init(_ journal: [JournalEntry], _ reportedBefore: Set<CallID>) {
      isSilent = journal.isEmpty
      for entry in journal {
        switch entry.fact {
        case .concluded(let outcome):
          outcomes.append(outcome)
          if let call = entry.call {
            concluded[call, default: 0] += 1
            if reportedBefore.contains(call) { approvedAfterReport = true }
          }
        case .signInDecided(_, let outcome): outcomes.append(outcome)
        case .started(let recording, _): messages.insert(recording.message)
        case .tenant(.signInRecorded): records += 1
        case .dialling: isDialled = true
        case .textSent: isTexted = true
        case .asking(_, let method): asked.insert(method)
        default: continue  // nothing that a property asks for
        }
      }
    }

    func concludesOnce(_ before: Set<CallID>) -> Bool {
      concluded.allSatisfy { $0.value == 1 && !before.contains($0.key) }
    }
  }
}

extension SceneCondition {
  /// Whether it says nothing of a step, only how the user stands.
  var isOfStates: Bool {
    var rest = self
    (rest.isBlocked, rest.isLocked, rest.isAtRisk, rest.isEnabled, rest.mustRegister) = (nil, nil, nil, nil, nil)
    return rest == SceneCondition()
  }

  func agrees(with standing: SceneWorld.UserStanding) -> Bool {
    if let isBlocked, isBlocked != standing.isBlocked { return false }
    if let isLocked, isLocked != standing.isLocked { return false }
    if let isAtRisk, isAtRisk != standing.isAtRisk { return false }
    if let isEnabled, isEnabled != standing.isEnabled { return false }
    if let mustRegister, mustRegister != standing.mustRegister { return false }
    return true
  }

  func holds(_ facts: SceneOnlooker.Facts, _ seen: SceneWorld.Seen) -> Bool {
    if let result, !facts.outcomes.contains(result) { return false }
    if let by, by != seen.proof { return false }
    if let afterReport, afterReport != facts.approvedAfterReport { return false }
    if let hear, !facts.messages.contains(hear) { return false }
    if let begins, begins != (facts.isDialled || !facts.asked.isEmpty) { return false }
    if let isDialled, isDialled != facts.isDialled { return false }
    if let isTexted, isTexted != facts.isTexted { return false }
    if let asked, !facts.asked.contains(asked) { return false }
    if !agrees(with: seen.before) { return false }
    if let records, records != facts.records { return false }
    return true
  }
}

extension SceneStep {
  /// Time may pass, faults may begin and settings may change without a line.
  fileprivate var mayBeSilent: Bool {
    switch step.verb {
    case .wait, .waitForNext, .fault, .set, .restore: true
    case .signIn, .cancelSignIn, .answer, .press, .hangUp, .hear, .silence, .text, .noText, .enter, .resend, .reply,
      .app, .passkey, .register, .changePassword, .admin, .expect, .skipped:
      false
    }
  }
}

extension VerificationService {
  fileprivate var hasOneVerificationEach: Bool {
    var upns = calls.filter { $0.state.outcome == nil }.map(\.request.upn)
    upns += pages.filter { $0.state.outcome == nil }.map(\.request.upn)
    return Set(upns).count == upns.count
  }
}

extension SceneProperty {
  /// What asks only how the user stands is asked of every state, the last of a run too.
  fileprivate func isMet(by standing: SceneWorld.UserStanding) -> Bool {
    switch self {
    case .never(let condition), .possible(let condition): condition.isOfStates && condition.agrees(with: standing)
    case .alwaysEnds, .always: false
    }
  }
}
