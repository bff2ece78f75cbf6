public import Glibc

/// A program to be started beside this one, with every signal as it is by default.
///
/// Not Foundation's `Process`: it hands on the signal mask of whatever thread starts it, and a program that blocks
/// SIGTERM cannot be told to end.
public struct Launch: Sendable {
  /// What one of the program's descriptors is to be.
  public enum Stream: Hashable, Sendable {
    case descriptor(CInt)
    case reading(path: String)
    /// Made, or emptied.
    case writing(path: String)
    /// Nothing to read, and what is written is gone.
    case none
  }

  public var program: String
  public var arguments: [String]
  /// `NAME=value`; nil for that of this process.
  public var environment: [String]?
  public var input = Stream.none
  public var output = Stream.none
  /// Whether Ctrl-C at the terminal is only for this process, and not for that one.
  public var isInOwnGroup = false

  /// - Parameter program: a path; PATH is not searched.
  public init(_ program: String, _ arguments: [String] = []) {
    self.program = program
    self.arguments = arguments
  }

  /// Starts it.
  ///
  /// - Throws: the `errno` of what stands in the way.
  public func start() throws(SystemError) -> pid_t {
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
    let group = isInOwnGroup ? POSIX_SPAWN_SETPGROUP : 0
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | group))
    for (descriptor, stream) in [(STDIN_FILENO, input), (STDOUT_FILENO, output), (STDERR_FILENO, .none)] {
      Self.connect(descriptor, to: stream, &actions)
    }
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    var variables = environment.map { $0.map { strdup($0) } + [nil] } ?? []
    defer { for word in words + variables { free(word) } }
    var started = pid_t()
    let code =
      variables.isEmpty
      ? posix_spawn(&started, program, &actions, &attributes, &words, environ)
      : posix_spawn(&started, program, &actions, &attributes, &words, &variables)
    guard code == 0 else { throw SystemError(code: code) }
    return started
  }

  private static func connect(_ descriptor: CInt, to stream: Stream, _ actions: inout posix_spawn_file_actions_t) {
    switch stream {
    case .descriptor(let other): posix_spawn_file_actions_adddup2(&actions, other, descriptor)
    case .reading(let path): posix_spawn_file_actions_addopen(&actions, descriptor, path, O_RDONLY, 0)
    case .writing(let path):
      posix_spawn_file_actions_addopen(&actions, descriptor, path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    case .none: posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
    }
  }
}

/// What the system answered.
public struct SystemError: Error, Hashable, Sendable, CustomStringConvertible {
  /// An `errno`.
  public let code: CInt

  public var description: String { String(cString: strerror(code)) }
}
