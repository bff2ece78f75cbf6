import GRDB
import VerificationCore

extension TenantStore {
  /// The rows that a query asks for, the oldest first, one by one; all as they stood at one moment.
  ///
  /// - Parameter each: called while the rows are read; what it throws ends the reading.
  /// - Returns: the sequence of the log's newest row at that moment, 0 where there is none.
  @discardableResult
  public func entries(_ query: LogQuery, _ each: (LogEntry) throws -> Void) throws -> Int64 {
    try read(query.log, each) { db in try query.sql(from: Self.start(db, query)) }
  }

  /// Those that came behind one, in the order in which they did.
  ///
  /// - Returns: the sequence of the log's newest row, from which the next call goes on.
  public func entries(_ query: LogQuery, after sequence: Int64, _ each: (LogEntry) throws -> Void) throws -> Int64 {
    try read(query.log, each) { _ in query.sqlAfter(sequence) }
  }

  /// A number that is another one once somebody else has written. Costs next to nothing; of a store that is open for
  /// reading.
  public func version() throws(StoreError) -> Int64 {
    try peeking { db in try Int64.fetchOne(db, sql: "PRAGMA data_version") ?? 0 }
  }

  /// How SQLite answers a query: the lines of EXPLAIN QUERY PLAN, of all the statements that it takes.
  package func plan(of query: LogQuery, after sequence: Int64? = nil) throws(StoreError) -> [String] {
    let start = LogQuery.Position(at: 0, sequence: 0)
    let statements =
      sequence.map { [query.sqlAfter($0)] }
      ?? (query.last.map { [query.sqlOfStart(last: $0), query.sql(from: start)] } ?? [query.sql(from: nil)])
    return try reading { db in
      try statements.flatMap { sql in
        try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + sql.text, arguments: sql.arguments).map { row in
          try row.decode(String.self, forColumn: "detail")
        }
      }
    }
  }
}

extension TenantStore {
  private func read(
    _ log: LogQuery.Log, _ each: (LogEntry) throws -> Void, _ sql: (Database) throws -> LogQuery.SQL
  ) throws -> Int64 {
    var failure: (any Error)?
    let end = try reading { db in
      let sql = try sql(db)
      do {
        try db.rows(of: log.table, sql.text, sql.arguments) { row in
          let entry = try LogEntry(log, try row.get())
          do { try each(entry) } catch { throw Stopped(reason: error) }
        }
      } catch let stopped as Stopped {
        failure = stopped.reason
      }
      return try Int64.fetchOne(db, sql: "SELECT max(sequence) FROM \(log.table.name)") ?? 0
    }
    if let failure { throw failure }
    return end
  }

  /// Whoever is handed the rows wants no more of them.
  private struct Stopped: Error {
    let reason: any Error
  }

  /// Where the last so many begin; nil where there are no more than that.
  private static func start(_ db: Database, _ query: LogQuery) throws -> LogQuery.Position? {
    guard let last = query.last, last > 0 else { return nil }
    let sql = query.sqlOfStart(last: last)
    guard let row = try Row.fetchOne(db, sql: sql.text, arguments: sql.arguments) else { return nil }
    return LogQuery.Position(
      at: try row.decode(Int64.self, forColumn: "at"), sequence: try row.decode(Int64.self, forColumn: "sequence"))
  }
}

extension LogQuery {
  struct SQL {
    var text: String
    var arguments: StatementArguments
  }

  /// A row's place in the order of times.
  struct Position {
    let at: Int64
    let sequence: Int64
  }

  /// The rows in the order of their times.
  func sql(from start: Position?) -> SQL {
    var conditions = self.conditions
    if last == 0 { conditions.texts.append("FALSE") }
    if let start {
      conditions.texts.append("(at, sequence) >= (?, ?)")
      conditions.arguments += [start.at, start.sequence]
    }
    return SQL(
      text: log.table.selection + conditions.clause + " ORDER BY at, sequence",
      arguments: StatementArguments(conditions.arguments))
  }

  /// The place of the row that is the last but so many: read backwards, and none of them kept.
  func sqlOfStart(last: Int) -> SQL {
    let conditions = self.conditions
    let text = "SELECT at, sequence FROM \(log.table.name)\(conditions.clause) ORDER BY at DESC, sequence DESC"
    return SQL(
      text: text + " LIMIT 1 OFFSET ?", arguments: StatementArguments(conditions.arguments + [last - 1]))
  }

  /// In the order in which rows came; a plus sign keeps SQLite from another index than that.
  func sqlAfter(_ sequence: Int64) -> SQL {
    var conditions = Conditions(texts: ["sequence > ?"], arguments: [sequence])
    if let condition = log.condition { conditions.texts.append("+\(condition)") }
    for filter in log.filters { conditions.demand("+\(filter.column) = ?", filters[filter]) }
    conditions.demand("+at >= ?", since?.millisecondsSince1970)
    conditions.demand("+at < ?", until?.millisecondsSince1970)
    return SQL(
      text: log.table.selection + conditions.clause + " ORDER BY sequence",
      arguments: StatementArguments(conditions.arguments))
  }

  /// One filter chooses the index; a plus sign keeps SQLite from thinking of the others'.
  private var conditions: Conditions {
    let chosen = log.filters.first { filters[$0] != nil }
    var conditions = Conditions(texts: log.condition.map { [$0] } ?? [])
    for filter in log.filters {
      conditions.demand("\(filter == chosen ? "" : "+")\(filter.column) = ?", filters[filter])
    }
    conditions.demand("at >= ?", since?.millisecondsSince1970)
    conditions.demand("at < ?", until?.millisecondsSince1970)
    return conditions
  }

  private struct Conditions {
    var texts: [String]
    var arguments: [any DatabaseValueConvertible] = []

    mutating func demand(_ text: String, _ value: (some DatabaseValueConvertible)?) {
      guard let value else { return }
      texts.append(text)
      arguments.append(value)
    }

    var clause: String { texts.isEmpty ? "" : " WHERE " + texts.joined(separator: " AND ") }
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
