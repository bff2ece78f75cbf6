import Files
import Glibc
import Records

/// Files that poundkey writes: whole or not at all.
enum WrittenFile {
  /// Replaces a file in one step, so that a reader never sees half of it. Links are followed; what is there and is no
  /// regular file, such as a device or a pipe, is written to, never replaced.
  ///
  /// - Parameter path: `-` is standard output.
  /// - Throws: exit code 4 with the reason.
  static func replace(_ path: String, with text: String) throws(Failure) {
    if path == "-" { return Output.text(text.utf8.last == UInt8(ascii: "\n") ? text : text + "\n") }
    try replace(path, with: Array(text.utf8))
  }

  /// The same for any content; `-` is a name like others.
  static func replace(_ path: String, with bytes: [UInt8]) throws(Failure) {
    let target = resolved(path)
    try refuseStore(target, shown: path)
    var status = stat()
    if stat(target, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      return try write(bytes, to: target, O_WRONLY | O_NONBLOCK, shown: path)
    }
    try put(bytes, at: target, shown: path) { rename($0, target) == 0 }
  }

  /// Replaces what a person wrote: as `replace`, with the permissions and, where that is allowed, the owner it had.
  static func rewrite(_ path: String, with bytes: [UInt8]) throws(Failure) {
    let target = resolved(path)
    var status = stat()
    guard stat(target, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return try replace(path, with: bytes) }
    // A file that may not be written is not replaced, though its folder would allow it.
    guard access(target, W_OK) == 0 else { throw failure(path) }
    try put(bytes, at: target, shown: path) { part in
      _ = chown(part, status.st_uid, status.st_gid)
      return chmod(part, status.st_mode & 0o7777) == 0 && rename(part, target) == 0
    }
  }

  /// Writes a file where none is, in one step; not even one that appears meanwhile is replaced.
  ///
  /// - Throws: exit code 4 with the reason; what is there already is one.
  static func create(_ path: String, with bytes: [UInt8]) throws(Failure) {
    try put(bytes, at: path, shown: path) { part in
      let isMade = link(part, path) == 0
      // File systems without hard links: a moment stays in which somebody else could be faster.
      if !isMade, [EPERM, ENOTSUP, ENOSYS].contains(errno), !exists(path) { return rename(part, path) == 0 }
      let reason = errno
      unlink(part)
      errno = reason
      return isMade
    }
  }

  /// Writes beside the target, then has `move` put it in its place.
  private static func put(
    _ bytes: [UInt8], at target: String, shown: String, _ move: (String) -> Bool
  ) throws(Failure) {
    let part = "\(target).part-\(getpid())"
    do {
      try write(bytes, to: part, O_WRONLY | O_CREAT | O_TRUNC, shown: shown)
    } catch {
      unlink(part)
      throw error
    }
    guard move(part) else {
      let failure = errno == EEXIST ? isThere(shown) : failure(shown)
      unlink(part)
      throw failure
    }
  }

  /// Takes a file away; of a link only the link.
  ///
  /// - Throws: exit code 4 with the reason.
  static func remove(_ path: String) throws(Failure) {
    guard unlink(path) == 0 else {
      throw Failure(.environment, "error: \(path) cannot be removed: \(String(cString: strerror(errno)))")
    }
  }

  /// Finds out before a long work whether its file can be written, and leaves nothing behind.
  ///
  /// - Throws: exit code 4 with the reason.
  static func requireWritable(_ path: String) throws(Failure) {
    let target = resolved(path)
    try refuseStore(target, shown: path)
    var status = stat()
    if stat(target, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      guard status.st_mode & S_IFMT == S_IFDIR else { return }
      errno = EISDIR
      throw failure(path)
    }
    let part = "\(target).part-\(getpid())"
    let descriptor = open(part, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY, 0o666)
    guard descriptor >= 0 else { throw failure(path) }
    close(descriptor)
    unlink(part)
  }

  static func isThere(_ path: String) -> Failure {
    Failure(.environment, "error: \(path) is there already; --force replaces it")
  }

  /// A tenant and all its logs are never written over by mistake, nor the key without which its tokens are lost.
  private static func refuseStore(_ target: String, shown: String) throws(Failure) {
    let isKey = target.hasSuffix(".key") && TenantStore.isStore(String(target.dropLast(4)))
    guard isKey || TenantStore.isStore(target) else { return }
    throw Failure(
      .environment, "error: \(shown) is a tenant store\(isKey ? "'s key file" : ""), and is never replaced")
  }

  /// Whether two paths lead to one file, by links of either kind too.
  static func isOneFile(_ left: String, _ right: String) -> Bool {
    var (one, other) = (stat(), stat())
    return stat(left, &one) == 0 && stat(right, &other) == 0 && one.st_dev == other.st_dev && one.st_ino == other.st_ino
  }

  /// A report never takes the place of a recording, of whose name it was only one letter off.
  ///
  /// - Throws: exit code 2.
  static func refuseRecording(_ path: String, for option: String) throws(Failure) {
    let isRecording = [".wav", ".mp3"].contains { path.lowercased().hasSuffix($0) }
    guard isRecording else { return }
    throw Failure(.usage, "error: \(option) \(path): this is the name of a recording: name another file")
  }

  /// Whether two paths lead to the same file.
  static func isSame(_ left: String, _ right: String) -> Bool { exists(left) && resolved(left) == resolved(right) }

  /// Links followed, where there is something.
  static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  private static func write(_ bytes: [UInt8], to path: String, _ flags: CInt, shown: String) throws(Failure) {
    let descriptor = open(path, flags | O_CLOEXEC | O_NOCTTY, 0o666)
    guard descriptor >= 0, let stream = fdopen(descriptor, "w") else { throw failure(shown) }
    let written = fwrite(bytes, 1, bytes.count, stream) == bytes.count && fflush(stream) == 0
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
