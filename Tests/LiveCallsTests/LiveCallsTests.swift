import LiveCalls
import ScenarioModel
import ScenarioYAML
import Simulation
import TestSupport
import Testing
import VerificationCore

// An update that never comes would be waited for; a red test is better.
@Suite("Calls in real time", .timeLimit(.minutes(5)))
struct LiveCallsTests {
  @Test("Every shipped scenario has the same journal and verdict in real and in virtual time")
  func sameJournals() async throws {
    let reader = ScenarioReader(files: DiskFiles(), greetings: KnownGreetings())
    #expect(Repository.scenarios.count > 40)
    for path in Repository.scenarios {
      let scenario = try reader.scenario(at: path)
      let virtual = VirtualDriver.play(scenario, seed: 3)
      let told = News()
      let live = try await LiveReplay(clock: StandingClock(isHurried: true), seed: 3).play(scenario) { news, _, _ in
        await told.add(news)
      }
      #expect(live.journal == virtual.journal, "\(path)")
      #expect(await told.entries == virtual.journal, "\(path)")
      #expect(live.problems == virtual.problems)
      #expect(live.passed)
    }
  }

  @Test("A replay sleeps from one thing to the next, as long as each takes")
  func sleeps() async throws {
    let clock = StandingClock(isHurried: true)
    let path = "\(Repository.root)/scenarios/voice/hung-up.yaml"
    let scenario = try ScenarioReader(files: DiskFiles(), greetings: KnownGreetings()).scenario(at: path)
    let verdict = try await LiveReplay(clock: clock).play(scenario) { _, _, now in
      #expect(clock.now.offset == (now - scenario.given.start).duration)
    }
    #expect(clock.now.offset == .seconds(5))
    #expect(verdict.passed)
  }

  private actor News {
    private(set) var entries: [JournalEntry] = []

    func add(_ news: [JournalEntry]) { entries += news }
  }

  /// A live call and what it said, one update after the other.
  private struct Live {
    let clock = StandingClock()
    let exchange: LiveExchange<StandingClock>
    var updates: AsyncStream<LiveExchange<StandingClock>.Update>.Iterator
    let upn: UPN

    init(_ change: (inout Given) -> Void = { _ in }) throws {
      let reader = ScenarioReader(files: MemoryFiles([:]), greetings: KnownGreetings())
      var given = reader.demoTenant
      change(&given)
      upn = given.user
      let (stream, send) = AsyncStream<LiveExchange<StandingClock>.Update>.makeStream()
      exchange = LiveExchange(given, seed: 1, clock: clock) { send.yield($0) }
      updates = stream.makeAsyncIterator()
    }

    mutating func after(_ act: LiveExchange<StandingClock>.Act) async throws -> LiveExchange<StandingClock>.Update {
      try await exchange.perform(act)
      return try #require(await updates.next())
    }

    mutating func after(_ length: Duration) async throws -> LiveExchange<StandingClock>.Update {
      clock.advance(by: length)
      return try #require(await updates.next())
    }
  }

  @Test("CALL-1: a live call rings out when its clock says so, and carries the time at which it was due")
  func ringsOut() async throws {
    var live = try Live()
    let dialled = try await live.after(.signIn(SignInRequest(upn: live.upn)))
    #expect(dialled.board.phone(of: live.upn) == .ringing(CallID(1)))
    let update = try await live.after(.seconds(75))
    #expect(update.board.lastOutcome == .noAnswer)
    #expect(update.news.last?.at == .virtualStart + .seconds(60))
  }

  @Test("A live fraud report: answer, 0#, 1, each at its own time")
  func fraudReport() async throws {
    var live = try Live()
    _ = try await live.after(.signIn(SignInRequest(upn: live.upn)))
    live.clock.advance(by: .milliseconds(2_500))
    let answered = try await live.after(.answer(live.upn))
    #expect(
      answered.news.map(\.at) == Array(repeating: .virtualStart + Milliseconds(2_500), count: answered.news.count))
    #expect(answered.board.heard.last?.recording.message == .fraudGreetingStandard)
    _ = try await live.after(.press(.zero, live.upn))
    let reported = try await live.after(.press(.pound, live.upn))
    #expect(reported.board.lastOutcome == .fraudReported)
    let confirmed = try await live.after(.press(.one, live.upn))
    #expect(confirmed.board.service.tenant.block(of: live.upn, at: confirmed.now) != nil)
    let over = try await live.after(.seconds(20))
    #expect(over.news.last?.fact == .serviceHungUp)
    #expect(over.board.phone(of: live.upn) == .quiet)
  }

  @Test("A slow check of a PIN is made beside the call: the keys are told at once, the answer when it comes")
  func slowCheck() async throws {
    var live = try Live { given in
      given.tenant.settings.pin.mode = true
      (given.pins, given.keptPINs) = ([:], [given.user])
      given.pinCheck = { _, entry in entry.revealed == "2468" }
    }
    _ = try await live.after(.signIn(SignInRequest(upn: live.upn, method: .call)))
    _ = try await live.after(.answer(live.upn))
    for key in [Key.two, .four, .six, .eight] { _ = try await live.after(.press(key, live.upn)) }
    let sent = try await live.after(.press(.pound, live.upn))
    #expect(sent.news.contains { $0.fact == .key(.pound) })
    #expect(!sent.news.contains { $0.fact == .checkedPIN(matched: true) })
    let answered = try #require(await live.updates.next())
    #expect(answered.news.contains { $0.fact == .checkedPIN(matched: true) })
    #expect(answered.board.lastOutcome == .approved)
  }

  @Test("Who leaves a call that lasts lets it come to its end, a check that was begun included")
  func finished() async throws {
    var live = try Live { given in
      given.tenant.settings.pin.mode = true
      (given.pins, given.keptPINs) = ([:], [given.user])
      given.pinCheck = { _, entry in entry.revealed == "2468" }
    }
    _ = try await live.after(.signIn(SignInRequest(upn: live.upn, method: .call)))
    _ = try await live.after(.answer(live.upn))
    for key in [Key.two, .four, .six, .eight, .pound] { try await live.exchange.perform(.press(key, live.upn)) }
    let facts = await live.exchange.finish().map(\.fact)
    #expect(facts.contains(.concluded(.approved)))
    #expect(facts.last == .serviceHungUp)
  }

  @Test("Who leaves now gives up at the page and hangs up: nothing of it is recorded later than now")
  func left() async throws {
    var live = try Live()
    _ = try await live.after(.signIn(SignInRequest(upn: live.upn, method: .call)))
    live.clock.advance(by: .seconds(2))
    let journal = await live.exchange.leave()
    let now = Instant.virtualStart + .seconds(2)
    #expect(journal.allSatisfy { $0.at <= now })
    #expect(journal.map(\.fact).contains(.concluded(.cancelled)))
  }

  @Test("Who leaves after the outcome hangs up, and the outcome stays")
  func leftAfterOutcome() async throws {
    var live = try Live()
    _ = try await live.after(.signIn(SignInRequest(upn: live.upn, method: .call)))
    _ = try await live.after(.answer(live.upn))
    _ = try await live.after(.press(.pound, live.upn))
    #expect(
      await live.exchange.leave().map(\.fact).filter { $0 == .personHungUp || $0 == .concluded(.cancelled) } == [
        .personHungUp
      ])
    #expect(await live.exchange.session.journal.map(\.fact).contains(.concluded(.approved)))
    #expect(await live.exchange.leave().isEmpty)
  }

  @Test("A text that nobody answered is given up when its session is left")
  func leftAtPage() async throws {
    var live = try Live()
    _ = try await live.after(.signIn(SignInRequest(upn: live.upn, method: .text)))
    let journal = await live.exchange.leave()
    #expect(journal.map(\.fact).contains(.concluded(.cancelled)))
    #expect(journal.allSatisfy { $0.at == .virtualStart })
  }

  @Test("A live call is kept as a session, without what could not be done, and its recording passes")
  func recorded() async throws {
    var live = try Live()
    _ = try await live.after(.signIn(SignInRequest(upn: live.upn, method: .call)))
    live.clock.advance(by: .milliseconds(2_512))
    _ = try await live.after(.answer(live.upn))
    await #expect(throws: LiveExchange<StandingClock>.Refusal.nothing) {
      try await live.exchange.perform(.answer(live.upn))
    }
    _ = await live.updates.next()
    live.clock.advance(by: .milliseconds(1_208))
    _ = try await live.after(.press(.pound, live.upn))
    _ = try await live.after(.seconds(20))
    await #expect(throws: LiveExchange<StandingClock>.Refusal.nothing) {
      try await live.exchange.perform(.hangUp(live.upn))
    }
    let session = await live.exchange.session
    #expect(session.acts.map(\.at) == [0, 2_512, 3_720].map { .virtualStart + Milliseconds($0) })
    let take = Recorder.record(session)
    #expect(take.isFaithful)
    #expect(take.scenario.title.value == "helga approves the call with #")
    #expect(VirtualDriver.play(take.scenario).outcome == .approved)
  }

  @Test("CALL-12: acting again sets the deadline anew; the old one passes without effect")
  func deadlineAnew() async throws {
    var live = try Live()
    _ = try await live.after(.signIn(SignInRequest(upn: live.upn)))
    _ = try await live.after(.answer(live.upn))
    _ = try await live.after(.press(.one, live.upn))
    live.clock.advance(by: .seconds(4))
    _ = try await live.after(.press(.two, live.upn))
    live.clock.advance(by: .seconds(4))
    let third = try await live.after(.press(.three, live.upn))
    #expect(third.board.lastOutcome == nil)
    let over = try await live.after(.seconds(5))
    #expect(over.board.lastOutcome == .poundNotPressed)
  }

  @Test("A user the tenant does not have is an error, and the exchange goes on")
  func unknownUser() async throws {
    var live = try Live()
    let stranger = try #require(UPN("nobody@larkspur.example"))
    await #expect(throws: LiveExchange<StandingClock>.Refusal.signIn(.unknownUser(stranger))) {
      try await live.exchange.perform(.signIn(SignInRequest(upn: stranger)))
    }
    _ = await live.updates.next()
    let dialled = try await live.after(.signIn(SignInRequest(upn: live.upn)))
    #expect(dialled.board.phone(of: live.upn) == .ringing(CallID(1)))
  }

  @Test("BLOCK-1: a user blocked in the tenant's file is not called live either")
  func blocked() async throws {
    let text = "tenant: T\nusers: [{upn: a@b.example, phone: \"+44 7700900123\", blocked: true}]\n"
    let reader = ScenarioReader(files: MemoryFiles(["t.yaml": text]), greetings: KnownGreetings())
    let given = try reader.tenant(at: "t.yaml")
    let exchange = LiveExchange(given, seed: 1, clock: StandingClock()) { _ in }
    try await exchange.perform(.signIn(SignInRequest(upn: given.user)))
    let refused = await exchange.standing
    #expect(refused.phone(of: given.user) == .quiet)
    #expect(refused.lastOutcome == .userBlocked)
  }

  @Test("What was due when an act fails still happens, and what comes after it too")
  func dueBeforeAFailure() async throws {
    var live = try Live()
    let stranger = try #require(UPN("nobody@larkspur.example"))
    _ = try await live.after(.signIn(SignInRequest(upn: live.upn)))
    _ = try await live.after(.answer(live.upn))
    _ = try await live.after(.press(.one, live.upn))
    live.clock.advance(by: .seconds(2))
    await #expect(throws: (any Error).self) { try await live.exchange.perform(.signIn(SignInRequest(upn: stranger))) }
    _ = await live.updates.next()
    let over = try await live.after(.seconds(3))
    #expect(over.board.lastOutcome == .poundNotPressed)
  }

  @Test("Once closed, nothing happens any more")
  func closed() async throws {
    var live = try Live()
    _ = try await live.after(.signIn(SignInRequest(upn: live.upn)))
    await live.exchange.close()
    await #expect(throws: LiveExchange<StandingClock>.Refusal.closed) {
      try await live.exchange.perform(.answer(live.upn))
    }
    #expect(await live.exchange.standing.phone(of: live.upn) == .ringing(CallID(1)))
  }

  @Test("A paused clock shows the time at which it was stopped, and its sleepers wait until it goes on")
  func pausedClock() async throws {
    let clock = PausableClock()
    let start = clock.now
    clock.pause()
    let stopped = clock.now
    #expect(stopped >= start)
    #expect(clock.now == stopped)
    let deadline = stopped.advanced(by: .milliseconds(1))
    let sleeper = Task { try await clock.sleep(until: deadline, tolerance: nil) }
    // The sleeper of a standing clock only ends by being cancelled.
    sleeper.cancel()
    await #expect(throws: CancellationError.self) { try await sleeper.value }
    clock.resume()
    try await clock.sleep(until: deadline, tolerance: nil)
    #expect(clock.now >= deadline)
  }

  @Test("A clock that stands is not brought forward; one that goes is")
  func skippingClock() {
    let clock = PausableClock(over: StandingClock())
    let start = clock.now
    #expect(clock.skip(.seconds(600)))
    #expect(start.duration(to: clock.now) == .seconds(600))
    clock.pause()
    #expect(!clock.skip(.seconds(600)))
    #expect(start.duration(to: clock.now) == .seconds(600))
  }
}
