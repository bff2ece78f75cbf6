public import ScenarioModel
public import VerificationCore

/// The service, the network and the person's telephone, with all that is to happen between them.
///
/// Pure: it is told to advance to an instant and does what is due until then, each thing at its own time. A driver in
/// virtual time goes straight to `nextDue`; one in real time sleeps until then.
public struct Switchboard: Sendable {
  public internal(set) var service: VerificationService
  /// What has happened, and what of it is still to be carried out.
  var reaction: VerificationService.Reaction
  /// So many entries of the journal were looked through for what plays.
  private var listened = 0
  /// The messages that have begun to play, in order.
  public private(set) var heard: [HeardMessage] = []
  /// What the telephone showed when it rang last; nil is "unknown".
  public private(set) var shownCallerID: String?
  /// Whether a sign-in has been tried at all.
  private(set) var hasCalled = false
  /// Those in use. By number: who shares a number shares a telephone.
  private var phones: [(number: String, phone: Phone)] = []
  private(set) var line = Line()
  private var agenda = Agenda<Event>()
  var pins: [UPN: Passcode]
  /// Who has a PIN that nobody gave.
  var keptPINs: Set<UPN>
  var kept: KeptPINs
  /// A slow check of a PIN is somebody else's work, who fetches it with `takeChecks` and brings the answer.
  public var defersChecks = false
  var lasts: Bool
  private var chance: Chance
  private var people: [UPN: PersonsDevices] = [:]
  /// What people did, in order; empty unless it is kept.
  public private(set) var acts: [Session.Act] = []
  private let keepsActs: Bool
  /// When the last pass of each was issued, of those that were issued here.
  var passesIssuedHere: [UPN: Instant] = [:]
  /// Who signs in where a step names nobody.
  private let user: UPN
  let seed: UInt64
  /// By page, the first is number 1.
  var sentCodes: [CallID: [TextMessage.Code]] = [:]

  public enum Phone: Hashable, Sendable {
    case quiet
    case ringing(CallID)
    case answered(CallID)
  }

  /// Copied whenever the agenda moves: what is large stands behind a reference.
  enum Event: Hashable, Sendable {
    case timer(CallID, CallTimer)
    case finished(CallID, Ticket)
    case network(CallID, CallInput)
    case machineAnswers(CallID)
    case remark(CallID, MachineRemark)
    case pageTimer(CallID, PageTimer)
    case page(CallID, PageInput)
    indirect case textArrives(UPN, PersonsDevices.HeldText)
  }

  /// What an answering machine does while the service speaks.
  enum MachineRemark: Hashable {
    case beeps, records

    var fact: JournalFact {
      switch self {
      case .beeps: .machineBeeps
      case .records: .machineRecords
      }
    }
  }

  /// - Parameter seed: for what is left to chance; the same seed gives the same run.
  /// - Parameter keepingSteps: keeps the transitions of all calls in `steps`.
  /// - Parameter keepingActs: keeps in `acts` what people do, for a recorder.
  public init(_ given: Given, seed: UInt64 = 1, keepingSteps: Bool = false, keepingActs: Bool = false) {
    keepsActs = keepingActs
    user = given.user
    self.seed = seed
    reaction = VerificationService.Reaction(keepingSteps: keepingSteps)
    service = VerificationService(tenant: given.tenant, seed: seed)
    pins = given.pins
    keptPINs = given.keptPINs
    kept = KeptPINs(check: given.pinCheck)
    lasts = given.lasts
    chance = Chance(seed: seed)
    for user in given.tenant.users {
      for app in user.apps { people[user.upn, default: PersonsDevices()].install(app.device, app.secret) }
    }
    for command in given.begun {
      // What cannot be done was refused when the file was read.
      try? administer(command, at: given.start)
    }
    // What was done before the start is nobody's act.
    acts = []
  }

  public var journal: [JournalEntry] { reaction.journal }

  /// The transitions of all calls, in order; empty unless they are kept.
  public var steps: [CallStep] { reaction.steps }

  /// The transitions since they were taken last.
  public mutating func takeSteps() -> [CallStep] { reaction.takeSteps() }

  public var nextDue: Instant? { agenda.next }

  /// What is to happen, with the time left until then.
  func pending(at now: Instant) -> [(left: Milliseconds, event: Event)] {
    agenda.all.map { ($0.at - now, $0.event) }
  }

  /// Whose telephone is in use, by number, and for which call.
  var holding: [String: CallID] {
    phones.reduce(into: [:]) { holding, entry in
      switch entry.phone {
      case .quiet: return
      case .ringing(let call), .answered(let call): holding[entry.number] = call
      }
    }
  }

  /// Makes room for so many entries at once.
  mutating func reserveJournal(_ count: Int) { reaction.journal.reserveCapacity(count) }

  /// Drops the journal, and what was heard.
  mutating func forgetJournal() {
    reaction.journal.removeAll(keepingCapacity: true)
    listened = 0
    heard.removeAll(keepingCapacity: true)
  }

  /// Forgets what is over: what happened, what was heard and done, and what was written down of it. What is under way stays,
  /// with all that happened from its beginning on. A recorder cannot make a scenario of what is left.
  ///
  /// - Returns: so many entries of the journal are gone, all of them its first.
  public mutating func forgetFinished() -> Int {
    let open = Set(service.calls.map(\.id) + service.pages.filter { $0.state.outcome == nil }.map(\.id))
    let count = journal.firstIndex { $0.call.map(open.contains) == true } ?? journal.count
    reaction.journal.removeFirst(count)
    listened -= min(count, listened)
    heard.removeAll { $0.call.map(open.contains) != true }
    acts = []
    sentCodes = sentCodes.filter { service.page($0.key) != nil }
    for upn in people.keys { people[upn]?.forgetTexts() }
    service.forgetRecords()
    return count
  }

  /// How the telephone of this user stands: that of the running call, whatever the user's numbers are by now (CALL-16),
  /// else the first that is in use.
  public func phone(of upn: UPN) -> Phone {
    if phones.isEmpty { return .quiet }
    for call in service.calls where call.request.upn == upn {
      if let phone = phone(at: call.request.e164) { return phone }
    }
    for number in service.tenant.user(upn)?.phones.all ?? [] {
      if let phone = phone(at: number.e164) { return phone }
    }
    return .quiet
  }

  /// - Returns: nil where it is not in use.
  private func phone(at number: String) -> Phone? { phones.first { $0.number == number }?.phone }

  /// Does all that is due up to and including `now`.
  public mutating func advance(to now: Instant) {
    while let due = agenda.pop(dueBy: now) {
      switch due.event {
      case .timer(let call, let timer): deliver(.timerFired(timer), to: call, at: due.at)
      case .finished(let call, let ticket): deliver(.finished(ticket), to: call, at: due.at)
      case .network(let call, let input): deliver(input, to: call, at: due.at)
      case .machineAnswers(let call): machineAnswers(call, at: due.at)
      case .remark(let call, let remark): journal(remark.fact, call, at: due.at)
      case .pageTimer(let page, let timer): deliver(timer.input, toPage: page, at: due.at)
      case .page(let page, let input):
        if input == .text(.rejected) { journal(.textRejected, page, at: due.at) }
        deliver(input, toPage: page, at: due.at)
      case .textArrives(let upn, let text):
        journal(.textArrived(text.shown), text.page, at: due.at)
        change(upn) { $0.texts.append(text) }
      }
    }
  }
}

// What people do.
extension Switchboard {
  public mutating func signIn(
    _ request: SignInRequest, at now: Instant
  ) throws(VerificationService.SignInError) {
    let (position, user) = (journal.count, user)
    try service.signIn(request, at: now, &reaction)
    settle(at: now)
    hasCalled = true
    keep(.signIn(SignInStep(user: request.upn == user ? nil : request.upn, request: request)), at: now, from: position)
  }

  /// After the end of the call there is nothing left to give up; the journal says so.
  public mutating func cancelSignIn(of upn: UPN, at now: Instant) {
    keep(.cancelSignIn, at: now)
    if let page = service.page(verifying: upn) {
      journal(.cancelledAtPage, page.id, at: now)
      switch page.state {
      case .text: return deliver(.text(.cancelled), toPage: page.id, at: now)
      case .challenge: return deliver(.challenge(.cancelled), toPage: page.id, at: now)
      }
    }
    guard let call = service.calls.last(where: { $0.request.upn == upn }) else {
      journal(.cancelledAtPage, nil, at: now)
      return journal(.noted(.ignored(.ended)), nil, at: now)
    }
    deliver(.cancelled, to: call.id, at: now)
  }

  /// - Returns: false where nothing rings.
  public mutating func answer(_ upn: UPN, at now: Instant) -> Bool {
    guard case .ringing(let call) = phone(of: upn) else { return false }
    keep(.answer(after: .zero), at: now)
    deliver(.answered, to: call, at: now)
    return true
  }

  /// Presses a key; what the network makes of it arrives. On a telephone that is hung up it goes nowhere, and the
  /// journal says so (CALL-5).
  public mutating func press(_ key: Key, _ upn: UPN, at now: Instant) {
    keep(.press(PressStep(keys: [key])), at: now)
    let call: CallID
    switch phone(of: upn) {
    case .quiet:
      // Whatever was asked for last, a digit may belong to a PIN.
      journal(.key(key.isDigit ? nil : key), nil, at: now)
      return journal(.noted(.ignored(.ended)), nil, at: now)
    case .ringing(let id), .answered(let id): call = id
    }
    for _ in 0..<line.arrivalsOfKey {
      deliver(.key(key), to: call, at: now)
    }
  }

  /// Hangs up, or declines a call that rings.
  ///
  /// - Returns: false where there is no call.
  public mutating func hangUp(_ upn: UPN, at now: Instant) -> Bool {
    let phone = phone(of: upn)
    if phone != .quiet { keep(.hangUp, at: now) }
    switch phone {
    case .quiet: return false
    case .ringing(let call): deliver(.failed(.rejected), to: call, at: now)
    case .answered(let call): deliver(.remoteHungUp, to: call, at: now)
    }
    return true
  }

  /// What goes wrong with dialling holds from the next call on; a machine also takes one that rings, and a drop also
  /// ends one that is answered, both counted from now.
  public mutating func apply(_ fault: Fault, at now: Instant) {
    keep(.fault(fault), at: now)
    line.apply(fault)
    for (_, phone) in phones.sorted(by: { $0.number < $1.number }) {
      switch (fault, phone) {
      case (.dropAfter(let length), .answered(let call)): agenda.enter(.network(call, .lineDropped), at: now + length)
      case (.voicemail(let answers, _, _), .ringing(let call)): agenda.enter(.machineAnswers(call), at: now + answers)
      default: continue  // from the next call on
      }
    }
  }
}

extension Switchboard {
  private mutating func deliver(_ input: CallInput, to call: CallID, at now: Instant) {
    if input == .answered { hold(.answered(call), for: call) }
    service.receive(input, for: call, at: now, &reaction)
    settle(at: now)
    if input == .answered, let length = line.dropAfter {
      agenda.enter(.network(call, .lineDropped), at: now + length)
    }
    forgetIfOver(call)
  }

  private mutating func forgetIfOver(_ call: CallID) {
    if service.isKnown(call) { return }
    phones.removeAll { $0.phone == .ringing(call) || $0.phone == .answered(call) }
    kept.forget(call)
    agenda.cancel { event in
      switch event {
      case .timer(call, _), .finished(call, _), .network(call, _), .machineAnswers(call), .remark(call, _): true
      case .timer, .finished, .network, .machineAnswers, .remark, .pageTimer, .page, .textArrives: false
      }
    }
  }

  private mutating func hold(_ phone: Phone, for call: CallID) {
    guard let number = service.call(call)?.request.e164 else { return }
    phones.removeAll { $0.number == number }
    phones.append((number, phone))
  }

  /// Carries out what the service ordered, and listens to what it plays.
  mutating func settle(at now: Instant) {
    while listened < reaction.journal.count {
      listen(to: listened)
      listened += 1
    }
    for index in reaction.orders.indices {
      let (call, action) = reaction.orders[index]
      carryOut(action, for: call, at: now)
    }
    for index in reaction.pageOrders.indices {
      let (page, order) = reaction.pageOrders[index]
      carryOut(order, forPage: page, at: now)
    }
    reaction.forgetOrders()
  }

  private mutating func listen(to entry: Int) {
    switch reaction.journal[entry].fact {
    case .started(let recording, let ticket):
      let (call, now) = (reaction.journal[entry].call, reaction.journal[entry].at)
      heard.append(HeardMessage(call: call, recording: recording, ticket: ticket, started: now))
    case .ended(_, let ticket, _):
      let (call, now) = (reaction.journal[entry].call, reaction.journal[entry].at)
      guard let index = heard.lastIndex(where: { $0.call == call && $0.ticket == ticket }) else { return }
      heard[index].ended = now
    default: return  // only messages are heard
    }
  }

  private mutating func carryOut(_ action: CallAction, for call: CallID, at now: Instant) {
    guard service.isKnown(call) else { return }
    switch action {
    case .stop(let ticket): agenda.cancel { $0 == .finished(call, ticket) }
    case .schedule(let deadline, let timer): agenda.enter(.timer(call, timer), at: deadline)
    case .cancel(let timer): agenda.cancel { $0 == .timer(call, timer) }
    case .play(_, let ticket):
      // It has just begun: how long it is was found then.
      let started = heard.last { $0.call == call && $0.ticket == ticket }
      agenda.enter(.finished(call, ticket), at: now + (started?.recording.length ?? .zero))
    case .dial, .speakExtension, .sendExtension, .verifyPIN:
      if let request = service.call(call)?.request { carryOut(action, for: call, request, at: now) }
    case .abandon, .hangUp: return  // the call is over and forgotten by `deliver`
    case .conclude, .report, .block, .note: return  // the service has done these itself
    }
  }

  /// The orders for which it matters what was to be placed.
  private mutating func carryOut(_ action: CallAction, for call: CallID, _ request: CallRequest, at now: Instant) {
    switch action {
    case .dial: dial(call, request, at: now)
    case .speakExtension(let ticket):
      let clips = request.prompts.digitClips(request.phone.phoneExtension?.digits ?? "")
      agenda.enter(.finished(call, ticket), at: clips.reduce(now) { $0 + $1.length })
    case .sendExtension(let ticket):
      agenda.enter(.finished(call, ticket), at: now + (request.phone.phoneExtension?.toneLength ?? .zero))
    case .verifyPIN(let entry, let ticket):
      check(entry, ticket, call, request.upn, at: now)
    case .play, .stop, .schedule, .cancel, .abandon, .hangUp, .conclude, .report, .block, .note: return
    }
  }

  private mutating func check(_ entry: KeyEntry, _ ticket: Ticket, _ call: CallID, _ upn: UPN, at now: Instant) {
    let check = OpenPINCheck(call: call, ticket: ticket, upn: upn, entry: entry, kept: kept.asDialled(call))
    if pins[upn] == nil, defersChecks, check.isSlow { return kept.open.append(check) }
    answer(check, matches: pins[upn]?.matches(entry) ?? check.matches(), at: now)
  }

  /// The answer of a check comes at once, or when it comes; a call that is over by then is told nothing.
  public mutating func answer(_ check: OpenPINCheck, matches: Bool, at now: Instant) {
    guard service.isKnown(check.call) else { return }
    agenda.enter(.network(check.call, matches ? .pinMatched(check.ticket) : .pinMismatched(check.ticket)), at: now)
  }

  private mutating func dial(_ call: CallID, _ request: CallRequest, at now: Instant) {
    kept.dialled(call)
    // No network has such a number (NUM-4).
    guard request.phone.possibility == .possible else {
      return agenda.enter(.network(call, .failed(.invalidNumber)), at: now + Line.failureDelay)
    }
    switch line.connect(isEngaged: phone(at: request.e164) != nil) {
    case .fails(let failure): agenda.enter(.network(call, .failed(failure)), at: now + Line.failureDelay)
    case .dead: return
    case .rings(let machine):
      hold(.ringing(call), for: call)
      shownCallerID = line.shown(request.callerID)
      journal(.ringing(callerID: shownCallerID), call, at: now)
      if let machine { agenda.enter(.machineAnswers(call), at: now + machine.answers) }
    }
  }

  /// The machine speaks over the service's greeting, then records the rest of it.
  private mutating func machineAnswers(_ call: CallID, at now: Instant) {
    guard let machine = line.machine, phones.contains(where: { $0.phone == .ringing(call) }) else { return }
    deliver(.answered, to: call, at: now)
    journal(.machineSpeaks(machine.greeting), call, at: now)
    let recording = now + machine.greeting
    if machine.beep { agenda.enter(.remark(call, .beeps), at: recording) }
    agenda.enter(.remark(call, .records), at: recording)
  }
}

// Pages and devices: what their side of the switchboard is made of.
extension Switchboard {
  /// The page that was asked last of this user, and is known still.
  func page(of upn: UPN) -> VerificationService.ActivePage? { service.pages.last { $0.request.upn == upn } }

  func devices(of upn: UPN) -> PersonsDevices { people[upn] ?? PersonsDevices() }

  mutating func change(_ upn: UPN, _ change: (inout PersonsDevices) -> Void) {
    change(&people[upn, default: PersonsDevices()])
  }

  mutating func newCode() -> TextMessage.Code { chance.code() }

  mutating func journal(_ fact: JournalFact, _ id: CallID?, at now: Instant) {
    reaction.journal.append(JournalEntry(at: now, call: id, fact))
  }

  /// - Parameter position: how long the journal was before it; else as it is now.
  mutating func keep(_ verb: @autoclosure () -> Step.Verb, at now: Instant, from position: Int? = nil) {
    guard keepsActs else { return }
    acts.append(Session.Act(at: now, verb(), position: position ?? journal.count))
  }

  mutating func deliver(_ input: PageInput, toPage id: CallID, at now: Instant) {
    service.receive(input, for: id, at: now, &reaction)
    settle(at: now)
    // Over: its timers fire no more. A text that is under way arrives all the same.
    guard service.page(id)?.state.outcome != nil else { return }
    agenda.cancel { event in
      switch event {
      case .pageTimer(id, _), .page(id, _): true
      case .timer, .finished, .network, .machineAnswers, .remark, .pageTimer, .page, .textArrives: false
      }
    }
  }

  mutating func enterTimer(_ timer: PageTimer, _ id: CallID, at deadline: Instant) {
    agenda.enter(.pageTimer(id, timer), at: deadline)
  }

  mutating func cancelTimer(_ timer: PageTimer, _ id: CallID) { agenda.cancel { $0 == .pageTimer(id, timer) } }

  mutating func enterNetwork(_ input: PageInput, _ id: CallID, at due: Instant) {
    agenda.enter(.page(id, input), at: due)
  }

  mutating func enterText(_ text: PersonsDevices.HeldText, _ upn: UPN, at due: Instant) {
    agenda.enter(.textArrives(upn, text), at: due)
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
