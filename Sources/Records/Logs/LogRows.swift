import GRDB
public import VerificationCore

/// What a log's row is made of, behind its sequence and its change.
protocol LogRow {
  var values: [any CellValue] { get }
}

/// Something that happened in a call or at the page.
public struct CallEvent: Hashable, Sendable {
  /// Of one verification, across all of the store.
  public let call: String
  public let at: Instant
  public let upn: UPN?
  /// A word for scripts: `key`, `play`.
  public let kind: String
  /// What happened, as a JSON object without secrets.
  public let body: String

  public init(call: String, at: Instant, upn: UPN?, kind: String, body: String) {
    self.call = call
    self.at = at
    self.upn = upn
    self.kind = kind
    self.body = body
  }
}

/// A text message or a mail.
public struct SentMessage: Hashable, Sendable {
  public let at: Instant
  /// `mail`, or what became of a text: `textSent`, `textArrived`.
  public let kind: String
  public let upn: UPN?
  /// Every word that `kind` may be.
  public static let kinds = ["mail", "textSent", "textArrived", "textLost", "textRejected", "textReplied"]

  /// A mail address, or a masked number.
  public let recipient: String?
  /// What it says, as a JSON object without the code.
  public let body: String

  public init(at: Instant, kind: String, upn: UPN?, recipient: String?, body: String) {
    self.at = at
    self.kind = kind
    self.upn = upn
    self.recipient = recipient
    self.body = body
  }
}

struct SignInRow: LogRow {
  let record: SignInRecord

  init(_ record: SignInRecord) { self.record = record }

  var values: [any CellValue] {
    [
      record.at, record.upn, record.outcome.rawValue, record.errorCode, record.method?.rawValue, record.number,
      Findings.text(record.why),
    ]
  }

  init(_ cells: Cells) throws(Damage) {
    record = SignInRecord(
      at: try cells.instant(2), upn: try cells.upn(3), outcome: try cells.read(try cells.text(4), Outcome.init),
      method: try cells.textIfAny(6).map { text throws(Damage) in try cells.read(text, Method.init) },
      number: try cells.textIfAny(7), why: try cells.read(try cells.text(8), Findings.findings))
  }
}

struct AuditRow: LogRow {
  let record: AuditRecord

  init(_ record: AuditRecord) { self.record = record }

  var values: [any CellValue] {
    let (upn, role): (UPN?, String) =
      switch record.by {
      case .service: (nil, "service")
      case .person: (nil, "person")
      case .admin(let upn, let role): (upn, role.rawValue)
      }
    return [record.at, record.activity.rawValue, record.upn, record.reason, upn, role]
  }

  init(_ cells: Cells) throws(Damage) {
    let by: AuditRecord.Actor =
      switch try cells.text(7) {
      case "service": .service
      case "person": .person
      case let role: .admin(try cells.upnIfAny(6), try cells.read(role, Role.init))
      }
    record = AuditRecord(
      at: try cells.instant(2), activity: try cells.read(try cells.text(3), AuditRecord.Activity.init),
      upn: try cells.upnIfAny(4), reason: try cells.textIfAny(5), by: by)
  }
}

struct MessageRow: LogRow {
  let message: SentMessage

  init(_ message: SentMessage) { self.message = message }

  init(_ mail: Mail) {
    let body = JSONRows().text(["subject": mail.subject])
    message = SentMessage(at: mail.at, kind: "mail", upn: mail.upn, recipient: mail.to.text, body: body)
  }

  var values: [any CellValue] { [message.at, message.kind, message.upn, message.recipient, message.body] }

  init(_ cells: Cells) throws(Damage) {
    message = SentMessage(
      at: try cells.instant(2), kind: try cells.text(3), upn: try cells.upnIfAny(4), recipient: try cells.textIfAny(5),
      body: try cells.text(6))
  }
}

/// The reasons of a sign-in record as JSON: `[["account",null,"the account is enabled"]]`.
enum Findings {
  /// Made once: a log may have a million rows.
  private static let json = JSONRows()

  static func text(_ findings: [SignInFinding]) -> String {
    json.text(findings.map { [$0.gate.rawValue, $0.outcome?.rawValue, $0.reason] })
  }

  static func findings(_ text: String) -> [SignInFinding]? {
    guard let rows = json.value([[String?]].self, text) else { return nil }
    let findings = rows.compactMap { row -> SignInFinding? in
      guard row.count == 3, let gate = row[0].flatMap(SignInGate.init), let reason = row[2] else { return nil }
      guard let name = row[1] else { return SignInFinding(gate, nil, reason) }
      return Outcome(rawValue: name).map { SignInFinding(gate, $0, reason) }
    }
    return findings.count == rows.count ? findings : nil
  }
}
