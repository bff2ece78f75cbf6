import GRDB
import Glibc

/// Why a store does not do what it is asked.
public enum StoreError: Error, Hashable, Sendable {
  case missing(path: String)
  case exists(path: String)
  /// Another kind of file; `what` says which, as the end of a sentence.
  case notAStore(path: String, what: String)
  /// Made by a later version: the name of a migration that this one does not know.
  case newer(path: String, migration: String)
  /// Made by an earlier version, where it cannot be brought to this one's form.
  case older(path: String)
  /// Changes are left in its log, which cannot be read in where the store lies.
  case stranded(path: String)
  /// Bytes are not what was written.
  case damaged(path: String, what: String)
  /// Another process writes, and went on writing.
  case busy(path: String)
  case readOnly(path: String)
  case full(path: String)
  /// What SQLite or the system says.
  case failed(path: String, reason: String)
}

extension StoreError {
  /// What is wrong and what to do, as a sentence without its full stop.
  public var explanation: String {
    switch self {
    case .missing(let path): "\(path) does not exist; poundkey tenant init \(path) makes a store"
    case .exists(let path): "\(path) is there already"
    case .notAStore(let path, let what): "\(path) is no tenant store: \(what)"
    case .newer(let path, let migration):
      "\(path) was made by a newer Poundkey: it has \"\(migration)\", which this one does not know; use that one"
    case .older(let path):
      "\(path) was made by an earlier Poundkey and has to be brought to this one's form, but it, or its folder, is read-only; copy it to where it can be written, and use the copy"
    case .stranded(let path):
      "\(path) cannot be read where it lies: a process that was ended has left changes in the log beside it, and the folder is read-only; copy both to where they can be written"
    case .damaged(let path, let what):
      "\(path) is damaged: \(what); nothing was changed; poundkey tenant check \(path) tells more"
    case .busy(let path):
      "another process writes to \(path) and does not come to an end; nothing was changed: try again"
    case .readOnly(let path): "\(path) cannot be written: it, or its folder, is read-only; nothing was changed"
    case .full(let path): "\(path) cannot be written: the disk is full; nothing was changed"
    case .failed(let path, let reason): "\(path): \(reason); nothing was changed"
    }
  }
}

extension StoreError {
  /// What SQLite says, as an error of ours.
  static func translating<Result>(_ path: String, _ work: () throws -> Result) throws(StoreError) -> Result {
    do {
      return try work()
    } catch {
      throw StoreError(path, anything: error)
    }
  }

  init(_ path: String, anything error: any Error) {
    self =
      switch error {
      case let error as StoreError: error
      case let damage as Damage: .damaged(path: path, what: damage.what)
      case let error as DatabaseError: StoreError(path, error)
      default: .failed(path: path, reason: "\(error)")
      }
  }

  init(_ path: String, _ error: DatabaseError) {
    let said = "SQLite says \"\(error.message ?? "\(error.resultCode)")\""
    self =
      switch error.resultCode {
      case .SQLITE_BUSY, .SQLITE_LOCKED: .busy(path: path)
      case .SQLITE_READONLY: .readOnly(path: path)
      case .SQLITE_FULL: .full(path: path)
      case .SQLITE_CORRUPT: .damaged(path: path, what: said)
      // While an earlier version is brought to this one's form. SQLite's own words have the row in them.
      case .SQLITE_CONSTRAINT where error.extendedResultCode == .SQLITE_CONSTRAINT_FOREIGNKEY:
        .damaged(path: path, what: "rows of it are of a change that is not there")
      case .SQLITE_NOTADB: .damaged(path: path, what: "its header is no SQLite header any more")
      // SQLite has a word of its own for a full disk only where it writes pages.
      case .SQLITE_IOERR where Self.isFull(path): .full(path: path)
      case .SQLITE_CANTOPEN where Self.isFull(path): .full(path: path)
      case .SQLITE_CANTOPEN where Self.isReadOnly(path): .readOnly(path: path)
      default: .failed(path: path, reason: said)
      }
  }

  /// Where a file could not be made.
  static func unmakable(_ path: String, _ number: CInt) -> StoreError {
    switch number {
    case EEXIST: .exists(path: path)
    case EROFS, EACCES: .readOnly(path: path)
    case ENOSPC, EDQUOT: .full(path: path)
    default: .failed(path: path, reason: String(cString: strerror(number)))
    }
  }

  static func unreadable(_ path: String, _ number: CInt) -> StoreError {
    .failed(path: path, reason: "it cannot be read: \(String(cString: strerror(number)))")
  }

  private static func isFull(_ path: String) -> Bool {
    var status = statvfs()
    // The log's index takes 32 KiB.
    return statvfs(path, &status) == 0 && status.f_bavail * status.f_frsize < 65_536
  }

  private static func isReadOnly(_ path: String) -> Bool {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    return access(path, W_OK) != 0 || access(folder, W_OK) != 0
  }
}
