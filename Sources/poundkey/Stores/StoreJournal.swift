import Records
import Reports
import Runs
import ScenarioModel
import Secrets
import VerificationCore

/// Writes what happens in calls and at the page into a store: the tenant's events, the moments of each verification, and
/// the texts.
struct StoreJournal {
  private let start: Instant
  private let key: SealingKey?
  private var moments: MomentLog
  /// The change that the names of verifications begin with: the first in which something was written.
  private var number: Int64?
  private var users: [CallID: UPN] = [:]
  /// Where the last text of a verification went; masked.
  private var numbers: [CallID: String] = [:]
  private static let remembered = 10_000
  /// So much of the journal is written.
  private var written = 0
  /// The time of what was written last.
  private(set) var latest: Instant

  /// - Parameters:
  ///   - start: what the moments' times are counted from.
  ///   - key: for the keys of tokens that come in; without one they are not kept.
  init(start: Instant, zone: ClockZone? = nil, key: SealingKey? = nil) {
    (self.start, self.key, latest) = (start, key, start)
    moments = MomentLog(start: start, zone: zone)
  }

  /// Whether there is something to write.
  func lacks(_ journal: [JournalEntry]) -> Bool { written < journal.count }

  /// The names of the verifications so far, as the log has them.
  var names: [String] { users.keys.sorted().map(name) }

  /// Whether its end has something more to write.
  var hasRest: Bool { !moments.rest().isEmpty }

  /// Writes what is new of a journal. Once it is on the disk, the caller keeps this value; before, the old one.
  mutating func write(_ journal: [JournalEntry], isOver: Bool = false, in change: Change) throws {
    try append(Array(journal[min(written, journal.count)...]), isOver: isOver, in: change)
  }

  /// Writes what follows what was written before.
  mutating func append(_ news: [JournalEntry], isOver: Bool, in change: Change) throws {
    number = number ?? change.number
    for entry in news {
      if let call = entry.call, let upn = entry.fact.beginsVerification { begin(call, upn) }
      if case .tenant(let event) = entry.fact { try change.record(event, keeping: kept(of: event)) }
      for moment in moments.take(entry) { try write(moment, entry, in: change) }
    }
    written += news.count
    latest = news.last?.at ?? latest
    guard isOver else { return }
    for moment in moments.rest() { try write(moment, nil, in: change) }
  }

  private mutating func begin(_ call: CallID, _ upn: UPN) {
    users[call] = upn
    // Of verifications so long over nothing more is written.
    guard users.count > 2 * Self.remembered else { return }
    users = users.filter { $0.key.number > call.number - Self.remembered }
    numbers = numbers.filter { $0.key.number > call.number - Self.remembered }
  }

  private mutating func write(_ moment: Moment, _ entry: JournalEntry?, in change: Change) throws {
    let call = moment.verification == 0 ? nil : CallID(moment.verification)
    let upn = call.flatMap { users[$0] } ?? entry?.fact.about
    let (at, json) = (start + moment.at, MomentText.json(moment))
    try change.record(CallEvent(call: name(call), at: at, upn: upn, kind: moment.kind, body: json))
    guard let kind = moment.what.message else { return }
    if let call, case .textSent(let number, _) = moment.what { numbers[call] = number }
    try change.record(
      SentMessage(at: at, kind: kind, upn: upn, recipient: call.flatMap { numbers[$0] }, body: json))
  }

  private func name(_ call: CallID?) -> String { "\(number ?? 0).\(call?.number ?? 0)" }

  /// What came of a script cannot tell a pass or a PIN: of those nothing is kept.
  private func kept(of event: TenantEvent) -> String? {
    guard case .tokenImported(let token) = event, let key, let secret = token.secret else { return nil }
    return Base64.text(key.seal(secret, of: token.serial))
  }
}

extension JournalFact {
  /// Whom it is about, outside of a verification.
  fileprivate var about: UPN? {
    switch self {
    case .signInDecided(let upn, _), .pinIsReportCode(let upn): upn
    case .tenant(.signInRecorded(let record)): record.upn
    case .tenant(.audited(let record)): record.upn
    case .tenant(.userBlocked(let block)): block.upn
    case .tenant(.userUnblocked(let upn, _)), .tenant(.riskClosed(let upn, _)): upn
    case .tenant(.riskDetected(let risk)): risk.upn
    case .tenant(.passIssued(let pass)): pass.upn
    case .tenant(.clientRemembered(let client)): client.upn
    default: nil  // nobody, or one who is known from its verification
    }
  }
}

extension Moment.What {
  /// What a message's log calls it; nil for what is no message.
  fileprivate var message: String? {
    switch self {
    case .textSent: "textSent"
    case .text: "textArrived"
    case .textLost: "textLost"
    case .textRejected: "textRejected"
    case .reply: "textReplied"
    default: nil
    }
  }
}
