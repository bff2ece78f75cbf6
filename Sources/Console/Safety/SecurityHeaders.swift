import HTTPTypes
import Hummingbird

/// What every answer tells a browser, errors included. That there is no CORS header among it is on purpose: no other
/// origin reads anything.
struct SecurityHeaders: RouterMiddleware {
  static let contentSecurity =
    "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; object-src 'none'; base-uri 'none'; "
    + "frame-ancestors 'none'; form-action 'self'"

  private static let fields: HTTPFields = [
    .contentSecurity: contentSecurity,
    .contentTypeOptions: "nosniff",
    .referrerPolicy: "no-referrer",
    .openerPolicy: "same-origin",
    .resourcePolicy: "same-origin",
    .permissionsPolicy:
      "autoplay=(self), camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), usb=()",
  ]

  func handle(
    _ request: Request, context: ConsoleContext, next: (Request, ConsoleContext) async throws -> Response
  ) async throws -> Response {
    var response = try await next(request, context)
    for field in Self.fields { response.headers[field.name] = field.value }
    // Whoever asked for the head alone would take a body for the next answer.
    return request.method == .head ? response.createHeadResponse() : response
  }
}
