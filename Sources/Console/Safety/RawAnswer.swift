import NIOCore

/// An answer written to a connection on which no request could be read. The connection ends with it.
struct RawAnswer {
  let status: Int
  let reason: String
  let id: String
  let message: String

  /// Everything of it is known here: nothing needs an escape.
  var json: String { #"{"error":{"hint":null,"id":"\#(id)","message":"\#(message)"}}"# }

  var bytes: ByteBuffer {
    ByteBuffer(
      string: "HTTP/1.1 \(status) \(reason)\r\nContent-Type: application/json\r\nContent-Length: \(json.utf8.count)\r\n"
        + "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n\(json)")
  }

  static let headTooLarge = RawAnswer(
    status: 431, reason: "Request Header Fields Too Large", id: "headTooLarge",
    message: "the request line and the header fields are too long")
  static let slow = RawAnswer(
    status: 408, reason: "Request Timeout", id: "slow", message: "the request took too long to come")
  static let notHTTP = RawAnswer(status: 400, reason: "Bad Request", id: "request", message: "this is no HTTP request")
  static let full = RawAnswer(
    status: 503, reason: "Service Unavailable", id: "full", message: "too many connections are open; try again later")
}
