// The entry is with the check outside (CALL-8).
extension Turn {
  @inline(__always)
  func checkingPIN(_ ticket: Ticket, _ wrongEntries: UInt8) -> Transition {
    let limit = CallTimer(.pinCheck, ticket)
    if let interruption = interrupted({ $0.order(.cancel(limit)) }) { return interruption }
    var move = transition
    move.order(.cancel(limit))
    switch input {
    case .pinMatched(ticket):
      return approve(move)
    case .pinMismatched(ticket):
      return wrong(.wrongPIN, move, wrongEntries)
    case .pinMismatchedAndLocked(ticket):
      move.order(.note(.wrongEntry(.wrongPIN, number: wrongEntries + 1)))
      return close(.denied, saying: .authenticationDenied, move)
    case .timerFired(limit):
      return close(.carrierFailed, saying: .authenticationDenied, transition)
    case .key(let key):
      return ignore(key.isLetter ? .letterKey : .whileCheckingPIN)
    case .dial, .answered, .failed, .remoteHungUp, .lineDropped, .cancelled, .finished, .timerFired, .pinMatched,
      .pinMismatched, .pinMismatchedAndLocked:
      return ignoreUnexpected()
    }
  }
}
