import LiveCalls
import NIOCore
import ScenarioModel
import Simulation
import Synchronization
import TestSupport
import Testing
import VerificationCore

@testable import Console

@Suite("What a long session remembers", .timeLimit(.minutes(5)))
struct RoomMemoryTests {
  private let helga = UPN("helga@larkspur.example")!

  private func event(_ type: String, call: Int? = nil, _ details: [String: JSON] = [:]) -> RoomEvent {
    RoomEvent(type, at: .zero, call: call.map { CallID($0) }, details)
  }

  /// The numbers and types that somebody hears who has heard up to that number.
  private func heard(_ log: EventLog, after number: Int?) -> [String] {
    let place = number.map { EventLog.Place(session: "s", number: $0) }
    return log.frames(after: place).frames.map { frame in
      let id = String(buffer: frame).split(separator: "\n")[0].dropFirst("id: s.".count)
      return "\(id) \(RoomEvent(frame: frame)?.type ?? "")"
    }
  }

  private func log(_ events: [RoomEvent]) -> EventLog {
    let log = EventLog(least: 4, most: 10)
    log.begin("s", with: event("session"))
    for event in events { log.append([event], to: "s") }
    return log
  }

  @Test(
    "What is over is forgotten; who has heard it goes on where it was, who has not begins anew with how things stand")
  func forgotten() {
    var events = [event("fault", ["fault": "busy"])]
    for call in 1...4 { events += [event("dial", call: call), event("hangUp", call: call)] }
    let log = log(events)
    #expect(heard(log, after: nil).count == 10)
    log.forget(keeping: [], of: "s") { event("session", ["session": "s"]) }
    #expect(heard(log, after: 9) == [])
    #expect(heard(log, after: 7) == ["8 dial", "9 hangUp"])
    #expect(heard(log, after: 5) == ["6 dial", "7 hangUp", "8 dial", "9 hangUp"])
    for place in [nil, 0, 3, 4, 99] {
      #expect(
        heard(log, after: place) == ["4 session", "5 fault", "6 dial", "7 hangUp", "8 dial", "9 hangUp"],
        "\(place ?? -1)")
    }
    #expect(log.end == EventLog.Place(session: "s", number: 9))
    log.append([event("ring", call: 5)], to: "s")
    #expect(log.end == EventLog.Place(session: "s", number: 10))
    #expect(heard(log, after: 9) == ["10 ring"])
    #expect(heard(log, after: 5).last == "10 ring")
  }

  @Test("What is under way is remembered from its beginning on, however long it takes")
  func underWay() {
    let log = log(
      [event("signIn"), event("dial", call: 1)] + (2...8).map { event("dial", call: $0) })
    log.forget(keeping: [1, 8], of: "s") { event("session") }
    #expect(heard(log, after: nil).first == "0 session")
    #expect(heard(log, after: nil).count == 10)
    log.forget(keeping: [8], of: "s") { event("session") }
    #expect(heard(log, after: nil) == ["5 session", "6 dial", "7 dial", "8 dial", "9 dial"])
  }

  @Test("A trouble that is not over is told to who begins anew")
  func trouble() {
    let log = log(
      [event("trouble", ["kind": "notKept"]), event("trouble", ["kind": "pinIsReportCode"])]
        + (1...7).map { event("dial", call: $0) })
    log.forget(keeping: [], of: "s") { event("session") }
    let frames = log.frames(after: nil).frames.compactMap { RoomEvent(frame: $0) }
    #expect(frames.prefix(2).map(\.details) == [[:], ["kind": "notKept"]])
  }

  @Test("An exchange that remembers little tells the same as one that remembers all")
  func exchange() async throws {
    let all = try await told(remembering: nil)
    let little = try await told(remembering: 40)
    #expect(little.news == all.news)
    #expect(little.acts == all.acts)
    #expect(all.journal == all.news)
    #expect(all.isWhole && !little.isWhole)
    #expect(little.journal.count <= 60)
  }

  private func told(remembering memory: Int?) async throws -> (
    news: [JournalEntry], acts: Int, journal: [JournalEntry], isWhole: Bool
  ) {
    let heard = Heard()
    let given = TenantDouble().sample
    let exchange = LiveExchange(
      given, seed: 1, clock: PausableClock(over: StandingClock()), rememberingFacts: memory
    ) { heard.add($0.news, $0.acts.count) }
    let omar = try #require(UPN("omar@larkspur.example"))
    try await exchange.perform(.signIn(SignInRequest(upn: omar, method: .call)))
    for round in 0..<8 {
      try await exchange.perform(.signIn(SignInRequest(upn: helga, method: .call)))
      try await exchange.perform(.answer(helga))
      try await exchange.perform(.press(.pound, helga))
      try await exchange.perform(.hangUp(helga))
      if round == 3 { try await exchange.perform(.hangUp(omar)) }
    }
    return (heard.news, heard.acts, await exchange.session.journal, await exchange.isWhole)
  }

  @Test("A session whose beginning is forgotten cannot be saved, and after a reset one can again")
  func unsavable() async throws {
    let stage = try await RoomStage()
    for _ in 0...(Room.rememberedFacts / 2) { try await stage.room.perform(.press(.one, helga)) }
    #expect(await stage.room.recorded() == nil)
    try await stage.room.reset()
    #expect(await stage.room.recorded() != nil)
  }

  @Test("Of an endless session a page that begins anew gets how people are now, and what is under way whole")
  func endless() async throws {
    let stage = try await RoomStage()
    try await stage.room.perform(.signIn(SignInRequest(upn: helga, method: .call)))
    try await stage.room.perform(.answer(helga))
    for key in [Key.zero, .pound, .one] { try await stage.room.perform(.press(key, helga)) }
    try await stage.room.perform(.hangUp(helga))
    // A key on a telephone that is hung up: a key, and that it is ignored.
    for _ in 0..<4_500 { try await stage.room.perform(.press(.one, helga)) }
    let events = stage.told()
    #expect(events.count < 8_100)
    #expect(events.count >= 4_000)
    guard case .list(let users) = events.first?.details["users"], case .object(let first) = users.first else {
      return #expect(Bool(false), "no users")
    }
    #expect(first["blocked"] == true)
  }
}

private final class Heard: Sendable {
  private let state = Mutex<(news: [JournalEntry], acts: Int)>(([], 0))
  var news: [JournalEntry] { state.withLock { $0.news } }
  var acts: Int { state.withLock { $0.acts } }
  func add(_ news: [JournalEntry], _ acts: Int) {
    state.withLock { state in
      state.news += news
      state.acts += acts
    }
  }
}
