import HTTPTypes
import Hummingbird
import Logging
import NIOHTTP1
import Synchronization

/// Whatever goes wrong is answered as `{"error": {"id", "message", "hint"}}`, what the framework itself refuses too.
struct ErrorAnswers: RouterMiddleware {
  let routes: KnownRoutes

  func handle(
    _ request: Request, context: ConsoleContext, next: (Request, ConsoleContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let error as HTTPParserError {
      throw error  // of the connection, which is answered and closed
    } catch let refused as Refused {
      return try answer(refused, to: request, context)
    } catch let error as any HTTPResponseError {
      return try answer(refused(error.status, request), to: request, context)
    } catch {
      context.logger.error("\(request.method) \(request.uri.path.prefix(32)): \(String(reflecting: type(of: error)))")
      let refused = Refused(
        .internalServerError, "internal", "this could not be done", hint: "try again; what others do goes on")
      return try answer(refused, to: request, context)
    }
  }

  private func answer(_ refused: Refused, to request: Request, _ context: ConsoleContext) throws -> Response {
    var response = try refused.response(from: request, context: context)
    if refused.status == .methodNotAllowed {
      response.headers[.allow] = routes.methods(of: request.uri.path).sorted().joined(separator: ", ")
    }
    // What is left of the body is not waited for.
    if refused.status == .contentTooLarge { response.headers[.connection] = "close" }
    return response
  }

  private func refused(_ status: HTTPResponse.Status, _ request: Request) -> Refused {
    guard status == .notFound else {
      return Refused(status, "request", "the request cannot be answered: \(status.reasonPhrase)")
    }
    let methods = routes.methods(of: request.uri.path).sorted()
    guard methods.isEmpty else {
      return Refused(
        .methodNotAllowed, "method", "there is no \(request.method.rawValue) here",
        hint: "it takes \(methods.joined(separator: ", "))")
    }
    return Refused(.notFound, "notFound", "there is nothing at this address", hint: "the console begins at /")
  }
}

/// What can be asked for, to tell a wrong method from a wrong address.
final class KnownRoutes: Sendable {
  private struct Known {
    let pattern: [Substring]
    let method: String
  }

  private let known = Mutex<[Known]>([])

  func add(_ path: String, _ method: String) {
    known.withLock { $0.append(Known(pattern: Self.parts(path), method: method)) }
  }

  /// The methods that an address takes; none where there is nothing.
  func methods(of path: String) -> Set<String> {
    let parts = Self.parts(path)
    let methods = known.withLock { known in Set(known.filter { Self.matches($0.pattern, parts) }.map(\.method)) }
    return methods.contains("GET") ? methods.union(["HEAD"]) : methods
  }

  private static func parts(_ path: String) -> [Substring] { path.split(separator: "/") }

  private static func matches(_ pattern: [Substring], _ parts: [Substring]) -> Bool {
    pattern.count == parts.count
      && zip(pattern, parts).allSatisfy { $0 == $1 || $0.hasPrefix(":") || $0.hasPrefix("{") }
  }
}
