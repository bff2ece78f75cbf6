/// Why a store does not do what it is asked.
public enum StoreError: Error, Hashable, Sendable {
  case missing(path: String)
  case exists(path: String)
  /// Another kind of file; `what` says which, as the end of a sentence.
  case notAStore(path: String, what: String)
  /// Made by a later version: the name of a migration that this one does not know.
  case newer(path: String, migration: String)
  /// Bytes are not what was written.
  case damaged(path: String, what: String)
  /// Another process writes, and went on writing.
  case busy(path: String, seconds: Int)
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
    case .damaged(let path, let what):
      "\(path) is damaged: \(what); nothing was changed; poundkey tenant check \(path) tells more"
    case .busy(let path, let seconds):
      "\(path) is being written by another process, for \(seconds) s and longer; nothing was changed: try again"
    case .readOnly(let path): "\(path) cannot be written: it, or its folder, is read-only; nothing was changed"
    case .full(let path): "\(path) cannot be written: the disk is full; nothing was changed"
    case .failed(let path, let reason): "\(path): \(reason); nothing was changed"
    }
  }
}
