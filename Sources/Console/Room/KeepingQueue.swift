import Dispatch
import LiveCalls
import Synchronization
public import VerificationCore

/// What happens in kept sessions, on its way into the tenant: in order, one write at a time, and never where a call is.
///
/// What waits is in memory alone. It is written together as soon as there is a turn; what cannot be written waits on and
/// is tried again. Who works on the tenant itself has a turn too (`exclusively`), before which all that waits is written.
public final class KeepingQueue: Sendable {
  /// A session of which something is kept.
  public struct Session: Hashable, Sendable {
    public let id: String
    /// What the times of its log are counted from.
    public let start: Instant

    public init(id: String, start: Instant) { (self.id, self.start) = (id, start) }
  }

  /// What is said of how far the writing is.
  enum News: Hashable, Sendable {
    /// So many facts are not written yet.
    case behind(KeepingTrouble, facts: Int)
    /// All is written again.
    case kept
  }

  /// What waits for longer than that is told of.
  static let patience = Duration.seconds(3)
  /// After a write that failed.
  static let pause = Duration.seconds(2)
  /// While so many facts wait, nobody new signs in; while twice as many do, nothing else is done either.
  static let limit = 5_000
  /// Writes before a turn, where more comes all the time.
  private static let mostWrites = 100

  /// What waits of one session.
  private struct Waiting {
    let session: Session
    var entries: [JournalEntry]
    var isOver: Bool
  }

  private struct State {
    var waiting: [Waiting] = []
    var facts = 0
    /// Since when the oldest of them may wait; nil where nothing does.
    var since: PausableClock.Instant?
    var isWriting = false
    var isWatching = false
    /// How the last write failed, where the last one did.
    var failure: (trouble: KeepingTrouble, at: PausableClock.Instant)?
    /// What pages were told last.
    var told: KeepingTrouble?
    var isTaken = false
    /// Whose turn comes.
    var line: [CheckedContinuation<Void, Never>] = []
    var nextSettler = 0
    var settlers: [Int: CheckedContinuation<Void, Never>] = [:]
  }

  private let tenant: any RoomTenant
  private let clock: PausableClock
  private let told: @Sendable (News) -> Void
  private let threads = DispatchQueue(label: "keeping")
  private let state = Mutex(State())
  /// News go out in the order in which they came to be.
  private let telling = Mutex(())

  /// - Parameter told: hears of what pages are to know; it is to be quick.
  init(_ tenant: any RoomTenant, clock: PausableClock, told: @escaping @Sendable (News) -> Void) {
    (self.tenant, self.clock, self.told) = (tenant, clock, told)
  }

  /// Has this written; at once, whatever the tenant's store does.
  ///
  /// - Parameter isOver: nothing more comes of this session.
  func add(_ entries: [JournalEntry], of session: Session, isOver: Bool = false) {
    guard !entries.isEmpty || isOver else { return }
    let now = clock.now
    let (writes, watches) = state.withLock { state in
      if let last = state.waiting.indices.last, state.waiting[last].session == session {
        state.waiting[last].entries += entries
        state.waiting[last].isOver = isOver || state.waiting[last].isOver
      } else {
        state.waiting.append(Waiting(session: session, entries: entries, isOver: isOver))
      }
      state.facts += entries.count
      state.since = state.since ?? now
      defer { (state.isWriting, state.isWatching) = (true, true) }
      return (!state.isWriting, !state.isWatching)
    }
    if writes { Task { await write() } }
    if watches { Task { await watch() } }
  }

  /// Whether so much waits that nothing new should begin.
  var isFull: Bool { state.withLock { $0.facts >= Self.limit } }

  /// Whether so much waits that what has begun should not go on either.
  var isOverfull: Bool { state.withLock { $0.facts >= 2 * Self.limit } }

  /// Whether something is not written yet.
  public var isBehind: Bool { state.withLock { !$0.waiting.isEmpty } }

  /// What pages were told last, for those of a new session; nil where all is well.
  var standing: News? {
    state.withLock { state in state.told.map { .behind($0, facts: state.facts) } }
  }

  /// What has happened to the tenant and is not written. Steady for who has the turn, as long as nothing happens in the
  /// room.
  var waitingEvents: [TenantEvent] {
    state.withLock { state in
      state.waiting.flatMap(\.entries).compactMap { entry in
        if case .tenant(let event) = entry.fact { event } else { nil }
      }
    }
  }

  /// Does work on the tenant while nothing of the room is written. What waits is written first, and where that has just
  /// failed it is not tried again: nobody waits longer than for one write.
  ///
  /// - Parameters:
  ///   - insisting: tries also what has just failed.
  ///   - work: told why not all of it could be written.
  public func exclusively<Result: Sendable>(
    insisting: Bool = false, _ work: @Sendable (KeepingTrouble?) async throws -> Result
  ) async rethrows -> Result {
    let asked = insisting ? nil : clock.now
    await takeTurn()
    defer { giveTurn() }
    return try await work(await flush(since: asked))
  }

  /// Waits until nothing waits, but no longer than that.
  public func settle(within limit: Duration) async {
    let id = state.withLock { state in
      state.nextSettler += 1
      return state.nextSettler
    }
    await withCheckedContinuation { continuation in
      let isDone = state.withLock { state in
        if state.waiting.isEmpty { return true }
        state.settlers[id] = continuation
        return false
      }
      if isDone { return continuation.resume() }
      Task { [clock] in
        try? await clock.sleep(until: clock.now.advanced(by: limit), tolerance: nil)
        letGo(id)
      }
    }
  }

  private func letGo(_ id: Int) { state.withLock { $0.settlers.removeValue(forKey: id) }?.resume() }

  /// Work that may wait for files or other processes, on a thread of its own.
  func blocking<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      threads.async { continuation.resume(with: Swift.Result(catching: work)) }
    }
  }
}

// Turns, one after the other.
extension KeepingQueue {
  private func takeTurn() async {
    await withCheckedContinuation { continuation in
      let isMine = state.withLock { state in
        if !state.isTaken {
          state.isTaken = true
          return true
        }
        state.line.append(continuation)
        return false
      }
      if isMine { continuation.resume() }
    }
  }

  private func giveTurn() {
    let next = state.withLock { state in
      if state.line.isEmpty {
        state.isTaken = false
        return nil as CheckedContinuation<Void, Never>?
      }
      return state.line.removeFirst()
    }
    next?.resume()
  }
}

extension KeepingQueue {
  /// Until nothing waits.
  private func write() async {
    while true {
      let trouble = await exclusively { $0 }
      let isDone = state.withLock { state in
        if state.waiting.isEmpty { state.isWriting = false }
        return state.waiting.isEmpty
      }
      if isDone { return }
      if trouble != nil { try? await clock.sleep(until: clock.now.advanced(by: Self.pause), tolerance: nil) }
    }
  }

  /// Writes what waits; for who has the turn.
  private func flush(since asked: PausableClock.Instant?) async -> KeepingTrouble? {
    for _ in 0..<Self.mostWrites {
      let (next, failure) = state.withLock { ($0.waiting.first, $0.failure) }
      guard let next else { return nil }
      if let asked, let failure, failure.at.advanced(by: Self.pause) > asked { return failure.trouble }
      let begun = clock.now
      do {
        try await blocking { [tenant] in
          try tenant.keep(next.entries, of: next.session, isOver: next.isOver)
        }
      } catch {
        let trouble = (error as? KeepingTrouble) ?? .failed
        let now = clock.now
        state.withLock { $0.failure = (trouble, now) }
        tell(trouble)
        return trouble
      }
      written(next, begun)
    }
    return nil
  }

  private func written(_ done: Waiting, _ begun: PausableClock.Instant) {
    let settlers = state.withLock { state -> [CheckedContinuation<Void, Never>] in
      state.failure = nil
      state.facts -= done.entries.count
      state.waiting[0].entries.removeFirst(done.entries.count)
      // It may have gone on, or come to its end, meanwhile.
      if state.waiting[0].entries.isEmpty, state.waiting[0].isOver == done.isOver { state.waiting.removeFirst() }
      // All that waits still has come since then.
      state.since = state.waiting.isEmpty ? nil : begun
      guard state.waiting.isEmpty else { return [] }
      // A writer that pauses is not waited for by what comes next: turns keep two in order.
      state.isWriting = false
      defer { state.settlers = [:] }
      return Array(state.settlers.values)
    }
    for settler in settlers { settler.resume() }
    if !isBehind { tell(nil) }
  }

  /// Tells when something waits for long.
  private func watch() async {
    while true {
      let due = state.withLock { state in
        let due = state.told == nil && state.facts > 0 ? state.since?.advanced(by: Self.patience) : nil
        if due == nil { state.isWatching = false }
        return due
      }
      guard let due else { return }
      if clock.now >= due {
        tell(.busy)
      } else {
        try? await clock.sleep(until: due, tolerance: nil)
      }
    }
  }

  /// Tells what is not known yet.
  private func tell(_ trouble: KeepingTrouble?) {
    telling.withLock { _ in
      let news: News? = state.withLock { state in
        guard state.told != trouble, trouble == nil ? state.waiting.isEmpty : state.facts > 0 else { return nil }
        state.told = trouble
        return trouble.map { .behind($0, facts: state.facts) } ?? .kept
      }
      if let news { told(news) }
    }
  }
}
