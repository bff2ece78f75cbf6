import HummingbirdCore
import Logging
import NIOCore

/// A connection with its bounds around what the framework makes of it.
struct GuardedChannel: ServerChildChannel {
  let base: HTTP1Channel
  let count: ConnectionCount

  init(
    responder: @escaping HTTPChannelHandler.Responder, count: ConnectionCount, idleTime: TimeAmount = Limits.idleTime
  ) {
    let decoder = HTTP1Channel.Configuration.DecoderConfiguration(
      maxHeaderFieldSize: Limits.headerField, maxHeaderListSize: Limits.headers,
      maxHeaderFieldCount: Limits.headerCount)
    base = HTTP1Channel(
      responder: responder,
      configuration: HTTP1Channel.Configuration(
        additionalChannelHandlers: [RequestBounds(), ParseErrorAnswers()], idleTimeout: idleTime,
        httpDecoderConfiguration: decoder))
    self.count = count
  }

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
    let options = EventLoopFuture.andAllSucceed(
      DeadPeers.options.map { channel.setOption($0.option, value: $0.value) }
        + [channel.setOption(.socketOption(.so_sndbuf), value: SocketOptionValue(Limits.sendBuffer))],
      on: channel.eventLoop)
    return options.flatMapThrowing {
      try channel.pipeline.syncOperations.addHandlers([ConnectionGate(count), HeadWatch()])
    }.flatMap { base.setup(channel: channel, logger: logger) }
  }

  func handle(value: HTTP1Channel.Value, logger: Logger) async { await base.handle(value: value, logger: logger) }
}
