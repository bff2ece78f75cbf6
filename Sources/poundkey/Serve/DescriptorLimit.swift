import Glibc

/// The number of files and connections that a process may have open.
enum DescriptorLimit {
  /// As many as a full console has connections, and then some.
  private static let wanted: rlim_t = 4_096

  /// Raised as far as the system lets it; what is there already is enough for a room.
  static func raise() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur < wanted else { return }
    limit.rlim_cur = min(wanted, limit.rlim_max)
    _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}
