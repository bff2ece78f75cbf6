import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// Says what is wrong with bytes that are no HTTP: the framework answers them with an empty 400, in whose place this
/// puts one like all others.
final class ParseErrorAnswers: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private var answer: RawAnswer?

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard answer == nil else { return context.fireErrorCaught(error) }
    switch error {
    case HTTPParserError.headerOverflow:
      answer = .headTooLarge
      context.fireErrorCaught(error)
    case is HTTPParserError:
      answer = .notHTTP
      context.fireErrorCaught(error)
    case is HTTP1TypeConversionError:
      // A method that none can be. Only a parser's error is answered.
      answer = .notHTTP
      context.fireErrorCaught(HTTPParserError.invalidMethod)
    default: context.fireErrorCaught(error)
    }
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard let answer, case .head(let head) = unwrapOutboundIn(data), head.isOfFramework else {
      return context.write(data, promise: promise)
    }
    context.write(wrapOutboundOut(.head(answer.response)), promise: nil)
    context.write(wrapOutboundOut(.body(ByteBuffer(string: answer.json))), promise: promise)
  }
}

extension HTTPResponse {
  /// What Hummingbird answers where it could read no request.
  fileprivate var isOfFramework: Bool {
    status == .badRequest && headerFields[.connection] == "close" && headerFields[.contentLength] == "0"
  }
}
