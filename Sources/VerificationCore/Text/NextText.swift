/// The verification by text message as one pure function (SMS-1, SMS-2).
///
/// - Parameters:
///   - state: begin with `.idle` and `.begin`.
///   - now: when the input arrived; only used to set deadlines.
/// - Returns: the next state and at least one order. An input that changes nothing is named in a note.
public func next(_ state: TextState, _ input: TextInput, at now: Instant, policy: TextPolicy) -> TextTransition {
  let turn = TextTurn(state: state, input: input, now: now, policy: policy)
  switch state.stage {
  case .idle: return turn.idle()
  case .waiting(let waiting): return turn.waiting(waiting)
  case .ended: return turn.ended()
  }
}

/// The answer of a verification by text message to one input.
public struct TextTransition: Hashable, Sendable {
  public let state: TextState
  public let orders: [TextAction]
}

/// One call of `next`.
private struct TextTurn {
  let state: TextState
  let input: TextInput
  let now: Instant
  let policy: TextPolicy

  func idle() -> TextTransition {
    switch input {
    case .begin:
      let code = CodeNumber(1)
      return move(
        .waiting(TextState.Waiting(code: code)), sending(code) + [.schedule(.page, at: now + policy.pageTimeout)])
    case .entered, .resendAsked, .rejected, .replied, .cancelled: return ignore(.notBegun)
    case .timerFired: return ignore(.stale)
    }
  }

  func waiting(_ waiting: TextState.Waiting) -> TextTransition {
    switch input {
    case .entered(let entered): return entry(entered, waiting)
    case .resendAsked: return resend(waiting)
    case .rejected: return end(.carrierFailed)
    case .cancelled: return end(.cancelled)
    case .replied: return ignore(policy.isTwoWay ? .twoWayIsRetired : .twoWayIsOff)
    case .timerFired(.page): return end(.codeNotEntered)
    case .timerFired(.lifetime(waiting.code)) where !waiting.isExpired:
      var expired = waiting
      expired.isExpired = true
      return move(.waiting(expired), [.note(.codeExpired)])
    case .timerFired(.resend(waiting.code)) where !waiting.mayResend:
      var open = waiting
      open.mayResend = true
      return move(.waiting(open), [.note(.resendIsOpen)])
    case .timerFired(.lifetime), .timerFired(.resend): return ignore(.stale)
    case .begin: return ignore(.alreadyBegun)
    }
  }

  func ended() -> TextTransition {
    switch input {
    case .begin: ignore(.alreadyBegun)
    case .timerFired: ignore(.stale)
    case .entered, .resendAsked, .rejected, .cancelled: ignore(.ended)
    case .replied: ignore(policy.isTwoWay ? .twoWayIsRetired : .twoWayIsOff)
    }
  }

  private func entry(_ entered: EnteredCode, _ waiting: TextState.Waiting) -> TextTransition {
    switch entered {
    case .sent(waiting.code):
      // Expired while it was typed: refused, and no try is lost.
      if waiting.isExpired { return move(state.stage, [.note(.refused(.expired))]) }
      return end(.approved)
    case .sent: return wrong(.supersededByResend, waiting)
    case .usedBefore: return wrong(.usedBefore, waiting)
    case .wrong: return wrong(.noSuchCode, waiting)
    }
  }

  private func wrong(_ reason: PageNote.WrongCode, _ waiting: TextState.Waiting) -> TextTransition {
    var waiting = waiting
    waiting.wrongEntries += 1
    let note = TextAction.note(.wrongCode(reason, number: waiting.wrongEntries))
    guard waiting.wrongEntries < policy.tries else {
      return end(reason == .usedBefore ? .codeUsed : .codeWrong, [note])
    }
    return move(.waiting(waiting), [note])
  }

  private func resend(_ waiting: TextState.Waiting) -> TextTransition {
    guard waiting.mayResend else { return ignore(.resendTooSoon) }
    let code = waiting.code.successor
    // The tries are the verification's, not the code's: a resend gives none back.
    let renewed = TextState.Waiting(code: code, wrongEntries: waiting.wrongEntries)
    return move(.waiting(renewed), [.cancel(.lifetime(waiting.code))] + sending(code))
  }

  private func sending(_ code: CodeNumber) -> [TextAction] {
    [
      .send(code), .schedule(.lifetime(code), at: now + policy.lifetime),
      .schedule(.resend(code), at: now + policy.resendAfter),
    ]
  }

  private func end(_ outcome: Outcome, _ first: [TextAction] = []) -> TextTransition {
    move(.ended(outcome), first + [.conclude(outcome)])
  }

  private func ignore(_ reason: PageNote.Ignored) -> TextTransition { move(state.stage, [.note(.ignored(reason))]) }

  private func move(_ stage: TextState.Stage, _ orders: [TextAction]) -> TextTransition {
    TextTransition(state: TextState(stage), orders: orders)
  }
}
