import Glibc

/// Jobs done in helper processes, several at a time, each within its limits.
///
/// A process serves many jobs. One that crashes, hangs or takes too much is ended, its job has failed, and another
/// process takes the next. Processes are started when there is work for them. Use a pool from one thread.
public final class WorkerPool {
  private let program: String
  private let arguments: [String]
  private let limits: WorkerLimits
  private let seats: [Seat]
  private let clock: () -> Int64
  /// Whether a helper process could not give up files and network, because the system does not allow it to filter its
  /// system calls; known once one has answered.
  public private(set) var isUnfiltered = false
  /// In a row.
  private var failedStarts = 0

  /// A place for a process, and the job that is done there.
  private final class Seat {
    var worker: Worker?
    var job: Int?
    /// The job again, for another process should this one not start.
    var content: [UInt8] = []
    /// Whether the job is done for the second time.
    var isRepeated = false
    /// Milliseconds that the job may still take. Only time that was spent waiting for it counts: the one who asks for
    /// jobs and takes answers may be slow, or be stopped for a while.
    var left: Int64 = 0
    /// Milliseconds that the process may still take to be ready.
    var leftToStart: Int64 = 0

    var isStarting: Bool { worker?.hasSaidHello == false }
    var isOverdue: Bool { (isStarting ? leftToStart : left) <= 0 }
  }

  /// - Parameters:
  ///   - program: what to start; itself, unless told otherwise. It must begin with
  ///     ``WorkerLoop/runIfAsked(_:_:)``.
  ///   - arguments: for a program that is told in another way what it is to be.
  ///   - count: processes at a time, 1 or more.
  ///   - clock: milliseconds of a clock that only goes forward.
  public init(
    program: String = "/proc/self/exe", arguments: [String]? = nil, count: Int = 1,
    limits: WorkerLimits = WorkerLimits(), clock: @escaping () -> Int64 = WorkerPool.steadyMilliseconds
  ) {
    self.program = program
    self.clock = clock
    self.arguments = arguments ?? WorkerLoop.arguments(limits)
    self.limits = limits
    seats = (0..<max(1, count)).map { _ in Seat() }
  }

  /// Does one job.
  public func perform(_ job: [UInt8]) throws(WorkersUnavailable) -> Result<[UInt8], WorkerFailure> {
    var jobs = [job]
    var result = Result<[UInt8], WorkerFailure>.failure(.gaveUp)
    try run(next: { jobs.popLast() }) { result = $1 }
    return result
  }

  /// Does jobs until there are no more.
  ///
  /// - Parameters:
  ///   - next: the next job, asked for when a process is free; nil when there is none left.
  ///   - answered: gets the number of a job, counted from 0, and what came of it, in the order in which they end.
  /// - Throws: when no process can be started; jobs that have no answer by then get none.
  public func run(
    next: () -> [UInt8]?, answered: (Int, Result<[UInt8], WorkerFailure>) -> Void
  ) throws(WorkersUnavailable) {
    var number = 0
    var hasMore = true
    while true {
      var seat = 0
      while hasMore, seat < seats.count {
        if seats[seat].job == nil {
          guard let job = next() else {
            hasMore = false
            break
          }
          try begin(job, number, at: seat)
          number += 1
        }
        seat += 1
      }
      guard wait() else { return }
      for index in seats.indices where seats[index].job != nil { try proceed(index, answered) }
    }
  }

  private func begin(_ job: [UInt8], _ number: Int, at index: Int) throws(WorkersUnavailable) {
    // One that has died meanwhile, of whatever, had no part in this job.
    if seats[index].worker?.hasEnded == true { seats[index].worker = nil }
    if seats[index].worker == nil { seats[index].worker = try Worker(program: program, arguments: arguments) }
    seats[index].job = number
    seats[index].content = job
    seats[index].isRepeated = false
    seats[index].left = Int64(limits.wallMilliseconds)
    seats[index].leftToStart = Self.startMilliseconds
    seats[index].worker?.begin(job)
  }

  private static let startMilliseconds: Int64 = 30_000
  /// Longest wait at a time. What a wait takes beyond it, this process was stopped.
  private static let slice: Int64 = 100

  /// Waits for a moment until something can be sent or received; false when nobody works.
  private func wait() -> Bool {
    let busy = seats.filter { $0.job != nil }
    guard !busy.isEmpty else { return false }
    var waiting = busy.map { pollfd(fd: $0.worker?.channel ?? -1, events: Self.events($0), revents: 0) }
    let longest = busy.reduce(Self.slice) { min($0, $1.isStarting ? $1.leftToStart : $1.left) }
    let start = clock()
    poll(&waiting, nfds_t(waiting.count), CInt(clamping: max(0, longest)))
    let passed = min(clock() - start, Self.slice)
    for seat in busy {
      if seat.isStarting { seat.leftToStart -= passed } else { seat.left -= passed }
    }
    return true
  }

  private static func events(_ seat: Seat) -> Int16 {
    Int16(POLLIN) | (seat.worker?.isSending == true ? Int16(POLLOUT) : 0)
  }

  private func proceed(
    _ index: Int, _ answered: (Int, Result<[UInt8], WorkerFailure>) -> Void
  ) throws(WorkersUnavailable) {
    guard let job = seats[index].job, var progress = seats[index].worker?.proceed(limits: limits) else { return }
    if seats[index].worker?.hasSaidHello == true { failedStarts = 0 }
    if case .waiting = progress {
      guard seats[index].isOverdue else { return }
      progress = seats[index].worker?.expire(limits) ?? .neverStarted
    }
    switch progress {
    case .waiting: return
    case .answered(let content):
      seats[index].job = nil
      if seats[index].worker?.isUnfiltered == true { isUnfiltered = true }
      answered(job, .success(content))
    case .ended(.crashed(signal: SIGKILL)) where !seats[index].isRepeated:
      // No crash of its own: somebody or the system ended it. A job that is at fault meets that a second time.
      seats[index].worker = nil
      try begin(seats[index].content, job, at: index)
      seats[index].isRepeated = true
    case .ended(let failure):
      seats[index].job = nil
      seats[index].worker = nil
      answered(job, .failure(failure))
    case .neverStarted:
      seats[index].job = nil
      seats[index].worker = nil
      failedStarts += 1
      // Once or twice may be chance: somebody ended it, or memory was short.
      guard failedStarts < 3 else {
        throw WorkersUnavailable(description: "the helper process \(program) ends before it is ready")
      }
      try begin(seats[index].content, job, at: index)
    }
  }

  /// Milliseconds of a clock that only goes forward.
  public static func steadyMilliseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
  }
}
