// Fraud is reported from the `#` on (REPORT-2 to REPORT-4).
extension Turn {
  @inline(__always)
  func report(_ begun: consuming Transition) -> Transition {
    var move = begun
    move.order(.conclude(.fraudReported))
    move.order(.report)
    guard case .confirmingBlock = policy.reporting else { return thank(move) }
    let ticket = move.say(.fraudConfirmation, at: now)
    return move.to(.confirmingBlock(ticket, speaking: true))
  }

  @inline(__always)
  func confirmingBlock(_ ticket: Ticket, speaking: Bool) -> Transition {
    switch input {
    case .key(.one):
      var move = transition
      quieten(&move, ticket, speaking: speaking)
      move.order(.block)
      return thank(move)
    case .key(let key):
      return ignore(key.isLetter ? .letterKey : .onlyOneConfirms)
    case .finished(ticket) where speaking:
      return confirmationEnded(ticket, cut: false)
    case .timerFired(CallTimer(.playbackLimit, ticket)):
      return confirmationEnded(ticket, cut: true)
    case .timerFired(CallTimer(.answerGrace, ticket)):
      return thank(unconfirmed(transition))
    case .remoteHungUp, .lineDropped:
      var move = transition
      quieten(&move, ticket, speaking: speaking)
      return unconfirmed(move).to(.ended(.fraudReported))
    case .cancelled: return ignore(.afterOutcome)
    case .dial, .answered, .failed, .finished, .timerFired, .pinMatched, .pinMismatched, .pinMismatchedAndLocked:
      return ignoreUnexpected()
    }
  }

  func quieten(_ move: inout Transition, _ ticket: Ticket, speaking: Bool) {
    if speaking { move.silence(ticket) } else { move.order(.cancel(CallTimer(.answerGrace, ticket))) }
  }

  @inline(__always)
  private func confirmationEnded(_ ticket: Ticket, cut: Bool) -> Transition {
    var move = transition
    move.order(cut ? .stop(ticket) : .cancel(CallTimer(.playbackLimit, ticket)))
    guard !cut, policy.answerGrace > .zero else { return thank(unconfirmed(move)) }
    let grace = move.wait(.answerGrace, until: now + policy.answerGrace)
    return move.to(.confirmingBlock(grace, speaking: false))
  }

  @inline(__always)
  func unconfirmed(_ begun: consuming Transition) -> Transition {
    var move = begun
    if policy.reporting == .confirmingBlock(blocksUnconfirmed: true) { move.order(.block) }
    return move
  }

  @inline(__always)
  private func thank(_ begun: consuming Transition) -> Transition {
    var move = begun
    let ticket = move.say(.fraudReported, at: now)
    return move.to(.closing(.fraudReported, ticket))
  }
}
