import HTTPTypes
import Hummingbird
import NIOCore
import VerificationCore

/// Why a request is not answered as it was meant: what is wrong, and what to do.
struct Refused: Error, HTTPResponseError {
  let status: HTTPResponse.Status
  /// For scripts.
  let id: String
  let said: Sentence
  let advice: Sentence?
  /// What a page needs beside the message, such as the report of a greeting.
  let details: [String: JSON]

  /// Of what a person asked for in a page.
  init(
    _ status: HTTPResponse.Status, _ id: String, said: Phrasing, advice: Phrasing? = nil, details: [String: JSON] = [:]
  ) {
    (self.status, self.id, self.details) = (status, id, details)
    (self.said, self.advice) = (said.sentence, advice?.sentence)
  }

  /// Of a request that no page of ours makes: it is in English for whoever wrote it.
  init(
    _ status: HTTPResponse.Status, _ id: String, _ message: String, hint: String? = nil
  ) {
    (self.status, self.id, details) = (status, id, [:])
    (said, advice) = (Sentence(english: message), hint.map { Sentence(english: $0) })
  }

  func response(from request: Request, context: some RequestContext) throws -> Response {
    var body = details
    body["error"] = .object(
      ["id": .text(id)].saying(("message", said), ("hint", advice)))
    return try .json(JSON.object(body), status: status)
  }
}

extension Response {
  static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
    Response(
      status: status, headers: [.contentType: "application/json", .cacheControl: "no-store"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: try value.json)))
  }

  static func bytes(_ bytes: [UInt8], type: String, name: String? = nil) -> Response {
    var headers: HTTPFields = [.contentType: type, .cacheControl: "no-store"]
    if let name { headers[.contentDisposition] = "attachment; filename=\"\(name)\"" }
    return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }
}
