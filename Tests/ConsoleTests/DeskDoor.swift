import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import Synchronization
import VerificationCore

@testable import Console

/// The routes of the desks without a socket, with doubles behind them.
struct DeskDoor {
  struct Answer {
    let status: Int
    let headers: HTTPFields
    let body: String

    var json: JSON? { try? JSONDecoder().decode(JSON.self, from: Data(body.utf8)) }

    /// Of what was refused.
    var error: [String?] {
      guard case .object(let members)? = json, case .object(let error)? = members["error"] else { return [] }
      return ["id", "message", "hint"].map { if case .text(let text)? = error[$0] { text } else { nil } }
    }
  }

  let greetings = GreetingDouble()
  let people = PeopleDouble()
  let tokens = TokenDouble()
  let logs = LogDouble()
  let settings = SettingDouble()
  let scenarios = ScenarioDouble()
  /// How often the room was to take the tenant anew.
  let renewals = Tally()
  private let responder: RouterResponder<ConsoleContext>

  init() {
    let router = Router(context: ConsoleContext.self)
    router.add(middleware: ErrorAnswers(routes: KnownRoutes()))
    let desks = Desks(
      greetings: greetings, people: people, tokens: tokens, logs: logs, settings: settings, scenarios: scenarios)
    desks.add(to: router) { [renewals] in renewals.add() }
    responder = router.buildResponder()
  }

  func ask(
    _ method: HTTPRequest.Method, _ path: String, _ fields: HTTPFields = [:], body: RequestBody
  ) async throws -> Answer {
    let head = HTTPRequest(method: method, scheme: "http", authority: "127.0.0.1", path: path, headerFields: fields)
    let context = ConsoleContext(
      source: ApplicationRequestContextSource(channel: EmbeddedChannel(), logger: Logger(label: "test")))
    let response = try await responder.respond(to: Request(head: head, body: body), context: context)
    let written = Collected()
    try await response.body.write(written)
    return Answer(status: response.status.code, headers: response.headers, body: written.text.withLock { $0 })
  }

  func get(_ path: String) async throws -> Answer {
    try await ask(.get, path, body: RequestBody(buffer: ByteBuffer()))
  }

  /// With a JSON text.
  func send(_ method: HTTPRequest.Method = .post, _ path: String, _ json: String) async throws -> Answer {
    try await ask(
      method, path, [.contentType: "application/json"], body: RequestBody(buffer: ByteBuffer(string: json)))
  }

  /// A file, said or not said how long it is.
  func upload(
    _ method: HTTPRequest.Method = .post, _ path: String, _ bytes: [UInt8], announced: Int? = nil
  ) async throws -> Answer {
    var fields: HTTPFields = [.contentType: "application/octet-stream"]
    if let announced { fields[.contentLength] = "\(announced)" }
    return try await ask(method, path, fields, body: RequestBody(buffer: ByteBuffer(bytes: bytes)))
  }
}

final class Collected: ResponseBodyWriter, Sendable {
  let text = Mutex("")

  func write(_ buffer: ByteBuffer) async throws { text.withLock { $0 += String(buffer: buffer) } }
  func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

final class Tally: Sendable {
  private let state = Mutex(0)
  var count: Int { state.withLock { $0 } }
  func add() { state.withLock { $0 += 1 } }
}

/// A file without an end, a piece at a time.
struct EndlessFile: AsyncSequence, Sendable {
  static let piece = 65_536
  let taken = Tally()

  struct AsyncIterator: AsyncIteratorProtocol {
    let taken: Tally

    func next() async throws -> ByteBuffer? {
      taken.add()
      return ByteBuffer(repeating: 0, count: EndlessFile.piece)
    }
  }

  func makeAsyncIterator() -> AsyncIterator { AsyncIterator(taken: taken) }
}
