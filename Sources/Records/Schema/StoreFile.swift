import Foundation
import GRDB
import Glibc
import Synchronization

/// The file of a store: how it is made, opened and closed.
struct StoreFile: Sendable {
  let path: String
  let database: any DatabaseWriter

  /// How long another process's writing is waited for.
  static let patience = 30

  /// Makes the file, readable by its owner alone.
  static func create(_ path: String) throws(StoreError) -> StoreFile {
    let descriptor = Glibc.open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      switch errno {
      case EEXIST: throw .exists(path: path)
      case EROFS, EACCES: throw .readOnly(path: path)
      case ENOSPC, EDQUOT: throw .full(path: path)
      default: throw .failed(path: path, reason: String(cString: strerror(errno)))
      }
    }
    close(descriptor)
    do throws(StoreError) {
      try mark(path)
      return try attach(path, .writing, waiting: nil)
    } catch {
      for ending in ["", "-wal", "-shm"] { unlink(path + ending) }
      throw error
    }
  }

  /// Says in the file's header whose it is, before anything may stand in a log beside it only.
  private static func mark(_ path: String) throws(StoreError) {
    try translated(path) {
      let queue = try DatabaseQueue(path: path)
      try queue.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA application_id = \(Migrations.applicationID)")
      }
      try queue.close()
    }
  }

  /// - Parameter waiting: told once, when another process writes and this one begins to wait.
  static func open(
    _ path: String, _ access: TenantStore.Access, waiting: (@Sendable () -> Void)?
  ) throws(StoreError) -> StoreFile {
    try requireStore(path)
    return try attach(path, access, waiting: waiting)
  }

  /// Whether the file is a SQLite database of ours, by its first bytes.
  static func isStore(_ path: String) -> Bool { (try? requireStore(path)) != nil }

  private static func requireStore(_ path: String) throws(StoreError) {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { throw .missing(path: path) }
      throw .failed(path: path, reason: "it cannot be read: \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    var header = [UInt8](repeating: 0, count: 100)
    guard read(descriptor, &header, header.count) == header.count, header.starts(with: Array("SQLite format 3\0".utf8))
    else { throw .notAStore(path: path, what: "it is no SQLite database") }
    let application = header[68..<72].reduce(Int64(0)) { $0 << 8 | Int64($1) }
    guard application == Migrations.applicationID else {
      throw .notAStore(path: path, what: "it is a SQLite database of another program")
    }
  }

  private static func attach(
    _ path: String, _ access: TenantStore.Access, waiting: (@Sendable () -> Void)?
  ) throws(StoreError) -> StoreFile {
    try translated(path) {
      switch access {
      case .writing: try writing(path, waiting)
      case .reading: try reading(path, waiting)
      }
    }
  }

  private static func writing(_ path: String, _ waiting: (@Sendable () -> Void)?) throws -> StoreFile {
    let file = StoreFile(path: path, database: try DatabasePool(path: path, configuration: configuration(waiting)))
    try file.refuseNewer()
    try Migrations.migrator.migrate(file.database)
    return file
  }

  private static func reading(_ path: String, _ waiting: (@Sendable () -> Void)?) throws -> StoreFile {
    var configuration = configuration(waiting)
    configuration.readonly = true
    // Where nothing can be written beside it, SQLite reads a database in WAL mode only if told that nobody writes.
    let isAlone = access(folder(of: path), W_OK) != 0 && access(path + "-wal", F_OK) != 0
    let name = isAlone ? "file:\(escaped(path))?immutable=1" : path
    let file = StoreFile(path: path, database: try DatabaseQueue(path: name, configuration: configuration))
    try file.refuseNewer()
    if try file.database.read({ try Migrations.migrator.hasCompletedMigrations($0) }) { return file }
    try file.database.close()
    // Of an earlier version: brought to this one's form first.
    try writing(path, waiting).database.close()
    return try reading(path, waiting)
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func escaped(_ path: String) -> String {
    path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path
  }

  private static func configuration(_ waiting: (@Sendable () -> Void)?) -> Configuration {
    var configuration = Configuration()
    configuration.busyMode = .callback(patience(waiting))
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA synchronous = FULL")
      // Pages that are not as they should be are refused when they are read.
      try db.execute(sql: "PRAGMA cell_size_check = ON")
      try db.execute(sql: "PRAGMA trusted_schema = OFF")
    }
    return configuration
  }

  /// Asks again every 20 ms, for `patience` seconds.
  private static func patience(_ waiting: (@Sendable () -> Void)?) -> Database.BusyCallback {
    let isTold = Atomic(false)
    let shared = Shared(isTold)
    return { tries in
      if tries == 10, !shared.flag.exchange(true, ordering: .relaxed) { waiting?() }
      guard tries < patience * 50 else { return false }
      usleep(20_000)
      return true
    }
  }

  private final class Shared: Sendable {
    let flag: Atomic<Bool>
    init(_ flag: consuming Atomic<Bool>) { self.flag = flag }
  }

  private func refuseNewer() throws {
    let applied = try database.read { try Migrations.migrator.appliedIdentifiers($0) }
    // The names of later versions are not known here; one of them is enough.
    if let unknown = applied.subtracting(Migrations.names).min() {
      throw StoreError.newer(path: path, migration: unknown)
    }
  }

  /// What SQLite says, as an error of ours.
  static func translated<Result>(_ path: String, _ work: () throws -> Result) throws(StoreError) -> Result {
    do {
      return try work()
    } catch let error as StoreError {
      throw error
    } catch let damage as Damage {
      throw .damaged(path: path, what: damage.what)
    } catch let error as DatabaseError {
      throw translated(path, error)
    } catch {
      throw .failed(path: path, reason: "\(error)")
    }
  }

  static func translated(_ path: String, _ error: DatabaseError) -> StoreError {
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: .busy(path: path, seconds: patience)
    case .SQLITE_READONLY: .readOnly(path: path)
    case .SQLITE_FULL: .full(path: path)
    case .SQLITE_CORRUPT: .damaged(path: path, what: "SQLite says \"\(error.message ?? "malformed")\"")
    case .SQLITE_NOTADB: .damaged(path: path, what: "its header is no SQLite header any more")
    default: .failed(path: path, reason: "SQLite says \"\(error.message ?? "\(error.resultCode)")\"")
    }
  }
}
