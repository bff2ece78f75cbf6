import GRDB
public import VerificationCore

/// What a log's row is made of, behind its sequence and its change.
protocol LogRow {
  func add(to row: inout RowAppender)
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

  func add(to row: inout RowAppender) {
    row.add(record.at)
    row.add(record.upn)
    row.add(record.outcome.rawValue)
    row.add(Int64(record.errorCode))
    row.add(record.method?.rawValue)
    row.add(record.number)
    row.add(Findings.json(record.why))
  }

  init(_ cells: Cells) throws(Damage) {
    record = SignInRecord(
      at: try cells.instant(2), upn: try cells.upn(3), outcome: try cells.read(try cells.text(4), Outcome.init),
      method: try cells.textIfAny(6).map { text throws(Damage) in try cells.read(text, Method.init) },
      number: try cells.textIfAny(7), why: try Findings.findings(cells, 8))
  }
}

struct AuditRow: LogRow {
  let record: AuditRecord

  init(_ record: AuditRecord) { self.record = record }

  func add(to row: inout RowAppender) {
    let (upn, role): (UPN?, String) =
      switch record.by {
      case .service: (nil, "service")
      case .person: (nil, "person")
      case .admin(let upn, let role): (upn, role.rawValue)
      }
    row.add(record.at)
    row.add(record.activity.rawValue)
    row.add(record.upn)
    row.add(record.reason)
    row.add(upn)
    row.add(role)
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
    var body = JSONText()
    body.put("{")
    body.add(name: "subject")
    body.add(mail.subject)
    body.put("}")
    message = SentMessage(at: mail.at, kind: "mail", upn: mail.upn, recipient: mail.to.text, body: body.text)
  }

  func add(to row: inout RowAppender) {
    row.add(message.at)
    row.add(message.kind)
    row.add(message.upn)
    row.add(message.recipient)
    row.add(message.body)
  }

  init(_ cells: Cells) throws(Damage) {
    message = SentMessage(
      at: try cells.instant(2), kind: try cells.text(3), upn: try cells.upnIfAny(4), recipient: try cells.textIfAny(5),
      body: try cells.text(6))
  }
}
