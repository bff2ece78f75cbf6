import HTTPTypes
import Hummingbird

/// Keeps pages of other sites in the same browser away: they neither post nor look.
struct OriginGuard: RouterMiddleware {
  func handle(
    _ request: Request, context: ConsoleContext, next: (Request, ConsoleContext) async throws -> Response
  ) async throws -> Response {
    let origin = request.headers[.origin]
    if let origin, !OwnAuthorities(of: context.channel).contain(origin: origin) {
      throw Refused(
        .forbidden, "origin", "a page of another site asks this", hint: "open the console by the address in its bar")
    }
    let site = request.headers[.fetchSite]?.lowercased()
    if site == "cross-site" || site == "same-site", !Self.isOpening(request) {
      throw Refused(.forbidden, "origin", "a page of another site asks this", hint: "open the console itself")
    }
    if request.method != .get, request.method != .head, origin == nil, site != "same-origin", site != "none" {
      throw Refused(
        .forbidden, "origin", "a \(request.method.rawValue) must say where it comes from",
        hint: "scripts send the field Origin with the address of the console, or Sec-Fetch-Site: none")
    }
    return try await next(request, context)
  }

  /// A link to a page of the console that somebody follows.
  private static func isOpening(_ request: Request) -> Bool {
    request.method == .get && !request.uri.path.hasPrefix("/api/")
      && request.headers[.fetchMode]?.lowercased() == "navigate"
      && request.headers[.fetchDestination]?.lowercased() == "document"
  }
}
