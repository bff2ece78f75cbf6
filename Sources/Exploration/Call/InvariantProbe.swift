import ScenarioModel
import VerificationCore

/// Hands every input there is to a state of the machine, sensible or not, and names the first promise that breaks.
///
/// The machine does not look at how much time is left, so each of its states is probed once.
struct InvariantProbe {
  private var known: Set<Probed> = []

  private struct Probed: Hashable {
    let configuration: UInt8
    let call: CallState
  }

  struct Breach: Hashable {
    let invariant: ExplorationPlan.Invariant
    let input: CallInput
  }

  /// An old ticket.
  private static let stale = Ticket(999)

  /// Every kind of fact; those of the current ticket and of an old one.
  static let inputs: [CallInput] = {
    var inputs: [CallInput] = [.dial, .answered, .remoteHungUp, .lineDropped, .cancelled, .timerFired(.callLimit)]
    inputs += CallMove.DialFault.allCases.map { .failed($0.failure) }
    inputs += Key.allCases.map { .key($0) }
    return inputs + ticketed(CallMoment.current) + staleInputs
  }()

  private static let staleInputs = ticketed(stale)

  private static func ticketed(_ ticket: Ticket) -> [CallInput] {
    let timers: [CallTimer.Kind] = [.ring, .playbackLimit, .answerGrace, .interDigit, .pinCheck, .callLimit]
    return [.finished(ticket), .pinMatched(ticket), .pinMismatched(ticket), .pinMismatchedAndLocked(ticket)]
      + timers.map { .timerFired(CallTimer($0, ticket)) }
  }

  /// States that were probed.
  var count: Int { known.count }

  /// - Returns: the promises that this state breaks; empty for one that was probed before.
  mutating func breaches(_ moment: CallMoment, _ policy: CallPolicy) -> [Breach] {
    guard known.insert(Probed(configuration: moment.configuration, call: moment.call)).inserted else { return [] }
    var found: [Breach] = []
    for input in Self.inputs {
      let transition = next(moment.call, input, at: .virtualStart, policy: policy)
      if transition.orders.isEmpty { found.append(Breach(invariant: .namedAnswers, input: input)) }
      if !Self.concludesOnce(moment.call, transition) { found.append(Breach(invariant: .oneOutcome, input: input)) }
    }
    for input in Self.staleInputs {
      let transition = next(moment.call, input, at: .virtualStart, policy: policy)
      let isNamed = transition.orders.elementsEqual([.note(.ignored(.stale))])
      if transition.state != moment.call || !isNamed { found.append(Breach(invariant: .staleIgnored, input: input)) }
    }
    return found
  }

  /// An outcome is concluded where there was none before and is one after, and nowhere else.
  private static func concludesOnce(_ before: CallState, _ transition: Transition) -> Bool {
    let concluded: [CallOutcome] = transition.orders.compactMap { order in
      if case .conclude(let outcome) = order { outcome } else { nil }
    }
    let after = transition.state.outcome
    if let known = before.outcome { return concluded.isEmpty && after == known }
    return after.map { concluded == [$0] } ?? concluded.isEmpty
  }
}
