import Glibc

/// One helper process, seen from outside. It is ended when this value goes.
struct Worker: ~Copyable {
  let pid: pid_t
  /// One end of a pair of sockets; reading and writing never wait.
  let channel: CInt
  /// The job at hand, and how much of its head and content is sent.
  private var outgoing: [UInt8] = []
  private var sent = 0
  private var total = 0
  private var incoming: [UInt8] = []
  private(set) var hasSaidHello = false
  /// Whether its system calls are not filtered; known once it has answered.
  private(set) var isUnfiltered = false
  private var isReaped = false

  /// Starts the program: no environment, no open files, quiet outputs.
  init(program: String, arguments: [String]) throws(WorkersUnavailable) {
    var pair: [CInt] = [-1, -1]
    guard socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0, &pair) == 0 else {
      throw WorkersUnavailable(description: "no helper process: \(String(cString: strerror(errno)))")
    }
    defer { close(pair[1]) }
    var launch = Launch(program, arguments)
    launch.environment = Self.environment
    launch.input = .descriptor(pair[1])
    // Ctrl-C is for the one who decides, who then ends the helpers.
    launch.isInOwnGroup = true
    do {
      pid = try launch.start()
    } catch {
      close(pair[0])
      throw WorkersUnavailable(description: "no helper process from \(program): \(error)")
    }
    channel = pair[0]
    _ = fcntl(channel, F_SETFL, O_NONBLOCK)
  }

  deinit {
    close(channel)
    guard !isReaped else { return }
    kill(pid, SIGKILL)
    var status: CInt = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
  }

  /// Whether it has ended, though nobody ended it.
  var hasEnded: Bool {
    var status = siginfo_t()
    return waitid(P_PID, id_t(pid), &status, WEXITED | WNOHANG | WNOWAIT) == 0 && status.si_signo != 0
  }

  private static let environment = [
    // A crash is told by us: the runtime's own report takes seconds.
    "SWIFT_BACKTRACE=enable=no",
    // Memory that one job had is kept for the next: handing megabytes back and forth takes longer than using them.
    "MALLOC_MMAP_THRESHOLD_=67108864", "MALLOC_TRIM_THRESHOLD_=67108864",
  ]

  mutating func begin(_ job: [UInt8]) {
    outgoing = job
    sent = 0
    total = Frame.head + job.count
  }

  var isSending: Bool { sent < total }

  enum Progress {
    case waiting
    case answered([UInt8])
    case ended(WorkerFailure)
    /// It ended before it was ready: every other one would, too.
    case neverStarted
  }

  /// Sends and receives what can be sent and received now.
  mutating func proceed(limits: WorkerLimits) -> Progress {
    let isHeard = send()
    var block = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(channel, &block, block.count)
      if count > 0 {
        incoming += block[..<count]
        if let progress = answer(limits) { return progress }
      } else if count < 0, errno == EINTR {
        continue
      } else if count < 0, errno == EAGAIN || errno == EWOULDBLOCK {
        return isHeard ? .waiting : end(limits)
      } else {
        return end(limits)
      }
    }
  }

  /// False when nobody listens any more.
  private mutating func send() -> Bool {
    while isSending {
      let taken =
        sent < Frame.head
        ? send(Frame.bytes(ofLength: outgoing.count), from: sent) : send(outgoing, from: sent - Frame.head)
      if taken >= 0 {
        sent += taken
      } else if errno == EAGAIN || errno == EWOULDBLOCK {
        return true
      } else if errno != EINTR {
        return false
      }
    }
    return true
  }

  /// MSG_NOSIGNAL: that nobody listens is a result here, no signal.
  private func send(_ bytes: [UInt8], from start: Int) -> Int {
    bytes.withUnsafeBytes { bytes in
      Glibc.send(channel, bytes.baseAddress.map { $0 + start }, bytes.count - start, CInt(MSG_NOSIGNAL))
    }
  }

  /// nil while the answer is not whole.
  private mutating func answer(_ limits: WorkerLimits) -> Progress? {
    while let length = Frame.length(incoming) {
      guard length <= UInt64(limits.answer) else { return end(limits, .gaveUp) }
      let end = Frame.head + Int(length)
      guard incoming.count >= end else { return nil }
      let content = Array(incoming[Frame.head..<end])
      incoming.removeSubrange(..<end)
      guard hasSaidHello else {
        isUnfiltered = content == Frame.unfilteredHello
        guard isUnfiltered || content == Frame.hello else { return self.end(limits, .gaveUp) }
        hasSaidHello = true
        continue
      }
      // An answer to half a job, or more than one answer, is no honest one, and the next would not be either.
      guard !isSending, incoming.isEmpty else { return self.end(limits, .gaveUp) }
      return .answered(content)
    }
    return nil
  }

  /// Ends it, whether or not it has ended by itself, and says how.
  private mutating func end(_ limits: WorkerLimits, _ known: WorkerFailure? = nil) -> Progress {
    let status = stop()
    guard hasSaidHello else { return .neverStarted }
    if let known { return .ended(known) }
    let signal = status & 0x7F
    switch signal {
    case 0: return .ended(.gaveUp)
    case SIGXCPU: return .ended(.outOfProcessorTime(seconds: limits.processorSeconds))
    case SIGALRM: return .ended(.outOfTime(milliseconds: limits.wallMilliseconds))
    default: return .ended(.crashed(signal: signal))
    }
  }

  /// Ends it now. How one that was already ending ended is not changed by that.
  private mutating func stop() -> CInt {
    kill(pid, SIGKILL)
    var status: CInt = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    isReaped = true
    return status
  }

  /// Ends it because its time is over.
  mutating func expire(_ limits: WorkerLimits) -> Progress {
    end(limits, .outOfTime(milliseconds: limits.wallMilliseconds))
  }
}
