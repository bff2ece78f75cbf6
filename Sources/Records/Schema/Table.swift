/// A table of a store by name, and its columns in their order, but for the last: `sum`, the checksum of the others.
struct Table: Hashable, Sendable {
  /// Its place in `all`.
  let number: Int
  let name: String
  let columns: [String]

  private init(_ number: Int, _ name: String, _ columns: [String]) {
    (self.number, self.name, self.columns) = (number, name, columns)
  }

  /// One thing that was done, by whom: a transaction.
  static let change = Table(0, "change", ["id", "at", "what", "by", "role", "rows"])
  /// What happened to the tenant, from which it is made again.
  static let event = Table(1, "event", ["sequence", "change", "at", "kind", "upn", "body"])
  static let signIn = Table(
    2, "sign_in", ["sequence", "change", "at", "upn", "outcome", "error", "method", "number", "why"])
  static let audit = Table(3, "audit", ["sequence", "change", "at", "activity", "upn", "reason", "by", "role"])
  /// Texts and mails.
  static let message = Table(4, "message", ["sequence", "change", "at", "kind", "upn", "recipient", "body"])
  /// What happened in calls and at the page.
  static let callEvent = Table(5, "call_event", ["sequence", "change", "call", "at", "upn", "kind", "body"])
  /// Recordings, by their content.
  static let greetingFile = Table(6, "greeting_file", ["name", "bytes"])
  /// The tenant as it was at an event, so that older ones need not be read.
  static let checkpoint = Table(7, "checkpoint", ["sequence", "change", "body"])

  static let all = [change, event, signIn, audit, message, callEvent, greetingFile, checkpoint]

  /// The rows of these belong to a change and are only ever added, without a gap in their numbers.
  var isHistory: Bool { self != .change && self != .greetingFile && self != .checkpoint }

  var key: String { columns[0] }

  var insertion: String {
    let marks = repeatElement("?", count: columns.count + 1).joined(separator: ", ")
    return "INSERT INTO \(name) (\(columns.joined(separator: ", ")), sum) VALUES (\(marks))"
  }

  /// Writes all columns of the row with this key anew.
  var update: String {
    let cells = (columns.dropFirst() + ["sum"]).enumerated().map { "\($1) = ?\($0 + 2)" }
    return "UPDATE \(name) SET \(cells.joined(separator: ", ")) WHERE \(key) = ?1"
  }

  /// With all columns, `sum` the last.
  var selection: String { "SELECT \(columns.joined(separator: ", ")), sum FROM \(name)" }

  static func == (left: Table, right: Table) -> Bool { left.number == right.number }
  func hash(into hasher: inout Hasher) { hasher.combine(number) }
}
