public import Simulation
public import VerificationCore

/// Calls in real time: a switchboard that is told what people do and sleeps until something is due.
///
/// Generic over its clock, so that tests hand in one that stands still. What happens carries the time at which it was
/// due, not the time at which a sleeper woke up: a live call and the same call in virtual time have equal journals.
public actor LiveExchange<C: Clock<Duration>> {
  /// What a front shows: all that happened since the last update, and how things stand.
  public struct Update: Sendable {
    public let now: Instant
    public let news: [JournalEntry]
    public let board: Switchboard
  }

  /// What a person at the telephone or at the sign-in page does.
  public enum Act: Hashable, Sendable {
    case signIn(SignInRequest)
    case answer
    case press(Key)
    case hangUp
    case cancelSignIn(UPN)
  }

  public nonisolated let updates: AsyncStream<Update>
  private let publish: AsyncStream<Update>.Continuation
  private let clock: C
  private var board: Switchboard
  /// The start, in the time of the journal and in that of the clock.
  private let epoch: (instant: Instant, real: C.Instant)
  private var published = 0
  private var sleeper: Task<Void, Never>?

  public init(tenant: Tenant, pins: [UPN: Passcode], seed: UInt64, start: Instant, clock: C) {
    self.clock = clock
    board = Switchboard(tenant: tenant, pins: pins, seed: seed)
    epoch = (start, clock.now)
    (updates, publish) = AsyncStream.makeStream()
  }

  /// Carries out what a person does, now.
  ///
  /// - Throws: when the tenant has no such user, or no number to call.
  public func perform(_ act: Act) throws(VerificationService.SignInError) {
    let now = self.now
    board.advance(to: now)
    switch act {
    case .signIn(let request): try board.signIn(request, at: now)
    case .answer: _ = board.answer(at: now)
    case .press(let key): _ = board.press(key, at: now)
    case .hangUp: _ = board.hangUp(at: now)
    case .cancelSignIn(let upn): board.cancelSignIn(of: upn, at: now)
    }
    settle(now)
  }

  /// Ends the updates; nothing happens any more.
  public func close() {
    sleeper?.cancel()
    publish.finish()
  }

  public var now: Instant { epoch.instant + Milliseconds(epoch.real.duration(to: clock.now).wholeMilliseconds) }

  private func settle(_ now: Instant) {
    board.advance(to: now)
    publish.yield(Update(now: now, news: Array(board.journal[published...]), board: board))
    published = board.journal.count
    sleepUntilDue()
  }

  private func sleepUntilDue() {
    sleeper?.cancel()
    sleeper = nil
    guard let due = board.nextDue else { return }
    let deadline = epoch.real.advanced(by: (due - epoch.instant).duration)
    sleeper = Task { [clock] in
      // Cancelled: somebody acted first, and a new sleeper is set.
      guard (try? await clock.sleep(until: deadline, tolerance: nil)) != nil else { return }
      self.wake(at: due)
    }
  }

  private func wake(at due: Instant) {
    guard board.nextDue.map({ $0 <= due }) ?? false else { return }
    settle(due)
  }
}

extension Duration {
  /// Rounded down.
  var wholeMilliseconds: Int64 {
    components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000
  }
}
