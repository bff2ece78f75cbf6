import Glibc

/// Changes in folders, as the system tells them (inotify).
final class FolderWatch {
  /// What happened to files; nil where the system lost count, and anything may have.
  typealias Changes = Set<String>?

  private static let mask = UInt32(
    IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE | IN_DELETE_SELF)

  let descriptor: CInt
  private var folders: [CInt: String] = [:]
  private var watched: Set<String> = []

  /// - Throws: exit code 4 where the system has no more watches to give.
  init() throws(Failure) {
    descriptor = inotify_init1(CInt(IN_CLOEXEC) | CInt(IN_NONBLOCK))
    if descriptor < 0 {
      throw Failure(.environment, "error: --watch: changes cannot be watched: \(String(cString: strerror(errno)))")
    }
  }

  deinit { close(descriptor) }

  /// - Parameter path: of a folder, with links followed; its changes are told below this path.
  /// - Throws: exit code 4 where the system refuses; a folder that is gone is none to watch.
  func watch(_ path: String) throws(Failure) {
    guard watched.insert(path).inserted else { return }
    let watch = inotify_add_watch(descriptor, path, Self.mask)
    if watch >= 0 {
      folders[watch] = path
    } else {
      watched.remove(path)
      let reason = errno
      if [ENOENT, ENOTDIR, EACCES].contains(reason) { return }
      let hint = reason == ENOSPC ? " (more than fs.inotify.max_user_watches folders)" : ""
      throw Failure(.environment, "error: --watch: \(path): \(String(cString: strerror(reason)))\(hint)")
    }
  }

  /// All that happened since the last call; empty for nothing.
  func changes() -> Changes {
    var changed: Set<String> = []
    var isLost = false
    var block = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &block, block.count)
      guard count > 0 else { break }
      var start = 0
      let head = MemoryLayout<inotify_event>.size
      while start + head <= count {
        let event = block.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: start, as: inotify_event.self) }
        let end = start + head + Int(event.len)
        guard end <= count else { break }
        let name = String(decoding: block[(start + head)..<end].prefix { $0 != 0 }, as: UTF8.self)
        note(event, name, &changed, &isLost)
        start = end
      }
    }
    return isLost ? nil : changed
  }

  private func note(_ event: inotify_event, _ name: String, _ changed: inout Set<String>, _ isLost: inout Bool) {
    if event.mask & UInt32(IN_Q_OVERFLOW) != 0 { isLost = true }
    if event.mask & UInt32(IN_IGNORED) != 0, let folder = folders.removeValue(forKey: event.wd) {
      watched.remove(folder)
    }
    guard let folder = folders[event.wd] else { return }
    changed.insert(name.isEmpty ? folder : folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)")
  }
}
