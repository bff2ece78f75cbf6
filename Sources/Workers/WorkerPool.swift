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
    /// Milliseconds of the clock at which the job's time is over.
    var deadline: Int64 = 0
  }

  /// - Parameters:
  ///   - program: what to start; itself, unless told otherwise. It must begin with
  ///     ``WorkerLoop/runIfAsked(_:_:)``.
  ///   - arguments: for a program that is told in another way what it is to be.
  ///   - count: processes at a time, 1 or more.
  public init(
    program: String = "/proc/self/exe", arguments: [String]? = nil, count: Int = 1,
    limits: WorkerLimits = WorkerLimits()
  ) {
    self.program = program
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
    seats[index].deadline = Self.now + Int64(limits.wallMilliseconds)
    seats[index].worker?.begin(job)
  }

  /// Waits until something can be sent or received, or a deadline is over; false when nobody works.
  private func wait() -> Bool {
    var waiting: [pollfd] = []
    var soonest = Int64.max
    for index in seats.indices where seats[index].job != nil {
      waiting.append(pollfd(fd: seats[index].worker?.channel ?? -1, events: events(index), revents: 0))
      soonest = min(soonest, seats[index].deadline)
    }
    guard !waiting.isEmpty else { return false }
    poll(&waiting, nfds_t(waiting.count), CInt(clamping: max(0, soonest - Self.now) + 1))
    return true
  }

  private func events(_ index: Int) -> Int16 {
    Int16(POLLIN) | (seats[index].worker?.isSending == true ? Int16(POLLOUT) : 0)
  }

  private func proceed(
    _ index: Int, _ answered: (Int, Result<[UInt8], WorkerFailure>) -> Void
  ) throws(WorkersUnavailable) {
    guard let job = seats[index].job, var progress = seats[index].worker?.proceed(limits: limits) else { return }
    if case .waiting = progress {
      guard Self.now >= seats[index].deadline else { return }
      progress = seats[index].worker?.expire(limits) ?? .neverStarted
    }
    switch progress {
    case .waiting: return
    case .answered(let content):
      seats[index].job = nil
      failedStarts = 0
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
  private static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
  }
}
