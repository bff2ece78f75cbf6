import LiveCalls
import ScenarioModel
import Simulation
import Synchronization
import TestSupport
import Testing
import VerificationCore

@testable import Console

@Suite("What happens in a kept room, on its way into the store", .timeLimit(.minutes(5)))
struct KeepingTests {
  private let helga = UPN("helga@larkspur.example")!
  private let omar = UPN("omar@larkspur.example")!

  private func kept(_ tenant: TenantDouble) -> [JournalEntry] { tenant.state.withLock { $0.entries } }

  /// What happened in the running session.
  private func journal(_ stage: RoomStage) async -> [JournalEntry] { await stage.room.recorded()?.journal ?? [] }

  private func call(_ stage: RoomStage, _ keys: [Key] = []) async throws {
    try await stage.room.perform(.signIn(SignInRequest(upn: helga, method: .call)))
    try await stage.room.perform(.answer(helga))
    for key in keys { try await stage.room.perform(.press(key, helga)) }
  }

  private func trouble(_ stage: RoomStage) -> [[String: JSON]] {
    stage.told("trouble").map { $0.details.filter { $0.key != "waiting" } }
  }

  @Test(
    "While another process holds the store keys are heard; pages are told after three seconds, and when all is kept")
  func held() async throws {
    let tenant = TenantDouble(isKept: true)
    let stage = try await RoomStage(tenant: tenant)
    tenant.hold()
    try await call(stage, [.zero, .pound, .one])
    #expect(stage.told("key").map { $0.details["key"] } == ["0", "#", "1"])
    #expect(stage.told("outcome").map { $0.details["outcome"] } == ["fraudReported"])
    #expect(kept(tenant).isEmpty)
    stage.clock.advance(by: .milliseconds(2_999))
    #expect(trouble(stage) == [])
    await stage.pass(.milliseconds(1), until: "trouble")
    #expect(trouble(stage) == [["kind": "notKept", "reason": "busy"]])
    #expect(stage.told("trouble")[0].details["waiting"] == .count(await journal(stage).count))
    tenant.release()
    await stage.until("trouble", 2)
    #expect(trouble(stage).last == ["kind": "kept"])
    #expect(kept(tenant) == (await journal(stage)))
  }

  @Test("What came while something was written is written together behind it: all of it, in order, once")
  func batches() async throws {
    let tenant = TenantDouble(isKept: true)
    let stage = try await RoomStage(tenant: tenant)
    tenant.hold()
    for _ in 0..<5 {
      try await call(stage, [.pound])
      try await stage.room.perform(.hangUp(helga))
    }
    tenant.release()
    await stage.room.keeping.settle(within: .seconds(60))
    #expect(kept(tenant) == (await journal(stage)))
    let writes = tenant.state.withLock { $0.asked.filter { $0 == "keep" }.count }
    #expect((1...2).contains(writes), "\(writes) writes")
    try await call(stage)
    await stage.room.keeping.settle(within: .seconds(60))
    #expect(kept(tenant) == (await journal(stage)))
  }

  @Test("What could not be written is tried again two seconds later, and nothing of it is lost or doubled")
  func failed() async throws {
    let tenant = TenantDouble(isKept: true)
    let stage = try await RoomStage(tenant: tenant)
    tenant.state.withLock { $0.trouble = .full }
    try await call(stage)
    await stage.until("trouble", 1)
    #expect(trouble(stage) == [["kind": "notKept", "reason": "full"]])
    tenant.state.withLock { $0.trouble = .readOnly }
    await stage.pass(KeepingQueue.pause, until: "trouble")
    #expect(trouble(stage).last == ["kind": "notKept", "reason": "readOnly"])
    try await stage.room.perform(.press(.pound, helga))
    tenant.state.withLock { $0.trouble = nil }
    await stage.pass(KeepingQueue.pause, until: "trouble")
    #expect(trouble(stage).last == ["kind": "kept"])
    #expect(kept(tenant) == (await journal(stage)))
  }

  @Test("A reset waits until the session is written, and the room goes on until then")
  func reset() async throws {
    let tenant = TenantDouble(isKept: true)
    let stage = try await RoomStage(tenant: tenant)
    tenant.hold()
    try await call(stage)
    let reset = Task { try await stage.room.reset() }
    try await stage.room.perform(.press(.pound, helga))
    #expect(stage.told("outcome").count == 1)
    let before = await journal(stage)
    tenant.release()
    try await reset.value
    #expect(stage.told().map(\.type) == ["session"])
    #expect(tenant.state.withLock { $0.asked.suffix(2) } == ["over", "begin"])
    #expect(kept(tenant).starts(with: before))
    #expect(kept(tenant).filter { $0.fact == .personHungUp }.count == 1)
  }

  @Test("A session that begins while the one before could not be written knows what happened there, and keeps it later")
  func resetWithTrouble() async throws {
    let tenant = TenantDouble(isKept: true)
    let stage = try await RoomStage(tenant: tenant)
    tenant.state.withLock { $0.trouble = .full }
    try await call(stage, [.zero, .pound, .one])
    try await stage.room.reset()
    #expect(trouble(stage).last == ["kind": "notKept", "reason": "full"])
    #expect(await stage.room.recorded()?.given.tenant.blocks.map(\.upn) == [helga])
    try await stage.room.perform(.signIn(SignInRequest(upn: omar, method: .call)))
    tenant.state.withLock { $0.trouble = nil }
    await stage.pass(KeepingQueue.pause, until: "trouble")
    #expect(trouble(stage).last == ["kind": "kept"])
    let facts = kept(tenant).map(\.fact)
    #expect(facts.filter { $0 == .concluded(.fraudReported) }.count == 1)
    #expect(kept(tenant).suffix(2) == (await journal(stage)).suffix(2))
  }

  @Test("What an admin did is taken over with what the store does not have yet: nothing of the room is lost or doubled")
  func renewed() async throws {
    let tenant = TenantDouble(isKept: true) { $0.tenant.settings.call.ringTimeout = .seconds(7) }
    let stage = try await RoomStage(tenant: tenant)
    try await call(stage, [.pound])
    await stage.room.keeping.settle(within: .seconds(60))
    tenant.state.withLock { $0.trouble = .full }
    try await stage.room.perform(.hangUp(helga))
    try await call(stage, [.zero, .pound, .one])
    let before = await journal(stage)
    await stage.room.renew()
    #expect(await journal(stage) == before)
    let known = await stage.room.tenantNow()
    #expect(known.blocks.map(\.upn) == [helga])
    #expect(known.signIns.map(\.outcome) == [.approved, .fraudReported])
    #expect(known.settings.call.ringTimeout == .seconds(7))
    tenant.state.withLock { $0.trouble = nil }
    await stage.pass(KeepingQueue.pause, until: "trouble")
    await stage.room.renew()
    #expect(await stage.room.tenantNow() == known)
  }

  @Test("Who comes when a write has just failed is told so and does not wait for another one")
  func justFailed() async throws {
    let tenant = TenantDouble(isKept: true)
    let stage = try await RoomStage(tenant: tenant)
    tenant.state.withLock { $0.trouble = .full }
    try await call(stage)
    await stage.until("trouble", 1)
    tenant.hold()
    #expect(await stage.room.keeping.exclusively { $0 } == .full)
    #expect(kept(tenant).isEmpty)
    // But the end of the program tries once more.
    tenant.release()
    tenant.state.withLock { $0.trouble = nil }
    try await stage.room.close()
    #expect(kept(tenant) == (await journal(stage)))
  }

  @Test("Who works on the tenant comes behind all that waits, and nothing is written meanwhile")
  func turns() async throws {
    let tenant = TenantDouble(isKept: true)
    let stage = try await RoomStage(tenant: tenant)
    tenant.hold()
    try await call(stage)
    let asked = Task {
      await stage.room.keeping.exclusively { trouble in
        try? await stage.room.perform(.press(.one, helga))
        return (trouble, tenant.state.withLock { $0.entries.count }, stage.room.keeping.isBehind)
      }
    }
    let count = await journal(stage).count
    tenant.release()
    let (trouble, seen, isBehind) = await asked.value
    #expect((trouble, seen, isBehind) == (nil, count, true))
    await stage.room.keeping.settle(within: .seconds(60))
    #expect(kept(tenant) == (await journal(stage)))
  }

  @Test("While 5,000 facts wait nobody new signs in; calls that are under way go on until 10,000 do")
  func bounded() async throws {
    let tenant = TenantDouble(isKept: true)
    let stage = try await RoomStage(tenant: tenant)
    tenant.hold()
    // On a telephone that is hung up a key goes nowhere, and leaves two facts.
    for _ in 0..<(KeepingQueue.limit / 2) { try await stage.room.perform(.press(.one, helga)) }
    let answer = try await RoomDoor(stage.room).post("sign-in", ["user": .text(helga.text), "method": "call"])
    #expect(answer.status == 503)
    #expect(answer.error == "too much of what happens here is not in the tenant's store yet")
    for _ in 0..<(KeepingQueue.limit / 2) { try await stage.room.perform(.press(.two, helga)) }
    #expect(try await RoomDoor(stage.room).post("press", ["user": .text(helga.text), "key": "2"]).status == 503)
    tenant.release()
    await stage.room.keeping.settle(within: .seconds(60))
    try await call(stage)
    #expect(stage.told("answered").count == 1)
  }

  @Test("The end of the program waits until all is written")
  func closed() async throws {
    let tenant = TenantDouble(isKept: true)
    let stage = try await RoomStage(tenant: tenant)
    tenant.hold()
    try await call(stage)
    let end = Task { try await stage.room.close() }
    tenant.release()
    try await end.value
    #expect(tenant.state.withLock { $0.asked.last } == "over")
    #expect(kept(tenant) == (await journal(stage)))
    #expect(kept(tenant).map(\.fact).contains(.concluded(.cancelled)))
  }

  @Test("In practice nothing is written, and nobody waits")
  func practice() async throws {
    let tenant = TenantDouble(isKept: false)
    let stage = try await RoomStage(tenant: tenant)
    tenant.hold()
    try await call(stage, [.pound])
    try await stage.room.reset()
    try await stage.room.close()
    #expect(tenant.state.withLock { $0.asked } == ["begin", "begin"])
  }
}
