import CSndfile
import Glibc
import Synchronization

/// libmpg123 prints a line for every flaw it meets, and libsndfile gives no way to stop it.
///
/// While any decoding is under way the C library's `stderr` stream leads to `/dev/null`. File descriptor 2 stays as it
/// is, so whatever writes to it directly is still seen.
enum QuietStandardError {
  /// The streams are only handed back to the C library, under the lock.
  private struct Exchange: @unchecked Sendable {
    var depth = 0
    var former: UnsafeMutablePointer<FILE>?
    var silent: UnsafeMutablePointer<FILE>?
  }

  private static let exchange = Mutex(Exchange())

  /// Calls may nest and overlap; the last to end restores the stream.
  static func during<Result>(_ body: () -> Result) -> Result {
    enter()
    defer { leave() }
    return body()
  }

  private static func enter() {
    exchange.withLock { exchange in
      exchange.depth += 1
      guard exchange.depth == 1 else { return }
      // Opened once and kept: another thread may still hold it for the length of a call.
      exchange.silent = exchange.silent ?? fopen("/dev/null", "we")
      guard let silent = exchange.silent else { return }
      exchange.former = csndfile_exchange_stderr(silent)
    }
  }

  private static func leave() {
    exchange.withLock { exchange in
      exchange.depth -= 1
      guard exchange.depth == 0, let former = exchange.former else { return }
      _ = csndfile_exchange_stderr(former)
      exchange.former = nil
    }
  }
}
