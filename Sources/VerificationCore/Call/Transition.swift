/// The answer of a call to one input: its next state, and what it orders.
public struct Transition: Hashable, Sendable {
  public private(set) var state: CallState
  public private(set) var orders: CallOrders

  init(from state: CallState) {
    self.state = state
    orders = CallOrders()
  }
}

// The words in which the stages write their transitions. Each hands out at most one ticket.
extension Transition {
  @inline(__always)
  mutating func order(_ action: CallAction) { orders.append(action) }

  @inline(__always)
  consuming func to(_ stage: CallState.Stage) -> Transition {
    state.stage = stage
    return self
  }

  private mutating func nextTicket() -> Ticket {
    state.lastTicket = state.lastTicket.successor
    return state.lastTicket
  }

  /// Starts a timer under a ticket of its own.
  mutating func wait(_ kind: CallTimer.Kind, until deadline: Instant) -> Ticket {
    let ticket = nextTicket()
    order(.schedule(at: deadline, CallTimer(kind, ticket)))
    return ticket
  }

  /// Orders sound, with the limit at which it is cut under the same ticket.
  mutating func sound(
    limit: Milliseconds = CallPolicy.playbackLimit, at now: Instant, _ action: (Ticket) -> CallAction
  ) -> Ticket {
    let ticket = nextTicket()
    order(action(ticket))
    order(.schedule(at: now + limit, CallTimer(.playbackLimit, ticket)))
    return ticket
  }

  mutating func say(_ message: MessageType, at now: Instant) -> Ticket {
    sound(at: now) { .play(message, $0) }
  }

  /// Ends sound before its own end.
  @inline(__always)
  mutating func silence(_ ticket: Ticket) {
    order(.stop(ticket))
    order(.cancel(CallTimer(.playbackLimit, ticket)))
  }
}
