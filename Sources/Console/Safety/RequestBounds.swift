import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Bounds a request that is under way: how slowly its body may come, how long its answer may take, and how much of a body
/// is still read once the answer is there.
final class RequestBounds: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  /// A body that is coming in.
  private struct Incoming {
    let since: NIODeadline
    var bytes = 0
    /// So many of them had come when the answer was complete.
    var bytesAtAnswer: Int?

    var latest: NIODeadline { since + Limits.bodyTime + .seconds(Int64(bytes / Limits.bodyRate)) }
  }

  private var incoming: Incoming?
  /// Requests whose answers are not complete.
  private var open = 0
  private var hasBegunAnswer = false
  private var closesAfterAnswer = false
  private var bodyTimer: Scheduled<Void>?
  private var answerTimer: Scheduled<Void>?
  private var head: HeadWatch?

  func handlerAdded(context: ChannelHandlerContext) {
    head = try? context.pipeline.syncOperations.handler(type: HeadWatch.self)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head: begin(context)
    case .body(let bytes): if count(bytes.readableBytes) { return context.close(promise: nil) }
    case .end:
      let wasAnswered = incoming?.bytesAtAnswer != nil
      incoming = nil
      stop(&bodyTimer)
      head?.requestEnded()
      if wasAnswered, closesAfterAnswer { return context.close(promise: nil) }
    }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head(let response):
      hasBegunAnswer = true
      closesAfterAnswer = response.headerFields[.connection]?.lowercased() == "close"
      // Without end, and with a watch of its own (`Pulse`).
      if response.headerFields[.contentType] == "text/event-stream" { stop(&answerTimer) }
      context.write(data, promise: promise)
    case .body: context.write(data, promise: promise)
    case .end:
      context.writeAndFlush(data, promise: promise)
      endAnswer(context)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    stop(&bodyTimer)
    stop(&answerTimer)
    context.fireChannelInactive()
  }

  private func begin(_ context: ChannelHandlerContext) {
    head?.headArrived()
    open += 1
    incoming = Incoming(since: context.eventLoop.now)
    watchBody(context)
    if answerTimer == nil { watchAnswer(context) }
  }

  /// - Returns: whether that is enough.
  private func count(_ bytes: Int) -> Bool {
    incoming?.bytes += bytes
    guard let incoming, let before = incoming.bytesAtAnswer else { return false }
    return incoming.bytes - before > Limits.rest
  }

  private func endAnswer(_ context: ChannelHandlerContext) {
    open = max(open - 1, 0)
    hasBegunAnswer = false
    stop(&answerTimer)
    if open > 0 { watchAnswer(context) } else { head?.answersEnded() }
    if open == 0, let bytes = incoming?.bytes {
      incoming?.bytesAtAnswer = bytes
      stop(&bodyTimer)
      bodyTimer = context.eventLoop.assumeIsolated().scheduleTask(in: Limits.restTime) { context.close(promise: nil) }
    } else if closesAfterAnswer {
      context.closeGently()
    }
  }

  private func watchBody(_ context: ChannelHandlerContext) {
    stop(&bodyTimer)
    guard let latest = incoming?.latest else { return }
    bodyTimer = context.eventLoop.assumeIsolated().scheduleTask(deadline: latest) {
      guard let incoming = self.incoming else { return }
      if incoming.latest > context.eventLoop.now { self.watchBody(context) } else { self.giveUp(context) }
    }
  }

  private func watchAnswer(_ context: ChannelHandlerContext) {
    stop(&answerTimer)
    answerTimer = context.eventLoop.assumeIsolated().scheduleTask(in: Limits.answerTime) {
      context.close(promise: nil)
    }
  }

  private func giveUp(_ context: ChannelHandlerContext) {
    if open == 1, !hasBegunAnswer {
      let answer = RawAnswer.slow
      context.write(wrapOutboundOut(.head(answer.response)), promise: nil)
      context.write(wrapOutboundOut(.body(ByteBuffer(string: answer.json))), promise: nil)
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
    context.closeGently()
  }

  private func stop(_ timer: inout Scheduled<Void>?) {
    timer?.cancel()
    timer = nil
  }
}

extension RawAnswer {
  /// Without its body.
  var response: HTTPResponse {
    HTTPResponse(
      status: HTTPResponse.Status(code: status, reasonPhrase: reason),
      headerFields: [
        .contentType: "application/json", .contentLength: "\(json.utf8.count)", .cacheControl: "no-store",
        .contentTypeOptions: "nosniff", .connection: "close",
      ])
  }
}
