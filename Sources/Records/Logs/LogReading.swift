import GRDB
import VerificationCore

extension TenantStore {
  /// The rows that a query asks for, the oldest first, one by one.
  ///
  /// - Throws: `StoreError`, and what `each` throws.
  public func entries(_ query: LogQuery, _ each: (LogEntry) throws -> Void) throws {
    var newest: [LogEntry] = []
    var refusal: (any Error)?
    try reading { db in
      let sql = query.sql
      do {
        try db.rows(of: query.log.table, sql.text, sql.arguments) { row in
          let entry = try LogEntry(query.log, try row.get())
          // The newest come first, and there are not many of them.
          guard query.last == nil else { return newest.append(entry) }
          do { try each(entry) } catch { throw Stopped(reason: error) }
        }
      } catch let stopped as Stopped {
        refusal = stopped.reason
      }
    }
    if let refusal { throw refusal }
    for entry in newest.reversed() { try each(entry) }
  }

  /// Whoever is handed the rows wants no more of them.
  private struct Stopped: Error {
    let reason: any Error
  }

  /// Those that came behind one, in the order in which they did.
  public func entries(_ query: LogQuery, after sequence: Int64) throws(StoreError) -> [LogEntry] {
    let sql = query.sqlAfter(sequence)
    return try reading { db in
      var entries: [LogEntry] = []
      try db.rows(of: query.log.table, sql.text, sql.arguments) { row in
        entries.append(try LogEntry(query.log, try row.get()))
      }
      return entries
    }
  }

  /// The sequence of a log's newest row; 0 where there is none.
  public func end(of log: LogQuery.Log) throws(StoreError) -> Int64 {
    try reading { db in try Int64.fetchOne(db, sql: "SELECT max(sequence) FROM \(log.table.name)") ?? 0 }
  }

  /// How SQLite answers a query: the lines of EXPLAIN QUERY PLAN.
  package func plan(of query: LogQuery, after sequence: Int64? = nil) throws(StoreError) -> [String] {
    let sql = sequence.map(query.sqlAfter) ?? query.sql
    return try reading { db in
      try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + sql.text, arguments: sql.arguments).map { row in
        try row.decode(String.self, forColumn: "detail")
      }
    }
  }
}

extension LogQuery {
  struct SQL {
    var text: String
    var arguments: StatementArguments
  }

  /// One filter chooses the index; a plus sign keeps SQLite from thinking of the others'.
  var sql: SQL {
    let chosen = log.filters.first { filters[$0] != nil }
    var conditions = log.condition.map { [$0] } ?? []
    var arguments: [any DatabaseValueConvertible] = []
    for filter in log.filters {
      guard let value = filters[filter] else { continue }
      conditions.append("\(filter == chosen ? "" : "+")\(filter.column) = ?")
      arguments.append(value)
    }
    for (bound, sign) in [(since, ">="), (until, "<")] {
      guard let bound else { continue }
      conditions.append("at \(sign) ?")
      arguments.append(bound.millisecondsSince1970)
    }
    let order = last == nil ? "ASC" : "DESC"
    var text = Self.selection(log, conditions) + " ORDER BY at \(order), sequence \(order)"
    if let last {
      text += " LIMIT ?"
      arguments.append(last)
    }
    return SQL(text: text, arguments: StatementArguments(arguments))
  }

  func sqlAfter(_ sequence: Int64) -> SQL {
    var conditions = ["sequence > ?"] + (log.condition.map { ["+\($0)"] } ?? [])
    var arguments: [any DatabaseValueConvertible] = [sequence]
    for filter in log.filters {
      guard let value = filters[filter] else { continue }
      conditions.append("+\(filter.column) = ?")
      arguments.append(value)
    }
    for (bound, sign) in [(since, ">="), (until, "<")] {
      guard let bound else { continue }
      conditions.append("+at \(sign) ?")
      arguments.append(bound.millisecondsSince1970)
    }
    return SQL(
      text: Self.selection(log, conditions) + " ORDER BY sequence", arguments: StatementArguments(arguments))
  }

  private static func selection(_ log: Log, _ conditions: [String]) -> String {
    log.table.selection + (conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND "))
  }
}

extension LogEntry {
  init(_ log: LogQuery.Log, _ cells: Cells) throws(Damage) {
    sequence = try cells.integer(0)
    switch log {
    case .signIns: record = .signIn(try SignInRow(cells).record)
    case .audit: record = .audit(try AuditRow(cells).record)
    case .risk: record = .risk(try RiskNote(cells))
    case .calls: record = .call(try CallEvent(cells))
    case .messages: record = .message(try MessageRow(cells).message)
    }
    at = try cells.instant(log == .calls ? 3 : 2)
  }
}

extension CallEvent {
  init(_ cells: Cells) throws(Damage) {
    self.init(
      call: try cells.text(2), at: try cells.instant(3), upn: try cells.upnIfAny(4), kind: try cells.text(5),
      body: try cells.text(6))
  }
}

extension RiskNote {
  init(_ cells: Cells) throws(Damage) {
    let body = try cells.eventBody(5)
    guard let state = body.state.flatMap(RiskDetection.State.init) else { throw cells.damage }
    self.init(upn: try cells.upn(4), kind: body.kind.flatMap(RiskDetection.Kind.init), state: state)
  }
}
