import NIOCore

/// Bounds what comes before a request can be read: its line and header fields, by bytes and by time from their first byte
/// on. Stands before the parser, which keeps a request line of any length.
final class HeadWatch: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private var bytes = 0
  private var isWaiting = true
  private var deadline: Scheduled<Void>?
  /// Whether an answer of somebody else is under way, into which nothing may be written.
  private var isAnswering = false
  private var hasRefused = false

  /// What stands behind the parser tells.
  func headArrived() {
    (bytes, isWaiting, isAnswering) = (0, false, true)
    deadline?.cancel()
    deadline = nil
  }

  func requestEnded() { isWaiting = true }

  func answersEnded() { isAnswering = false }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if hasRefused { return }
    if isWaiting {
      if bytes > Limits.head { return refuse(.headTooLarge, context) }
      if deadline == nil { setDeadline(context) }
      bytes += unwrapInboundIn(data).readableBytes
    }
    context.fireChannelRead(data)
  }

  func channelInactive(context: ChannelHandlerContext) {
    deadline?.cancel()
    deadline = nil
    context.fireChannelInactive()
  }

  private func setDeadline(_ context: ChannelHandlerContext) {
    deadline = context.eventLoop.assumeIsolated().scheduleTask(in: Limits.headTime) {
      self.deadline = nil
      if self.isWaiting { self.refuse(.slow, context) }
    }
  }

  private func refuse(_ answer: RawAnswer, _ context: ChannelHandlerContext) {
    hasRefused = true
    if !isAnswering { context.writeAndFlush(wrapOutboundOut(answer.bytes), promise: nil) }
    context.closeGently()
  }
}
