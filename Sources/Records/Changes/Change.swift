import GRDB
public import VerificationCore

/// One thing that is done to a store: all of it, in one transaction, or nothing.
public final class Change {
  public let at: Instant
  public let admin: Admin
  private let store: TenantStore
  private let db: Database
  private let id: Int64
  private let what: String
  private var isBegun = false
  private var loaded: Holding?
  private var rows: Int64 = 0
  private var hasKeptGreetings = false
  private static let farBehind: Int64 = 10_000
  private var logs: [HistoryAppender?] = Table.all.map { _ in nil }

  init(_ what: String, _ db: Database, _ store: TenantStore, at: Instant, by admin: Admin) throws {
    self.what = what
    self.db = db
    self.store = store
    self.at = at
    self.admin = admin
    id = try (Int64.fetchOne(db, sql: "SELECT max(id) FROM change") ?? 0) + 1
  }

  /// The tenant as it is in this transaction; read when it is asked for first.
  public func holding() throws -> Holding {
    if let loaded { return loaded }
    let found = try store.read(db)
    loaded = found
    return found
  }

  /// - Throws: `CommandRefusal`, `StoreError`.
  public func perform(_ command: TenantCommand, keeping kept: String? = nil) throws {
    try record(holding().tenant.decide(command, by: admin, at: at), keeping: kept)
  }

  /// - Throws: `CommandRefusal`, `StoreError`.
  public func perform(_ command: SetupCommand, keeping kept: String? = nil) throws {
    try record(holding().tenant.decide(command, by: admin, at: at), keeping: kept)
  }

  /// - Parameter kept: makes what is kept of the secret that comes with it; asked once the command is not refused.
  /// - Throws: `CommandRefusal`, `StoreError`, what `kept` throws.
  public func perform(_ command: TenantCommand, keeping kept: () throws -> String) throws {
    try record(holding().tenant.decide(command, by: admin, at: at), keeping: kept())
  }

  /// - Parameter kept: makes what is kept of the secret that comes with it; asked once the command is not refused.
  /// - Throws: `CommandRefusal`, `StoreError`, what `kept` throws.
  public func perform(_ command: SetupCommand, keeping kept: () throws -> String) throws {
    try record(holding().tenant.decide(command, by: admin, at: at), keeping: kept())
  }

  private func record(_ events: [TenantEvent], keeping kept: String?) throws {
    for event in events { try record(event, keeping: kept) }
  }

  /// Writes down what has happened.
  ///
  /// - Parameter kept: the hash of a PIN or a pass, the sealed key of a token in Base64.
  public func record(_ event: TenantEvent, keeping kept: String? = nil) throws {
    try record(event, keeping: kept, isNews: true)
  }

  /// - Parameter isNews: what an import repeats is none: no log tells it again.
  private func record(_ event: TenantEvent, keeping kept: String?, isNews: Bool) throws {
    switch event {
    case .signInRecorded(let record): try insert(SignInRow(record), .signIn)
    case .audited(let record): try insert(AuditRow(record), .audit)
    case .mailSent(let mail): try insert(MessageRow(mail), .message)
    default:
      guard let coded = CodedEvent(event, keeping: kept) else { break }
      try insert(.event) { row in
        row.add(at)
        row.add(isNews ? coded.kind : coded.kindOfRepetition)
        row.add(coded.upn)
        row.add(coded.body.json)
      }
    }
    loaded?.apply(event, keeping: kept)
  }

  /// Puts this tenant in place of what holds; the logs stay.
  ///
  /// - Parameter kept: what is kept of the secret that an event is about.
  public func replace(with tenant: Tenant, pins: Set<UPN>, keeping kept: (TenantEvent) -> String?) throws {
    for event in tenant.recreation(pins: pins) { try record(event, keeping: kept(event), isNews: false) }
  }

  /// What happened in a call or at the page.
  public func record(_ event: CallEvent) throws {
    try insert(.callEvent) { row in
      row.add(event.call)
      row.add(event.at)
      row.add(event.upn)
      row.add(event.kind)
      row.add(event.body)
    }
  }

  public func record(_ message: SentMessage) throws { try insert(MessageRow(message), .message) }

  /// Keeps a recording, once for each content.
  ///
  /// - Parameter name: by its content, so that two of one name are the same.
  public func keep(greeting name: String, _ bytes: [UInt8]) throws {
    guard try Row.fetchOne(db, sql: "SELECT 1 FROM greeting_file WHERE name = ?", arguments: [name]) == nil else {
      return
    }
    var row = try RowAppender(.greetingFile, db)
    row.begin()
    row.add(name)
    row.add(blob: bytes)
    try row.finish()
    hasKeptGreetings = true
    try begin()
  }

  /// The number of this change: for what other rows name by it.
  public var number: Int64 { id }

  /// Writes what was done, and a checkpoint where one is due.
  func finish() throws {
    try write(sql: Table.change.update)
    try checkpoint()
  }

  var isEmpty: Bool { rows == 0 && !hasKeptGreetings }
}

extension Change {
  /// The row of the change comes before those that refer to it: were it the last, SQLite would look through every table for
  /// them.
  private func begin() throws {
    guard !isBegun else { return }
    try write(sql: Table.change.insertion)
    isBegun = true
  }

  private func write(sql: String) throws {
    var row = try RowAppender(.change, db, sql: sql)
    row.begin()
    row.add(id)
    row.add(at)
    row.add(what)
    row.add(admin.upn)
    row.add(admin.role.rawValue)
    row.add(rows)
    try row.finish()
  }

  private func insert(_ row: some LogRow, _ table: Table) throws { try insert(table) { row.add(to: &$0) } }

  private func insert(_ table: Table, _ cells: (inout RowAppender) -> Void) throws {
    let log: HistoryAppender
    if let known = logs[table.number] {
      log = known
    } else {
      try begin()
      log = try HistoryAppender(table, db, change: id)
      logs[table.number] = log
    }
    try log.append(cells)
    rows += 1
  }

  /// Where more events have come since the last one than a reading of the tenant should need. Who only writes down, as a
  /// live call does, reads it for that, and not often.
  private func checkpoint() throws {
    guard let last = try Int64.fetchOne(db, sql: "SELECT max(sequence) FROM event"),
      loaded != nil || last > Self.farBehind
    else { return }
    let before = try Int64.fetchOne(db, sql: "SELECT max(sequence) FROM checkpoint") ?? 0
    guard last - before > (loaded == nil ? Self.farBehind : 500) else { return }
    let holding = try holding()
    let parts = holding.tenant.users.count + holding.tenant.tokens.count
    guard last - before > 500 + Int64(parts / 2) else { return }
    try db.execute(sql: "DELETE FROM checkpoint")
    var row = try RowAppender(.checkpoint, db)
    row.begin()
    row.add(last)
    row.add(id)
    row.add(CheckpointBody.json(holding))
    try row.finish()
  }
}

/// Adds to one table of the history, with the number of the change.
private final class HistoryAppender {
  private var row: RowAppender
  private let change: Int64
  private var next: Int64

  init(_ table: Table, _ db: Database, change: Int64) throws {
    row = try RowAppender(table, db)
    self.change = change
    next = (try Int64.fetchOne(db, sql: "SELECT max(sequence) FROM \(table.name)") ?? 0) + 1
  }

  func append(_ cells: (inout RowAppender) -> Void) throws {
    row.begin()
    row.add(next)
    row.add(change)
    cells(&row)
    try row.finish()
    next += 1
  }
}
