public import Testing
public import VerificationCore

/// One call as a conversation: each thing said to it answers with its orders.
///
/// A small model of the world stands behind it and refuses what cannot be: a timer that was not set cannot fire, what
/// does not play cannot end. A refusal fails the test that asked for it, and leaves the others running.
public struct Conversation {
  public private(set) var state = CallState.idle
  public private(set) var now = Instant.virtualStart
  public private(set) var timers: [CallTimer: Instant] = [:]
  public private(set) var playing: (message: MessageType?, ticket: Ticket)?
  public private(set) var heard: [MessageType] = []
  public private(set) var outcomes: [CallOutcome] = []
  public private(set) var orders: [CallAction] = []
  public private(set) var pinCheck: (entry: KeyEntry, ticket: Ticket)?
  public let policy: CallPolicy

  public init(_ policy: CallPolicy = CallPolicy()) { self.policy = policy }

  @discardableResult
  public mutating func say(_ input: CallInput) -> [CallAction] {
    let transition = next(state, input, at: now, policy: policy)
    state = transition.state
    orders = Array(transition.orders)
    for order in orders { obey(order) }
    // As drivers do.
    if state.hasEnded { timers = [:] }
    return orders
  }

  private mutating func obey(_ order: CallAction) {
    switch order {
    case .schedule(let deadline, let timer): timers[timer] = deadline
    case .cancel(let timer): timers[timer] = nil
    case .play(let message, let ticket):
      playing = (message, ticket)
      heard.append(message)
    case .speakExtension(let ticket), .sendExtension(let ticket): playing = (nil, ticket)
    case .stop(let ticket): if playing?.ticket == ticket { playing = nil }
    case .verifyPIN(let entry, let ticket): pinCheck = (entry, ticket)
    case .conclude(let outcome): outcomes.append(outcome)
    case .dial, .abandon, .hangUp, .report, .block, .note: break
    }
  }

  // MARK: What happens to a call

  public mutating func dialAndAnswer() {
    say(.dial)
    wait(.seconds(2))
    say(.answered)
  }

  public mutating func press(_ keys: String, from place: SourceLocation = #_sourceLocation) {
    for character in keys {
      guard let key = Key(character) else { return refuse("\(character) is no key", place) }
      say(.key(key))
    }
  }

  /// Time goes on; nothing happens by itself.
  public mutating func wait(_ length: Milliseconds) { now = now + length }

  /// What plays comes to its own end.
  public mutating func finishPlaying(from place: SourceLocation = #_sourceLocation) {
    guard let ended = playing else { return refuse("nothing plays", place) }
    playing = nil
    say(.finished(ended.ticket))
  }

  /// The one timer that runs fires at its time.
  public mutating func fire(_ kind: CallTimer.Kind, from place: SourceLocation = #_sourceLocation) {
    guard let timer = timers.first(where: { $0.key.kind == kind }) else { return refuse("no such timer runs", place) }
    timers[timer.key] = nil
    now = max(now, timer.value)
    say(.timerFired(timer.key))
  }

  public mutating func answerPINCheck(matches: Bool, from place: SourceLocation = #_sourceLocation) {
    guard let check = pinCheck else { return refuse("no PIN is being checked", place) }
    pinCheck = nil
    say(matches ? .pinMatched(check.ticket) : .pinMismatched(check.ticket))
  }

  /// A timer that fires is no longer set, what has ended no longer plays, a check that answers is no longer open.
  public mutating func happened(_ input: CallInput) {
    switch input {
    case .timerFired(let timer): timers[timer] = nil
    case .finished(let ticket): if playing?.ticket == ticket { playing = nil }
    case .pinMatched(let ticket), .pinMismatched(let ticket), .pinMismatchedAndLocked(let ticket):
      if pinCheck?.ticket == ticket { pinCheck = nil }
    case .dial, .answered, .failed, .key, .remoteHungUp, .lineDropped, .cancelled: break
    }
  }

  private func refuse(_ what: String, _ place: SourceLocation) {
    Issue.record(Comment(rawValue: what), sourceLocation: place)
  }

  // MARK: What to look at

  public var outcome: CallOutcome? { state.outcome }
  public var hungUp: Bool { orders.contains(.hangUp) }

  /// Why the last input was ignored, if it was.
  public var ignored: CallNote.Ignored? {
    for case .note(.ignored(let reason)) in orders { return reason }
    return nil
  }

  public var wrongEntry: CallNote.WrongEntry? {
    for case .note(.wrongEntry(let reason, _)) in orders { return reason }
    return nil
  }

  /// How long the one timer of this kind has left.
  public func left(_ kind: CallTimer.Kind) -> Milliseconds? {
    timers.first { $0.key.kind == kind }.map { $0.value - now }
  }
}
