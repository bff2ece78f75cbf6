import Foundation
public import LiveCalls
import ScenarioModel
import Simulation
import Synchronization
public import VerificationCore

/// The room that pages look into: one session at a time, in which people and scripts act on one switchboard.
///
/// A session begins with the room, with every reset, and with everything that is played. What happens in it is told to
/// `log` first and kept by the tenant then.
public actor Room {
  typealias Act = LiveExchange<PausableClock>.Act

  /// What a session is for.
  enum Source: Hashable {
    case free
    case demo(String)
    case scenario(String)

    /// Whether the people of the tenant are there.
    var isOfTenant: Bool { if case .scenario = self { false } else { true } }

    var name: String {
      switch self {
      case .free: "free"
      case .demo: "demo"
      case .scenario: "scenario"
      }
    }
  }

  /// Why something cannot be done now.
  enum Refusal: Error {
    case paused
    case notPlaying
    case exchange(LiveExchange<PausableClock>.Refusal)
    case noSuchDemo(String)
    case notKept(any Error)
    case noPhone(UPN)
    /// Another session is just beginning.
    case beginning
  }

  public nonisolated let log = EventLog()
  nonisolated let sounds = SoundShelf()
  nonisolated let scripts: any RoomScripts
  nonisolated let tenant: any RoomTenant
  private let time: @Sendable () -> Instant
  private let clocks: @Sendable () -> PausableClock
  private var session: Running
  private var isBeginning = false
  private nonisolated let hands: Mutex<Hands>

  /// What the time of the room is told by.
  private struct Hands: Sendable {
    private let exchange: LiveExchange<PausableClock>
    let isKept: Bool

    init(of session: Running) { (exchange, isKept) = (session.exchange, session.isKept) }

    var now: Instant { exchange.now }
  }

  /// What time it is for the tenant: that of the room, which may have been paused, while what happens there is kept.
  public nonisolated var tenantTime: Instant {
    hands.withLock { $0.isKept ? $0.now : nil } ?? time()
  }

  /// A session under way.
  fileprivate struct Running {
    let id: String
    let source: Source
    let title: String?
    let given: Given
    let seed: UInt64
    let isKept: Bool
    let clock: PausableClock
    let exchange: LiveExchange<PausableClock>
  }

  /// Made first, since the exchange of the first session needs somebody to tell.
  private final class Teller: Sendable {
    private let narration: Mutex<Narration>
    private let log: EventLog
    private let session: String
    private let clock: PausableClock
    private let keep: (@Sendable ([JournalEntry]) throws -> Void)?

    init(
      _ narration: Narration, _ log: EventLog, _ session: String, _ clock: PausableClock,
      keep: (@Sendable ([JournalEntry]) throws -> Void)?
    ) {
      self.narration = Mutex(narration)
      (self.log, self.session, self.clock, self.keep) = (log, session, clock, keep)
    }

    func tell(_ update: LiveExchange<PausableClock>.Update) {
      let start = narration.withLock { narration in
        log.append(narration.events(of: update), to: session)
        return narration.start
      }
      if update.script?.isHeld == true, !clock.isPaused {
        clock.pause()
        log.append([RoomEvent("clock", at: update.now - start, ["paused": true])], to: session)
      }
      guard !update.news.isEmpty, let keep else { return }
      do {
        try keep(update.board.journal)
      } catch {
        log.append(
          [RoomEvent("trouble", at: update.now - start, [:].saying(("text", Room.told(error))))],
          to: session)
      }
    }
  }

  /// - Parameters:
  ///   - time: the time of day.
  ///   - clocks: what each session runs by.
  /// - Throws: where the tenant cannot be read.
  public init(
    tenant: any RoomTenant, scripts: any RoomScripts, time: @escaping @Sendable () -> Instant,
    clocks: @escaping @Sendable () -> PausableClock = { PausableClock() }
  ) async throws {
    (self.tenant, self.scripts, self.time, self.clocks) = (tenant, scripts, time, clocks)
    let stage = try tenant.begin(nil, by: nil, at: time())
    session = Self.open(.free, stage, tenant, clocks(), log, sounds)
    hands = Mutex(Hands(of: session))
    await session.exchange.start()
  }

  private static func open(
    _ source: Source, _ stage: Stage, _ tenant: any RoomTenant, _ clock: PausableClock, _ log: EventLog,
    _ sounds: SoundShelf
  ) -> Running {
    let id = String(UInt64.random(in: .min ... .max), radix: 36)
    let (seed, given) = (UInt64(1), stage.given)
    let performance = stage.script.map { Performance($0) }
    let teller = Teller(
      Narration(start: given.start, seed: seed, sounds: sounds), log, id, clock,
      keep: stage.isKept ? { @Sendable journal in try tenant.keep(journal, isOver: false) } : nil)
    let exchange = LiveExchange(
      given, seed: seed, clock: clock, script: performance, keepingSteps: true
    ) { teller.tell($0) }
    let running = Running(
      id: id, source: source, title: stage.script?.title.value, given: given, seed: seed, isKept: stage.isKept,
      clock: clock, exchange: exchange)
    log.begin(id, with: running.first(steps: performance?.names.count ?? 0))
    return running
  }
}

// Sessions.
extension Room {
  /// Ends what is going on and begins anew.
  func reset() async throws(Refusal) { try await change(.free, demo: nil, by: nil) }

  /// - Parameter user: of the tenant that the room has now; nil is whoever the demo names.
  func play(demo id: String, user: UPN?) async throws(Refusal) {
    guard let demo = scripts.demos.first(where: { $0.id == id }) else { throw .noSuchDemo(id) }
    if let user, session.source.isOfTenant {
      let known = await session.exchange.standing.service.tenant.user(user)
      guard let known else { throw .exchange(.signIn(.unknownUser(user))) }
      guard known.phone != nil else { throw .noPhone(user) }
    }
    try await change(.demo(id), demo: demo.scenario, by: user)
  }

  /// A scenario brings its own tenant: nothing of it lasts.
  func play(_ scenario: Scenario) async throws(Refusal) {
    try await replace(.scenario(scenario.path)) { Stage(scenario.given, script: scenario, isKept: false) }
  }

  private func change(_ source: Source, demo: Scenario?, by user: UPN?) async throws(Refusal) {
    try await replace(source) { [tenant, time] in try tenant.begin(demo, by: user, at: time()) }
  }

  /// Nothing of a path of this machine.
  fileprivate static func told(_ error: any Error) -> Sentence {
    let told = (error as? DeskRefusal)?.said ?? Sentence("the tenant's store cannot be used")
    return Sentence("this is not kept: \(told)")
  }

  private func replace(_ source: Source, with make: () throws -> Stage) async throws(Refusal) {
    guard !isBeginning else { throw .beginning }
    isBeginning = true
    defer { isBeginning = false }
    let before = session
    let trouble = await end()
    do {
      await begin(source, try make())
    } catch {
      // A room in which nothing happens any more is of no use to anybody.
      await begin(.free, Stage(before.given, isKept: before.isKept))
      throw .notKept(error)
    }
    if let trouble { tell(trouble) }
  }

  private func begin(_ source: Source, _ stage: Stage) async {
    session = Self.open(source, stage, tenant, clocks(), log, sounds)
    (hands.withLock { $0 = Hands(of: session) })
    await session.exchange.start()
  }

  /// Ends what has begun, so that it has its record.
  ///
  /// - Returns: what is wrong where that could not be kept.
  private func end() async -> (any Error)? {
    let session = session
    guard session.isKept else {
      await session.exchange.close()
      return nil
    }
    let journal = await session.exchange.leave()
    do {
      try tenant.keep(journal, isOver: true)
      return nil
    } catch {
      return error
    }
  }

  /// To be called once, when the room is left.
  ///
  /// - Throws: where the end of what was under way could not be kept.
  public func close() async throws {
    if let trouble = await end() { throw trouble }
  }

  /// Tells the pages what could not be done.
  private func tell(_ trouble: any Error) {
    log.append([RoomEvent("trouble", at: at, [:].saying(("text", Self.told(trouble))))], to: session.id)
  }
}

// What people do.
extension Room {
  func perform(_ act: LiveExchange<PausableClock>.Act) async throws(Refusal) {
    if session.clock.isPaused { throw .paused }
    do throws(LiveExchange<PausableClock>.Refusal) {
      try await session.exchange.perform(act)
    } catch {
      throw .exchange(error)
    }
  }

  /// Takes the tenant as others have made it meanwhile. Where it cannot be read the pages are told, and the room goes on.
  public func renew() async {
    guard session.isKept else { return }
    let (tenant, session) = (tenant, session)
    let before = await session.exchange.standing.service.tenant
    do {
      try await session.exchange.renew {
        var current = try tenant.current(at: session.exchange.now) ?? session.given
        current.user = session.given.user
        // What a demo lent to somebody who has none.
        for (upn, pin) in session.given.pins where current.pins[upn] == nil && !current.keptPINs.contains(upn) {
          current.pins[upn] = pin
        }
        return current
      }
    } catch {
      return tell(error)
    }
    let (after, now) = (await session.exchange.standing.service.tenant, session.exchange.now)
    let changed = after.changedUsers(since: before, at: now).map { user, facts in
      RoomEvent("user", at: now - session.given.start, user: user.upn, ["user": facts])
    }
    log.append(changed, to: session.id)
  }

  func pause() async {
    guard !session.clock.isPaused else { return }
    session.clock.pause()
    tellClock(paused: true)
  }

  func resume() async {
    await session.exchange.resumeScript(starting(session))
  }

  /// Does the named step that the script has reached, and pauses at the next.
  func step() async throws(Refusal) {
    guard session.source != .free else { throw .notPlaying }
    await session.exchange.stepScript(starting(session))
  }

  /// Sets the clock going, and tells so.
  private func starting(_ session: Running) -> @Sendable () -> Void {
    { [log] in
      guard session.clock.isPaused else { return }
      session.clock.resume()
      let at = session.exchange.now - session.given.start
      log.append([RoomEvent("clock", at: at, ["paused": false])], to: session.id)
    }
  }

  private func tellClock(paused: Bool) {
    log.append([RoomEvent("clock", at: at, ["paused": .flag(paused)])], to: session.id)
  }

  /// From the start of the session.
  var at: Milliseconds { session.exchange.now - session.given.start }

  var isPaused: Bool { session.clock.isPaused }

  /// What a recorder needs.
  func recorded() async -> Session { await session.exchange.session }

  func shownCode(of upn: UPN) async -> (code: String, left: Milliseconds)? {
    let (board, now) = (await session.exchange.standing, session.exchange.now)
    return board.shownCode(of: upn, at: now).map { ($0.code, $0.until - now) }
  }

  /// The number on the page that is to be typed at a device; nil where none is shown.
  func matchingNumber(of upn: UPN) async -> String? {
    let board = await session.exchange.standing
    return board.service.page(verifying: upn).flatMap { NumberMatch.number(of: $0, seed: session.seed) }
  }

  /// What a page is shown when it opens.
  func view() async -> [String: JSON] {
    let board = await session.exchange.standing
    return [
      "session": .text(session.id), "tenant": .text(board.service.tenant.name), "kept": .flag(session.isKept),
      "source": .text(session.source.name), "title": .text(session.title), "demo": session.demo,
      "paused": .flag(isPaused), "at": .number(at.count), "user": .text(session.given.user.text),
      "users": .list(board.service.tenant.firstFacts(at: session.exchange.now)),
      "faults": .list(NetworkFault.allCases.map { .text($0.rawValue) }),
      "languages": .list(TextMessage.languages.map { .text($0.tag) }),
      "demos": .list(
        scripts.demos.map { demo in
          .object([
            "id": .text(demo.id), "title": .text(demo.scenario.title.value),
            "steps": .list(demo.steps.map { .text($0) }),
          ])
        }),
    ]
  }
}

extension Room.Running {
  fileprivate var demo: JSON { if case .demo(let id) = source { .text(id) } else { .null } }

  fileprivate func first(steps: Int) -> RoomEvent {
    RoomEvent(
      "session", at: .zero,
      [
        "session": .text(id), "tenant": .text(given.tenant.name), "startedAt": .text(given.start.description),
        "kept": .flag(isKept), "source": .text(source.name), "title": .text(title), "demo": demo,
        "steps": .count(steps), "user": .text(given.user.text),
        "users": .list(given.tenant.firstFacts(at: given.start)),
      ])
  }
}

extension Tenant {
  /// A page is told of so many users by itself; of others when it asks.
  private static let toldUsers = 100

  fileprivate func firstFacts(at now: Instant) -> [JSON] {
    let statuses = UserStatuses(self, at: now)
    return users.prefix(Self.toldUsers).map { statuses.status(of: $0).facts(at: now) }
  }

  /// The users of whom a page knows something that is not so any more.
  fileprivate func changedUsers(since before: Tenant, at now: Instant) -> [(user: User, facts: JSON)] {
    let (old, new) = (UserStatuses(before, at: now), UserStatuses(self, at: now))
    return users.compactMap { user in
      let facts = new.status(of: user).facts(at: now)
      let known = before.user(user.upn).map { old.status(of: $0).facts(at: now) }
      return known == facts ? nil : (user, facts)
    }
  }
}
