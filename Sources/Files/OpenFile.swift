import Glibc

/// An open file that may turn out to be anything: a pipe nobody writes to, a device, five gigabytes.
///
/// Opening never waits, nothing is read before it is asked for, and never more than asked.
public struct OpenFile: ~Copyable {
  public enum Kind: Hashable, Sendable {
    case regular, directory, pipe, device, socket, other
  }

  public let path: String
  public let kind: Kind
  /// In bytes; meaningful for regular files only.
  public let size: Int64
  /// How much has been read so far.
  public private(set) var bytesRead = 0
  private let descriptor: CInt
  private let stamp: Stamp

  /// What changes when somebody writes.
  private struct Stamp: Equatable {
    let size: Int64
    let modified: [Int]
    let changed: [Int]

    init(_ status: stat) {
      size = Int64(status.st_size)
      modified = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
      changed = [status.st_ctim.tv_sec, status.st_ctim.tv_nsec]
    }
  }

  /// Follows symbolic links.
  public init(path: String) throws(FileError) {
    let (descriptor, status) = try Self.open(path)
    self.path = path
    self.descriptor = descriptor
    kind = Self.kind(ofMode: status.st_mode)
    size = Int64(status.st_size)
    stamp = Stamp(status)
  }

  /// Whether the file is another one than when it was opened: longer, shorter, written to, or renamed.
  public var hasChanged: Bool {
    var status = stat()
    return descriptor >= 0 && fstat(descriptor, &status) == 0 && Stamp(status) != stamp
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Reads from where the last call stopped, until the end of the file or `limit` bytes.
  public mutating func read(upTo limit: Int) throws(FileError) -> [UInt8] {
    // One byte more than there should be, so that the end shows itself.
    let expected = kind == .regular ? max(0, Int(clamping: size) - bytesRead) &+ 1 : 65_536
    let bytes = try Self.read(descriptor, path, upTo: limit, expected: expected)
    bytesRead += bytes.count
    return bytes
  }

  /// Has the next `read` begin at this offset of a regular file, in bytes.
  public mutating func skip(to offset: Int) throws(FileError) {
    guard lseek(descriptor, offset, SEEK_SET) >= 0 else { throw FileError(path: path, code: errno) }
    bytesRead = offset
  }

  /// Reads standard input, which may be a pipe and may make wait.
  public static func readStandardInput(upTo limit: Int) throws(FileError) -> [UInt8] {
    try read(STDIN_FILENO, "standard input", upTo: limit)
  }

  /// - Parameter expected: how much is likely to come; room for more is made when more comes.
  private static func read(
    _ descriptor: CInt, _ path: String, upTo limit: Int, expected: Int = 65_536
  ) throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    var code: CInt = 0
    var room = expected
    while bytes.count < limit, code == 0 {
      let wanted = min(limit - bytes.count, max(1, room))
      let part = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
        while filled < wanted {
          let count = retryingRead(descriptor, buffer.baseAddress.map { $0 + filled }, wanted - filled)
          if count < 0 { code = errno }
          guard count > 0 else { break }
          filled += count
        }
      }
      if bytes.isEmpty { bytes = part } else { bytes += part }
      if part.count < wanted { break }
      room = 65_536
    }
    if code != 0 { throw FileError(path: path, code: code) }
    return bytes
  }

  /// `O_NONBLOCK` keeps a pipe without a writer from blocking, `O_NOCTTY` keeps a terminal from becoming the process's
  /// own. The descriptor is -1 for what is there and cannot be opened: a socket, a device without its driver.
  private static func open(_ path: String) throws(FileError) -> (CInt, stat) {
    guard !path.utf8.contains(0) else { throw .missing(path: path) }
    var status = stat()
    let descriptor = Glibc.open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
    let code = errno
    guard descriptor >= 0 else {
      guard code == ENXIO, stat(path, &status) == 0 else { throw FileError(path: path, code: code) }
      return (-1, status)
    }
    guard fstat(descriptor, &status) == 0 else {
      let code = errno
      close(descriptor)
      throw FileError(path: path, code: code)
    }
    return (descriptor, status)
  }

  private static func kind(ofMode mode: mode_t) -> Kind {
    switch mode & S_IFMT {
    case S_IFREG: .regular
    case S_IFDIR: .directory
    case S_IFIFO: .pipe
    case S_IFCHR, S_IFBLK: .device
    case S_IFSOCK: .socket
    default: .other
    }
  }
}

/// `read`, again when a signal interrupted it.
private func retryingRead(_ descriptor: CInt, _ buffer: UnsafeMutablePointer<UInt8>?, _ count: Int) -> Int {
  while true {
    let result = read(descriptor, buffer, count)
    if result >= 0 || errno != EINTR { return result }
  }
}

extension OpenFile.Kind {
  /// With its article, as messages say it.
  public var name: String {
    switch self {
    case .regular: "a regular file"
    case .directory: "a folder"
    case .pipe: "a pipe"
    case .device: "a device"
    case .socket: "a socket"
    case .other: "not a regular file"
    }
  }
}
