// From the line that answered to the person behind it (EXT-2 to EXT-4).
extension Turn {
  @inline(__always)
  func introduceExtension(_ begun: consuming Transition) -> Transition {
    var move = begun
    let ticket = move.say(.extensionPromptBeforeDigits, at: now)
    return move.to(.reachingExtension(.introducing, ticket))
  }

  @inline(__always)
  func reachingExtension(_ step: CallState.ExtensionStep, _ ticket: Ticket) -> Transition {
    if let interruption = interrupted({ quieten(&$0, step, ticket) }) { return interruption }
    switch input {
    case .key(let key): return extensionKey(key, step, ticket)
    case .finished(ticket): return extensionStepEnded(step, ticket, cut: false)
    case .timerFired(CallTimer(.playbackLimit, ticket)): return extensionStepEnded(step, ticket, cut: true)
    case .timerFired(CallTimer(.answerGrace, ticket)): return end(.noInput, hangingUp: true)
    case .dial, .answered, .failed, .remoteHungUp, .lineDropped, .cancelled, .finished, .timerFired, .pinMatched,
      .pinMismatched, .pinMismatchedAndLocked:
      return ignoreUnexpected()
    }
  }

  func quieten(_ move: inout Transition, _ step: CallState.ExtensionStep, _ ticket: Ticket) {
    if step == .waiting(speaking: false) {
      move.order(.cancel(CallTimer(.answerGrace, ticket)))
    } else {
      move.silence(ticket)
    }
  }

  @inline(__always)
  private func extensionKey(_ key: Key, _ step: CallState.ExtensionStep, _ ticket: Ticket) -> Transition {
    if key.isLetter { return ignore(.letterKey) }
    guard case .waiting = step else { return ignore(.whileReachingExtension) }
    guard key == .pound else { return ignore(.onlyPoundCounts) }
    var move = transition
    quieten(&move, step, ticket)
    return greet(move)
  }

  @inline(__always)
  private func extensionStepEnded(_ step: CallState.ExtensionStep, _ ticket: Ticket, cut: Bool) -> Transition {
    var move = transition
    move.order(cut ? .stop(ticket) : .cancel(CallTimer(.playbackLimit, ticket)))
    switch step {
    case .introducing:
      let next = move.sound(limit: CallPolicy.extensionLimit, at: now) { .speakExtension($0) }
      return move.to(.reachingExtension(.speakingDigits, next))
    case .speakingDigits where policy.route == .extensionTones:
      let next = move.sound(limit: CallPolicy.extensionLimit, at: now) { .sendExtension($0) }
      return move.to(.reachingExtension(.sendingTones, next))
    case .speakingDigits:
      return askForPound(move, .extensionPrompt)
    case .sendingTones:
      return askForPound(move, .extensionPromptAfterDigits)
    case .waiting:
      guard !cut, policy.answerGrace > .zero else {
        move.order(.conclude(.noInput))
        move.order(.hangUp)
        return move.to(.ended(.noInput))
      }
      let grace = move.wait(.answerGrace, until: now + policy.answerGrace)
      return move.to(.reachingExtension(.waiting(speaking: false), grace))
    }
  }

  @inline(__always)
  private func askForPound(_ begun: consuming Transition, _ prompt: MessageType) -> Transition {
    var move = begun
    let ticket = move.say(prompt, at: now)
    return move.to(.reachingExtension(.waiting(speaking: true), ticket))
  }
}
