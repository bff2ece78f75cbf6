import LiveCalls
import ScenarioModel
import Synchronization
import TestSupport
import Testing
import VerificationCore

@testable import Console

@Suite("The time of a kept room", .timeLimit(.minutes(5)))
struct RoomTimeTests {
  private let helga = UPN("helga@larkspur.example")!
  private let omar = UPN("omar@larkspur.example")!

  private func clock(_ stage: RoomStage) -> [RoomEvent] { stage.told("clock") }

  @Test("After a pause in which nothing was under way the room's time is that of the day, and pages are told")
  func pausedAtRest() async throws {
    let stage = try await RoomStage(tenant: TenantDouble(isKept: true))
    stage.clock.advance(by: .seconds(3))
    await stage.room.pause()
    stage.clock.advance(by: .seconds(600))
    #expect(await stage.room.at == .seconds(3))
    // An admin's page goes by the time of day all along.
    #expect(stage.room.tenantTime == stage.timeOfDay)
    await stage.room.resume()
    #expect(
      clock(stage) == [
        RoomEvent("clock", at: .seconds(3), ["paused": true]), RoomEvent("clock", at: .seconds(3), ["paused": false]),
        RoomEvent("clock", at: .seconds(603), ["paused": false, "skipped": 600_000]),
      ])
    #expect(stage.room.tenantTime == stage.timeOfDay)
    try await stage.room.perform(.signIn(SignInRequest(upn: helga, method: .call)))
    #expect(stage.told("dial").map(\.at) == [.seconds(603)])
    await stage.room.keeping.settle(within: .seconds(60))
    #expect(stage.tenant.state.withLock { $0.entries.first?.at } == stage.timeOfDay)
  }

  @Test(
    "A call that was paused goes on as though nothing had been; when it is over the time is brought to that of the day")
  func pausedInACall() async throws {
    let stage = try await RoomStage(tenant: TenantDouble(isKept: true))
    try await stage.room.perform(.signIn(SignInRequest(upn: helga, method: .call)))
    try await stage.room.perform(.answer(helga))
    await stage.room.pause()
    stage.clock.advance(by: .seconds(600))
    await stage.room.resume()
    #expect(clock(stage).count == 2)
    #expect(stage.room.tenantTime == .virtualStart)
    // Somebody else's sign-in does not tear the call.
    try await stage.room.perform(.signIn(SignInRequest(upn: omar, method: .call)))
    #expect(stage.told("dial").map(\.at) == [.zero, .zero])
    #expect(stage.told("playEnd").isEmpty)
    try await stage.room.perform(.hangUp(omar))
    try await stage.room.perform(.hangUp(helga))
    #expect(clock(stage).last == RoomEvent("clock", at: .seconds(600), ["paused": false, "skipped": 600_000]))
    #expect(stage.told("record").allSatisfy { $0.at == .zero })
    #expect(stage.room.tenantTime == stage.timeOfDay)
  }

  @Test("A text on its way and a page that asks are under way too")
  func pausedAtPage() async throws {
    let stage = try await RoomStage(tenant: TenantDouble(isKept: true))
    try await stage.room.perform(.signIn(SignInRequest(upn: helga, method: .text)))
    await stage.room.pause()
    stage.clock.advance(by: .seconds(3_600))
    await stage.room.resume()
    #expect(clock(stage).count == 2)
    await stage.pass(.seconds(5), until: "text")
    #expect(clock(stage).count == 2)
    try await stage.room.perform(.cancelSignIn(helga))
    #expect(clock(stage).last?.details == ["paused": false, "skipped": 3_600_000])
  }

  @Test("Where the machine's clock was set while the room was at rest the next sign-in begins at the time of day")
  func setMeanwhile() async throws {
    let stage = try await RoomStage(tenant: TenantDouble(isKept: true))
    stage.setLater(by: .seconds(90))
    #expect(stage.room.tenantTime == stage.timeOfDay)
    try await stage.room.perform(.signIn(SignInRequest(upn: helga, method: .call)))
    #expect(stage.told("clock", "dial").map(\.at) == [.seconds(90), .seconds(90)])
    // Backwards no clock goes.
    try await stage.room.perform(.cancelSignIn(helga))
    stage.setLater(by: .zero - .seconds(3_600))
    try await stage.room.perform(.signIn(SignInRequest(upn: helga, method: .call)))
    #expect(stage.told("dial").map(\.at) == [.seconds(90), .seconds(90)])
    #expect(clock(stage).count == 1)
  }

  @Test("What is behind by half a second at most is left alone")
  func nearly() async throws {
    let stage = try await RoomStage(tenant: TenantDouble(isKept: true))
    stage.setLater(by: RoomFront.tolerance)
    try await stage.room.perform(.signIn(SignInRequest(upn: helga, method: .call)))
    #expect(clock(stage).isEmpty)
  }

  @Test("In practice the room's time stands still and goes on from there, and an admin's is that of the day")
  func practice() async throws {
    let stage = try await RoomStage()
    await stage.room.pause()
    stage.clock.advance(by: .seconds(600))
    await stage.room.resume()
    #expect(clock(stage).map(\.details) == [["paused": true], ["paused": false]])
    #expect(await stage.room.at == .zero)
    #expect(stage.room.tenantTime == stage.timeOfDay)
  }

  private func demo() throws -> Demo {
    Demo(
      id: "call",
      scenario: try scenario(
        "scenario: A call\ngiven:\n  user: omar@larkspur.example\nsteps:\n  - wait: 5s\n  - signin: call\n"
      ))
  }

  @Test("While a script is played the room is not at rest, whether or not anybody signs in")
  func scripted() async throws {
    let stage = try await RoomStage(tenant: TenantDouble(isKept: true), demos: [try demo()])
    try await stage.room.play(demo: "call", user: nil)
    await stage.room.pause()
    stage.clock.advance(by: .seconds(600))
    // Paused in a demo: its time is the tenant's.
    #expect(stage.room.tenantTime == .virtualStart)
    await stage.room.resume()
    #expect(clock(stage).count == 2)
  }
}
