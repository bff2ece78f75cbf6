import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import ScenarioModel
import Synchronization
import TestSupport
import VerificationCore

@testable import Console

/// The console's router without a socket: who asks, and by which address, is said.
struct SafetyDoor {
  struct Answer {
    let status: Int
    let headers: HTTPFields
    let body: String
  }

  /// What time the invitations have.
  final class Watch: Sendable {
    private let shown = Mutex(Instant.virtualStart)
    var now: Instant { shown.withLock { $0 } }
    func pass(_ length: Milliseconds) { shown.withLock { $0 = $0 + length } }
  }

  static let own = "192.168.1.5"
  static let phone = "192.168.1.77"

  let watch = Watch()
  let invitations: Invitations?
  let room: Room
  private let responder: RouterResponder<ConsoleContext>

  init(isListening: Bool = false) async throws {
    let watch = watch
    invitations =
      isListening ? Invitations(host: Self.own, time: { watch.now }, drawing: { "<svg>\($0)</svg>" }) : nil
    let (room, sounds) = (try await RoomStage().room, NoSounds())
    self.room = room
    let pages = try Pages(folder: "\(Repository.root)/console")
    let router = ConsoleServer.guarded(pages, invitations, room.log) { router in
      RoomRoutes(room: room, sounds: sounds, isListening: isListening).add(to: router)
      router.get("/api/broken") { _, _ -> Response in throw Broken() }
    }
    responder = router.buildResponder()
  }

  /// - Parameters:
  ///   - host: nil leaves the field out.
  ///   - from: an IP address.
  ///   - at: the address of this machine that it came in by.
  func ask(
    _ method: HTTPRequest.Method, _ path: String, host: String? = "127.0.0.1:8080", _ fields: HTTPFields = [:],
    body: String = "", from: String = "127.0.0.1", at local: String = "127.0.0.1"
  ) async throws -> Answer {
    let channel = EmbeddedChannel()
    channel.remoteAddress = try SocketAddress(ipAddress: from, port: 50_000)
    channel.localAddress = try SocketAddress(ipAddress: local, port: 8_080)
    let head = HTTPRequest(method: method, scheme: "http", authority: host, path: path, headerFields: fields)
    let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(string: body)))
    let context = ConsoleContext(
      source: ApplicationRequestContextSource(channel: channel, logger: Logger(label: "test")))
    let response = try await responder.respond(to: request, context: context)
    let written = Written()
    if response.headers[.contentType] != "text/event-stream" { try await response.body.write(written) }
    return Answer(
      status: response.status.code, headers: response.headers, body: written.text.withLock { $0 })
  }

  /// A device in the network.
  func askAsPhone(_ method: HTTPRequest.Method, _ path: String, _ fields: HTTPFields = [:]) async throws -> Answer {
    try await ask(method, path, host: "\(Self.own):8080", fields, from: Self.phone, at: Self.own)
  }
}

private final class Written: ResponseBodyWriter, Sendable {
  let text = Mutex("")

  func write(_ buffer: ByteBuffer) async throws { text.withLock { $0 += String(buffer: buffer) } }
  func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

/// What nobody thought of.
private struct Broken: Error {}

private struct NoSounds: RoomSounds {
  func wave(_ file: String, _ source: Recording.Source) async throws -> [UInt8]? { nil }
}
