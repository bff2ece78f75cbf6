import Foundation
import GRDB
import Glibc
import Synchronization

/// The file of a store, open: one connection that writes, where that is asked for, and one that reads.
///
/// Two queues and no pool: a pool of GRDB's sets `synchronous = NORMAL`, where a commit is on the disk some time later.
final class StoreFile: Sendable {
  let path: String
  private let patience: Patience
  /// nil where the file is open for reading.
  private let writer: DatabaseQueue?
  /// Opened when something is read first.
  private let reader: Mutex<DatabaseQueue?>
  /// nil once it is closed.
  private let identity: Mutex<OpenStores.Identity?>

  private init(_ path: String, _ patience: Patience, writer: DatabaseQueue?, reader: DatabaseQueue?) {
    (self.path, self.patience, self.writer) = (path, patience, writer)
    self.reader = Mutex(reader)
    let found = OpenStores.Identity(path)
    if let found { OpenStores.add(found) }
    identity = Mutex(found)
  }

  deinit { forget() }

  private func forget() {
    identity.withLock { identity in
      if let known = identity { OpenStores.remove(known) }
      identity = nil
    }
  }

  /// Reads inside one snapshot; it waits for nobody who writes. Within a reading, another is part of it.
  func read<Result>(_ work: (Database) throws -> Result) throws(StoreError) -> Result {
    try StoreError.translating(path) {
      try opened().unsafeReentrantRead { db in
        if db.isInsideTransaction { return try work(db) }
        var result: Result?
        try db.inTransaction(.deferred) {
          result = try work(db)
          return .commit
        }
        guard let result else { preconditionFailure("the work was done, or threw") }
        return result
      }
    }
  }

  /// Reads one thing outside of any snapshot.
  func peek<Result>(_ work: (Database) throws -> Result) throws(StoreError) -> Result {
    try StoreError.translating(path) { try opened().unsafeReentrantRead(work) }
  }

  private func opened() throws -> DatabaseQueue {
    try reader.withLock { reader in
      let found = try reader ?? DatabaseQueue(path: path, configuration: Self.configuration(patience, readonly: true))
      reader = found
      return found
    }
  }

  /// The whole of it, or nothing: on the disk when this returns.
  ///
  /// - Returns: what the work gives, and whether it is to stay.
  func write<Result>(_ work: (Database) throws -> (result: Result, isKept: Bool)) throws -> Result {
    guard let writer else { throw StoreError.failed(path: path, reason: "it was opened for reading") }
    return try writer.writeWithoutTransaction { db in
      var result: Result?
      try db.inTransaction(.immediate) {
        let done = try work(db)
        result = done.result
        return done.isKept ? .commit : .rollback
      }
      guard let result else { preconditionFailure("the work was done, or threw") }
      return result
    }
  }

  /// Who closes last writes the log into the file; so who writes does it behind who reads.
  func close() throws(StoreError) {
    defer { forget() }
    try StoreError.translating(path) {
      try reader.withLock { reader in
        try reader?.close()
        reader = nil
      }
      try writer?.close()
    }
  }
}

// Making and opening.
extension StoreFile {
  /// Makes the file, readable by its owner alone. It gets its name when it is whole.
  ///
  /// - Parameter version: the last step of the schema, for stores as earlier versions made them.
  static func create(_ path: String, version: String? = nil) throws(StoreError) -> StoreFile {
    try requireFree(path)
    let making = "\(path).making-\(getpid())"
    defer { for ending in ["", "-wal", "-shm"] { unlink(making + ending) } }
    let descriptor = Glibc.open(making, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .unmakable(path, errno) }
    Glibc.close(descriptor)
    try StoreError.translating(path) {
      let queue = try DatabaseQueue(path: making, configuration: configuration(Patience()))
      // Whose it is stands in the file's header before anything else does.
      try queue.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA application_id = \(Migrations.applicationID)")
      }
      try prepare(queue, version: version)
      try queue.close()
    }
    guard link(making, path) == 0 else { throw .unmakable(path, errno) }
    unlink(making)
    try synchronizeFolder(of: path)
    return try StoreError.translating(path) { try writing(path, Patience(), version: version) }
  }

  /// A log that is left of another store would be taken for the new one's.
  private static func requireFree(_ path: String) throws(StoreError) {
    if isThere(path) { throw .exists(path: path) }
    if hasLog(path) { throw .exists(path: path + "-wal") }
    for ending in ["-wal", "-shm"] { unlink(path + ending) }
  }

  static func open(_ path: String, _ access: TenantStore.Access, _ patience: Patience) throws(StoreError) -> StoreFile {
    try requireStore(path)
    return try StoreError.translating(path) {
      switch access {
      case .writing: try writing(path, patience)
      case .reading: try reading(path, patience)
      }
    }
  }

  /// Whether the file is a SQLite database of ours, by its first bytes.
  static func isStore(_ path: String) -> Bool { (try? requireStore(path)) != nil }

  private static func requireStore(_ path: String) throws(StoreError) {
    if OpenStores.has(path) { return }
    var status = stat()
    guard stat(path, &status) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { throw .missing(path: path) }
      throw .unreadable(path, errno)
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw .notAStore(path: path, what: "it is a directory")
    default: throw .notAStore(path: path, what: "it is no regular file")
    }
    if status.st_size == 0 { throw .notAStore(path: path, what: "it is empty") }
    try requireHeader(path)
  }

  private static func requireHeader(_ path: String) throws(StoreError) {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .unreadable(path, errno) }
    defer { Glibc.close(descriptor) }
    var header = [UInt8](repeating: 0, count: 100)
    guard Glibc.read(descriptor, &header, header.count) == header.count,
      header.starts(with: Array("SQLite format 3\0".utf8))
    else { throw .notAStore(path: path, what: "it is no SQLite database") }
    let application = header[68..<72].reduce(Int64(0)) { $0 << 8 | Int64($1) }
    guard application == Migrations.applicationID else {
      throw .notAStore(path: path, what: "it is a SQLite database of another program")
    }
  }

  private static func writing(_ path: String, _ patience: Patience, version: String? = nil) throws -> StoreFile {
    let queue = try DatabaseQueue(path: path, configuration: configuration(patience))
    try refuseNewer(queue, path)
    try prepare(queue, version: version)
    return StoreFile(path, patience, writer: queue, reader: nil)
  }

  /// The log instead of a journal, and every table.
  private static func prepare(_ queue: DatabaseQueue, version: String?) throws {
    try queue.writeWithoutTransaction { db in
      let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
      guard mode == "wal" else { throw DatabaseError(message: "the file system cannot hold a write-ahead log") }
      try Migrations.run(db, through: version)
    }
  }

  private static func reading(_ path: String, _ patience: Patience) throws -> StoreFile {
    let queue = try reader(path, patience)
    try refuseNewer(queue, path)
    if try queue.read({ try Migrations.missing($0).isEmpty }) {
      return StoreFile(path, patience, writer: nil, reader: queue)
    }
    try queue.close()
    // Of an earlier version: brought to this one's form first.
    do {
      try writing(path, patience).close()
    } catch StoreError.readOnly {
      throw StoreError.older(path: path)
    } catch let error as DatabaseError where StoreError(path, error) == .readOnly(path: path) {
      throw StoreError.older(path: path)
    }
    return try reading(path, patience)
  }

  /// Where nothing can be written beside it, SQLite reads a database in WAL mode only if told that nobody writes.
  private static func reader(_ path: String, _ patience: Patience) throws -> DatabaseQueue {
    let configuration = configuration(patience, readonly: true)
    let isAlone = !hasLog(path)
    let alone = "file:\(path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path)?immutable=1"
    if isAlone, !canWrite(besides: path) { return try DatabaseQueue(path: alone, configuration: configuration) }
    do {
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      // What SQLite needs beside the file is made now.
      _ = try queue.read { try Int64.fetchOne($0, sql: "SELECT count(*) FROM sqlite_master") }
      return queue
    } catch let error as DatabaseError where isAlone && StoreError(path, error) == .full(path: path) {
      return try DatabaseQueue(path: alone, configuration: configuration)
    } catch let error as DatabaseError where !isAlone && StoreError(path, error) == .readOnly(path: path) {
      throw StoreError.stranded(path: path)
    }
  }

  private static func refuseNewer(_ queue: DatabaseQueue, _ path: String) throws {
    // The names of later versions are not known here; one of them is enough.
    if let unknown = try queue.read({ try Migrations.unknown($0).min() }) {
      throw StoreError.newer(path: path, migration: unknown)
    }
  }

  private static func configuration(_ patience: Patience, readonly: Bool = false) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = readonly
    configuration.busyMode = .callback(patience.callback)
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA synchronous = FULL")
      // A large change touches the pages of every index: 16 MiB of them in memory, and as many in the log before they are
      // moved into the file.
      try db.execute(sql: "PRAGMA cache_size = -16384")
      try db.execute(sql: "PRAGMA wal_autocheckpoint = 4096")
      // Pages that are not as they should be are refused when they are read.
      try db.execute(sql: "PRAGMA cell_size_check = ON")
      try db.execute(sql: "PRAGMA trusted_schema = OFF")
    }
    return configuration
  }
}

// Beside the file.
extension StoreFile {
  private static func isThere(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// A log with something in it. Who only reads leaves an empty one.
  private static func hasLog(_ path: String) -> Bool {
    var status = stat()
    return stat(path + "-wal", &status) == 0 && status.st_size > 0
  }

  private static func canWrite(besides path: String) -> Bool { access(folder(of: path), W_OK) == 0 }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// A name is on the disk when its folder is.
  private static func synchronizeFolder(of path: String) throws(StoreError) {
    let descriptor = Glibc.open(folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unmakable(path, errno) }
    defer { Glibc.close(descriptor) }
    // Some file systems know no such thing, and have nothing to write then.
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw .unmakable(path, errno) }
  }
}

/// How another process's writing is waited for.
struct Patience: Sendable {
  var limit: Duration = .seconds(30)
  /// Told once, when waiting has begun.
  var waiting: (@Sendable () -> Void)?

  private static let pause: Duration = .milliseconds(20)

  /// Asks again every 20 ms; a fifth of a second is nothing to tell of.
  var callback: Database.BusyCallback {
    let (limit, waiting) = (limit, waiting)
    let isTold = Told()
    return { tries in
      if tries >= 10, !isTold.flag.exchange(true, ordering: .relaxed) { waiting?() }
      guard Self.pause * tries < limit else { return false }
      usleep(20_000)
      return true
    }
  }

  private final class Told: Sendable {
    let flag = Atomic(false)
  }
}
