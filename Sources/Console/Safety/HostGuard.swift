import HTTPTypes
import Hummingbird
import NIOCore

/// Answers to its own name alone. A page whose name is bent to this machine (DNS rebinding) asks for that name, and gets
/// nothing.
struct HostGuard: RouterMiddleware {
  func handle(
    _ request: Request, context: ConsoleContext, next: (Request, ConsoleContext) async throws -> Response
  ) async throws -> Response {
    let own = OwnAuthorities(of: context.channel)
    // The first Host field is the authority; any other is left among the fields.
    guard let host = request.head.authority, request.headers[.host] == nil else {
      throw Refused(.badRequest, "host", "a request needs one Host field that says whom it is for")
    }
    guard own.contain(host) else {
      throw Refused(
        .misdirectedRequest, "host", "the console is not reached by this name",
        hint: own.preferred.map { "open http://\($0)/" })
    }
    return try await next(request, context)
  }
}

/// What this server is called on a connection: the very address that it came in by, and on loopback `localhost`.
struct OwnAuthorities {
  private let names: [String]
  private let port: Int

  init(of channel: any Channel) {
    let address = channel.localAddress
    port = address?.port ?? 0
    guard let address, let literal = address.literal else {
      names = []
      return
    }
    names = address.isLoopback ? ["127.0.0.1", "localhost", "[::1]"] : [literal]
  }

  /// - Parameter authority: as a Host field has it.
  func contain(_ authority: String) -> Bool {
    let authority = authority.lowercased()
    return names.contains { name in
      authority == "\(name):\(port)" || (port == 80 && authority == name)
    }
  }

  /// - Parameter origin: as an Origin field has it.
  func contain(origin: String) -> Bool {
    let scheme = "http://"
    return origin.lowercased().hasPrefix(scheme) && contain(String(origin.dropFirst(scheme.count)))
  }

  var preferred: String? { names.first.map { port == 80 ? $0 : "\($0):\(port)" } }
}

extension SocketAddress {
  /// The address as it stands in a link, IPv6 in brackets; an IPv4 address that came in over IPv6 is one of IPv4.
  var literal: String? {
    guard let text = ipAddress?.lowercased() else { return nil }
    if text.hasPrefix("::ffff:"), text.contains(".") { return String(text.dropFirst(7)) }
    // The zone of a link-local address is for this machine alone.
    let plain = text.prefix { $0 != "%" }
    return plain.contains(":") ? "[\(plain)]" : String(plain)
  }

  /// RFC 1122, 3.2.1.3; RFC 4291, 2.5.3.
  var isLoopback: Bool { literal.map { $0.hasPrefix("127.") || $0 == "[::1]" } ?? false }
}
