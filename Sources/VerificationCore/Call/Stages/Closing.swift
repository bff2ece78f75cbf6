// After the outcome: a last message, then nothing (CALL-14, CALL-15).
extension Turn {
  @inline(__always)
  func close(_ outcome: CallOutcome, saying message: MessageType, _ begun: consuming Transition) -> Transition {
    var move = begun
    move.order(.conclude(outcome))
    let ticket = move.say(message, at: now)
    return move.to(.closing(outcome, ticket))
  }

  @inline(__always)
  func closing(_ outcome: CallOutcome, _ ticket: Ticket) -> Transition {
    var move = transition
    switch input {
    case .finished(ticket):
      move.order(.cancel(CallTimer(.playbackLimit, ticket)))
      move.order(.hangUp)
      return move.to(.ended(outcome))
    case .timerFired(CallTimer(.playbackLimit, ticket)):
      move.order(.stop(ticket))
      move.order(.hangUp)
      return move.to(.ended(outcome))
    case .remoteHungUp, .lineDropped:
      move.silence(ticket)
      return move.to(.ended(outcome))
    case .key, .cancelled: return ignore(.afterOutcome)
    case .dial, .answered, .failed, .finished, .timerFired, .pinMatched, .pinMismatched, .pinMismatchedAndLocked:
      return ignoreUnexpected()
    }
  }

  @inline(__always)
  func ended() -> Transition {
    switch input {
    case .key: ignore(.afterOutcome)
    case .dial, .answered, .failed, .remoteHungUp, .lineDropped, .cancelled: ignore(.ended)
    case .finished, .timerFired, .pinMatched, .pinMismatched, .pinMismatchedAndLocked: ignore(.stale)
    }
  }
}
