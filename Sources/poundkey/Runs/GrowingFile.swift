import Glibc

/// A file that is written bit by bit and can be read meanwhile.
final class GrowingFile {
  private let path: String
  private let descriptor: CInt

  /// What was there is emptied; a device or a pipe is written to.
  ///
  /// - Throws: exit code 4 with the reason.
  init(_ path: String) throws(Failure) {
    self.path = path
    // A pipe without a reader is an error, and does not make wait.
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0o666)
    guard descriptor >= 0 else { throw Self.failure(path, errno) }
    // But one whose reader is slow is waited for.
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK)
  }

  deinit { close(descriptor) }

  /// - Throws: exit code 4 with the reason; a part may have been written.
  func append(_ bytes: [UInt8]) throws(Failure) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        write(descriptor, buffer.baseAddress.map { $0 + written }, bytes.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Self.failure(path, errno) }
      written += count
    }
  }

  private static func failure(_ path: String, _ code: CInt) -> Failure {
    Failure(.environment, "error: \(path) cannot be written: \(String(cString: strerror(code)))")
  }
}
