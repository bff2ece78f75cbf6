import LiveCalls
import ScenarioModel
import ScenarioYAML
import Simulation
import TestSupport
import Testing
import VerificationCore

@Suite("Calls in real time")
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

    init() throws {
      let reader = ScenarioReader(files: MemoryFiles([:]), greetings: KnownGreetings())
      let given = reader.demoTenant
      upn = given.user
      exchange = LiveExchange(
        tenant: given.tenant, pins: given.pins, seed: 1, start: given.start, clock: clock)
      updates = exchange.updates.makeAsyncIterator()
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
    #expect(dialled.board.phone == .ringing(CallID(1)))
    let update = try await live.after(.seconds(75))
    #expect(update.board.lastOutcome == .noAnswer)
    #expect(update.news.last?.at == .virtualStart + .seconds(60))
  }

  @Test("A live fraud report: answer, 0#, 1, each at its own time")
  func fraudReport() async throws {
    var live = try Live()
    _ = try await live.after(.signIn(SignInRequest(upn: live.upn)))
    live.clock.advance(by: .milliseconds(2_500))
    let answered = try await live.after(.answer)
    #expect(
      answered.news.map(\.at) == Array(repeating: .virtualStart + Milliseconds(2_500), count: answered.news.count))
    #expect(answered.board.heard.last?.recording.message == .fraudGreetingStandard)
    _ = try await live.after(.press(.zero))
    let reported = try await live.after(.press(.pound))
    #expect(reported.board.lastOutcome == .fraudReported)
    let confirmed = try await live.after(.press(.one))
    #expect(confirmed.board.service.tenant.block(of: live.upn, at: confirmed.now) != nil)
    let over = try await live.after(.seconds(20))
    #expect(over.news.last?.fact == .serviceHungUp)
    #expect(over.board.phone == .quiet)
  }

  @Test("CALL-12: acting again sets the deadline anew; the old one passes without effect")
  func deadlineAnew() async throws {
    var live = try Live()
    _ = try await live.after(.signIn(SignInRequest(upn: live.upn)))
    _ = try await live.after(.answer)
    _ = try await live.after(.press(.one))
    live.clock.advance(by: .seconds(4))
    _ = try await live.after(.press(.two))
    live.clock.advance(by: .seconds(4))
    let third = try await live.after(.press(.three))
    #expect(third.board.lastOutcome == nil)
    let over = try await live.after(.seconds(5))
    #expect(over.board.lastOutcome == .poundNotPressed)
  }

  @Test("A user the tenant does not have is an error, and the exchange goes on")
  func unknownUser() async throws {
    var live = try Live()
    let stranger = try #require(UPN("nobody@larkspur.example"))
    await #expect(throws: VerificationService.SignInError.unknownUser(stranger)) {
      try await live.exchange.perform(.signIn(SignInRequest(upn: stranger)))
    }
    let dialled = try await live.after(.signIn(SignInRequest(upn: live.upn)))
    #expect(dialled.board.phone == .ringing(CallID(1)))
  }

  @Test("A paused clock stands still")
  func pausedClock() {
    let clock = PausableClock()
    clock.pause()
    let stopped = clock.now
    #expect(clock.isPaused)
    #expect(clock.now == stopped)
    clock.resume()
    #expect(!clock.isPaused)
    #expect(clock.now >= stopped)
  }
}
