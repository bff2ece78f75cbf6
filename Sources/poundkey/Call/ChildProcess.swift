import Glibc

/// A program started beside this one, with every signal as it is by default.
///
/// Not Foundation's `Process`: it hands on the signal mask of whatever thread starts it, and a player that blocks
/// SIGTERM plays on.
struct ChildProcess {
  private let pid: pid_t

  /// Standard input and outputs are /dev/null unless files are named.
  ///
  /// - Parameters:
  ///   - input: a file that is read as standard input.
  ///   - output: a file that standard output is written to; it is made, or emptied.
  /// - Returns: nil where it cannot be started.
  init?(_ program: String, _ arguments: [String], input: String? = nil, output: String? = nil) {
    var attributes = posix_spawnattr_t()
    var actions = posix_spawn_file_actions_t()
    posix_spawnattr_init(&attributes)
    posix_spawn_file_actions_init(&actions)
    defer {
      posix_spawnattr_destroy(&attributes)
      posix_spawn_file_actions_destroy(&actions)
    }
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    let streams = [
      (STDIN_FILENO, input, O_RDONLY), (STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_TRUNC),
      (STDERR_FILENO, nil, O_WRONLY),
    ]
    for (descriptor, path, mode) in streams {
      posix_spawn_file_actions_addopen(
        &actions, descriptor, path ?? "/dev/null", path == nil ? mode & O_ACCMODE : mode, 0o600)
    }
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var started = pid_t()
    guard posix_spawn(&started, program, &actions, &attributes, &words, environ) == 0 else { return nil }
    pid = started
  }

  enum Ending: Hashable {
    case exited(Int32)
    case killed
  }

  /// How it ended, once it has; asks without waiting.
  func ending() -> Ending? {
    var status: CInt = 0
    guard waitpid(pid, &status, WNOHANG) == pid else { return nil }
    return status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .killed
  }

  /// How it ended within `limit`; nil where it did not, and was stopped.
  func ending(within limit: Duration) -> Ending? {
    let deadline = ContinuousClock.now + limit
    while ContinuousClock.now < deadline {
      if let ending = ending() { return ending }
      usleep(2_000)
    }
    stop()
    return nil
  }

  func signal(_ number: CInt) { kill(pid, number) }

  /// Ends it now. A player is given no time to play on.
  func stop() {
    kill(pid, SIGKILL)
    var status: CInt = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
  }
}
