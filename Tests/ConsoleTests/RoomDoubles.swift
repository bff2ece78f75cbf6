import Dispatch
import Foundation
import HTTPTypes
import Hummingbird
import LiveCalls
import Logging
import NIOCore
import NIOEmbedded
import ScenarioModel
import ScenarioYAML
import Simulation
import Synchronization
import TestSupport
import VerificationCore

@testable import Console

/// The demo tenant as a store has it, and what is asked of it.
final class TenantDouble: RoomTenant {
  struct Kept: Sendable {
    /// Of all sessions, in the order in which they were written.
    var entries: [JournalEntry] = []
    /// What was done, in order: `begin`, `keep`, `over`.
    var asked: [String] = []
    /// Nothing can be read or written.
    var isBroken = false
    /// Nothing can be written.
    var trouble: KeepingTrouble?
    /// Another process has the lock of the store.
    fileprivate var isHeld = false
    fileprivate var waiting = 0
  }

  let state = Mutex(Kept())
  private let lock = DispatchSemaphore(value: 0)
  private let isKept: Bool
  private let change: @Sendable (inout Given) -> Void

  init(isKept: Bool = false, _ change: @escaping @Sendable (inout Given) -> Void = { _ in }) {
    (self.isKept, self.change) = (isKept, change)
  }

  /// Another process takes the lock; who writes waits from here on.
  func hold() { state.withLock { $0.isHeld = true } }

  func release() {
    let waiting = state.withLock { state in
      defer { (state.isHeld, state.waiting) = (false, 0) }
      return state.waiting
    }
    for _ in 0..<waiting { lock.signal() }
  }

  var sample: Given { given(at: .virtualStart) }

  private func given(at now: Instant) -> Given {
    var given = ScenarioReader(files: MemoryFiles([:]), greetings: KnownGreetings()).demoTenant
    given.start = now
    change(&given)
    for entry in state.withLock({ $0.entries }) {
      if case .tenant(let event) = entry.fact { given.tenant.apply(event) }
    }
    return given
  }

  func begin(_ demo: Scenario?, by user: UPN?, at now: Instant) throws -> Stage {
    try state.withLock { state in
      if state.isBroken { throw Self.broken }
      state.asked.append("begin")
    }
    let given = given(at: now)
    let cast = demo.map { Casting($0, in: given, by: user).scenario }
    return Stage(cast?.given ?? given, script: cast, isKept: isKept)
  }

  private static let broken = DeskRefusal(.failed, "the disk is full")

  func current(at now: Instant) throws -> Given? {
    if state.withLock({ $0.isBroken }) { throw Self.broken }
    return given(at: now)
  }

  func keep(
    _ news: [JournalEntry], of session: KeepingQueue.Session, isOver: Bool
  ) throws(KeepingTrouble) {
    let waits = state.withLock { state in
      if state.isHeld { state.waiting += 1 }
      return state.isHeld
    }
    if waits { lock.wait() }
    let trouble = state.withLock { state -> KeepingTrouble? in
      if state.isBroken { return .full }
      if let trouble = state.trouble { return trouble }
      state.entries += news
      state.asked.append(isOver ? "over" : "keep")
      return nil
    }
    if let trouble { throw trouble }
  }
}

/// Demos from texts.
struct ScriptsDouble: RoomScripts {
  var demos: [Demo] = []

  func scenario(at path: String, case name: String?) throws -> Scenario {
    throw Problem("no-scenario", "there is no scenario \"\(path)\"")
  }

  func text(of session: Session) throws -> String {
    ScenarioWriter.text(Recorder.record(session).scenario, given: .named(tenant: nil, user: nil))
  }
}

/// A room whose clock is moved by hand, and what its pages are told.
struct RoomStage {
  /// The time of day: what the clock shows, and what it was set to beside.
  private final class Day: Sendable {
    let set = Mutex(Milliseconds.zero)
  }

  let clock = StandingClock()
  let tenant: TenantDouble
  let room: Room
  private let day: Day

  init(tenant: TenantDouble = TenantDouble(), demos: [Demo] = []) async throws {
    self.tenant = tenant
    let (clock, day) = (clock, Day())
    self.day = day
    room = try await Room(tenant: tenant, scripts: ScriptsDouble(demos: demos)) {
      .virtualStart + Milliseconds(roundingDown: clock.now.offset) + day.set.withLock { $0 }
    } clocks: {
      PausableClock(over: clock)
    } patience: {
      PausableClock(over: clock)
    }
  }

  /// Sets the time of day so much later, and no other clock.
  func setLater(by length: Milliseconds) { day.set.withLock { $0 = $0 + length } }

  var timeOfDay: Instant { .virtualStart + Milliseconds(roundingDown: clock.now.offset) + day.set.withLock { $0 } }

  /// Everything that the pages of the running session were told, but for what is not asked for.
  func told(_ types: String...) -> [RoomEvent] {
    room.log.frames(after: nil).frames.compactMap { RoomEvent(frame: $0) }
      .filter { types.isEmpty || types.contains($0.type) }
  }

  /// Moves the clock, and waits until the pages are told something of this type once more.
  func pass(_ length: Duration, until type: String) async {
    let count = told(type).count + 1
    clock.advance(by: length)
    await until(type, count)
  }

  /// Waits until the pages of the session have been told so many of this type.
  func until(_ type: String, _ count: Int) async {
    let follower = room.log.follow(closing: EmbeddedChannel())
    for await _ in follower.wakes where told(type).count >= count { break }
    room.log.leave(follower.id)
  }
}

extension RoomEvent {
  /// Reads what a page reads.
  init?(frame: ByteBuffer) {
    let lines = String(buffer: frame).split(separator: "\n")
    guard let data = lines.first(where: { $0.hasPrefix("data: ") })?.dropFirst(6),
      var members = try? JSONDecoder().decode([String: JSON].self, from: Data(data.utf8)),
      case .text(let type) = members.removeValue(forKey: "type"),
      case .number(let at) = members.removeValue(forKey: "at")
    else { return nil }
    var (call, user): (CallID?, UPN?)
    if case .number(let number) = members.removeValue(forKey: "call") { call = CallID(Int(number)) }
    if case .text(let text) = members["user"], type != "session" {
      user = UPN(text)
      members["user"] = nil
    }
    self.init(type, at: Milliseconds(at), call: call, user: user, members)
  }
}

/// The room's API without a socket.
struct RoomDoor {
  struct Answer {
    let status: Int
    let error: String?
  }

  private let responder: any HTTPResponder<ConsoleContext>

  init(_ room: Room) {
    let router = Router(context: ConsoleContext.self)
    RoomRoutes(room: room, sounds: NoSounds()).add(to: router)
    responder = router.buildResponder()
  }

  func post(_ path: String, _ fields: [String: JSON]) async throws -> Answer {
    try await ask(.post, path, try JSON.object(fields).json)
  }

  func get(_ path: String) async throws -> Answer { try await ask(.get, path, Data()) }

  /// From no address, which is not one of this machine.
  private func ask(_ method: HTTPRequest.Method, _ path: String, _ body: Data) async throws -> Answer {
    let request = Request(
      head: HTTPRequest(
        method: method, scheme: "http", authority: "localhost", path: "/api/room/\(path)",
        headerFields: [.contentType: "application/json"]),
      body: RequestBody(buffer: ByteBuffer(bytes: body)))
    let context = ConsoleContext(
      source: ApplicationRequestContextSource(channel: EmbeddedChannel(), logger: Logger(label: "test")))
    let response: Response
    do {
      response = try await responder.respond(to: request, context: context)
    } catch let refused as Refused {
      response = try refused.response(from: request, context: context)
    }
    let written = Collected()
    try await response.body.write(written)
    let body = try JSONDecoder().decode([String: JSON].self, from: Data(written.text.withLock { $0 }.utf8))
    guard case .object(let error) = body["error"], case .text(let message) = error["message"] else {
      return Answer(status: Int(response.status.code), error: nil)
    }
    return Answer(status: Int(response.status.code), error: message)
  }

  private struct NoSounds: RoomSounds {
    func wave(_ file: String, _ source: Recording.Source) async throws -> [UInt8]? { nil }
  }
}
