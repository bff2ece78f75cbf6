import NIOCore

/// Has the system notice clients that left without a word: a telephone out of its network, a lid that was closed.
///
/// What was sent must be acknowledged within `Limits.silence`; where nothing is sent, the system asks.
enum DeadPeers {
  struct Setting {
    let option: ChannelOptions.Types.SocketOption
    let value: SocketOptionValue
  }

  /// tcp(7), in seconds where nothing else is said.
  private enum Name {
    static let idle: NIOBSDSocket.Option = .init(rawValue: 4)
    static let interval: NIOBSDSocket.Option = .init(rawValue: 5)
    static let count: NIOBSDSocket.Option = .init(rawValue: 6)
    /// In milliseconds.
    static let userTimeout: NIOBSDSocket.Option = .init(rawValue: 18)
  }

  /// First after 10 s of quiet, then every 5 s, four times: 30 s.
  static let options = [
    Setting(option: .init(level: .socket, name: .so_keepalive), value: 1),
    Setting(option: .init(level: .tcp, name: Name.idle), value: 10),
    Setting(option: .init(level: .tcp, name: Name.interval), value: 5),
    Setting(option: .init(level: .tcp, name: Name.count), value: 4),
    Setting(
      option: .init(level: .tcp, name: Name.userTimeout),
      value: SocketOptionValue(Limits.silence.nanoseconds / 1_000_000)),
  ]
}
