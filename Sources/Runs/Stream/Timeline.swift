import ScenarioModel
import VerificationCore

/// Makes the moments of a case from its journal.
struct Timeline {
  private let start: Instant
  private let mask: SecretMask
  private let zone: ClockZone?
  private(set) var moments: [Moment] = []
  private(set) var recordings: [RecordingRecord] = []
  /// Messages that still play: where they stand among `moments`.
  private var playing: [(call: CallID?, ticket: Ticket, index: Int)] = []

  /// - Parameter facts: how many there are, about.
  init(start: Instant, zone: ClockZone?, mask: SecretMask, facts: Int = 0) {
    self.start = start
    self.mask = mask
    self.zone = zone
    moments.reserveCapacity(facts)
  }

  /// The moments that go on, by their index.
  var open: [Int] { playing.map(\.index) }

  /// Forgets the moments before the first that goes on.
  mutating func forgetEnded() {
    let first = open.min() ?? moments.count
    moments.removeFirst(first)
    for position in playing.indices { playing[position].index -= first }
  }

  mutating func take(_ entry: JournalEntry) {
    switch entry.fact {
    case .started(let recording, let ticket):
      playing.append((entry.call, ticket, moments.count))
      append(.message(key(recording), until: nil, isCut: false), entry)
    case .ended(_, let ticket, let stopped):
      guard let index = playing.firstIndex(where: { $0.call == entry.call && $0.ticket == ticket }) else { return }
      end(playing.remove(at: index).index, at: entry.at, isCut: stopped)
    case .personHungUp, .lineDropped, .serviceHungUp:
      for open in playing where open.call == entry.call { end(open.index, at: entry.at, isCut: true) }
      playing.removeAll { $0.call == entry.call }
      if let what = entry.fact.moment(mask, zone) { append(what, entry) }
    default:  // nothing that plays begins or ends with it
      if let what = entry.fact.moment(mask, zone) { append(what, entry) }
    }
  }

  private mutating func append(_ what: Moment.What, _ entry: JournalEntry) {
    moments.append(Moment(at: entry.at - start, verification: entry.call?.number ?? 0, what))
  }

  private mutating func end(_ index: Int, at now: Instant, isCut: Bool) {
    guard case .message(let key, _, _) = moments[index].what else { return }
    moments[index].what = .message(key, until: now - start, isCut: isCut)
  }

  private mutating func key(_ recording: Recording) -> RecordingKey {
    let key = RecordingKey(recording)
    if !recordings.contains(where: { $0.key == key }) {
      recordings.append(
        RecordingRecord(key: key, length: recording.length, script: recording.script.map { mask($0) }))
    }
    return key
  }
}

extension JournalFact {
  /// What a case's record says of it; nil for what only matters to machines.
  fileprivate func moment(_ mask: SecretMask, _ zone: ClockZone?) -> Moment.What? {
    switch self {
    case .signInDecided(let upn, let outcome): .decided(who: mask(upn.text), outcome: outcome.rawValue)
    case .dialling(let upn, let number, let callerID):
      .dial(who: mask(upn.text), number: mask(number), callerID: mask(callerID))
    case .ringing(let callerID): .ring(shows: callerID.map { mask($0) })
    case .answered: .answer
    case .failed(let failure): .failed(reason: failure.name, sip: failure.sip)
    case .rungOut: .unanswered
    case .speakingExtension(let digits, let clips):
      .spokenExtension(digits: digits, length: clips.reduce(.zero) { $0 + $1.length })
    case .sendingExtension: .dialledExtension
    case .key(let key): .key(key.map { String($0.character) })
    case .noted(.wrongEntry(let reason, let number)):
      .wrong(reason: reason.rawValue, text: reason.explanation, number: Int(number))
    case .noted(.ignored(.stale)): nil
    case .noted(.ignored(let reason)): .ignored(reason: reason.rawValue, text: reason.explanation)
    case .checkedPIN(let matched): .pin(isRight: matched)
    case .concluded(let outcome): .outcome(outcome.rawValue)
    case .tenant(let event): event.record(zone).map { .record(kind: $0.kind, text: mask($0.text)) }
    case .personHungUp: .hangUp(by: .person)
    case .lineDropped: .hangUp(by: .network)
    case .serviceHungUp: .hangUp(by: .service)
    case .machineSpeaks(let length): .machine(does: "speaks", length: length)
    case .machineBeeps: .machine(does: "beeps", length: nil)
    case .machineRecords: .machine(does: "records", length: nil)
    case .cancelledAtPage: .cancel
    case .asking(let upn, let method): .ask(who: mask(upn.text), method: method.rawValue)
    case .textSent(let code, let number): .textSent(number: mask(number), code: Int(code.number))
    case .textArrived(let text): .text(Moment.Text(text, mask))
    case .textLost: .textLost
    case .textRejected: .textRejected
    case .textReplied: .reply
    case .typed: .typed
    case .resendAsked: .resend
    case .notified(let device): .notify(device: mask(device))
    case .deviceAnswered(let answer, let device): .device(device.map { mask($0) }, answer: answer.name)
    case .pageNoted(let note): note.moment
    case .pinIsReportCode(let upn): .pinIsReportCode(who: mask(upn.text))
    case .refused(let refusal): .refused(text: mask(refusal.explanation))
    // Messages are spans, made where they start and end.
    case .started, .ended: nil
    }
  }
}

extension PageNote {
  fileprivate var moment: Moment.What? {
    switch self {
    case .wrongCode(let reason, let number):
      .wrong(reason: reason.rawValue, text: reason.explanation, number: Int(number))
    case .refused(.expired): .codeRefused
    case .ignored(.stale): nil
    case .ignored(let reason): .ignored(reason: reason.rawValue, text: reason.explanation)
    case .codeExpired: .codeExpired
    case .resendIsOpen: nil
    }
  }
}

extension Moment.Text {
  fileprivate init(_ text: ArrivedText, _ mask: SecretMask) {
    self.init(
      sender: text.sender.map { mask($0) }, language: text.language.tag, encoding: text.encoding,
      segments: text.segments, isReordered: text.isReordered, words: mask(text.maskedText))
  }
}

extension DialFailure {
  fileprivate var name: String {
    switch self {
    case .busy: "busy"
    case .rejected: "rejected"
    case .noAnswer: "noAnswer"
    case .invalidNumber: "invalidNumber"
    case .carrier: "carrier"
    }
  }

  fileprivate var sip: Int? {
    switch self {
    case .carrier(let status): Int(status)
    case .busy, .rejected, .noAnswer, .invalidNumber: nil
    }
  }
}

extension DeviceAnswer {
  fileprivate var name: String {
    switch self {
    case .approved(numberMatches: true): "approved"
    case .approved(numberMatches: false): "wrongNumber"
    case .declined: "declined"
    case .reported: "reported"
    }
  }
}
