public import ScenarioModel
public import Simulation
import Synchronization
public import VerificationCore

/// Calls in real time: a switchboard that is told what people do and sleeps until something is due.
///
/// Generic over its clock, so that tests hand in one that stands still. What happens carries the time at which it was
/// due, not the time at which a sleeper woke up: a live call and the same call in virtual time have equal journals.
public actor LiveExchange<C: Clock<Duration>> {
  /// What a front shows: all that happened since the last update, and how things stand.
  public struct Update: Sendable {
    /// When it was due, or done.
    public let now: Instant
    /// What the clock shows: later than `now` where somebody woke up late.
    public let shown: Instant
    public let news: [JournalEntry]
    /// The transitions that calls made; empty unless they are kept.
    public let steps: [CallStep]
    /// What people did since the last update.
    public let acts: [Session.Act]
    /// A copy: who keeps it longer than the update makes every change copy it once more.
    public let board: Switchboard
    /// The script, where one is acted.
    public let script: Performance?

    /// Whether nothing is under way: no call, no page that asks, nothing on its way, nothing played.
    public var isAtRest: Bool {
      board.nextDue == nil && board.service.calls.isEmpty && board.service.pages.allSatisfy { $0.state.outcome != nil }
        && (script.map { $0.ending != nil } ?? true)
    }
  }

  /// What a person at the telephone or at the sign-in page does.
  public enum Act: Hashable, Sendable {
    case signIn(SignInRequest)
    case answer(UPN)
    case press(Key, UPN)
    case hangUp(UPN)
    case cancelSignIn(UPN)
    /// A text typed at the page of this user: a code or a pass.
    case type(String, UPN)
    case resend(UPN)
    case reply(UPN)
    case answerApp(DeviceStep, UPN)
    case answerPasskey(isApproved: Bool, UPN)
    case fault(Fault)
  }

  /// Why an act cannot be done.
  public enum Refusal: Error, Hashable, Sendable {
    case signIn(VerificationService.SignInError)
    case hindered(Switchboard.Hindrance, UPN)
    /// There is nothing to do it to.
    case nothing
    /// Nothing happens here any more.
    case closed
  }

  private let told: @Sendable (Update) -> Void
  private let clock: C
  private var given: Given
  private let seed: UInt64
  private var board: Switchboard
  private var script: Performance?
  /// When the script goes on.
  private var cue: Instant?
  /// The start, in the time of the journal and in that of the clock.
  private let epoch: (instant: Instant, real: C.Instant)
  /// How far the exchange is ahead of its clock, by steps that were done faster than time passes.
  private let lead = Mutex(Duration.zero)
  private var published = 0
  private var publishedActs = 0
  /// So many facts are remembered, and all of what is under way; nil is all there are.
  private let memory: Int?
  /// How long the journal may be until what is over is forgotten.
  private var patience: Int
  /// Whether all that has happened is remembered: a recorder needs it.
  public private(set) var isWhole = true
  private var sleeper: Task<Void, Never>?
  /// PINs that are being checked.
  private var checks: [Int: OpenPINCheck] = [:]
  private var begunChecks = 0
  private var isClosed = false

  /// - Parameters:
  ///   - script: acted beside what people do, from `start` on.
  ///   - keepingSteps: tells the transitions of calls.
  ///   - memory: with more facts than that, what is over is forgotten; not while a script is acted.
  ///   - told: hears of everything in order, while nothing else happens: it is to be quick.
  public init(
    _ given: Given, seed: UInt64, clock: C, script: Performance? = nil, keepingSteps: Bool = false,
    rememberingFacts memory: Int? = nil, told: @escaping @Sendable (Update) -> Void
  ) {
    self.clock = clock
    self.given = given
    self.seed = seed
    self.script = script
    self.told = told
    self.memory = memory
    patience = memory ?? .max
    board = Switchboard(given, seed: seed, keepingSteps: keepingSteps, keepingActs: true)
    board.defersChecks = true
    epoch = (given.start, clock.now)
  }

  /// Tells how things stand, and begins the script.
  public func start() { settle(now) }

  /// Tells how things stand, once what is due by now has happened.
  public func look() { if !isClosed { settle(now) } }

  /// Carries out what a person does, now.
  ///
  /// - Throws: why it cannot be done; what was due has happened all the same.
  public func perform(_ act: Act) throws(Refusal) {
    guard !isClosed else { throw .closed }
    let now = self.now
    board.advance(to: now)
    // Also when the act fails: what was due has happened, and a new sleeper is needed.
    defer { settle(now) }
    try carryOut(act, at: now)
  }

  private func carryOut(_ act: Act, at now: Instant) throws(Refusal) {
    switch act {
    case .signIn(let request):
      do { try board.signIn(request, at: now) } catch { throw .signIn(error) }
    case .answer(let upn): guard board.answer(upn, at: now) else { throw .nothing }
    case .press(let key, let upn): board.press(key, upn, at: now)
    case .hangUp(let upn): guard board.hangUp(upn, at: now) else { throw .nothing }
    case .cancelSignIn(let upn): board.cancelSignIn(of: upn, at: now)
    case .fault(let fault): board.apply(fault, at: now)
    case .type(_, let upn), .resend(let upn), .reply(let upn), .answerApp(_, let upn), .answerPasskey(_, let upn):
      do throws(Switchboard.Hindrance) { try carryOut(atPage: act, at: now) } catch { throw .hindered(error, upn) }
    }
  }

  private func carryOut(atPage act: Act, at now: Instant) throws(Switchboard.Hindrance) {
    switch act {
    case .type(let text, let upn):
      let what = board.meaning(of: text, by: upn, at: now) { given.passCheck?($0, $1) ?? false }
      try board.enter(EnterStep(what), upn, at: now)
    case .resend(let upn): try board.resend(upn, at: now)
    case .reply(let upn): try board.reply(upn, at: now)
    case .answerApp(let step, let upn): try board.answerApp(step, upn, at: now)
    case .answerPasskey(let isApproved, let upn): try board.answerPasskey(isApproved: isApproved, upn, at: now)
    case .signIn, .answer, .press, .hangUp, .cancelSignIn, .fault: return  // not at the page
    }
  }

  /// What was done so far, and all that happened: what a recorder needs. It holds the keys that were pressed.
  public var session: Session { Session(given: given, seed: seed, acts: board.acts, journal: board.journal) }

  /// How things stand.
  public var standing: Switchboard { board }

  /// The tenant as it is by now: for what is dialled from here on.
  ///
  /// - Parameter read: whatever others have written so far; nothing happens here meanwhile.
  /// - Returns: what was read.
  @discardableResult
  public func renew(_ read: @Sendable () throws -> Given) rethrows -> Given {
    let given = try read()
    self.given.passCheck = given.passCheck
    board.renew(given)
    if !isClosed { settle(now) }
    return given
  }

  /// Lets the script do the rest of the named step that it is in, and stand at the next: at once.
  ///
  /// What is due by then happens in its order, each thing at its own time, as in virtual time; the exchange is ahead of its
  /// clock from then on. Checks of PINs are waited for.
  ///
  /// - Parameters:
  ///   - stop: what holds the clock, before anything is done.
  ///   - start: what sets the clock going; called where there is no step left to stand at.
  public func stepScript(stopping stop: @Sendable () -> Void = {}, starting start: @Sendable () -> Void = {}) {
    guard !isClosed, let script else { return start() }
    stop()
    self.script?.allowed = script.reached
    board.defersChecks = false
    answerChecks(at: now)
    proceed(to: now)
    while let script = self.script, !script.isHeld, script.ending == nil, let due = nextDue {
      leap(to: due)
      proceed(to: due)
    }
    board.defersChecks = true
    sleepUntilDue()
    if self.script?.isHeld != true { start() }
  }

  /// Those that were begun beside the call.
  private func answerChecks(at now: Instant) {
    let open = checks.sorted { $0.key < $1.key }.map(\.value)
    checks.removeAll()
    for check in open { board.answer(check, matches: check.matches(), at: now) }
  }

  private func leap(to instant: Instant) {
    let left = instant - now
    if left > .zero { lead.withLock { $0 += left.duration } }
  }

  /// Lets the script go on to its end.
  ///
  /// - Parameter start: what sets the clock going; nothing else happens between that and the script.
  public func resumeScript(_ start: @Sendable () -> Void = {}) {
    script?.allowed = nil
    start()
    if !isClosed { settle(now) }
  }

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

  /// Ends what has begun, now: the page gives up on whatever is being verified, and telephones are hung up.
  ///
  /// - Returns: what has happened that nobody was told.
  public func leave() -> [JournalEntry] {
    close()
    let now = self.now
    board.advance(to: now)
    for call in board.service.calls where call.state.outcome == nil {
      board.cancelSignIn(of: call.request.upn, at: now)
    }
    for call in board.service.calls { _ = board.hangUp(call.request.upn, at: now) }
    for page in board.service.pages where page.state.outcome == nil {
      board.cancelSignIn(of: page.request.upn, at: now)
    }
    defer { published = board.journal.count }
    return Array(board.journal[published...])
  }

  /// Nothing happens any more.
  public func close() {
    isClosed = true
    sleeper?.cancel()
  }

  /// The time of the exchange; it stands still while its clock does.
  public nonisolated var now: Instant {
    epoch.instant + Milliseconds(roundingDown: epoch.real.duration(to: clock.now) + lead.withLock { $0 })
  }

  private func settle(_ now: Instant) {
    proceed(to: now)
    beginChecks()
    sleepUntilDue()
  }

  /// Does what is due by now, and tells it.
  private func proceed(to now: Instant) {
    board.advance(to: now)
    act(at: now)
    let news = Array(board.journal[published...])
    published = board.journal.count
    let acts = Array(board.acts[publishedActs...])
    publishedActs = board.acts.count
    let steps = board.takeSteps()
    told(
      Update(
        now: now, shown: max(now, self.now), news: news, steps: steps, acts: acts, board: board, script: script))
    if board.journal.count > patience { forgetFinished() }
  }

  /// Everybody has been told of it.
  private func forgetFinished() {
    guard let memory, script.map({ $0.ending != nil }) ?? true else { return }
    published -= board.forgetFinished()
    (publishedActs, isWhole) = (0, false)
    // Where something has been under way for long little was forgotten: not every fact is to look again.
    patience = max(memory, board.journal.count + memory / 2)
  }

  /// What the script does now.
  private func act(at now: Instant) {
    cue = nil
    while script != nil {
      switch script?.proceed(&board, at: now) {
      case .acted: board.advance(to: now)
      case .waits(let until): return cue = min(until, board.nextDue ?? until)
      case .held, .over, nil: return
      }
    }
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
    guard let due = nextDue else { return }
    let deadline = epoch.real.advanced(by: (due - epoch.instant).duration - lead.withLock { $0 })
    sleeper = Task { [clock] in
      // Cancelled: somebody acted first, and a new sleeper is set.
      guard (try? await clock.sleep(until: deadline, tolerance: nil)) != nil else { return }
      self.wake(at: due)
    }
  }

  private func wake(at due: Instant) {
    guard !isClosed else { return }
    // Somebody may have acted just before, and moved what is due.
    guard let next = nextDue, next <= due else { return sleepUntilDue() }
    settle(due)
  }

  private var nextDue: Instant? { [board.nextDue, cue].compactMap(\.self).min() }
}
