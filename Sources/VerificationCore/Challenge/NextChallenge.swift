/// A verification by the app, a code, a security key or a pass, as one pure function.
///
/// - Parameters:
///   - state: begin with `.idle` and `.begin`.
///   - now: when the input arrived; only used to set the deadline.
/// - Returns: the next state and at least one order. An input that changes nothing is named in a note.
public func next(
  _ state: ChallengeState, _ input: ChallengeInput, at now: Instant, policy: ChallengePolicy
) -> ChallengeTransition {
  let turn = ChallengeTurn(state: state, now: now, policy: policy)
  switch (state, input) {
  case (.idle, .begin):
    return ChallengeTransition(
      state: .waiting(wrongEntries: 0), orders: [.ask, .schedule(at: now + policy.timeout)])
  case (.idle, .timedOut), (.ended, .timedOut): return turn.ignore(.stale)
  case (.idle, .entered), (.idle, .device), (.idle, .passkey), (.idle, .cancelled): return turn.ignore(.notBegun)
  case (.waiting, .begin), (.ended, .begin): return turn.ignore(.alreadyBegun)
  case (.waiting(let wrongEntries), .entered(let entered)): return turn.entry(entered, wrongEntries)
  case (.waiting, .device(let answer)): return turn.device(answer)
  case (.waiting, .passkey(let isApproved)): return turn.passkey(isApproved: isApproved)
  case (.waiting, .cancelled): return turn.end(.cancelled)
  case (.waiting, .timedOut): return turn.timeOut()
  case (.ended, .device): return turn.ignore(.answeredElsewhere)  // the first answer wins
  case (.ended, .entered), (.ended, .passkey), (.ended, .cancelled): return turn.ignore(.ended)
  }
}

/// The answer of such a verification to one input.
public struct ChallengeTransition: Hashable, Sendable {
  public let state: ChallengeState
  public let orders: [ChallengeAction]
}

/// One call of `next`.
private struct ChallengeTurn {
  let state: ChallengeState
  let now: Instant
  let policy: ChallengePolicy

  func entry(_ entered: EnteredSecret, _ wrongEntries: UInt8) -> ChallengeTransition {
    switch policy.kind {
    case .app, .passkey: return ignore(.notAsked)
    case .code, .pass: break
    }
    switch entered {
    case .right: return end(.approved)
    case .wrong: return wrong(.noSuchCode, wrongEntries)
    case .usedBefore: return wrong(.usedBefore, wrongEntries)
    case .ofOldSecret: return wrong(.ofOldSecret, wrongEntries)
    case .expired: return wrong(.expiredPass, wrongEntries)
    }
  }

  func device(_ answer: DeviceAnswer) -> ChallengeTransition {
    switch (policy.kind, answer) {
    case (.code, _), (.pass, _), (.passkey, _): ignore(.notAsked)
    case (.app(matchesNumber: true), .approved(numberMatches: false)): end(.appDeclined)
    case (.app, .approved): end(.approved)
    case (.app, .declined): end(.appDeclined)
    case (.app, .reported): end(.appReportedFraud, [.report])
    }
  }

  func passkey(isApproved: Bool) -> ChallengeTransition {
    switch policy.kind {
    case .app, .code, .pass: ignore(.notAsked)
    case .passkey: end(isApproved ? .approved : .cancelled)
    }
  }

  func timeOut() -> ChallengeTransition {
    switch policy.kind {
    case .app: end(.appNotAnswered)
    case .code, .pass: end(.codeNotEntered)
    case .passkey: end(.cancelled)
    }
  }

  private func wrong(_ reason: PageNote.WrongCode, _ wrongEntries: UInt8) -> ChallengeTransition {
    let number = wrongEntries + 1
    let note = ChallengeAction.note(.wrongCode(reason, number: number))
    guard number < policy.tries else {
      return ChallengeTransition(
        state: .ended(reason == .usedBefore ? .codeUsed : .codeWrong),
        orders: [note, .cancelTimer, .conclude(reason == .usedBefore ? .codeUsed : .codeWrong)])
    }
    return ChallengeTransition(state: .waiting(wrongEntries: number), orders: [note])
  }

  func end(_ outcome: Outcome, _ then: [ChallengeAction] = []) -> ChallengeTransition {
    ChallengeTransition(state: .ended(outcome), orders: [.cancelTimer, .conclude(outcome)] + then)
  }

  func ignore(_ reason: PageNote.Ignored) -> ChallengeTransition {
    ChallengeTransition(state: state, orders: [.note(.ignored(reason))])
  }
}
