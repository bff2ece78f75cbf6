import GRDB
public import VerificationCore

/// One thing that is done to a store: all of it, in one transaction, or nothing.
public final class Change {
  public let at: Instant
  public let admin: Admin
  private let store: TenantStore
  private let db: Database
  private let id: Int64
  private let json = JSONRows()
  private var loaded: Holding?
  private var rows: Int64 = 0
  private var next: [Table: Int64] = [:]
  private var insertions: [Table: Statement] = [:]

  init(_ db: Database, _ store: TenantStore, at: Instant, by admin: Admin) throws {
    self.db = db
    self.store = store
    self.at = at
    self.admin = admin
    id = try (Int64.fetchOne(db, sql: "SELECT max(id) FROM change") ?? 0) + 1
    // What refers to it is checked when the transaction ends.
    try db.execute(sql: "PRAGMA defer_foreign_keys = ON")
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
    switch event {
    case .signInRecorded(let record): try insert(SignInRow(record), .signIn)
    case .audited(let record): try insert(AuditRow(record), .audit)
    case .mailSent(let mail): try insert(MessageRow(mail), .message)
    default:
      guard let coded = CodedEvent(event, keeping: kept) else { break }
      try insert(.event, at: at) { [coded.kind, coded.upn, json.text(coded.body)] }
    }
    loaded?.apply(event, keeping: kept)
  }

  /// Puts this tenant in place of what holds; the logs stay.
  ///
  /// - Parameter kept: what is kept of the secret that an event is about.
  public func replace(with tenant: Tenant, pins: Set<UPN>, keeping kept: (TenantEvent) -> String?) throws {
    for event in tenant.recreation(pins: pins) { try record(event, keeping: kept(event)) }
  }

  /// What happened in a call or at the page.
  public func record(_ event: CallEvent) throws {
    try insert(.callEvent) { [event.call, event.at, event.upn, event.kind, event.body] }
  }

  public func record(_ message: SentMessage) throws { try insert(MessageRow(message), .message) }

  /// Keeps a recording, once for each content.
  ///
  /// - Parameter name: by its content, so that two of one name are the same.
  public func keep(greeting name: String, _ bytes: [UInt8]) throws {
    guard try Row.fetchOne(db, sql: "SELECT 1 FROM greeting_file WHERE name = ?", arguments: [name]) == nil else {
      return
    }
    try insertion(.greetingFile).execute(arguments: Cells(.greetingFile, [name, bytes]).arguments)
  }

  /// The number of this change: for what other rows name by it.
  public var number: Int64 { id }

  /// Writes what was done, and a checkpoint where one is due.
  func finish(_ what: String) throws {
    let cells: [any CellValue] = [id, at, what, admin.upn, admin.role.rawValue, rows]
    try db.execute(sql: Table.change.insertion, arguments: Cells(.change, cells).arguments)
    if let loaded { try checkpoint(loaded) }
  }

  var isEmpty: Bool { rows == 0 }
}

extension Change {
  private func insert(_ row: some LogRow, _ table: Table) throws { try insert(table) { row.values } }

  private func insert(_ table: Table, at instant: Instant, _ values: () -> [any CellValue]) throws {
    try insert(table) { [instant] + values() }
  }

  private func insert(_ table: Table, _ values: () -> [any CellValue]) throws {
    let sequence = try sequence(of: table)
    try insertion(table).execute(arguments: Cells(table, [sequence, id] + values()).arguments)
    rows += 1
  }

  private func sequence(of table: Table) throws -> Int64 {
    let sequence =
      try next[table] ?? (Int64.fetchOne(db, sql: "SELECT max(sequence) FROM \(table.name)") ?? 0) + 1
    next[table] = sequence + 1
    return sequence
  }

  private func insertion(_ table: Table) throws -> Statement {
    if let statement = insertions[table] { return statement }
    let statement = try db.cachedStatement(sql: table.insertion)
    insertions[table] = statement
    return statement
  }

  /// Where more events have come since the last one than a reading of the tenant should need.
  private func checkpoint(_ holding: Holding) throws {
    guard let last = try Int64.fetchOne(db, sql: "SELECT max(sequence) FROM event") else { return }
    let before = try Int64.fetchOne(db, sql: "SELECT max(sequence) FROM checkpoint") ?? 0
    let parts = holding.tenant.users.count + holding.tenant.tokens.count
    guard last - before > 500 + Int64(parts / 2) else { return }
    let lines = holding.recreation.compactMap { part in
      CodedEvent(part.event, keeping: part.kept).map { json.text(CheckpointLine($0)) }
    }
    try db.execute(sql: "DELETE FROM checkpoint")
    let cells: [any CellValue] = [last, id, lines.joined(separator: "\n")]
    try db.execute(sql: Table.checkpoint.insertion, arguments: Cells(.checkpoint, cells).arguments)
  }
}

/// An event in a checkpoint, which is a row for many.
struct CheckpointLine: Codable {
  let kind: String
  let upn: String?
  let body: EventBody

  init(_ event: CodedEvent) { (kind, upn, body) = (event.kind, event.upn?.text, event.body) }

  var coded: CodedEvent? {
    guard let upn else { return CodedEvent(kind: kind, upn: nil, body: body) }
    return UPN(upn).map { CodedEvent(kind: kind, upn: $0, body: body) }
  }
}
