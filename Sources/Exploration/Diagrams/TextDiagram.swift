public import VerificationCore

extension Diagram {
  /// The verification by text message: every state that the machine itself reaches, and what leads there (SMS-1).
  public static var sms: Diagram {
    var (walk, edges) = (TextWalk(), EdgeList())
    while let state = walk.next() {
      for input in TextWalk.inputs(state) {
        let after = VerificationCore.next(state, input, at: .virtualStart, policy: TextWalk.policy)
        walk.meet(after.state)
        guard !after.isIgnored, let label = input.words else { continue }
        let answer = after.state.outcome?.rawValue ?? (after.isRefused ? "refused" : nil)
        edges.add(label + (answer.map { " → \($0)" } ?? ""), from: state.place, to: after.state.place)
      }
    }
    let nodes = walk.met.map(\.place).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return Diagram(
      name: "sms",
      nodes: nodes.map { Node($0, TextState.labels[$0] ?? $0, $0 == "ended" ? .end : .step) }, edges: edges.edges)
  }
}

/// The states of the machine in the order in which they are met.
private struct TextWalk {
  /// Two tries, so that a wrong code and the last wrong code differ.
  static let policy = TextPolicy(tries: 2)

  private(set) var met: [TextState] = [.idle]
  private var position = 0

  mutating func next() -> TextState? {
    guard position < met.count else { return nil }
    position += 1
    return met[position - 1]
  }

  /// The third code behaves as the second does.
  mutating func meet(_ state: TextState) {
    if case .waiting(let waiting) = state.stage, waiting.code > CodeNumber(2) { return }
    if !met.contains(state) { met.append(state) }
  }

  /// Everything that can reach a verification by text message, with the current code and an old one.
  static func inputs(_ state: TextState) -> [TextInput] {
    var current = CodeNumber(1)
    if case .waiting(let waiting) = state.stage { current = waiting.code }
    return [
      .begin, .timerFired(.resend(current)), .resendAsked, .timerFired(.lifetime(current)), .entered(.sent(current)),
      .entered(.wrong), .entered(.usedBefore), .cancelled, .rejected, .timerFired(.page), .replied,
    ]
  }
}

extension TextState {
  /// Where it stands, without counting codes and wrong entries.
  public var place: String {
    switch stage {
    case .idle: "idle"
    case .waiting(let waiting): waiting.isExpired ? "expired" : waiting.mayResend ? "resendOpen" : "codeSent"
    case .ended: "ended"
    }
  }

  fileprivate static let labels = [
    "idle": "idle", "codeSent": "code sent", "resendOpen": "code sent, another may be asked for",
    "expired": "code expired", "ended": "ended",
  ]
}

extension TextTransition {
  fileprivate var isRefused: Bool {
    orders.contains { order in
      if case .note(.refused) = order { true } else { false }
    }
  }

  fileprivate var isIgnored: Bool {
    orders.allSatisfy { order in
      if case .note(.ignored) = order { true } else { false }
    }
  }
}

extension TextInput {
  /// For a person; nil for what no diagram shows.
  fileprivate var words: String? {
    switch self {
    case .begin: "sign-in"
    case .entered(.sent): "right code"
    case .entered(.wrong): "wrong code"
    case .entered(.usedBefore): "used code"
    case .resendAsked: "resend"
    case .rejected: "carrier rejects"
    case .cancelled: "cancel"
    case .timerFired(.lifetime): "lifetime over"
    case .timerFired(.resend): "pause over"
    case .timerFired(.page): "page gives up"
    case .replied: nil
    }
  }
}
