// The whole call has lasted long enough (CALL-19).
extension Turn {
  @inline(__always)
  func limitReached() -> Transition {
    switch state.stage {
    case .idle, .ended: ignore(.stale)
    case .ringing(let ticket):
      end(.noAnswer, hangingUp: false) {
        $0.order(.cancel(CallTimer(.ring, ticket)))
        $0.order(.abandon)
      }
    case .reachingExtension(let step, let ticket):
      end(.noInput, hangingUp: true) { quieten(&$0, step, ticket) }
    case .listening(.digits(let entry, let ticket), _):
      end(.poundNotPressed, hangingUp: true) { quieten(&$0, .digits(entry, ticket)) }
    case .listening(let attention, _):
      end(.noInput, hangingUp: true) { quieten(&$0, attention) }
    case .checkingPIN(let ticket, _):
      end(.carrierFailed, hangingUp: true) { $0.order(.cancel(CallTimer(.pinCheck, ticket))) }
    case .confirmingBlock(let ticket, let speaking):
      hangUp(.fraudReported) {
        quieten(&$0, ticket, speaking: speaking)
        $0 = unconfirmed($0)
      }
    case .closing(let outcome, let ticket):
      hangUp(outcome) { $0.silence(ticket) }
    }
  }

  /// Ends a call whose outcome is known already.
  @inline(__always)
  private func hangUp(_ outcome: CallOutcome, _ prepare: (inout Transition) -> Void) -> Transition {
    var move = transition
    prepare(&move)
    move.order(.hangUp)
    return move.to(.ended(outcome))
  }
}
