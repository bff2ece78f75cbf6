public import VerificationCore

extension Diagram {
  /// The verification by the app, a code, a security key or a pass: every state that the machine itself reaches for any of
  /// them, and what leads there (TEN-2, REC-2).
  public static var challenge: Diagram {
    var (places, edges): ([String], EdgeList) = ([], EdgeList())
    for kind in ChallengeWalk.kinds {
      var walk = ChallengeWalk(kind)
      while let state = walk.next() {
        if !places.contains(state.place) { places.append(state.place) }
        for input in walk.inputs {
          let after = VerificationCore.next(state, input, at: .virtualStart, policy: walk.policy)
          guard !after.isIgnored else { continue }
          walk.meet(after.state)
          let outcome = after.state.outcome.map { " → \($0.rawValue)" }
          edges.add(input.words + (outcome ?? ""), from: state.place, to: after.state.place)
        }
      }
    }
    return Diagram(
      name: "challenge",
      nodes: places.map { Node($0, ChallengeState.labels[$0] ?? $0, $0 == "ended" ? .end : .step) }, edges: edges.edges)
  }
}

/// The states of the machine in the order in which they are met, for one kind of challenge.
private struct ChallengeWalk {
  static let kinds: [ChallengePolicy.Kind] = [
    .app(matchesNumber: true), .app(matchesNumber: false), .code, .passkey, .pass,
  ]

  /// Everything that can reach such a verification; where no number is asked for, none is wrong.
  var inputs: [ChallengeInput] {
    policy.kind == .app(matchesNumber: false)
      ? Self.inputs.filter { $0 != .device(.approved(numberMatches: false)) } : Self.inputs
  }

  private static let inputs: [ChallengeInput] = [
    .begin, .entered(.right), .entered(.wrong), .entered(.usedBefore), .entered(.ofOldSecret), .entered(.expired),
    .device(.approved(numberMatches: true)), .device(.approved(numberMatches: false)), .device(.declined),
    .device(.reported), .passkey(isApproved: true), .passkey(isApproved: false), .cancelled, .timedOut,
  ]

  let policy: ChallengePolicy
  private var met: [ChallengeState] = [.idle]
  private var position = 0

  /// With two tries, so that a wrong entry and the last wrong entry differ.
  init(_ kind: ChallengePolicy.Kind) { policy = ChallengePolicy(kind, tries: 2) }

  mutating func next() -> ChallengeState? {
    guard position < met.count else { return nil }
    position += 1
    return met[position - 1]
  }

  mutating func meet(_ state: ChallengeState) {
    if !met.contains(state) { met.append(state) }
  }
}

extension ChallengeState {
  /// Where it stands, without counting wrong entries.
  public var place: String {
    switch self {
    case .idle: "idle"
    case .waiting: "waiting"
    case .ended: "ended"
    }
  }

  fileprivate static let labels = ["idle": "idle", "waiting": "waiting for an answer", "ended": "ended"]
}

extension ChallengeTransition {
  fileprivate var isIgnored: Bool {
    orders.allSatisfy { order in
      if case .note(.ignored) = order { true } else { false }
    }
  }
}

extension ChallengeInput {
  /// For a person.
  fileprivate var words: String {
    switch self {
    case .begin: "sign-in"
    case .entered(.right): "right entry"
    case .entered(.wrong): "wrong entry"
    case .entered(.usedBefore): "used entry"
    case .entered(.ofOldSecret): "entry of an old registration"
    case .entered(.expired): "expired pass"
    case .device(.approved(numberMatches: true)): "app approves"
    case .device(.approved(numberMatches: false)): "app approves with a wrong number"
    case .device(.declined): "app declines"
    case .device(.reported): "app reports fraud"
    case .passkey(isApproved: true): "security key touched"
    case .passkey(isApproved: false): "security key declined"
    case .cancelled: "cancel"
    case .timedOut: "time over"
    }
  }
}
