import Files
import Glibc

/// Files that poundkey writes: whole or not at all.
enum WrittenFile {
  /// Replaces a file in one step, so that a reader never sees half of it. Links are followed; what is there and is no
  /// regular file, such as a device or a pipe, is written to, never replaced.
  ///
  /// - Parameter path: `-` is standard output.
  /// - Throws: exit code 4 with the reason.
  static func replace(_ path: String, with text: String) throws(Failure) {
    // By bytes: a carriage return and a line feed are one character.
    if path == "-" {
      return Output.line(text.utf8.last == 0x0A ? String(decoding: text.utf8.dropLast(), as: UTF8.self) : text)
    }
    let target = resolved(path)
    var status = stat()
    if stat(target, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      return try write(text, to: target, O_WRONLY | O_NONBLOCK, shown: path)
    }
    let part = "\(target).part-\(getpid())"
    do {
      try write(text, to: part, O_WRONLY | O_CREAT | O_TRUNC, shown: path)
    } catch {
      unlink(part)
      throw error
    }
    guard rename(part, target) == 0 else {
      let failure = failure(path)
      unlink(part)
      throw failure
    }
  }

  /// Whether two paths lead to the same file.
  static func isSame(_ left: String, _ right: String) -> Bool { exists(left) && resolved(left) == resolved(right) }

  /// Links followed, where there is something.
  static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  private static func write(_ text: String, to path: String, _ flags: CInt, shown: String) throws(Failure) {
    let descriptor = open(path, flags | O_CLOEXEC | O_NOCTTY, 0o666)
    guard descriptor >= 0, let stream = fdopen(descriptor, "w") else { throw failure(shown) }
    var text = text
    let written = text.withUTF8 { fwrite($0.baseAddress, 1, $0.count, stream) == $0.count } && fflush(stream) == 0
    let reason = errno
    let closed = fclose(stream) == 0
    guard written, closed else {
      errno = written ? errno : reason
      throw failure(shown)
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
