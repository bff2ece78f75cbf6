public import ScenarioModel
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
    case answer(UPN)
    case press(Key, UPN)
    case hangUp(UPN)
    case cancelSignIn(UPN)
  }

  public nonisolated let updates: AsyncStream<Update>
  private let publish: AsyncStream<Update>.Continuation
  private let clock: C
  private let given: Given
  private let seed: UInt64
  private var board: Switchboard
  private var acts: [Session.Act] = []
  /// The start, in the time of the journal and in that of the clock.
  private let epoch: (instant: Instant, real: C.Instant)
  private var published = 0
  private var sleeper: Task<Void, Never>?
  /// PINs that are being checked.
  private var checks: [Int: OpenPINCheck] = [:]
  private var begunChecks = 0
  private var isClosed = false

  public init(_ given: Given, seed: UInt64, clock: C) {
    self.clock = clock
    self.given = given
    self.seed = seed
    board = Switchboard(given, seed: seed)
    board.defersChecks = true
    epoch = (given.start, clock.now)
    (updates, publish) = AsyncStream.makeStream()
  }

  /// Carries out what a person does, now.
  ///
  /// - Throws: when the tenant has no such user, or no number to call.
  public func perform(_ act: Act) throws(VerificationService.SignInError) {
    guard !isClosed else { return }
    let now = self.now
    board.advance(to: now)
    // Also when the act fails: what was due has happened, and a new sleeper is needed.
    defer { settle(now) }
    let position = board.journal.count
    guard try carryOut(act, at: now) else { return }
    acts.append(Session.Act(at: now, act.verb(user: given.user), position: position))
  }

  /// - Returns: false where there was nothing to do it to.
  private func carryOut(_ act: Act, at now: Instant) throws(VerificationService.SignInError) -> Bool {
    switch act {
    case .signIn(let request): try board.signIn(request, at: now)
    case .answer(let upn): return board.answer(upn, at: now)
    case .press(let key, let upn): board.press(key, upn, at: now)
    case .hangUp(let upn): return board.hangUp(upn, at: now)
    case .cancelSignIn(let upn): board.cancelSignIn(of: upn, at: now)
    }
    return true
  }

  /// What was done so far, and all that happened: what a recorder needs. It holds the keys that were pressed.
  public var session: Session { Session(given: given, seed: seed, acts: acts, journal: board.journal) }

  /// The tenant as it is by now: for what is dialled from here on.
  public func renew(_ given: Given) { board.renew(given) }

  /// Lets what has begun come to its end, with nobody doing anything more; at once, whatever the clock says.
  ///
  /// - Returns: all that has happened, the end included.
  public func finish() async -> [JournalEntry] {
    close()
    var now = self.now
    repeat {
      let open = checks.sorted { $0.key < $1.key }.map(\.value) + board.takeChecks()
      checks.removeAll()
      for check in open { board.answer(check, matches: await Self.answer(check), at: now) }
      guard let due = board.nextDue else { break }
      now = max(now, due)
      board.advance(to: now)
    } while true
    return board.journal
  }

  /// Ends the updates; nothing happens any more.
  public func close() {
    isClosed = true
    sleeper?.cancel()
    publish.finish()
  }

  /// The time of the exchange; it stands still while its clock does.
  public nonisolated var now: Instant {
    epoch.instant + Milliseconds(roundingDown: epoch.real.duration(to: clock.now))
  }

  private func settle(_ now: Instant) {
    board.advance(to: now)
    publish.yield(Update(now: now, news: Array(board.journal[published...]), board: board))
    published = board.journal.count
    beginChecks()
    sleepUntilDue()
  }

  /// Beside the call, which goes on meanwhile.
  private func beginChecks() {
    for check in board.takeChecks() {
      let number = begunChecks
      begunChecks += 1
      checks[number] = check
      Task { take(number, matches: await Self.answer(check)) }
    }
  }

  private func take(_ number: Int, matches: Bool) {
    guard !isClosed, let check = checks.removeValue(forKey: number) else { return }
    let now = self.now
    board.advance(to: now)
    board.answer(check, matches: matches, at: now)
    settle(now)
  }

  @concurrent
  private static func answer(_ check: OpenPINCheck) async -> Bool { check.matches() }

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
    guard !isClosed else { return }
    // Somebody may have acted just before, and moved what is due.
    guard let next = board.nextDue, next <= due else { return sleepUntilDue() }
    settle(due)
  }
}

extension LiveExchange.Act {
  /// - Parameter user: who signs in where a step names nobody.
  fileprivate func verb(user: UPN) -> Step.Verb {
    switch self {
    case .signIn(let request):
      .signIn(SignInStep(user: request.upn == user ? nil : request.upn, request: request))
    case .answer: .answer(after: .zero)
    case .press(let key, _): .press(PressStep(keys: [key]))
    case .hangUp: .hangUp
    case .cancelSignIn: .cancelSignIn
    }
  }
}
