import NIOCore
import Synchronization

/// Counts connections. The first handler of each: one that is too many gets an answer and is closed, and nothing behind
/// this handler hears of it.
final class ConnectionGate: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let count: ConnectionCount
  private var counted: (isIn: Bool, address: String)?

  init(_ count: ConnectionCount) { self.count = count }

  func channelActive(context: ChannelHandlerContext) {
    let remote = context.remoteAddress
    let address = remote?.isLoopback == true ? "" : remote?.ipAddress ?? ""
    let isIn = count.enter(address)
    counted = (isIn, address)
    if !isIn { context.writeAndFlush(wrapOutboundOut(RawAnswer.full.bytes), promise: nil) }
    context.fireChannelActive()
    if !isIn { context.closeGently() }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if counted?.isIn != false { context.fireChannelRead(data) }
  }

  func channelInactive(context: ChannelHandlerContext) {
    if let counted, counted.isIn { count.leave(counted.address) }
    context.fireChannelInactive()
  }
}

/// How many connections there are, and from where.
final class ConnectionCount: Sendable {
  private struct State {
    var all = 0
    var byAddress: [String: Int] = [:]
  }

  private let state = Mutex(State())
  private let limit: Int
  private let limitFromOne: Int

  init(limit: Int = Limits.connections, limitFromOne: Int = Limits.connectionsFromOne) {
    (self.limit, self.limitFromOne) = (limit, limitFromOne)
  }

  /// - Parameter address: empty for this machine, which only the sum of all limits.
  /// - Returns: whether there is room for one more, which is counted then.
  func enter(_ address: String) -> Bool {
    state.withLock { state in
      let own = state.byAddress[address, default: 0]
      guard state.all < limit, address.isEmpty || own < limitFromOne else { return false }
      state.all += 1
      state.byAddress[address] = own + 1
      return true
    }
  }

  func leave(_ address: String) {
    state.withLock { state in
      state.all -= 1
      let own = state.byAddress[address, default: 1] - 1
      state.byAddress[address] = own == 0 ? nil : own
    }
  }

  var all: Int { state.withLock { $0.all } }
}
