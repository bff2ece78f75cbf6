/// One transition that the machine of a call made: where it stood, what came, and what it answered.
public struct CallStep: Hashable, Sendable {
  /// Whose machine; nil where it is nobody's.
  public let call: CallID?
  public let state: CallState
  public let input: CallInput
  public let transition: Transition

  public init(call: CallID? = nil, state: CallState, input: CallInput, transition: Transition) {
    self.call = call
    self.state = state
    self.input = input
    self.transition = transition
  }
}
