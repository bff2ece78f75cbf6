import LiveCalls
import ScenarioModel
import ScenarioYAML
import Simulation
import Synchronization
import TestSupport
import Testing
import VerificationCore

@Suite("The next step of a script, at once", .timeLimit(.minutes(5)))
struct SteppingTests {
  private struct Told: Sendable {
    let now: Instant
    let news: [JournalEntry]
    let isHeld: Bool
  }

  /// A script under way, and what was told of it.
  private final class Acted: Sendable {
    let clock = StandingClock()
    let exchange: LiveExchange<PausableClock>
    let hands: PausableClock
    private let box = Box()

    init(_ scenario: Scenario, seed: UInt64 = 1, _ change: (inout Given) -> Void = { _ in }) async {
      var given = scenario.given
      change(&given)
      let (hands, script) = (PausableClock(over: clock), Performance(scenario))
      let box = box
      exchange = LiveExchange(given, seed: seed, clock: hands, script: script) { update in
        box.told.withLock {
          $0.append(Told(now: update.now, news: update.news, isHeld: update.script?.isHeld == true))
        }
      }
      self.hands = hands
      await exchange.start()
    }

    private final class Box: Sendable { let told = Mutex<[Told]>([]) }

    var updates: [Told] { box.told.withLock { $0 } }

    /// The clock stands while a step is done, and where it ends at another.
    func step() async { await exchange.stepScript(stopping: { hands.pause() }, starting: { hands.resume() }) }

    var isHeld: Bool { hands.isPaused }
    var journal: [JournalEntry] { get async { await exchange.session.journal } }
  }

  private static let text = """
    scenario: Two sign-ins
    given: {user: omar@larkspur.example}
    steps:
      - signin: call
        name: He signs in
      - answer: {after: 4s}
        name: He answers
      - wait: 2s
      - hangup:
        name: He hangs up
      - wait: 5s
    """

  @Test("Every shipped scenario has the same journal stepped through as in virtual time, each update at its own time")
  func sameJournals() async throws {
    let reader = ScenarioReader(files: DiskFiles(), greetings: KnownGreetings())
    #expect(Repository.scenarios.count > 40)
    var held = 0
    for path in Repository.scenarios {
      let scenario = try reader.scenario(at: path)
      let virtual = VirtualDriver.play(scenario, seed: 3)
      let acted = await Acted(scenario, seed: 3)
      repeat {
        await acted.step()
        if acted.isHeld { held += 1 }
      } while acted.isHeld
      #expect(await acted.journal == virtual.journal, "\(path)")
      #expect(acted.updates.flatMap(\.news) == virtual.journal, "\(path)")
      for update in acted.updates { #expect(update.news.allSatisfy { $0.at == update.now }, "\(path)") }
      #expect(acted.clock.now.offset == .zero)
    }
    #expect(held > 20)
  }

  @Test("Stepped in the middle of a step, and played on from where it stands, a demo has the same journal too")
  func mixed() async throws {
    let reader = ScenarioReader(files: DiskFiles(), greetings: KnownGreetings())
    for demo in ["confirm", "report-fraud", "lockout", "lost-phone"] {
      let scenario = try reader.scenario(at: "\(Repository.root)/scenarios/demo/\(demo).yaml")
      let acted = await Acted(scenario)
      // Less than the first wait: the script is within its first step.
      acted.clock.advance(by: .milliseconds(1_234))
      await acted.step()
      #expect(acted.isHeld)
      // Time that passes while it is held is no time of the room.
      acted.clock.advance(by: .seconds(100))
      await acted.exchange.resumeScript { acted.hands.resume() }
      await acted.step()
      #expect(acted.isHeld)
      repeat { await acted.step() } while acted.isHeld
      #expect(await acted.journal == VirtualDriver.play(scenario).journal, "\(demo)")
    }
  }

  @Test(
    "A step is over at once: the clock stands, the time of the exchange is that of the next step, and goes on there")
  func leaps() async throws {
    let acted = await Acted(try scenario(Self.text))
    await acted.step()
    #expect(acted.isHeld)
    #expect(acted.exchange.now == .virtualStart + .seconds(6))
    // What the step does at once is done: it stands where time would pass.
    #expect(await acted.journal.contains { $0.fact == .personHungUp && $0.at == .virtualStart + .seconds(6) })
    #expect(acted.updates.filter(\.isHeld).count == 1)
    await acted.exchange.resumeScript { acted.hands.resume() }
    acted.clock.advance(by: .seconds(3))
    #expect(acted.exchange.now == .virtualStart + .seconds(9))
  }

  @Test("Two named steps in a row without time between them are stood at one after the other")
  func inARow() async throws {
    let acted = await Acted(
      try scenario(
        """
        scenario: Two blocks
        given: {user: omar@larkspur.example}
        steps:
          - wait: 1s
            name: Nothing yet
          - admin: {block: omar@larkspur.example, reason: Lost}
            name: Blocked
          - admin: {unblock: omar@larkspur.example, reason: Found}
            name: Not blocked
          - wait: 1s
        """))
    let omar = try #require(UPN("omar@larkspur.example"))
    await acted.step()
    #expect(await acted.exchange.standing.service.tenant.block(of: omar, at: acted.exchange.now) != nil)
    await acted.step()
    #expect(await acted.exchange.standing.service.tenant.block(of: omar, at: acted.exchange.now) == nil)
    #expect(acted.isHeld)
    await acted.step()
    #expect(!acted.isHeld)
  }

  @Test("After the last step the clock goes on, and people may act")
  func over() async throws {
    let acted = await Acted(try scenario(Self.text))
    await acted.step()
    await acted.step()
    #expect(!acted.isHeld)
    let omar = try #require(UPN("omar@larkspur.example"))
    try await acted.exchange.perform(.signIn(SignInRequest(upn: omar, method: .call)))
    #expect(await acted.exchange.standing.phone(of: omar) == .ringing(CallID(2)))
    await acted.step()
    #expect(!acted.isHeld)
    #expect(await acted.exchange.standing.phone(of: omar) == .ringing(CallID(2)))
  }

  @Test("A slow check of a PIN that a step skips over is answered within it")
  func slowCheck() async throws {
    let acted = await Acted(
      try scenario(
        """
        scenario: A PIN
        given: {user: omar@larkspur.example, set: {pin.mode: true}}
        steps:
          - signin: call
            name: He signs in
          - answer:
          - press: "2468#"
          - wait: 1s
            name: It is checked
        """)
    ) { given in
      (given.pins, given.keptPINs) = ([:], [given.user])
      given.pinCheck = { _, entry in entry.revealed == "2468" }
    }
    await acted.step()
    #expect(await acted.journal.contains { $0.fact == .checkedPIN(matched: true) })
    #expect(await acted.exchange.standing.lastOutcome == .approved)
  }
}
