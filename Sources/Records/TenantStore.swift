import GRDB
public import VerificationCore

/// A tenant on disk: one SQLite file, in which everything that happened stands in the order in which it did.
///
/// The file is in WAL mode and every commit is on the disk before it is acknowledged (`synchronous = FULL`). One
/// process writes at a time, others wait for it; who reads waits for nobody. No rule of a tenant is in here: events are
/// written down, and read they make the tenant again.
public final class TenantStore: Sendable {
  public let path: String
  private let file: StoreFile

  private init(_ file: StoreFile) {
    self.file = file
    path = file.path
  }

  public enum Access: Hashable, Sendable {
    case reading
    case writing
  }

  /// Makes a store, readable by its owner alone (0600).
  public static func create(at path: String) throws(StoreError) -> TenantStore {
    TenantStore(try StoreFile.create(path))
  }

  /// Opens a store; one of an earlier version is brought to this one's form first.
  ///
  /// - Parameter waiting: told once, where another process writes and this one has to wait.
  public static func open(
    _ path: String, _ access: Access = .reading, waiting: (@Sendable () -> Void)? = nil
  ) throws(StoreError) -> TenantStore {
    TenantStore(try StoreFile.open(path, access, waiting: waiting))
  }

  /// Whether the file begins as a store does.
  public static func isStore(_ path: String) -> Bool { StoreFile.isStore(path) }

  /// Writes what is still in the log into the file, and lets go of it.
  public func close() throws(StoreError) {
    try StoreFile.translated(path) { try file.database.close() }
  }

  /// The tenant as it is now.
  public func holding() throws(StoreError) -> Holding {
    try StoreFile.translated(path) { try file.database.read { db in try read(db) } }
  }

  /// Does something to the tenant: all of it or nothing, and it is on the disk when this returns.
  ///
  /// - Parameter what: the words for it in the list of changes, as in `user add`.
  /// - Throws: `StoreError`, and what `work` throws; nothing has changed then.
  public func change<Result>(
    _ what: String, by admin: Admin = Admin(), at now: Instant, _ work: (Change) throws -> Result
  ) throws -> Result {
    do {
      return try file.database.writeWithoutTransaction { db in
        var result: Result?
        try db.inTransaction(.immediate) {
          let change = try Change(db, self, at: now, by: admin)
          result = try work(change)
          guard !change.isEmpty else { return .rollback }
          try change.finish(what)
          return .commit
        }
        guard let result else { preconditionFailure("the work was done, or threw") }
        return result
      }
    } catch let error as DatabaseError {
      throw StoreFile.translated(path, error)
    } catch let damage as Damage {
      throw StoreError.damaged(path: path, what: damage.what)
    }
  }

  /// The content of a recording that a greeting names.
  public func greeting(named name: String) throws(StoreError) -> [UInt8]? {
    try StoreFile.translated(path) {
      try file.database.read { db in
        let sql = Table.greetingFile.selection + " WHERE name = ?"
        guard let row = try Row.fetchOne(db, sql: sql, arguments: [name]) else { return nil }
        return try Cells(.greetingFile, reading: row).bytes(1)
      }
    }
  }

  /// Reads inside one snapshot.
  func reading<Result>(_ work: (Database) throws -> Result) throws(StoreError) -> Result {
    try StoreFile.translated(path) { try file.database.read { db in try work(db) } }
  }

  /// Reads one thing, which needs no snapshot.
  func peeking<Result>(_ work: (Database) throws -> Result) throws(StoreError) -> Result {
    try StoreFile.translated(path) { try file.database.unsafeRead { db in try work(db) } }
  }
}

extension TenantStore {
  /// From the newest checkpoint on, or from where the tenant was made or imported last.
  func read(_ db: Database) throws -> Holding {
    var holding = Holding()
    let json = JSONRows()
    var position = try checkpoint(db, into: &holding, json)
    if position == nil {
      position = try Int64.fetchOne(db, sql: "SELECT max(sequence) FROM event WHERE kind = 'cleared'").map { $0 - 1 }
    }
    try replay(db, after: position ?? 0, into: &holding, json)
    return holding
  }

  /// Applies the events behind one, in their order.
  func replay(_ db: Database, after sequence: Int64, into holding: inout Holding, _ json: JSONRows) throws {
    let rows = try Row.fetchCursor(
      db, sql: Table.event.selection + " WHERE sequence > ? ORDER BY sequence", arguments: [sequence])
    while let row = try rows.next() {
      let cells = try Cells(.event, reading: row)
      guard let body = json.value(EventBody.self, try cells.text(5)),
        let event = CodedEvent(kind: try cells.text(3), upn: try cells.upnIfAny(4), body: body).event()
      else { throw cells.damage }
      holding.apply(event, keeping: body.kept)
    }
  }

  private func checkpoint(_ db: Database, into holding: inout Holding, _ json: JSONRows) throws -> Int64? {
    let sql = Table.checkpoint.selection + " ORDER BY sequence DESC LIMIT 1"
    guard let row = try Row.fetchOne(db, sql: sql) else { return nil }
    let cells = try Cells(.checkpoint, reading: row)
    for line in try cells.text(2).split(separator: "\n") {
      guard let coded = json.value(CheckpointLine.self, String(line))?.coded, let event = coded.event() else {
        throw cells.damage
      }
      holding.apply(event, keeping: coded.body.kept)
    }
    return try cells.integer(0)
  }
}
