import LiveCalls
import NIOCore
import NIOEmbedded
import ScenarioModel
import Simulation
import Synchronization
import TestSupport
import Testing
import VerificationCore

@testable import Console

@Suite("The room", .timeLimit(.minutes(5)))
struct RoomTests {
  private let helga = UPN("helga@larkspur.example")!

  @Test("A session begins with the tenant and its people, and tells of nothing else")
  func begins() async throws {
    let stage = try await RoomStage()
    let first = try #require(stage.told().first)
    #expect(stage.told().count == 1)
    #expect(first.type == "session")
    #expect(first.details["tenant"] == "Larkspur")
    #expect(first.details["source"] == "free")
    #expect(first.details["user"] == "helga@larkspur.example")
    guard case .list(let users) = first.details["users"] else { return #expect(Bool(false), "no users") }
    #expect(users.count == 4)
  }

  @Test("REPORT-2: 0#, then 1, told as it happens: keys, messages, states and records, none twice")
  func report() async throws {
    let stage = try await RoomStage()
    try await stage.room.perform(.signIn(SignInRequest(upn: helga, method: .call)))
    try await stage.room.perform(.answer(helga))
    for key in [Key.zero, .pound, .one] { try await stage.room.perform(.press(key, helga)) }
    #expect(stage.told("key").map { $0.details["key"] } == ["0", "#", "1"])
    #expect(
      stage.told("play").map { $0.details["message"] } == [
        "fraudGreetingStandard", "fraudConfirmation", "fraudReported",
      ])
    #expect(stage.told("record").map { $0.details["kind"] } == ["signIn", "report", "block", "audit"])
    #expect(
      stage.told("state").map { $0.details["to"] } == ["ringing", "prompt", "digits", "confirmingBlock", "closing"])
    #expect(stage.told("outcome").map { $0.details["outcome"] } == ["fraudReported"])
    #expect(stage.told("user").count == 1)
    #expect(Set(stage.told().compactMap(\.call)) == [1])
  }

  @Test("SMS-1: a text comes with its parts and its code; the code typed at the page is the right one")
  func text() async throws {
    let stage = try await RoomStage()
    try await stage.room.perform(.signIn(SignInRequest(upn: helga, method: .text)))
    await stage.pass(.seconds(5), until: "text")
    let text = try #require(stage.told("text").first)
    guard case .text(let code) = text.details["code"], case .list(let parts) = text.details["parts"] else {
      return #expect(Bool(false), "no code")
    }
    #expect(code.count == 6)
    #expect(parts.count == 1)
    #expect("\(parts)".contains(code))
    try await stage.room.perform(.type("000000" == code ? "111111" : "000000", helga))
    #expect(stage.told("wrong").map { $0.details["reason"] } == ["noSuchCode"])
    try await stage.room.perform(.type(code, helga))
    #expect(stage.told("outcome").map { $0.details["outcome"] } == ["approved"])
  }

  @Test(
    "TEN-2: with number matching the number on the page approves at the device, another one does not, and none is asked for"
  )
  func numberMatching() async throws {
    let tenant = TenantDouble { given in
      given.tenant.users[0].apps = [AppRegistration(device: "phone", secret: AppSecret(1))]
    }
    let stage = try await RoomStage(tenant: tenant)
    let door = RoomDoor(stage.room)
    try await stage.room.perform(.signIn(SignInRequest(upn: helga, method: .app)))
    guard case .text(let shown) = stage.told("ask").first?.details["match"] else {
      return #expect(Bool(false), "no number")
    }
    #expect(stage.told("notified").map { $0.details["device"] } == ["phone"])
    let missing = try await door.post("app", ["user": .text(helga.text), "answer": "approve"])
    #expect(missing.status == 400)
    #expect(missing.error == "\"number\" is missing: the page shows one")
    let wrong = try await door.post(
      "app", ["user": .text(helga.text), "answer": "approve", "number": .text(shown == "10" ? "11" : "10")])
    #expect(wrong.status == 200)
    #expect(stage.told("deviceAnswered").map { $0.details["answer"] } == ["wrongNumber"])
    #expect(stage.told("outcome").map { $0.details["outcome"] } == ["appDeclined"])
    try await stage.room.perform(.signIn(SignInRequest(upn: helga, method: .app)))
    guard case .text(let second) = stage.told("ask").last?.details["match"] else {
      return #expect(Bool(false), "no number")
    }
    let right = try await door.post("app", ["user": .text(helga.text), "answer": "approve", "number": .text(second)])
    #expect(right.status == 200)
    #expect(stage.told("outcome").last?.details["outcome"] == "approved")
  }

  @Test("A tenant that cannot be read leaves the room as usable as it was, and the pages are told what was not kept")
  func troubles() async throws {
    let tenant = TenantDouble(isKept: true)
    let stage = try await RoomStage(tenant: tenant)
    tenant.state.withLock { $0.isBroken = true }
    await #expect(throws: Room.Refusal.self) { try await stage.room.reset() }
    tenant.state.withLock { $0.isBroken = false }
    stage.clock.advance(by: KeepingQueue.pause)
    try await stage.room.perform(.signIn(SignInRequest(upn: helga, method: .call)))
    #expect(stage.told("dial").count == 1)
    await stage.room.keeping.exclusively { #expect($0 == nil) }
    tenant.state.withLock { $0.isBroken = true }
    try await stage.room.perform(.answer(helga))
    #expect(stage.told("answered").count == 1)
    await stage.until("trouble", 1)
    let waiting = stage.told("trouble")[0].details["waiting"] ?? 0
    #expect(stage.told("trouble").map(\.details) == [["kind": "notKept", "reason": "full", "waiting": waiting]])
    await stage.room.renew()
    #expect(stage.told("trouble").last?.details == ["kind": "unread"])
    await #expect(throws: KeepingTrouble.full) { try await stage.room.close() }
  }

  @Test("What admins change reaches a room for practice with the next session, and its pages are told so")
  func practice() async throws {
    let stage = try await RoomStage()
    await stage.room.renew()
    #expect(stage.told("tenantChanged").map(\.details) == [["later": true]])
    try await stage.room.reset()
    #expect(stage.told("tenantChanged").isEmpty)
    let kept = try await RoomStage(tenant: TenantDouble(isKept: true))
    await kept.room.renew()
    #expect(kept.told("tenantChanged").map(\.details) == [["later": false]])
    // A scenario brings its own.
    try await stage.room.play(try scenario("scenario: T\nsteps: [wait: 1s]"))
    await stage.room.renew()
    #expect(stage.told("tenantChanged").map(\.details) == [["later": false]])
  }

  @Test("A saved session has whole numbers in it: it is given to this machine only")
  func savedHereOnly() async throws {
    let stage = try await RoomStage()
    try await stage.room.perform(.signIn(SignInRequest(upn: helga, method: .call)))
    let answer = try await RoomDoor(stage.room).get("scenario")
    #expect(answer.status == 403)
    #expect(answer.error == "a session is saved on the machine that the console runs on")
  }

  @Test("REC-2: a pass that was issued elsewhere opens with its own text and with nothing else")
  func pass() async throws {
    let helga = helga
    let tenant = TenantDouble { given in
      given.tenant.settings.pass.enabled = true
      given.tenant.apply(
        .passIssued(Pass(upn: helga, issued: .virtualStart, lifetime: .minutes(60), isOnce: true)))
      given.passCheck = { $1 == "itsOwnText" }
    }
    let stage = try await RoomStage(tenant: tenant)
    try await stage.room.perform(.signIn(SignInRequest(upn: helga, method: .pass)))
    #expect(stage.told("ask").count == 1)
    #expect(Switchboard(try #require(await stage.room.recorded()).given).shownPass(of: helga) == nil)
    try await stage.room.perform(.type("itsOwnText", helga))
    #expect(stage.told("outcome").map { $0.details["outcome"] } == ["approved"])
  }

  @Test("A network's fault is told to every page")
  func faults() async throws {
    let stage = try await RoomStage()
    try await stage.room.perform(.fault(NetworkFault.busy.fault))
    #expect(stage.told("fault").map { $0.details["fault"] } == ["busy"])
    for fault in NetworkFault.allCases { #expect(NetworkFault(fault.fault) == fault) }
  }

  @Test("What cannot be done is refused and leaves nothing behind")
  func refused() async throws {
    let stage = try await RoomStage()
    await #expect(throws: Room.Refusal.self) { try await stage.room.perform(.answer(helga)) }
    let stranger = try #require(UPN("nobody@larkspur.example"))
    await #expect(throws: Room.Refusal.self) { try await stage.room.perform(.signIn(SignInRequest(upn: stranger))) }
    await #expect(throws: Room.Refusal.self) { try await stage.room.step() }
    await #expect(throws: Room.Refusal.self) { try await stage.room.play(demo: "none", user: nil) }
    #expect(stage.told().map(\.type) == ["session"])
  }

  @Test("While the room is paused its time stands still and nobody can do anything")
  func paused() async throws {
    let stage = try await RoomStage()
    stage.clock.advance(by: .seconds(3))
    await stage.room.pause()
    stage.clock.advance(by: .seconds(30))
    #expect(await stage.room.at == .seconds(3))
    await #expect(throws: Room.Refusal.self) { try await stage.room.perform(.cancelSignIn(helga)) }
    await stage.room.resume()
    #expect(stage.told("clock").map { $0.details["paused"] } == [true, false])
    try await stage.room.perform(.signIn(SignInRequest(upn: helga, method: .call)))
    #expect(stage.told("dial").map(\.at) == [.seconds(3)])
  }

  @Test("A reset forgets the session: its events are gone, and what still comes of it is told to nobody")
  func reset() async throws {
    let stage = try await RoomStage()
    try await stage.room.perform(.signIn(SignInRequest(upn: helga, method: .call)))
    let before = try #require(stage.told("session").first)
    #expect(stage.told("signIn").map { $0.details["method"] } == ["call"])
    try await stage.room.reset()
    #expect(stage.told().map(\.type) == ["session"])
    #expect(stage.told().first?.details["session"] != before.details["session"])
    stage.clock.advance(by: .seconds(90))
    #expect(stage.told().map(\.type) == ["session"])
  }

  @Test("CALL-15: what was begun comes to its end and to a record before a kept room is left")
  func closed() async throws {
    let tenant = TenantDouble(isKept: true)
    let stage = try await RoomStage(tenant: tenant)
    try await stage.room.perform(.signIn(SignInRequest(upn: helga, method: .call)))
    stage.clock.advance(by: .seconds(1))
    try await stage.room.close()
    tenant.state.withLock { state in
      #expect(state.asked.last == "over")
      #expect(state.entries.map(\.fact).contains(.concluded(.cancelled)))
    }
  }

  @Test("A follower goes on where it was, and from the start where its place is of another session")
  func places() async throws {
    let stage = try await RoomStage()
    try await stage.room.perform(.signIn(SignInRequest(upn: helga, method: .call)))
    let (all, end) = stage.room.log.frames(after: nil)
    #expect(all.count == stage.told().count)
    let middle = EventLog.Place(session: end.session, number: 1)
    #expect(stage.room.log.frames(after: middle).frames.count == all.count - 2)
    #expect(stage.room.log.frames(after: end).frames.isEmpty)
    #expect(stage.room.log.frames(after: EventLog.Place(session: "other", number: 1)).frames.count == all.count)
    #expect(stage.room.log.frames(after: EventLog.Place(session: end.session, number: 99)).frames.count == all.count)
    #expect(EventLog.Place("abc.12") == EventLog.Place(session: "abc", number: 12))
    for wrong in ["", "abc", "abc.", ".1", "abc.-1", "abc.1.2", "abc.x"] { #expect(EventLog.Place(wrong) == nil) }
  }
}
