extension Turn {
  @inline(__always)
  func idle() -> Transition {
    switch input {
    case .dial:
      var move = transition
      move.order(.dial)
      let ticket = move.wait(.ring, until: now + policy.ringTimeout)
      move.order(.schedule(at: now + policy.limit, .callLimit))
      return move.to(.ringing(ticket))
    case .key: return ignore(.beforeFirstMessage)
    case .finished, .timerFired, .pinMatched, .pinMismatched, .pinMismatchedAndLocked: return ignore(.stale)
    case .answered, .failed, .remoteHungUp, .lineDropped, .cancelled: return ignore(.notDialled)
    }
  }

  @inline(__always)
  func ringing(_ ticket: Ticket) -> Transition {
    let ring = CallTimer(.ring, ticket)
    switch input {
    case .answered:
      var move = transition
      move.order(.cancel(ring))
      return policy.route == .direct ? greet(move) : introduceExtension(move)
    case .failed(let failure):
      return end(failure.outcome, hangingUp: false) { $0.order(.cancel(ring)) }
    case .lineDropped:
      return end(.carrierFailed, hangingUp: false) { $0.order(.cancel(ring)) }
    case .timerFired(ring):
      return end(.noAnswer, hangingUp: false) { $0.order(.abandon) }
    case .cancelled:
      return end(.cancelled, hangingUp: false) {
        $0.order(.cancel(ring))
        $0.order(.abandon)
      }
    case .key: return ignore(.beforeFirstMessage)
    case .remoteHungUp: return ignore(.notAnswered)  // declining a call is .failed(.rejected)
    case .dial, .finished, .timerFired, .pinMatched, .pinMismatched, .pinMismatchedAndLocked:
      return ignoreUnexpected()
    }
  }

  @inline(__always)
  func greet(_ begun: consuming Transition) -> Transition {
    var move = begun
    let greeting = policy.greeting
    let ticket = move.say(greeting, at: now)
    return move.to(.listening(.message(greeting, ticket), wrongEntries: 0))
  }
}
