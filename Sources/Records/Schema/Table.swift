/// A table of a store by name, and its columns in their order, but for the last: `sum`, the checksum of the others.
struct Table: Hashable, Sendable {
  let name: String
  let columns: [String]

  /// One thing that was done, by whom: a transaction.
  static let change = Table(name: "change", columns: ["id", "at", "what", "by", "role", "rows"])
  /// What happened to the tenant, from which it is made again.
  static let event = Table(name: "event", columns: ["sequence", "change", "at", "kind", "upn", "body"])
  static let signIn = Table(
    name: "sign_in",
    columns: ["sequence", "change", "at", "upn", "outcome", "error", "method", "number", "why"])
  static let audit = Table(
    name: "audit", columns: ["sequence", "change", "at", "activity", "upn", "reason", "by", "role"])
  /// Texts and mails.
  static let message = Table(
    name: "message", columns: ["sequence", "change", "at", "kind", "upn", "recipient", "body"])
  /// What happened in calls and at the page.
  static let callEvent = Table(
    name: "call_event", columns: ["sequence", "change", "call", "at", "upn", "kind", "body"])
  /// Recordings, by their content.
  static let greetingFile = Table(name: "greeting_file", columns: ["name", "bytes"])
  /// The tenant as it was at an event, so that older ones need not be read.
  static let checkpoint = Table(name: "checkpoint", columns: ["sequence", "change", "body"])

  /// Those whose rows belong to a change and are only ever added.
  static let history = [event, signIn, audit, message, callEvent]
  static let all = [change] + history + [greetingFile, checkpoint]

  var key: String { columns[0] }

  var insertion: String {
    let marks = repeatElement("?", count: columns.count + 1).joined(separator: ", ")
    return "INSERT INTO \(name) (\(columns.joined(separator: ", ")), sum) VALUES (\(marks))"
  }

  /// With all columns, `sum` the last.
  var selection: String { "SELECT \(columns.joined(separator: ", ")), sum FROM \(name)" }
}
