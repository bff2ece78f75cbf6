import Glibc
import Synchronization

/// The store files that this process has open.
///
/// POSIX locks belong to a process and a file: closing any descriptor of the file gives up the locks that SQLite holds
/// on another, and the next process that closes the store would take it for its own and remove the log. So a file that is
/// open as a store is never opened beside SQLite.
enum OpenStores {
  /// A file, by whatever name.
  struct Identity: Hashable {
    private let device: UInt64
    private let inode: UInt64

    /// - Returns: nil where there is none.
    init?(_ path: String) {
      var status = stat()
      guard stat(path, &status) == 0 else { return nil }
      (device, inode) = (UInt64(status.st_dev), UInt64(status.st_ino))
    }
  }

  private static let counts = Mutex<[Identity: Int]>([:])

  static func has(_ path: String) -> Bool {
    guard let identity = Identity(path) else { return false }
    return counts.withLock { $0[identity] != nil }
  }

  static func add(_ identity: Identity) { counts.withLock { $0[identity, default: 0] += 1 } }

  static func remove(_ identity: Identity) {
    counts.withLock { counts in
      guard let count = counts[identity] else { return }
      counts[identity] = count > 1 ? count - 1 : nil
    }
  }
}
