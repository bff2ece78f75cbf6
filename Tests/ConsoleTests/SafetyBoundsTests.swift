import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTP1
import NIOHTTPTypes
import Testing

@testable import Console

/// The handlers of a connection, with a clock that is moved by hand.
@Suite("How long and how much a connection may take")
struct SafetyBoundsTests {
  private let post = HTTPRequest(method: .post, scheme: "http", authority: "x", path: "/")

  /// What stands behind the parser: requests go in as parts.
  private func parsed() throws -> EmbeddedChannel {
    let channel = EmbeddedChannel()
    try channel.pipeline.syncOperations.addHandlers([RequestBounds(), ParseErrorAnswers()])
    try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    return channel
  }

  /// What stands before it: bytes.
  private func raw(_ handlers: [any ChannelHandler]) throws -> EmbeddedChannel {
    let channel = EmbeddedChannel()
    try channel.pipeline.syncOperations.addHandlers(handlers)
    return channel
  }

  private func text(_ channel: EmbeddedChannel) throws -> String? {
    try channel.readOutbound(as: ByteBuffer.self).map { String(buffer: $0) }
  }

  private func status(_ channel: EmbeddedChannel) throws -> Int? {
    guard case .head(let head) = try channel.readOutbound(as: HTTPResponsePart.self) else { return nil }
    return head.status.code
  }

  @Test("A request line and header fields that drip have ten seconds")
  func slowHead() throws {
    let channel = try raw([HeadWatch()])
    try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    channel.embeddedEventLoop.advanceTime(by: .seconds(60))
    #expect(try text(channel) == nil)
    for second in 0..<10 {
      try channel.writeInbound(ByteBuffer(string: "G"))
      if second < 9 { channel.embeddedEventLoop.advanceTime(by: .seconds(1)) }
    }
    #expect(try text(channel) == nil)
    channel.embeddedEventLoop.advanceTime(by: .seconds(1))
    #expect(try text(channel) == String(buffer: RawAnswer.slow.bytes))
    channel.embeddedEventLoop.advanceTime(by: .seconds(2))
    #expect(!channel.isActive)
  }

  @Test("A request line without end is refused at 32 KiB, before a parser keeps more of it")
  func longHead() throws {
    let channel = try raw([HeadWatch()])
    try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    let piece = ByteBuffer(repeating: UInt8(ascii: "a"), count: 8_192)
    for _ in 0..<5 { try channel.writeInbound(piece) }
    #expect(try text(channel) == nil)
    try channel.writeInbound(piece)
    #expect(try text(channel) == String(buffer: RawAnswer.headTooLarge.bytes))
    #expect(RawAnswer.headTooLarge.bytes.readableBytesView.starts(with: "HTTP/1.1 431 ".utf8))
    var passed = 0
    while try channel.readInbound(as: ByteBuffer.self) != nil { passed += 1 }
    try channel.writeInbound(piece)
    #expect(try channel.readInbound(as: ByteBuffer.self) == nil)
    #expect(passed == 5)
  }

  @Test("A body that drips has ten seconds, and one more for each 32 KiB that came")
  func slowBody() throws {
    let channel = try parsed()
    try channel.writeInbound(HTTPRequestPart.head(post))
    channel.embeddedEventLoop.advanceTime(by: .seconds(9))
    try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(repeating: 0, count: 2 * 32 * 1_024)))
    channel.embeddedEventLoop.advanceTime(by: .seconds(2))
    #expect(try status(channel) == nil)
    channel.embeddedEventLoop.advanceTime(by: .seconds(1))
    #expect(try status(channel) == 408)
    channel.embeddedEventLoop.advanceTime(by: .seconds(2))
    #expect(!channel.isActive)
  }

  @Test("A body that has come is not watched, an answer has two minutes, an event stream no end")
  func longAnswer() throws {
    for (type, isOpen) in [("application/json", false), ("text/event-stream", true)] {
      let channel = try parsed()
      try channel.writeInbound(HTTPRequestPart.head(post))
      try channel.writeInbound(HTTPRequestPart.end(nil))
      channel.embeddedEventLoop.advanceTime(by: .seconds(119))
      #expect(channel.isActive)
      let head = HTTPResponse(status: .ok, headerFields: [.contentType: type])
      channel.writeAndFlush(HTTPResponsePart.head(head), promise: nil)
      channel.embeddedEventLoop.advanceTime(by: .seconds(3_600))
      #expect(channel.isActive == isOpen, "\(type)")
    }
  }

  @Test("After an answer that came early a body goes on for two seconds or 1 MiB, then the connection ends")
  func restOfBody() throws {
    for (bytes, seconds, isOpen) in [(1_024, 1, true), (1_024, 2, false), (1_048_577, 0, false)] {
      let channel = try parsed()
      try channel.writeInbound(HTTPRequestPart.head(post))
      channel.write(HTTPResponsePart.head(HTTPResponse(status: .contentTooLarge)), promise: nil)
      channel.writeAndFlush(HTTPResponsePart.end(nil), promise: nil)
      _ = try? channel.writeInbound(HTTPRequestPart.body(ByteBuffer(repeating: 0, count: bytes)))
      channel.embeddedEventLoop.advanceTime(by: .seconds(Int64(seconds)))
      #expect(channel.isActive == isOpen, "\(bytes) bytes, \(seconds) s")
    }
  }

  @Test("After an answered request the next one has its time anew")
  func nextRequest() throws {
    let channel = try parsed()
    for _ in 0..<20 {
      try channel.writeInbound(HTTPRequestPart.head(post))
      try channel.writeInbound(HTTPRequestPart.end(nil))
      channel.embeddedEventLoop.advanceTime(by: .seconds(9))
      channel.write(HTTPResponsePart.head(HTTPResponse(status: .ok)), promise: nil)
      channel.writeAndFlush(HTTPResponsePart.end(nil), promise: nil)
    }
    #expect(channel.isActive)
  }

  @Test("An empty 400 of the framework becomes an error like all others; one of ours stays")
  func parseErrors() throws {
    let (empty, own): (HTTPFields, HTTPFields) = ([.connection: "close", .contentLength: "0"], [.contentLength: "2"])
    for (error, fields, status) in [
      (HTTPParserError.invalidMethod, empty, 400), (.headerOverflow, empty, 431), (.headerOverflow, own, 400),
    ] {
      let channel = try parsed()
      channel.pipeline.fireErrorCaught(error)
      channel.write(HTTPResponsePart.head(HTTPResponse(status: .badRequest, headerFields: fields)), promise: nil)
      channel.writeAndFlush(HTTPResponsePart.end(nil), promise: nil)
      #expect(throws: HTTPParserError.self) { try channel.throwIfErrorCaught() }
      #expect(try self.status(channel) == status)
      guard fields == empty, case .body(let body) = try channel.readOutbound(as: HTTPResponsePart.self) else {
        continue
      }
      #expect(String(buffer: body).hasPrefix(#"{"error":{"hint":null,"id":"#))
    }
  }

  @Test("Connections are counted: as many as there may be, from another machine fewer, and one is free when one ends")
  func connections() throws {
    let count = ConnectionCount(limit: 5, limitFromOne: 2)
    func open(_ address: String) throws -> EmbeddedChannel {
      let channel = try raw([ConnectionGate(count)])
      // Whom an embedded channel connects to is its remote side.
      try channel.connect(to: SocketAddress(ipAddress: address, port: 1)).wait()
      return channel
    }
    let refusal = String(buffer: RawAnswer.full.bytes)
    let phones = try (0..<3).map { _ in try open("192.168.1.77") }
    #expect(try phones.map(text) == [nil, nil, refusal])
    let own = try (0..<4).map { _ in try open("127.0.0.1") }
    #expect(try own.map(text) == [nil, nil, nil, refusal])
    #expect(count.all == 5)
    try phones[0].close().wait()
    #expect(try text(try open("127.0.0.1")) == nil)
    // One that was refused gives no seat back, and hears no bytes.
    try own[3].writeInbound(ByteBuffer(string: "GET / HTTP/1.1\r\n\r\n"))
    #expect(try own[3].readInbound(as: ByteBuffer.self) == nil)
    own[3].embeddedEventLoop.advanceTime(by: .seconds(2))
    #expect(!own[3].isActive)
    #expect(count.all == 5)
  }
}
