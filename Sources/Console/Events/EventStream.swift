import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle
import VerificationCore

/// Server-Sent Events (WHATWG HTML, 9.2): the log of a room, from where the page left off.
struct EventStream: Sendable {
  let room: Room

  func response(to request: Request, channel: any Channel) -> Response {
    let asked = request.headers[.lastEventID] ?? request.uri.queryParameters["after"].map(String.init)
    // Pages that draw what the store holds need nothing of what has been.
    let start = asked == "end" ? room.log.end : asked.flatMap { EventLog.Place($0) }
    return Response(
      status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
      body: ResponseBody { writer in
        let follower = room.log.follow(closing: channel)
        defer { room.log.leave(follower.id) }
        // A page that goes away says nothing more: its side of the connection closes, which ends the news.
        try await request.body.consumeWithInboundCloseHandler { _ in
          try await send(follower, after: start, to: &writer)
        } onInboundClosed: {
          room.log.leave(follower.id)
        }
        try await writer.finish(nil)
      })
  }

  private func send(
    _ follower: EventLog.Follower, after start: EventLog.Place?, to writer: inout any ResponseBodyWriter
  ) async throws {
    var place = start
    try await writer.write(ByteBuffer(string: "retry: 1000\n\n"))
    var isFirst = true
    for await wake in follower.wakes.cancelOnGracefulShutdown() {
      let (frames, end) = room.log.frames(after: place)
      if !frames.isEmpty {
        room.log.isWriting(follower.id)
        try await writer.write(contentsOf: frames)
        place = end
      }
      if isFirst || wake == .pulse {
        room.log.isWriting(follower.id)
        try await writer.write(now)
      }
      room.log.hasWritten(follower.id)
      isFirst = false
    }
  }

  /// Not one of the log: a page sets its clock by it. Every page is told it every few seconds, so nobody is asked for it
  /// and nothing is encoded.
  private var now: ByteBuffer {
    let (at, isPaused) = room.now
    return ByteBuffer(string: "data: {\"at\":\(at.count),\"paused\":\(isPaused),\"type\":\"now\"}\n\n")
  }
}

extension HTTPField.Name {
  /// WHATWG HTML, 9.2.4.
  static var lastEventID: HTTPField.Name { HTTPField.Name("Last-Event-ID") ?? .range }
}

/// Keeps the lines to pages alive, and drops those who take nothing.
struct Pulse: Service {
  /// So often every page is told that the line stands: one that has heard nothing for 12 s takes it for lost.
  static let interval = Duration.seconds(5)
  /// Who takes nothing for so long is dropped; a page comes back by itself and goes on where it was.
  static let patience = Duration.seconds(20)

  let log: EventLog

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while (try? await Task.sleep(for: Self.interval)) != nil {
        log.drop(stuckSince: .now - Self.patience)
        log.pulse()
      }
    }
  }
}
