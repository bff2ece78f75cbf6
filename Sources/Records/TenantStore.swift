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

  /// The steps that made the schema, in their order.
  package static var versions: [String] { Migrations.names }

  /// Makes a store as an earlier version did, to see that it is read.
  ///
  /// - Parameter version: of `versions`.
  package static func create(at path: String, version: String) throws(StoreError) -> TenantStore {
    TenantStore(try StoreFile.create(path, version: version))
  }

  /// Opens a store; one of an earlier version is brought to this one's form first.
  ///
  /// - Parameters:
  ///   - patience: how long another process's writing is waited for, each time.
  ///   - waiting: told once, where another process writes and this one has to wait.
  public static func open(
    _ path: String, _ access: Access = .reading, patience: Duration = .seconds(30),
    waiting: (@Sendable () -> Void)? = nil
  ) throws(StoreError) -> TenantStore {
    TenantStore(try StoreFile.open(path, access, Patience(limit: patience, waiting: waiting)))
  }

  /// Whether the file begins as a store does.
  public static func isStore(_ path: String) -> Bool { StoreFile.isStore(path) }

  /// Writes what is still in the log into the file, and lets go of it.
  public func close() throws(StoreError) { try file.close() }

  /// The tenant as it is now.
  public func holding() throws(StoreError) -> Holding { try reading { db in try read(db) } }

  /// Does something to the tenant: all of it or nothing, and it is on the disk when this returns.
  ///
  /// - Parameter what: the words for it in the list of changes, as in `user add`.
  /// - Throws: `StoreError`, and what `work` throws; nothing has changed then.
  public func change<Result>(
    _ what: String, by admin: Admin = Admin(), at now: Instant, _ work: (Change) throws -> Result
  ) throws -> Result {
    do {
      return try file.write { db in
        let change = try Change(what, db, self, at: now, by: admin)
        let result = try work(change)
        if !change.isEmpty { try change.finish() }
        return (result, isKept: !change.isEmpty)
      }
    } catch let error as DatabaseError {
      throw StoreError(path, error)
    } catch let damage as Damage {
      throw StoreError(path, anything: damage)
    }
  }

  /// The content of a recording that a greeting names.
  public func greeting(named name: String) throws(StoreError) -> [UInt8]? {
    try reading { db in
      var bytes: [UInt8]?
      try db.rows(of: .greetingFile, Table.greetingFile.selection + " WHERE name = ?", [name]) { row in
        bytes = try row.get().bytes(1)
      }
      return bytes
    }
  }

  /// Reads inside one snapshot.
  func reading<Result>(_ work: (Database) throws -> Result) throws(StoreError) -> Result { try file.read(work) }

  /// Reads one thing, which needs no snapshot.
  func peeking<Result>(_ work: (Database) throws -> Result) throws(StoreError) -> Result { try file.peek(work) }
}

extension TenantStore {
  /// From the newest checkpoint on, or from where the tenant was made or imported last.
  func read(_ db: Database) throws -> Holding {
    var holding = Holding()
    var position = try checkpoint(db, into: &holding)
    if position == nil {
      position = try Int64.fetchOne(db, sql: "SELECT max(sequence) FROM event WHERE kind = 'cleared'").map { $0 - 1 }
    }
    try replay(db, after: position ?? 0, into: &holding)
    return holding
  }

  /// Applies the events behind one, in their order.
  func replay(_ db: Database, after sequence: Int64, into holding: inout Holding) throws {
    try db.rows(of: .event, Table.event.selection + " WHERE sequence > ? ORDER BY sequence", [sequence]) { row in
      let cells = try row.get()
      let coded = CodedEvent(kind: try cells.text(3), upn: try cells.upnIfAny(4), body: try cells.eventBody(5))
      guard let event = coded.event() else { throw cells.damage }
      holding.apply(event, keeping: coded.body.kept)
    }
  }

  private func checkpoint(_ db: Database, into holding: inout Holding) throws -> Int64? {
    var position: Int64?
    try db.rows(of: .checkpoint, Table.checkpoint.selection + " ORDER BY sequence DESC LIMIT 1") { row in
      let cells = try row.get()
      try CheckpointBody.apply(cells, 2, to: &holding)
      position = try cells.integer(0)
    }
    return position
  }
}
