public import LiveCalls
import ScenarioModel
import Simulation
public import VerificationCore

/// The room that pages look into: one session at a time, in which people and scripts act on one switchboard.
///
/// A session begins with the room, with every reset, and with everything that is played. What happens in it is told to
/// `log` first and kept by the tenant then.
public actor Room {
  typealias Act = LiveExchange<PausableClock>.Act

  /// So many facts of a session are remembered, and all of what is under way; some 500 sign-ins.
  static let rememberedFacts = 10_000

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
    /// Too much waits to be written.
    case behind
  }

  public nonisolated let log: EventLog
  /// What happens here, on its way into the tenant.
  public nonisolated let keeping: KeepingQueue
  nonisolated let sounds = SoundShelf()
  nonisolated let scripts: any RoomScripts
  nonisolated let tenant: any RoomTenant
  private let time: @Sendable () -> Instant
  private let clocks: @Sendable () -> PausableClock
  private var session: Running
  private var isBeginning = false
  private nonisolated let front: RoomFront

  /// What time it is for the tenant: while what happens here is kept, that of the room, so that both are in one order. At
  /// rest that is the time of day, which the room takes on before anything else happens in it.
  public nonisolated var tenantTime: Instant { front.tenantTime ?? time() }

  /// A session under way.
  fileprivate struct Running {
    let id: String
    let source: Source
    let title: String?
    let given: Given
    /// As the tenant's admins have made it meanwhile.
    var latest: Given
    /// Whose PINs a demo has lent.
    let lentPINs: Set<UPN>
    let seed: UInt64
    /// nil where nothing of it is kept.
    let kept: KeepingQueue.Session?
    let clock: PausableClock
    let exchange: LiveExchange<PausableClock>

    var isKept: Bool { kept != nil }
  }

  /// - Parameters:
  ///   - time: the time of day.
  ///   - clocks: what each session runs by.
  ///   - patience: what the waiting for the tenant's store is measured by.
  /// - Throws: where the tenant cannot be read.
  public init(
    tenant: any RoomTenant, scripts: any RoomScripts, time: @escaping @Sendable () -> Instant,
    clocks: @escaping @Sendable () -> PausableClock = { PausableClock() },
    patience: () -> PausableClock = { PausableClock() }
  ) async throws {
    let log = EventLog()
    let front = RoomFront(log: log, time: time)
    (self.tenant, self.scripts, self.time, self.clocks) = (tenant, scripts, time, clocks)
    (self.log, self.front) = (log, front)
    keeping = KeepingQueue(tenant, clock: patience()) { front.tell($0) }
    let stage = try tenant.begin(nil, by: nil, at: time())
    session = Self.open(.free, stage, clocks(), front, sounds, keeping)
    await session.exchange.start()
  }

  private static func open(
    _ source: Source, _ stage: Stage, _ clock: PausableClock, _ front: RoomFront, _ sounds: SoundShelf,
    _ keeping: KeepingQueue
  ) -> Running {
    let id = String(UInt64.random(in: .min ... .max), radix: 36)
    let (seed, given) = (UInt64(1), stage.given)
    let performance = stage.script.map { Performance($0) }
    let kept = stage.isKept ? KeepingQueue.Session(id: id, start: given.start) : nil
    let opening = Opening(
      id: id, source: source, title: stage.script?.title.value, start: given.start, user: given.user,
      isKept: stage.isKept, steps: performance?.names.count ?? 0)
    let teller = SessionTeller(
      Narration(start: given.start, seed: seed, sounds: sounds), front, id, clock, isKept: stage.isKept,
      first: opening.event
    ) { news in
      if let kept { keeping.add(news, of: kept) }
    }
    let exchange = LiveExchange(
      given, seed: seed, clock: clock, script: performance, keepingSteps: true, rememberingFacts: rememberedFacts
    ) { teller.tell($0) }
    let running = Running(
      id: id, source: source, title: opening.title, given: given, latest: given, lentPINs: stage.lentPINs, seed: seed,
      kept: kept, clock: clock, exchange: exchange)
    front.begin(id, exchange, clock, start: given.start, isKept: stage.isKept)
    front.log.begin(id, with: opening.event(given.tenant, at: given.start))
    if let news = keeping.standing { front.tell(news) }
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

  /// - Parameter make: may wait for the tenant's store.
  private func replace(_ source: Source, with make: @escaping @Sendable () throws -> Stage) async throws(Refusal) {
    guard !isBeginning else { throw .beginning }
    isBeginning = true
    defer { isBeginning = false }
    // The session goes on while what it has done is written.
    if session.isKept { await keeping.exclusively { _ in } }
    let before = session
    await end()
    do {
      await begin(source, try await staged(make))
    } catch {
      // A room in which nothing happens any more is of no use to anybody.
      var given = before.latest
      (given.tenant, given.start) = (await before.exchange.standing.service.tenant, time())
      await begin(before.source.isOfTenant ? .free : before.source, Stage(given, isKept: before.isKept))
      throw .notKept(error)
    }
  }

  /// With what has happened to the tenant and could not be written.
  private func staged(_ make: @escaping @Sendable () throws -> Stage) async throws -> Stage {
    try await keeping.exclusively { [keeping] trouble in
      let stage = try await keeping.blocking(make)
      guard trouble != nil, stage.isKept else { return stage }
      var given = stage.given
      for event in keeping.waitingEvents { given.tenant.apply(event) }
      return Stage(given, script: stage.script, isKept: stage.isKept, lentPINs: stage.lentPINs)
    }
  }

  private func begin(_ source: Source, _ stage: Stage) async {
    session = Self.open(source, stage, clocks(), front, sounds, keeping)
    await session.exchange.start()
  }

  /// Ends what has begun, so that it has its record.
  private func end() async {
    let session = session
    guard let kept = session.kept else { return await session.exchange.close() }
    keeping.add(await session.exchange.leave(), of: kept, isOver: true)
  }

  /// To be called once, when the room is left. Waits until what has happened is written.
  ///
  /// - Throws: why it could not be.
  public func close() async throws(KeepingTrouble) {
    await end()
    // What is not written now is lost: a last try, whatever came of the one before.
    if let trouble = await keeping.exclusively(insisting: true, { $0 }) { throw trouble }
  }
}

// What people do.
extension Room {
  func perform(_ act: LiveExchange<PausableClock>.Act) async throws(Refusal) {
    if session.clock.isPaused { throw .paused }
    if session.isKept, keeping.isOverfull { throw .behind }
    if case .signIn = act, session.isKept {
      if keeping.isFull { throw .behind }
      if front.isLate { await session.exchange.look() }
    }
    do throws(LiveExchange<PausableClock>.Refusal) {
      try await session.exchange.perform(act)
    } catch {
      throw .exchange(error)
    }
  }

  /// Takes the tenant as others have made it meanwhile. Where it cannot be read the pages are told, and the room goes on.
  ///
  /// A session for practice goes on with what it has: the pages are told that the next one will have something else
  /// (`later`). Pages of admins look again in any case.
  public func renew() async {
    let session = session
    defer {
      let isLater = !session.isKept && session.source.isOfTenant
      let at = session.exchange.now - session.given.start
      log.append([RoomEvent("tenantChanged", at: at, ["later": .flag(isLater)])], to: session.id)
    }
    guard session.isKept else { return }
    let before = await tenantNow()
    do {
      try await keeping.exclusively { [keeping, tenant] _ in
        guard let read = try await keeping.blocking({ try tenant.current(at: session.exchange.now) }) else { return }
        // Nothing is written meanwhile: what waits is what the store does not have.
        let latest = await session.exchange.renew { session.renewed(read, by: keeping.waitingEvents) }
        await took(latest, in: session.id)
      }
    } catch {
      return front.tell(["kind": "unread"])
    }
    let (after, now) = (await session.exchange.standing.service.tenant, session.exchange.now)
    let changed = after.changedUsers(since: before, at: now).map { user, facts in
      RoomEvent("user", at: now - session.given.start, user: user.upn, ["user": facts])
    }
    log.append(changed, to: session.id)
  }

  private func took(_ latest: Given, in id: String) {
    if session.id == id { session.latest = latest }
  }

  func pause() async { stopping(session)() }

  func resume() async {
    await session.exchange.resumeScript(starting(session))
  }

  /// Does the rest of the named step that is told, at once, and pauses in the next, as soon as time would pass there.
  func step() async throws(Refusal) {
    guard session.source != .free else { throw .notPlaying }
    await session.exchange.stepScript(stopping: stopping(session), starting: starting(session))
  }

  /// Stops the clock, and tells so.
  private func stopping(_ session: Running) -> @Sendable () -> Void {
    { [log] in
      guard !session.clock.isPaused else { return }
      session.clock.pause()
      let at = session.exchange.now - session.given.start
      log.append([RoomEvent("clock", at: at, ["paused": true])], to: session.id)
    }
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

  /// What time it is in the session, and whether it stands still; asked for often, and of nobody who is busy.
  nonisolated var now: (at: Milliseconds, isPaused: Bool) { front.now }

  /// From the start of the session.
  var at: Milliseconds { session.exchange.now - session.given.start }

  var isPaused: Bool { session.clock.isPaused }

  /// The tenant as the room knows it.
  func tenantNow() async -> Tenant { await session.exchange.standing.service.tenant }

  /// What a recorder needs.
  ///
  /// - Returns: nil where so much has happened that its beginning is forgotten.
  func recorded() async -> Session? { await session.exchange.isWhole ? await session.exchange.session : nil }

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
      "source": .text(session.source.name), "title": .text(session.title), "demo": session.source.demo,
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
  /// - Parameter events: what has happened since the tenant was read.
  fileprivate func renewed(_ read: Given, by events: [TenantEvent]) -> Given {
    var current = read
    for event in events { current.tenant.apply(event) }
    current.user = given.user
    for upn in lentPINs where current.pins[upn] == nil && !current.keptPINs.contains(upn) {
      current.pins[upn] = given.pins[upn]
    }
    return current
  }

}

/// What the first event of a session tells.
private struct Opening {
  let id: String
  let source: Room.Source
  let title: String?
  let start: Instant
  let user: UPN
  let isKept: Bool
  let steps: Int

  /// - Parameter tenant: as it is for who begins to listen now.
  func event(_ tenant: Tenant, at now: Instant) -> RoomEvent {
    RoomEvent(
      "session", at: .zero,
      [
        "session": .text(id), "tenant": .text(tenant.name), "startedAt": .text(start.description),
        "kept": .flag(isKept), "source": .text(source.name), "title": .text(title), "demo": source.demo,
        "steps": .count(steps), "user": .text(user.text), "users": .list(tenant.firstFacts(at: now)),
      ])
  }
}

extension Room.Source {
  fileprivate var demo: JSON { if case .demo(let id) = self { .text(id) } else { .null } }
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
