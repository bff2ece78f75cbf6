import Files
import Glibc

/// Files that poundkey writes: whole or not at all.
enum WrittenFile {
  /// Replaces the file in one step, so that a reader never sees half of it.
  ///
  /// - Throws: exit code 4 with the reason.
  static func replace(_ path: String, with text: String) throws(Failure) {
    let part = "\(path).part-\(getpid())"
    guard let stream = fopen(part, "w") else { throw failure(path) }
    var text = text
    let written = text.withUTF8 { fwrite($0.baseAddress, 1, $0.count, stream) == $0.count }
    let closed = fclose(stream) == 0
    guard written, closed, rename(part, path) == 0 else {
      let failure = failure(path)
      unlink(part)
      throw failure
    }
  }

  private static func failure(_ path: String) -> Failure {
    Failure(.environment, "error: \(path) cannot be written: \(String(cString: strerror(errno)))")
  }
}

extension WrittenFile {
  /// A link that leads nowhere counts as there.
  static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }
}
