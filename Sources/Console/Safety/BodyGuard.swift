import Hummingbird

/// Refuses a body that says itself that it is too long, before any of it is read. Those that do not say are counted
/// while they come.
struct BodyGuard: RouterMiddleware {
  func handle(
    _ request: Request, context: ConsoleContext, next: (Request, ConsoleContext) async throws -> Response
  ) async throws -> Response {
    let limit = Limits.body(path: request.uri.path)
    if let text = request.headers[.contentLength], Int(text).map({ $0 > limit }) ?? true {
      throw Refused(.contentTooLarge, "tooLarge", "the body has more than \(limit) bytes")
    }
    return try await next(request, context)
  }
}
