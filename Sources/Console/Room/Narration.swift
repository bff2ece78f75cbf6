import Exploration
import LiveCalls
import ScenarioModel
import Simulation
import VerificationCore

/// Tells pages what happens in a session, fact by fact.
struct Narration {
  let start: Instant
  private let seed: UInt64
  private let sounds: SoundShelf
  /// Whose verification each is.
  private var users: [CallID: UPN] = [:]
  /// Verifications that are remembered, whether or not they are over.
  private static let remembered = 1_000
  private var pages: [CallID: String] = [:]
  private var cards = 0
  private var reachedSteps = 0
  private var toldEnding = false

  init(start: Instant, seed: UInt64, sounds: SoundShelf) {
    (self.start, self.seed, self.sounds) = (start, seed, sounds)
  }

  mutating func events(of update: LiveExchange<PausableClock>.Update) -> [RoomEvent] {
    var events = guide(update) + acts(update)
    for entry in update.news { begin(entry) }
    var texts = arrivals(in: update.news)
    for entry in update.news { events += self.events(of: entry, update.board, &texts) }
    events += update.steps.compactMap { event(of: $0, update) }
    events += pageStates(update)
    events += facts(update)
    events += ending(update)
    return events
  }

  private func since(_ instant: Instant) -> Milliseconds { instant - start }
}

// Facts.
extension Narration {
  /// What people did that no fact tells: that somebody asked to sign in, and what the network was made to do wrong.
  private func acts(_ update: LiveExchange<PausableClock>.Update) -> [RoomEvent] {
    update.acts.compactMap { act in
      switch act.verb {
      case .signIn(let step):
        RoomEvent(
          "signIn", at: since(act.at), user: step.user ?? step.request.upn,
          ["method": .text(step.request.method?.rawValue)])
      case .fault(let fault): RoomEvent("fault", at: since(act.at), ["fault": .text(NetworkFault(fault).rawValue)])
      default: nil  // facts tell of it
      }
    }
  }

  private mutating func events(
    of entry: JournalEntry, _ board: Switchboard, _ texts: inout [UPN: Int]
  ) -> [RoomEvent] {
    switch entry.fact {
    case .tenant(let event): return card(of: event, entry, board)
    case .textArrived: return text(entry, board, &texts)
    default: return plain(entry, board).map { [$0] } ?? []
    }
  }

  private func event(_ type: String, _ entry: JournalEntry, _ details: [String: JSON] = [:], user: UPN? = nil)
    -> RoomEvent
  {
    RoomEvent(type, at: since(entry.at), call: entry.call, user: user ?? entry.call.flatMap { users[$0] }, details)
  }

  private func plain(_ entry: JournalEntry, _ board: Switchboard) -> RoomEvent? {
    switch entry.fact {
    case .signInDecided(let upn, let outcome):
      event("decided", entry, outcome.details, user: upn)
    case .dialling(_, let number, let callerID):
      event("dial", entry, ["number": .text(number), "callerId": .text(callerID)])
    case .ringing(let callerID):
      event("ring", entry, ["callerId": .text(callerID), "country": .text(country(entry.call, board))])
    case .answered: event("answered", entry)
    case .failed(let failure): event("failed", entry, failure.details)
    case .rungOut: event("rungOut", entry)
    case .started(let recording, let ticket): event("play", entry, playing(recording, ticket))
    case .ended(let message, let ticket, let stopped):
      event(
        "playEnd", entry,
        ["message": .text(message.rawValue), "ticket": .count(ticket.number), "stopped": .flag(stopped)])
    case .speakingExtension(let digits, let clips):
      event(
        "digits", entry,
        [
          "digits": .text(digits), "length": .number(clips.reduce(.zero) { $0 + $1.length }.count),
          "audio": .list(clips.map { .text(sounds.address($0.file, .default)) }),
        ])
    case .sendingExtension: event("tones", entry)
    case .key(let key): event("key", entry, ["key": .text(key.map { String($0.character) })])
    case .noted(let note): noted(note, entry)
    case .checkedPIN(let matched): event("pin", entry, ["matched": .flag(matched)])
    case .concluded(let outcome): event("outcome", entry, outcome.details)
    case .personHungUp: event("hangUp", entry, ["by": "person"])
    case .lineDropped: event("hangUp", entry, ["by": "line"])
    case .serviceHungUp: event("hangUp", entry, ["by": "service"])
    case .machineSpeaks(let length): event("machine", entry, ["does": "speaks", "length": .number(length.count)])
    case .machineBeeps: event("machine", entry, ["does": "beeps"])
    case .machineRecords: event("machine", entry, ["does": "records"])
    case .cancelledAtPage: event("cancelled", entry)
    case .asking(_, let method):
      event("ask", entry, ["method": .text(method.rawValue), "match": .text(match(entry.call, board))])
    case .textSent(_, let number): event("textSent", entry, ["number": .text(number)])
    case .textLost: event("textLost", entry)
    case .textRejected: event("textRejected", entry)
    case .textReplied: event("textReplied", entry)
    case .typed: event("typed", entry)
    case .resendAsked: event("resend", entry)
    case .notified(let device): event("notified", entry, ["device": .text(device)])
    case .deviceAnswered(let answer, let device):
      event("deviceAnswered", entry, ["device": .text(device), "answer": .text(answer.id)])
    case .pageNoted(let note): noted(note, entry)
    case .pinIsReportCode(let upn):
      event("trouble", entry, ["kind": "pinIsReportCode"], user: upn)
    case .refused(let refusal): event("refused", entry, [:].saying(("text", refusal.said)))
    case .tenant, .textArrived: nil  // told elsewhere
    }
  }

  /// The calling code of the number that rings: each country has a tone of its own.
  private func country(_ call: CallID?, _ board: Switchboard) -> String? {
    call.flatMap { board.service.call($0) }.map { "+\($0.request.phone.countryCode)" }
  }

  private func playing(_ recording: Recording, _ ticket: Ticket) -> [String: JSON] {
    [
      "ticket": .count(ticket.number), "message": .text(recording.message.rawValue),
      "language": .text(recording.language.tag), "source": .text(recording.source.rawValue),
      "length": .number(recording.length.count), "text": .text(recording.script),
      "audio": .text(recording.file.map { sounds.address($0, recording.source) }),
    ]
  }

  private func wrong(_ reason: String, _ text: String, _ number: UInt8, _ entry: JournalEntry) -> RoomEvent {
    event("wrong", entry, ["reason": .text(reason), "text": .text(text), "number": .count(number)])
  }

  private func ignored(_ reason: String, _ text: String, _ entry: JournalEntry) -> RoomEvent {
    event("ignored", entry, ["reason": .text(reason), "text": .text(text)])
  }

  private func noted(_ note: CallNote, _ entry: JournalEntry) -> RoomEvent? {
    switch note {
    case .wrongEntry(let reason, let number):
      wrong(reason.rawValue, reason.explanation, number, entry)
    case .ignored(.stale): nil
    case .ignored(let reason):
      ignored(reason.rawValue, reason.explanation, entry)
    }
  }

  private func noted(_ note: PageNote, _ entry: JournalEntry) -> RoomEvent? {
    switch note {
    case .wrongCode(let reason, let number):
      wrong(reason.rawValue, reason.explanation, number, entry)
    case .ignored(.stale): nil
    case .ignored(let reason):
      ignored(reason.rawValue, reason.explanation, entry)
    case .refused:
      event(
        "pageNote", entry, ["reason": "codeRefused", "text": .text(Sentence("a code that has expired was typed").text)])
    case .codeExpired:
      event("pageNote", entry, ["reason": "codeExpired", "text": .text(Sentence("the code has expired").text)])
    case .resendIsOpen:
      event(
        "pageNote", entry, ["reason": "resendIsOpen", "text": .text(Sentence("another code may be asked for").text)])
    }
  }

  /// The number on the page that is to be typed at the device.
  private func match(_ call: CallID?, _ board: Switchboard) -> String? {
    call.flatMap { board.service.page($0) }.flatMap { NumberMatch.number(of: $0, seed: seed) }
  }

  private mutating func begin(_ entry: JournalEntry) {
    guard let call = entry.call, let upn = entry.fact.beginsVerification else { return }
    users[call] = upn
    // What is told of a verification so long over is told of nobody.
    let oldest = call.number - Self.remembered
    guard users.count > 2 * Self.remembered else { return }
    users = users.filter { $0.key.number > oldest }
    pages = pages.filter { $0.key.number > oldest }
  }

  /// How many texts arrive, and at whom.
  private func arrivals(in news: [JournalEntry]) -> [UPN: Int] {
    var arrivals: [UPN: Int] = [:]
    for entry in news where entry.fact.isTextArriving {
      if let upn = entry.call.flatMap({ users[$0] }) { arrivals[upn, default: 0] += 1 }
    }
    return arrivals
  }

  /// - Parameter arriving: how many of those that the telephones have are new and not told.
  private mutating func text(
    _ entry: JournalEntry, _ board: Switchboard, _ arriving: inout [UPN: Int]
  ) -> [RoomEvent] {
    guard let call = entry.call, let upn = users[call], let left = arriving[upn], left > 0 else { return [] }
    let texts = board.texts(of: upn)
    guard left <= texts.count else { return [] }
    arriving[upn] = left - 1
    let text = texts[texts.count - left]
    return [
      event(
        "text", entry,
        [
          "sender": .text(text.shown.sender), "language": .text(text.shown.language.tag),
          "encoding": .text(text.shown.encoding), "parts": .list(text.parts.map { .text($0) }),
          "code": .text(text.code),
        ])
    ]
  }

  private mutating func card(of event: TenantEvent, _ entry: JournalEntry, _ board: Switchboard) -> [RoomEvent] {
    guard let card = RecordCard(event, pass: { board.shownPass(of: $0) }) else { return [] }
    cards += 1
    return [card.event(id: cards, at: since(entry.at), call: entry.call)]
  }
}

// How things stand.
extension Narration {
  private func event(of step: CallStep, _ update: LiveExchange<PausableClock>.Update) -> RoomEvent? {
    let (from, to) = (Place(step.state.stage), Place(step.transition.state.stage))
    guard let call = step.call, step.state != step.transition.state, let upn = users[call] else { return nil }
    return RoomEvent(
      "state", at: since(update.now), call: call, user: upn,
      [
        "machine": "voice", "from": .text(from.name), "to": .text(to.name),
        "input": .text(InputKind(step.input).words),
      ])
  }

  private mutating func pageStates(_ update: LiveExchange<PausableClock>.Update) -> [RoomEvent] {
    var events: [RoomEvent] = []
    for page in update.board.service.pages {
      let (machine, place) = page.state.place
      let before = pages[page.id] ?? "idle"
      guard before != place else { continue }
      pages[page.id] = place
      events.append(
        RoomEvent(
          "state", at: since(update.now), call: page.id, user: page.request.upn,
          ["machine": .text(machine), "from": .text(before), "to": .text(place), "input": ""]))
    }
    return events
  }

  /// What has changed about people.
  private func facts(_ update: LiveExchange<PausableClock>.Update) -> [RoomEvent] {
    var changed: [UPN] = []
    for entry in update.news {
      if case .tenant(let event) = entry.fact, let upn = event.changed, !changed.contains(upn) { changed.append(upn) }
    }
    guard !changed.isEmpty else { return [] }
    let tenant = update.board.service.tenant
    let statuses = UserStatuses(tenant, at: update.now)
    return changed.compactMap { tenant.user($0) }.map { user in
      RoomEvent(
        "user", at: since(update.now), user: user.upn, ["user": statuses.status(of: user).facts(at: update.now)])
    }
  }

  private mutating func guide(_ update: LiveExchange<PausableClock>.Update) -> [RoomEvent] {
    guard let script = update.script else { return [] }
    let (at, names) = (since(update.now), script.names)
    let events = (reachedSteps..<max(reachedSteps, script.reached)).map { step in
      RoomEvent(
        "guide", at: at,
        ["step": .count(step + 1), "of": .count(names.count), "name": .text(names[step]), "phase": "at"])
    }
    reachedSteps = script.reached
    return events
  }

  private mutating func ending(_ update: LiveExchange<PausableClock>.Update) -> [RoomEvent] {
    guard let script = update.script, let ending = script.ending, !toldEnding else { return [] }
    toldEnding = true
    let problem: Problem? =
      switch ending {
      case .failed(let problem): problem
      case .done(let problems): problems.first
      }
    var details: [String: JSON] = [
      "step": .count(reachedSteps), "of": .count(script.names.count),
      "phase": .text(problem == nil ? "over" : "failed"),
    ]
    if let problem {
      details["problem"] = .object([
        "id": .text(problem.id), "message": .text(problem.message),
        "hint": .text(problem.notes.first { $0.kind == .hint }?.text),
      ])
    }
    return [RoomEvent("guide", at: since(update.now), details)]
  }
}

/// Number matching (TEN-2): two digits on the page, to be typed at the device.
enum NumberMatch {
  /// - Returns: nil where the page asks for no number.
  static func number(of page: VerificationService.ActivePage, seed: UInt64) -> String? {
    guard case .challenge(_, let policy) = page.state, policy.kind == .app(matchesNumber: true) else { return nil }
    var chance = Chance(seed: seed ^ UInt64(page.id.number) &* 0x9E37_79B9)
    return String(Int.random(in: 10...99, using: &chance))
  }
}

extension JournalFact {
  fileprivate var isTextArriving: Bool { if case .textArrived = self { true } else { false } }
}

extension PageState {
  /// The machine and the node of its diagram.
  var place: (machine: String, place: String) {
    switch self {
    case .text(let state, _): ("text", state.place)
    case .challenge(let state, _): ("challenge", state.place)
    }
  }
}

extension Outcome {
  fileprivate var details: [String: JSON] {
    let kind =
      switch kind {
      case .admitted: "admitted"
      case .denied: "denied"
      case .refused: "refused"
      }
    return ["outcome": .text(rawValue), "kind": .text(kind), "text": .text(recordText)]
  }
}

extension DialFailure {
  fileprivate var details: [String: JSON] {
    switch self {
    case .busy: ["reason": "busy"]
    case .rejected: ["reason": "rejected"]
    case .noAnswer: ["reason": "noAnswer"]
    case .invalidNumber: ["reason": "invalidNumber"]
    case .carrier(let status): ["reason": "carrier", "sip": .count(status)]
    }
  }
}

extension DeviceAnswer {
  fileprivate var id: String {
    switch self {
    case .approved(numberMatches: true): "approved"
    case .approved(numberMatches: false): "wrongNumber"
    case .declined: "declined"
    case .reported: "reported"
    }
  }
}
