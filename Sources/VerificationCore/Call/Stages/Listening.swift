// The prompts that wait for an entry, and the entry itself (CALL-5 to CALL-13).
extension Turn {
  @inline(__always)
  func listening(_ attention: CallState.Attention, _ wrongEntries: UInt8) -> Transition {
    if let interruption = interrupted({ quieten(&$0, attention) }) { return interruption }
    let ticket = attention.ticket
    switch (input, attention) {
    case (.key(let key), _):
      return entryKey(key, attention, wrongEntries)
    case (.finished(ticket), .message(let message, _)):
      return promptEnded(message, ticket, wrongEntries, cut: false)
    case (.timerFired(CallTimer(.playbackLimit, ticket)), .message(let message, _)):
      return promptEnded(message, ticket, wrongEntries, cut: true)
    case (.timerFired(CallTimer(.answerGrace, ticket)), .grace):
      return end(.noInput, hangingUp: true)
    case (.timerFired(CallTimer(.interDigit, ticket)), .digits):
      return end(.poundNotPressed, hangingUp: true)
    case (.dial, _), (.answered, _), (.failed, _), (.remoteHungUp, _), (.lineDropped, _), (.cancelled, _),
      (.finished, _), (.timerFired, _), (.pinMatched, _), (.pinMismatched, _), (.pinMismatchedAndLocked, _):
      return ignoreUnexpected()
    }
  }

  func quieten(_ move: inout Transition, _ attention: CallState.Attention) {
    switch attention {
    case .message(_, let ticket): move.silence(ticket)
    case .grace(let ticket): move.order(.cancel(CallTimer(.answerGrace, ticket)))
    case .digits(_, let ticket): move.order(.cancel(CallTimer(.interDigit, ticket)))
    }
  }

  @inline(__always)
  private func entryKey(_ key: Key, _ attention: CallState.Attention, _ wrongEntries: UInt8) -> Transition {
    if key.isLetter { return ignore(.letterKey) }
    if key == .pound, case .message(.authenticationDeniedRetry, _) = attention { return ignore(.poundTwice) }
    var entry = KeyEntry()
    if case .digits(let gathered, _) = attention { entry = gathered }
    var move = transition
    quieten(&move, attention)
    if key == .pound { return send(entry, move, wrongEntries) }
    guard !entry.isFull else { return wrong(.tooLong, move, wrongEntries) }
    entry.append(key)
    let ticket = move.wait(.interDigit, until: now + policy.interDigit)
    return move.to(.listening(.digits(entry, ticket), wrongEntries: wrongEntries))
  }

  @inline(__always)
  private func promptEnded(_ message: MessageType, _ ticket: Ticket, _ wrongEntries: UInt8, cut: Bool) -> Transition {
    var move = transition
    move.order(cut ? .stop(ticket) : .cancel(CallTimer(.playbackLimit, ticket)))
    if message == .authenticationDeniedRetry {
      let retry = policy.retry
      let next = move.say(retry, at: now)
      return move.to(.listening(.message(retry, next), wrongEntries: wrongEntries))
    }
    // A prompt that was cut has had its time (CALL-13): no grace on top.
    guard !cut, policy.answerGrace > .zero else {
      move.order(.conclude(.noInput))
      move.order(.hangUp)
      return move.to(.ended(.noInput))
    }
    let grace = move.wait(.answerGrace, until: now + policy.answerGrace)
    return move.to(.listening(.grace(grace), wrongEntries: wrongEntries))
  }

  @inline(__always)
  private func send(_ entry: KeyEntry, _ move: consuming Transition, _ wrongEntries: UInt8) -> Transition {
    // In doubt the report wins over a PIN of the same digits (CALL-9).
    if policy.reportCode.matches(entry) {
      switch (policy.purpose, policy.reporting) {
      case (.registration, _): return wrong(.reportCodeInRegistration, move, wrongEntries)
      case (.signIn, .off): return wrong(.reportingIsOff, move, wrongEntries)
      case (.signIn, .atOnce), (.signIn, .confirmingBlock): return report(move)
      }
    }
    switch policy.credential {
    case .pound: return entry.isEmpty ? approve(move) : wrong(.notAsked, move, wrongEntries)
    case .pin: return check(entry, move, wrongEntries)
    }
  }

  @inline(__always)
  private func check(_ entry: KeyEntry, _ begun: consuming Transition, _ wrongEntries: UInt8) -> Transition {
    if entry.isEmpty { return wrong(.empty, begun, wrongEntries) }
    guard entry.isAllDigits else { return wrong(.notDigits, begun, wrongEntries) }
    var move = begun
    let ticket = move.wait(.pinCheck, until: now + CallPolicy.pinCheckLimit)
    move.order(.verifyPIN(entry, ticket))
    return move.to(.checkingPIN(ticket, wrongEntries: wrongEntries))
  }

  @inline(__always)
  func approve(_ begun: consuming Transition) -> Transition {
    close(.approved, saying: .authenticationSuccessful, begun)
  }

  @inline(__always)
  func wrong(_ reason: CallNote.WrongEntry, _ begun: consuming Transition, _ wrongEntries: UInt8) -> Transition {
    var move = begun
    let number = wrongEntries + 1
    move.order(.note(.wrongEntry(reason, number: number)))
    guard number < policy.maxAttempts else {
      return close(.denied, saying: .authenticationDenied, move)
    }
    let ticket = move.say(.authenticationDeniedRetry, at: now)
    return move.to(.listening(.message(.authenticationDeniedRetry, ticket), wrongEntries: number))
  }
}
