/// One transition that the machine of a call made: where it stood, what came, and what it answered.
public struct CallStep: Hashable, Sendable {
  public let state: CallState
  public let input: CallInput
  public let transition: Transition

  public init(state: CallState, input: CallInput, transition: Transition) {
    self.state = state
    self.input = input
    self.transition = transition
  }
}
