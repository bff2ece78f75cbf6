/// The service as a value: a tenant, its calls in progress, and what happens when something reaches one of them.
///
/// Drivers in virtual and in real time feed it facts and carry out its orders; they decide nothing themselves.
public struct VerificationService: Sendable {
  public private(set) var tenant: Tenant
  public private(set) var calls: [ActiveCall] = []
  private var lastCall = 0
  private let seed: UInt64

  /// - Parameter seed: chooses among several caller IDs (NUM-1).
  public init(tenant: Tenant, seed: UInt64 = 1) {
    self.tenant = tenant
    self.seed = seed
  }

  public struct ActiveCall: Hashable, Sendable {
    public let id: CallID
    public let request: CallRequest
    public fileprivate(set) var state: CallState
    fileprivate var playing: Playing?
  }

  /// What sounds, by its ticket.
  fileprivate struct Playing: Hashable {
    let message: MessageType
    let ticket: Ticket
  }

  /// What a driver is to carry out, and what it may write down.
  public struct Reaction: Sendable {
    public internal(set) var orders: [(call: CallID, action: CallAction)] = []
    public internal(set) var journal: [JournalEntry] = []
    /// The transitions of the machine behind it, for those who count them.
    public internal(set) var steps: [CallStep] = []
  }

  public func call(_ id: CallID) -> ActiveCall? { calls.first { $0.id == id } }

  /// The call that verifies this user now.
  public func call(verifying upn: UPN) -> ActiveCall? {
    calls.first { $0.request.upn == upn && $0.state.outcome == nil }
  }

  /// A user the tenant does not have, or one without a number.
  public enum SignInError: Error, Hashable, Sendable {
    case unknownUser(UPN)
    case noPhone(UPN)
  }

  /// Verifies a sign-in by a call, or refuses it (BLOCK-1, LOCK-2, CALL-17, CALL-18).
  public mutating func signIn(_ request: SignInRequest, at now: Instant) throws(SignInError) -> Reaction {
    guard let user = tenant.user(request.upn) else { throw .unknownUser(request.upn) }
    guard let phone = user.phone else { throw .noPhone(request.upn) }
    var reaction = Reaction()
    if let refusal = refusal(of: user.upn, phone, at: now) {
      reaction.journal.append(JournalEntry(at: now, call: nil, .signInRefused(user.upn, refusal)))
      perform(.recordSignIn(user.upn, refusal, number: phone.masked), call: nil, at: now, &reaction)
      return reaction
    }
    lastCall += 1
    let id = CallID(lastCall)
    let callRequest = tenant.callRequest(request, user, phone, seed: seed)
    perform(.placeCall(user.upn, number: phone.e164), call: id, at: now, &reaction)
    calls.append(ActiveCall(id: id, request: callRequest, state: .idle))
    step(calls.count - 1, .dial, at: now, &reaction)
    return reaction
  }

  /// Hands a fact to a call. One that is no longer there is told nothing.
  public mutating func receive(_ input: CallInput, for id: CallID, at now: Instant) -> Reaction {
    var reaction = Reaction()
    guard let index = calls.firstIndex(where: { $0.id == id }) else { return reaction }
    step(index, counted(input, calls[index], at: now, &reaction), at: now, &reaction)
    calls.removeAll { $0.state.hasEnded }
    return reaction
  }

  /// Changes to the tenant from outside; they count from the next call on (CALL-16).
  public mutating func administer(_ command: TenantCommand, at now: Instant) -> Reaction {
    var reaction = Reaction()
    perform(command, call: nil, at: now, &reaction)
    return reaction
  }

  public mutating func change(_ settings: Settings) { tenant.settings = settings }
}

extension VerificationService {
  private func refusal(of upn: UPN, _ phone: PhoneNumber, at now: Instant) -> CallOutcome? {
    if tenant.block(of: upn, at: now) != nil { return .userBlocked }
    if tenant.locked(upn, at: now) != nil { return .lockedOut }
    if call(verifying: upn) != nil { return .duplicate }
    if tenant.isThrottled(upn, number: phone.e164, at: now) { return .throttled }
    return nil
  }

  /// Counts a wrong PIN, and tells the call when that locked the account (LOCK-3).
  private mutating func counted(
    _ input: CallInput, _ call: ActiveCall, at now: Instant, _ reaction: inout Reaction
  ) -> CallInput {
    guard case .pinMismatched(let ticket) = input, case .checkingPIN(ticket, _) = call.state.stage else { return input }
    let upn = call.request.upn
    perform(.countWrongPIN(upn, under: call.request.lockout), call: call.id, at: now, &reaction)
    return tenant.locked(upn, at: now) == nil ? input : .pinMismatchedAndLocked(ticket)
  }

  private mutating func perform(
    _ command: TenantCommand, call: CallID?, at now: Instant, _ reaction: inout Reaction
  ) {
    for event in tenant.decide(command, at: now) {
      tenant.apply(event)
      reaction.journal.append(JournalEntry(at: now, call: call, .tenant(event)))
    }
  }

  private mutating func step(_ index: Int, _ input: CallInput, at now: Instant, _ reaction: inout Reaction) {
    let call = calls[index]
    if let fact = call.fact(of: input) { reaction.journal.append(JournalEntry(at: now, call: call.id, fact)) }
    let transition = next(call.state, input, at: now, policy: call.request.policy)
    reaction.steps.append(CallStep(state: call.state, input: input, transition: transition))
    calls[index].state = transition.state
    if case .finished(let ticket) = input, let playing = call.playing, playing.ticket == ticket {
      calls[index].playing = nil
    }
    for action in transition.orders {
      carryOut(action, index, at: now, &reaction)
    }
  }

  /// The tenant's own part of an order is done here; the rest goes to the driver.
  private mutating func carryOut(_ action: CallAction, _ index: Int, at now: Instant, _ reaction: inout Reaction) {
    let (id, request) = (calls[index].id, calls[index].request)
    func write(_ fact: JournalFact) { reaction.journal.append(JournalEntry(at: now, call: id, fact)) }
    switch action {
    case .dial:
      write(.dialling(request.upn, number: request.phone.masked, callerID: request.callerID))
    case .abandon:
      if calls[index].state.outcome == .noAnswer { write(.rungOut) }
    case .hangUp: write(.serviceHungUp)
    case .play(let message, let ticket):
      calls[index].playing = Playing(message: message, ticket: ticket)
      write(.started(request.prompts.recording(for: message), ticket))
    case .speakExtension:
      let digits = request.phone.phoneExtension?.digits ?? ""
      write(.speakingExtension(digits: digits, request.prompts.digitClips(digits)))
    case .sendExtension: write(.sendingExtension)
    case .stop(let ticket):
      if let playing = calls[index].playing, playing.ticket == ticket {
        calls[index].playing = nil
        write(.ended(playing.message, ticket, stopped: true))
      }
    case .conclude(let outcome):
      write(.concluded(outcome))
      perform(.recordSignIn(request.upn, outcome, number: request.phone.masked), call: id, at: now, &reaction)
      if outcome == .approved { perform(.forgiveWrongPINs(request.upn), call: id, at: now, &reaction) }
      return
    case .report:
      perform(.reportFraud(request.upn), call: id, at: now, &reaction)
      return
    case .block:
      perform(.block(request.upn, reason: "Reported fraud by phone"), call: id, at: now, &reaction)
      return
    case .note(let note):
      write(.noted(note))
      return
    case .schedule, .cancel, .verifyPIN: break
    }
    reaction.orders.append((id, action))
  }
}

extension VerificationService.ActiveCall {
  /// What the journal says of an input before the call answers it. Timers and stale endings say nothing.
  fileprivate func fact(of input: CallInput) -> JournalFact? {
    switch input {
    case .answered: state.isRinging ? .answered : nil
    case .failed(let failure): state.isRinging ? .failed(failure) : nil
    case .key(let key): .key(entersPIN && key.isDigit ? nil : key)
    case .finished(let ticket):
      playing.flatMap { $0.ticket == ticket ? .ended($0.message, ticket, stopped: false) : nil }
    case .pinMatched(let ticket): isChecking(ticket) ? .checkedPIN(matched: true) : nil
    case .pinMismatched(let ticket), .pinMismatchedAndLocked(let ticket):
      isChecking(ticket) ? .checkedPIN(matched: false) : nil
    case .remoteHungUp: .personHungUp
    case .lineDropped: .lineDropped
    case .cancelled: .cancelledAtPage
    case .dial, .timerFired: nil
    }
  }

  private func isChecking(_ ticket: Ticket) -> Bool {
    if case .checkingPIN(ticket, _) = state.stage { true } else { false }
  }

  /// Digits may be a PIN at any time of a call in PIN mode, typed too early or too late; not where `1` is asked for.
  private var entersPIN: Bool {
    guard request.policy.credential == .pin else { return false }
    if case .confirmingBlock = state.stage { return false }
    return true
  }
}

extension CallState {
  public var isRinging: Bool {
    if case .ringing = stage { true } else { false }
  }
}
