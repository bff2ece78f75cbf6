import HTTPTypes
import Hummingbird
import NIOHTTP1

/// What is asked of a desk: the request, the parts of its address, what stands behind the question mark.
struct DeskRequest: Sendable {
  let request: Request
  let context: ConsoleContext
  let query: RequestQuery

  init(_ request: Request, _ context: ConsoleContext) throws(Refused) {
    (self.request, self.context) = (request, context)
    query = try RequestQuery(request.uri.query)
  }

  /// A part of the address, as it was before it was encoded.
  func part(_ name: String) throws(Refused) -> String {
    guard let text = context.parameters.get(name).flatMap(RequestQuery.decoded) else {
      throw Refused(.badRequest, "badInput", "the address is not percent-encoded UTF-8")
    }
    return text
  }

  /// The members of the JSON object that comes with it.
  var fields: RequestFields { get async throws { try await RequestFields(request) } }
}

extension Router<ConsoleContext> {
  /// Answers one kind of request of a desk.
  func desk(
    _ method: HTTPRequest.Method, _ path: RouterPath,
    _ answer: @escaping @Sendable (DeskRequest) async throws -> Response
  ) {
    on(path, method: method) { request, context in
      do {
        return try await answer(try DeskRequest(request, context))
      } catch let refusal as DeskRefusal {
        throw refusal.refused
      }
    }
  }
}
