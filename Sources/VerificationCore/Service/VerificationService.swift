/// The service as a value: a tenant, its calls in progress, and what happens when something reaches one of them.
///
/// Drivers in virtual and in real time feed it facts and carry out its orders; they decide nothing themselves.
public struct VerificationService: Sendable {
  public private(set) var tenant: Tenant
  public private(set) var calls: [ActiveCall] = []
  public internal(set) var pages: [ActivePage] = []
  var lastCall = 0
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
  ///
  /// A driver may hand in the same one with every fact: what happens is added to it.
  public struct Reaction: Sendable {
    public internal(set) var orders: [(call: CallID, action: CallAction)] = []
    public internal(set) var pageOrders: [(page: CallID, order: PageOrder)] = []
    public var journal: [JournalEntry] = []
    /// The transitions of the machine behind it; empty unless they are kept.
    public internal(set) var steps: [CallStep] = []

    /// Those that were kept, each once.
    public mutating func takeSteps() -> [CallStep] {
      defer { steps.removeAll(keepingCapacity: true) }
      return steps
    }
    let keepsSteps: Bool

    public init(keepingSteps: Bool = false) { keepsSteps = keepingSteps }

    /// The orders were carried out.
    public mutating func forgetOrders() {
      orders.removeAll(keepingCapacity: true)
      pageOrders.removeAll(keepingCapacity: true)
    }
  }

  public func call(_ id: CallID) -> ActiveCall? { calls.first { $0.id == id } }

  /// Whether there is such a call still.
  public func isKnown(_ id: CallID) -> Bool { calls.contains { $0.id == id } }

  /// The call that verifies this user now.
  public func call(verifying upn: UPN) -> ActiveCall? {
    calls.first { $0.request.upn == upn && $0.state.outcome == nil }
  }

  /// A user the tenant does not have.
  public enum SignInError: Error, Hashable, Sendable {
    case unknownUser(UPN)
  }

  /// Takes a sign-in through the gates (SIGN-1) and begins its verification, unless a gate decides it.
  public mutating func signIn(_ request: SignInRequest, at now: Instant) throws(SignInError) -> Reaction {
    var reaction = Reaction()
    try signIn(request, at: now, &reaction)
    return reaction
  }

  /// The same, told to a reaction that the driver has.
  public mutating func signIn(
    _ request: SignInRequest, at now: Instant, _ reaction: inout Reaction
  ) throws(SignInError) {
    guard let user = tenant.user(request.upn) else { throw .unknownUser(request.upn) }
    let decision = tenant.decide(request, of: user, isVerifying: isVerifying(user.upn), at: now)
    switch decision.result {
    case .decided(let outcome):
      reaction.journal.append(JournalEntry(at: now, call: nil, .signInDecided(user.upn, outcome)))
      perform(
        .conclude(request, outcome, request.method, number: nil, why: decision.findings), call: nil, at: now, &reaction)
    case .verify(.call, let phone?): dial(request, user, phone, decision.findings, at: now, &reaction)
    case .verify(let method, let phone):
      ask(tenant.pageRequest(request, user, method, phone, findings: decision.findings), at: now, &reaction)
    }
  }

  /// What the gates would say of a sign-in now, without signing in (SIGN-1).
  public func explain(_ request: SignInRequest, at now: Instant) throws(SignInError) -> SignInDecision {
    guard let user = tenant.user(request.upn) else { throw .unknownUser(request.upn) }
    return tenant.decide(request, of: user, isVerifying: isVerifying(user.upn), at: now)
  }

  private func isVerifying(_ upn: UPN) -> Bool { call(verifying: upn) != nil || page(verifying: upn) != nil }

  private mutating func dial(
    _ request: SignInRequest, _ user: User, _ phone: PhoneNumber, _ findings: [SignInFinding], at now: Instant,
    _ reaction: inout Reaction
  ) {
    lastCall += 1
    let id = CallID(lastCall)
    let callRequest = tenant.callRequest(request, user, phone, findings: findings, seed: seed)
    perform(.placeCall(user.upn, number: phone.e164), call: id, at: now, &reaction)
    calls.append(ActiveCall(id: id, request: callRequest, state: .idle))
    step(calls.count - 1, .dial, at: now, &reaction)
  }

  /// Hands a fact to a call. One that is no longer there is told nothing.
  public mutating func receive(_ input: CallInput, for id: CallID, at now: Instant) -> Reaction {
    var reaction = Reaction()
    receive(input, for: id, at: now, &reaction)
    return reaction
  }

  /// The same, told to a reaction that the driver has.
  public mutating func receive(_ input: CallInput, for id: CallID, at now: Instant, _ reaction: inout Reaction) {
    guard let index = calls.firstIndex(where: { $0.id == id }) else { return }
    step(index, counted(input, index, at: now, &reaction), at: now, &reaction)
    if calls[index].state.hasEnded { calls.remove(at: index) }
  }

  /// Hands a fact to a verification at the page. One that is no longer there is told nothing.
  public mutating func receive(_ input: PageInput, for id: CallID, at now: Instant) -> Reaction {
    var reaction = Reaction()
    receive(input, for: id, at: now, &reaction)
    return reaction
  }

  /// The same, told to a reaction that the driver has.
  public mutating func receive(_ input: PageInput, for id: CallID, at now: Instant, _ reaction: inout Reaction) {
    guard let index = pages.firstIndex(where: { $0.id == id }) else { return }
    step(page: index, input, at: now, &reaction)
  }

  /// Changes to the tenant from outside; they count from the next verification on (CALL-16).
  public mutating func administer(
    _ command: TenantCommand, by admin: Admin = Admin(), at now: Instant
  ) throws(CommandRefusal) -> Reaction {
    var reaction = Reaction()
    try administer(command, by: admin, at: now, &reaction)
    return reaction
  }

  /// The same, told to a reaction that the driver has.
  public mutating func administer(
    _ command: TenantCommand, by admin: Admin, at now: Instant, _ reaction: inout Reaction
  ) throws(CommandRefusal) {
    write(try tenant.decide(command, by: admin, at: now), call: nil, at: now, &reaction)
  }

  /// How a tenant is set up, as an event: for one that lasts.
  public mutating func administer(
    _ command: SetupCommand, by admin: Admin, at now: Instant, _ reaction: inout Reaction
  ) throws(CommandRefusal) {
    write(try tenant.decide(command, by: admin, at: now), call: nil, at: now, &reaction)
  }

  public mutating func change(_ settings: Settings) { tenant.settings = settings }

  /// The tenant as others have made it meanwhile; verifications in progress go on as they began (CALL-16).
  public mutating func renew(_ tenant: Tenant) { self.tenant = tenant }

  /// For who only looks forward, as the explorer does: nothing of what happens next depends on a record.
  package mutating func forgetRecords() { tenant.forgetRecords() }
}

extension VerificationService {
  /// Counts a wrong PIN, and tells the call when that locked the account (LOCK-3).
  private mutating func counted(
    _ input: CallInput, _ index: Int, at now: Instant, _ reaction: inout Reaction
  ) -> CallInput {
    guard case .pinMismatched(let ticket) = input, case .checkingPIN(ticket, _) = calls[index].state.stage else {
      return input
    }
    let call = calls[index]
    let upn = call.request.upn
    perform(.countWrongPIN(upn, under: call.request.lockout), call: call.id, at: now, &reaction)
    return tenant.locked(upn, at: now) == nil ? input : .pinMismatchedAndLocked(ticket)
  }

  mutating func perform(_ act: VerificationAct, call: CallID?, at now: Instant, _ reaction: inout Reaction) {
    write(tenant.decide(act, at: now), call: call, at: now, &reaction)
  }

  private mutating func write(_ events: [TenantEvent], call: CallID?, at now: Instant, _ reaction: inout Reaction) {
    for event in events {
      tenant.apply(event)
      reaction.journal.append(JournalEntry(at: now, call: call, .tenant(event)))
    }
  }

  private mutating func step(_ index: Int, _ input: CallInput, at now: Instant, _ reaction: inout Reaction) {
    let call = calls[index]
    if let fact = call.fact(of: input) { reaction.journal.append(JournalEntry(at: now, call: call.id, fact)) }
    let transition = next(call.state, input, at: now, policy: call.request.policy)
    if reaction.keepsSteps {
      reaction.steps.append(CallStep(call: call.id, state: call.state, input: input, transition: transition))
    }
    calls[index].state = transition.state
    if case .finished(let ticket) = input, let playing = call.playing, playing.ticket == ticket {
      calls[index].playing = nil
    }
    for action in transition.orders {
      carryOut(action, index, at: now, &reaction)
    }
    settleUnconfirmed(call, transition, at: now, &reaction)
  }

  /// A report whose `1` never came is settled when the call goes on without it (REPORT-2).
  private mutating func settleUnconfirmed(
    _ call: ActiveCall, _ transition: Transition, at now: Instant, _ reaction: inout Reaction
  ) {
    guard call.state.isConfirmingBlock, !transition.state.isConfirmingBlock, !transition.orders.contains(.block) else {
      return
    }
    settleReport(call.request, blocks: false, call.id, at: now, &reaction)
  }

  private mutating func settleReport(
    _ request: CallRequest, blocks: Bool, _ id: CallID, at now: Instant, _ reaction: inout Reaction
  ) {
    perform(
      .settleReport(request.upn, request.reporting, through: .call, blocks: blocks), call: id, at: now, &reaction)
  }

  /// The tenant's own part of an order is done here; the rest goes to the driver.
  private mutating func carryOut(_ action: CallAction, _ index: Int, at now: Instant, _ reaction: inout Reaction) {
    let id = calls[index].id
    func write(_ fact: JournalFact) { reaction.journal.append(JournalEntry(at: now, call: id, fact)) }
    switch action {
    case .schedule, .cancel, .verifyPIN: break
    case .dial:
      let request = calls[index].request
      write(.dialling(request.upn, number: request.maskedNumber, callerID: request.callerID))
    case .abandon:
      if calls[index].state.outcome == .noAnswer { write(.rungOut) }
    case .hangUp: write(.serviceHungUp)
    case .play(let message, let ticket):
      calls[index].playing = Playing(message: message, ticket: ticket)
      write(.started(calls[index].request.recording(for: message), ticket))
    case .speakExtension:
      let request = calls[index].request
      let digits = request.phone.phoneExtension?.digits ?? ""
      write(.speakingExtension(digits: digits, request.prompts.digitClips(digits)))
    case .sendExtension: write(.sendingExtension)
    case .stop(let ticket):
      if let playing = calls[index].playing, playing.ticket == ticket {
        calls[index].playing = nil
        write(.ended(playing.message, ticket, stopped: true))
      }
    case .conclude(let outcome):
      let request = calls[index].request
      write(.concluded(Outcome(outcome)))
      perform(
        .conclude(request.signIn, Outcome(outcome), .call, number: request.maskedNumber, why: request.findings),
        call: id, at: now, &reaction)
      return
    case .report:
      let request = calls[index].request
      perform(.report(request.upn, request.reporting), call: id, at: now, &reaction)
      if !request.reporting.blocks { settleReport(request, blocks: false, id, at: now, &reaction) }
      return
    case .block:
      settleReport(calls[index].request, blocks: true, id, at: now, &reaction)
      return
    case .note(let note):
      write(.noted(note))
      return
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
    case .key(let key): .key(mayBeOfPIN(key) ? nil : key)
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

  /// Digits may be a PIN at any time of a call in PIN mode, typed too early or too late; the `1` that is asked for is none.
  private func mayBeOfPIN(_ key: Key) -> Bool {
    guard request.policy.credential == .pin, key.isDigit else { return false }
    return !(state.isConfirmingBlock && key == .one)
  }
}

extension CallState {
  public var isRinging: Bool {
    if case .ringing = stage { true } else { false }
  }

  var isConfirmingBlock: Bool {
    if case .confirmingBlock = stage { true } else { false }
  }
}
