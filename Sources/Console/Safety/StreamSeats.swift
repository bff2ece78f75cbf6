import Hummingbird
import VerificationCore

/// So many pages follow the events at once; one more is told so.
struct StreamSeats: RouterMiddleware {
  let log: EventLog

  func handle(
    _ request: Request, context: ConsoleContext, next: (Request, ConsoleContext) async throws -> Response
  ) async throws -> Response {
    if request.uri.path == "/api/events", log.followers >= Limits.eventStreams {
      throw Refused(
        .serviceUnavailable, "full", said: "\(Limits.eventStreams) pages follow this room already",
        advice: "close some, then load this one again")
    }
    return try await next(request, context)
  }
}
