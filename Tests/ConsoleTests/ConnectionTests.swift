import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import Testing

@testable import Console

/// Connections as the console takes them, over loopback; the idle time is a short one. What is idle is measured by a clock of
/// the framework's own, so that these wait for it.
@Suite("A connection over the line", .timeLimit(.minutes(5)))
struct ConnectionTests {
  private typealias Server = NIOAsyncChannel<GuardedChannel.Value, Never>

  private func server(_ guarded: GuardedChannel) async throws -> Server {
    try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton).bind(host: "127.0.0.1", port: 0) {
      guarded.setup(channel: $0, logger: Logger(label: "test"))
    }
  }

  /// - Parameters:
  ///   - idleTime: as `Limits.idleTime`.
  ///   - requests: what the client sends as soon as it is there.
  ///   - look: at the channel of the server.
  /// - Returns: how long the connection lasted, and what came.
  private func connection(
    idle idleTime: TimeAmount, sending requests: String = "",
    _ look: @escaping @Sendable (any Channel) async throws -> Void = { _ in }
  ) async throws -> (lasted: Duration, got: String) {
    let guarded = GuardedChannel(
      responder: { _, writer, _ in try await writer.writeResponse(HTTPResponse(status: .noContent)) },
      count: ConnectionCount(), idleTime: idleTime)
    let server = try await server(guarded)
    return try await server.executeThenClose { connections in
      let port = try #require(server.channel.localAddress?.port)
      async let heard = Self.client(port, requests)
      for try await connection in connections {
        try await look(connection.channel)
        await guarded.handle(value: connection, logger: Logger(label: "test"))
        break
      }
      return try await heard
    }
  }

  private static func client(_ port: Int, _ requests: String) async throws -> (lasted: Duration, got: String) {
    let begun = ContinuousClock.now
    let client = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
      }
    return try await client.executeThenClose { inbound, outbound in
      if !requests.isEmpty { try await outbound.write(ByteBuffer(string: requests)) }
      var got = ""
      for try await bytes in inbound { got += String(buffer: bytes) }
      return (ContinuousClock.now - begun, got)
    }
  }

  @Test("Whoever asks for nothing is let go after the idle time; it is a minute")
  func silent() async throws {
    let (lasted, got) = try await connection(idle: .milliseconds(200))
    #expect(lasted >= .milliseconds(200) && lasted < .seconds(60))
    #expect(got == "")
    #expect(Limits.idleTime == .seconds(60))
  }

  @Test("After an answer the idle time begins anew")
  func answered() async throws {
    let (lasted, got) = try await connection(idle: .seconds(2), sending: "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    #expect(lasted >= .seconds(2) && lasted < .seconds(60))
    #expect(got.hasPrefix("HTTP/1.1 204 No Content\r\n"))
  }

  @Test("The system asks for a client that is silent after ten seconds, and gives up on one that is gone after thirty")
  func deadPeers() async throws {
    let request = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    _ = try await connection(idle: .seconds(60), sending: request) { channel in
      for (name, value) in [(4, 10), (5, 5), (6, 4), (18, 30_000)] as [(CInt, SocketOptionValue)] {
        let option = ChannelOptions.Types.SocketOption(level: .tcp, name: .init(rawValue: name))
        let set = try await channel.getOption(option).get()
        #expect(set == value, "tcp option \(name)")
      }
      let asks = try await channel.getOption(.socketOption(.so_keepalive)).get()
      #expect(asks == 1)
    }
  }
}
