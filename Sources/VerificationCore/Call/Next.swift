/// The voice call as one pure function: what a call does with an input.
///
/// Every front runs it: scenarios in virtual time, live calls, the explorer.
///
/// - Parameters:
///   - state: where the call stands; begin with `.idle` and `.dial`.
///   - now: when the input arrived; only used to set deadlines.
/// - Returns: the next state and 1 to 6 orders. An input that changes nothing is named in a note.
public func next(_ state: CallState, _ input: CallInput, at now: Instant, policy: CallPolicy) -> Transition {
  let turn = Turn(state: state, input: input, now: now, policy: policy)
  if case .timerFired(.callLimit) = input { return turn.limitReached() }
  switch state.stage {
  case .idle: return turn.idle()
  case .ringing(let ticket): return turn.ringing(ticket)
  case .reachingExtension(let step, let ticket): return turn.reachingExtension(step, ticket)
  case .listening(let attention, let wrongEntries): return turn.listening(attention, wrongEntries)
  case .checkingPIN(let ticket, let wrongEntries): return turn.checkingPIN(ticket, wrongEntries)
  case .confirmingBlock(let ticket, let speaking): return turn.confirmingBlock(ticket, speaking: speaking)
  case .closing(let outcome, let ticket): return turn.closing(outcome, ticket)
  case .ended: return turn.ended()
  }
}

/// One call of `next`. The stages are its extensions, a file each.
struct Turn {
  let state: CallState
  let input: CallInput
  let now: Instant
  let policy: CallPolicy

  var transition: Transition { Transition(from: state) }

  @inline(__always)
  func ignore(_ reason: CallNote.Ignored) -> Transition {
    var stay = transition
    stay.order(.note(.ignored(reason)))
    return stay
  }

  /// Facts that no stage but one expects, by name.
  @inline(__always)
  func ignoreUnexpected() -> Transition {
    switch input {
    case .dial: ignore(.alreadyDialled)
    case .answered, .failed: ignore(.alreadyAnswered)
    case .finished, .timerFired, .pinMatched, .pinMismatched, .pinMismatchedAndLocked: ignore(.stale)
    case .key, .remoteHungUp, .lineDropped, .cancelled: ignore(.afterOutcome)
    }
  }

  /// Ends the call without a last message.
  @inline(__always)
  func end(_ outcome: CallOutcome, hangingUp: Bool, _ prepare: (inout Transition) -> Void = { _ in }) -> Transition {
    var move = transition
    prepare(&move)
    move.order(.conclude(outcome))
    if hangingUp { move.order(.hangUp) }
    return move.to(.ended(outcome))
  }

  /// What hang-up, a dropped line and a cancelled sign-in do in an answered call without outcome (CALL-14).
  ///
  /// - Returns: nil for every other input.
  @inline(__always)
  func interrupted(_ quieten: (inout Transition) -> Void) -> Transition? {
    switch input {
    case .remoteHungUp: end(.userHungUp, hangingUp: false, quieten)
    case .lineDropped: end(.carrierFailed, hangingUp: false, quieten)
    case .cancelled: end(.cancelled, hangingUp: true, quieten)
    case .dial, .answered, .failed, .key, .finished, .timerFired, .pinMatched, .pinMismatched,
      .pinMismatchedAndLocked:
      nil
    }
  }
}
