public import ScenarioModel
public import VerificationCore

/// The service, the network and the person's telephone, with all that is to happen between them.
///
/// Pure: it is told to advance to an instant and does what is due until then, each thing at its own time. A driver in
/// virtual time goes straight to `nextDue`; one in real time sleeps until then.
public struct Switchboard: Sendable {
  public private(set) var service: VerificationService
  public private(set) var journal: [JournalEntry] = []
  /// The messages that have begun to play, in order.
  public private(set) var heard: [HeardMessage] = []
  /// What the telephone showed when it rang last; nil is "unknown".
  public private(set) var shownCallerID: String?
  public private(set) var phone = Phone.quiet
  private var line = Line()
  private var agenda = Agenda<Event>()
  private let pins: [UPN: Passcode]

  public enum Phone: Hashable, Sendable {
    case quiet
    case ringing(CallID)
    case answered(CallID)
  }

  private enum Event: Hashable, Sendable {
    case timer(CallID, CallTimer)
    case finished(CallID, Ticket)
    case network(CallID, CallInput)
    case machineAnswers(CallID)
    case remark(CallID, JournalFact)
  }

  public init(tenant: Tenant, pins: [UPN: Passcode], seed: UInt64 = 1) {
    service = VerificationService(tenant: tenant, seed: seed)
    self.pins = pins
  }

  public var nextDue: Instant? { agenda.next }

  /// Does all that is due up to and including `now`.
  public mutating func advance(to now: Instant) {
    while let due = agenda.pop(dueBy: now) {
      switch due.event {
      case .timer(let call, let timer): deliver(.timerFired(timer), to: call, at: due.at)
      case .finished(let call, let ticket): deliver(.finished(ticket), to: call, at: due.at)
      case .network(let call, let input): deliver(input, to: call, at: due.at)
      case .machineAnswers(let call): machineAnswers(call, at: due.at)
      case .remark(let call, let fact): journal.append(JournalEntry(at: due.at, call: call, fact))
      }
    }
  }
}

// What people do.
extension Switchboard {
  public mutating func signIn(
    _ request: SignInRequest, at now: Instant
  ) throws(VerificationService.SignInError) {
    settle(try service.signIn(request, at: now), at: now)
  }

  public mutating func cancelSignIn(of upn: UPN, at now: Instant) {
    guard let call = service.calls.last(where: { $0.request.upn == upn }) else { return }
    deliver(.cancelled, to: call.id, at: now)
  }

  /// - Returns: false where nothing rings.
  public mutating func answer(at now: Instant) -> Bool {
    guard case .ringing(let call) = phone else { return false }
    deliver(.answered, to: call, at: now)
    return true
  }

  /// Presses a key; what the network makes of it arrives.
  ///
  /// - Returns: false where there is no call to press it in.
  public mutating func press(_ key: Key, at now: Instant) -> Bool {
    let call: CallID
    switch phone {
    case .quiet: return false
    case .ringing(let id), .answered(let id): call = id
    }
    for arriving in line.transmit(key) {
      deliver(.key(arriving), to: call, at: now)
    }
    return true
  }

  /// Hangs up, or declines a call that rings.
  ///
  /// - Returns: false where there is no call.
  public mutating func hangUp(at now: Instant) -> Bool {
    switch phone {
    case .quiet: return false
    case .ringing(let call): deliver(.failed(.rejected), to: call, at: now)
    case .answered(let call): deliver(.remoteHungUp, to: call, at: now)
    }
    return true
  }

  public mutating func apply(_ fault: Fault, at now: Instant) {
    line.apply(fault)
    if case .dropAfter(let length) = fault, case .answered(let call) = phone {
      agenda.enter(.network(call, .lineDropped), at: now + length)
    }
  }

  public mutating func administer(_ command: TenantCommand, at now: Instant) {
    settle(service.administer(command, at: now), at: now)
  }
}

extension Switchboard {
  private mutating func deliver(_ input: CallInput, to call: CallID, at now: Instant) {
    if input == .answered { phone = .answered(call) }
    settle(service.receive(input, for: call, at: now), at: now)
    if input == .answered, let length = line.dropAfter {
      agenda.enter(.network(call, .lineDropped), at: now + length)
    }
    forgetIfOver(call)
  }

  private mutating func forgetIfOver(_ call: CallID) {
    guard service.call(call) == nil else { return }
    if phone == .ringing(call) || phone == .answered(call) { phone = .quiet }
    agenda.cancel { event in
      switch event {
      case .timer(call, _), .finished(call, _), .network(call, _), .machineAnswers(call), .remark(call, _): true
      case .timer, .finished, .network, .machineAnswers, .remark: false
      }
    }
  }

  private mutating func settle(_ reaction: VerificationService.Reaction, at now: Instant) {
    for entry in reaction.journal {
      journal.append(entry)
      note(entry)
    }
    for (call, action) in reaction.orders {
      carryOut(action, for: call, at: now)
    }
  }

  private mutating func note(_ entry: JournalEntry) {
    switch entry.fact {
    case .started(let recording, let ticket):
      heard.append(HeardMessage(call: entry.call, recording: recording, ticket: ticket, started: entry.at))
    case .ended(_, let ticket, _):
      guard let index = heard.lastIndex(where: { $0.call == entry.call && $0.ticket == ticket }) else { return }
      heard[index].ended = entry.at
    default: return  // only messages are heard
    }
  }

  private mutating func carryOut(_ action: CallAction, for call: CallID, at now: Instant) {
    guard let request = service.call(call)?.request else { return }
    switch action {
    case .dial: dial(call, request, at: now)
    case .abandon, .hangUp: return  // the call is over and forgotten by `deliver`
    case .play(let message, let ticket):
      agenda.enter(.finished(call, ticket), at: now + request.prompts.recording(for: message).length)
    case .speakExtension(let ticket):
      let clips = request.prompts.digitClips(request.phone.phoneExtension?.digits ?? "")
      agenda.enter(.finished(call, ticket), at: clips.reduce(now) { $0 + $1.length })
    case .sendExtension(let ticket):
      agenda.enter(.finished(call, ticket), at: now + (request.phone.phoneExtension?.toneLength ?? .zero))
    case .stop(let ticket): agenda.cancel { $0 == .finished(call, ticket) }
    case .schedule(let timer, let deadline): agenda.enter(.timer(call, timer), at: deadline)
    case .cancel(let timer): agenda.cancel { $0 == .timer(call, timer) }
    case .verifyPIN(let entry, let ticket):
      let matches = pins[request.upn]?.matches(entry) ?? false
      agenda.enter(.network(call, matches ? .pinMatched(ticket) : .pinMismatched(ticket)), at: now)
    case .conclude, .report, .block, .note: return  // the service has done these itself
    }
  }

  private mutating func dial(_ call: CallID, _ request: CallRequest, at now: Instant) {
    switch line.connect(isEngaged: phone != .quiet) {
    case .fails(let failure): agenda.enter(.network(call, .failed(failure)), at: now + Line.failureDelay)
    case .dead: return
    case .rings(let machine):
      phone = .ringing(call)
      shownCallerID = line.shown(request.callerID)
      journal.append(JournalEntry(at: now, call: call, .ringing(callerID: shownCallerID)))
      if let machine { agenda.enter(.machineAnswers(call), at: now + machine.answers) }
    }
  }

  /// The machine speaks over the service's greeting, then records the rest of it.
  private mutating func machineAnswers(_ call: CallID, at now: Instant) {
    guard let machine = line.machine, phone == .ringing(call) else { return }
    deliver(.answered, to: call, at: now)
    journal.append(JournalEntry(at: now, call: call, .machineSpeaks(machine.greeting)))
    let recording = now + machine.greeting
    if machine.beep { agenda.enter(.remark(call, .machineBeeps), at: recording) }
    agenda.enter(.remark(call, .machineRecords), at: recording)
  }
}

/// A message that began to play.
public struct HeardMessage: Hashable, Sendable {
  public let call: CallID?
  public let recording: Recording
  let ticket: Ticket
  public let started: Instant
  /// nil while it plays.
  public internal(set) var ended: Instant?
}
