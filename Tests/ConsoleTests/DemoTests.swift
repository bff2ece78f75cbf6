import LiveCalls
import ScenarioModel
import Simulation
import TestSupport
import Testing
import VerificationCore

@testable import Console

@Suite("Guided demos", .timeLimit(.minutes(5)))
struct DemoTests {
  private static let text = """
    scenario: Two sign-ins
    given:
      set: {pin.mode: true}
      user: {upn: omar@larkspur.example, apps: [tablet]}
    steps:
      - signin: call
        name: He signs in
      - answer: {after: 4s}
        name: He answers
      - wait: 2s
      - hangup:
        name: He hangs up
      - admin: {confirmCompromised: omar@larkspur.example}
      - wait: 1s
    """

  private func stage() async throws -> RoomStage {
    try await RoomStage(demos: [Demo(id: "two", scenario: try scenario(Self.text))])
  }

  @Test("A demo tells each named step as it is reached, and its end")
  func steps() async throws {
    let stage = try await stage()
    try await stage.room.play(demo: "two", user: nil)
    #expect(stage.told("session").first?.details["demo"] == "two")
    #expect(stage.told("guide").map { $0.details["name"] } == ["He signs in", "He answers"])
    await stage.pass(.seconds(4), until: "answered")
    await stage.pass(.seconds(2), until: "guide")
    #expect(stage.told("guide").compactMap { $0.details["name"] } == ["He signs in", "He answers", "He hangs up"])
    #expect(stage.told("hangUp").map { $0.details["by"] } == ["person"])
  }

  @Test(
    "TEN-10: played by somebody else, what admins do is done to that person, whose devices and settings are the demo's")
  func recast() async throws {
    let stage = try await stage()
    let helga = try #require(UPN("helga@larkspur.example"))
    try await stage.room.play(demo: "two", user: helga)
    #expect(stage.told("dial").map(\.user) == ["helga@larkspur.example"])
    await stage.pass(.seconds(4), until: "answered")
    await stage.pass(.seconds(2), until: "record")
    #expect(stage.told("record").filter { $0.details["kind"] == "risk" }.map(\.user) == ["helga@larkspur.example"])
    let view = await stage.room.view()
    #expect("\(view["users"] ?? .null)".contains("tablet"))
  }

  @Test("Step by step: the rest of a step is done at once, at its own times, and the clock stands at the next")
  func stepwise() async throws {
    let stage = try await stage()
    try await stage.room.play(demo: "two", user: nil)
    // "He answers" is under way: it waits for four seconds.
    try await stage.room.step()
    #expect(await stage.room.isPaused)
    #expect(stage.told("answered").map(\.at) == [.seconds(4)])
    #expect(stage.told("clock").map { $0.details["paused"] } == [true])
    #expect(stage.told("clock").map(\.at) == [.zero])
    // What the next one does at once is done.
    #expect(stage.told("hangUp").map(\.at) == [.seconds(6)])
    #expect(stage.told("guide").compactMap { $0.details["name"] } == ["He signs in", "He answers", "He hangs up"])
    #expect(await stage.room.at == .seconds(6))
    stage.clock.advance(by: .seconds(60))
    #expect(await stage.room.at == .seconds(6))
    try await stage.room.step()
    #expect(stage.told("guide").last.map(\.at) == .seconds(7))
    #expect(stage.told("guide").last?.details["phase"] == "over")
    // Nothing is left to stand at.
    #expect(await stage.room.isPaused == false)
    #expect(stage.told("clock").map { $0.details["paused"] } == [true, false])
  }

  @Test("Who interferes makes the guide say so, and the room goes on")
  func interference() async throws {
    let stage = try await stage()
    let omar = try #require(UPN("omar@larkspur.example"))
    try await stage.room.play(demo: "two", user: nil)
    try await stage.room.perform(.cancelSignIn(omar))
    await stage.pass(.seconds(4), until: "guide")
    let last = try #require(stage.told("guide").last)
    #expect(last.details["phase"] == "failed")
    #expect("\(last.details["problem"] ?? .null)".contains("there is no ringing telephone to answer"))
    try await stage.room.perform(.signIn(SignInRequest(upn: omar, method: .call)))
    #expect(stage.told("dial").count == 2)
  }

  @Test("A session in which a demo was played is a scenario again, and it passes")
  func saved() async throws {
    let stage = try await stage()
    try await stage.room.play(demo: "two", user: nil)
    await stage.pass(.seconds(4), until: "answered")
    await stage.pass(.seconds(2), until: "hangUp")
    let take = Recorder.record(try #require(await stage.room.recorded()))
    #expect(take.isFaithful)
    #expect(VirtualDriver.play(take.scenario).passed)
    #expect(take.scenario.steps.count >= 4)
  }

  @Test("There is no demo of that name, nobody of that name, and nobody who could be called")
  func unknown() async throws {
    let stage = try await stage()
    let (stranger, silent) = (
      try #require(UPN("nobody@larkspur.example")), try #require(UPN("silent@larkspur.example"))
    )
    await #expect(throws: Room.Refusal.self) { try await stage.room.play(demo: "two", user: stranger) }
    let other = try await RoomStage(
      tenant: TenantDouble { $0.tenant.users.append(User(upn: silent)) },
      demos: [Demo(id: "two", scenario: try scenario(Self.text))])
    await #expect(throws: Room.Refusal.self) { try await other.room.play(demo: "two", user: silent) }
    #expect(other.told("session").first?.details["source"] == "free")
    await #expect(throws: Room.Refusal.self) { try await stage.room.play(demo: "three", user: nil) }
  }
}
