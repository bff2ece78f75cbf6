import NIOCore

extension ChannelHandlerContext {
  /// Ends what is sent, and a little later the connection: closed at once with something unread, it would be reset, and
  /// the answer might never be seen.
  func closeGently() {
    close(mode: .output, promise: nil)
    eventLoop.assumeIsolated().scheduleTask(in: Limits.restTime) { self.close(promise: nil) }
  }
}
