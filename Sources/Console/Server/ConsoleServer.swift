import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
import ServiceLifecycle
import UnixSignals

/// The console: pages, events and API behind one address.
public struct ConsoleServer: Sendable {
  /// What it serves.
  public struct Parts: Sendable {
    public let room: Room
    public let sounds: any RoomSounds
    public let pages: Pages
    let diagrams: @Sendable () async throws -> [String: JSON]
    public let desks: Desks
    public let invitations: Invitations?

    /// - Parameters:
    ///   - diagrams: of the machines, as `/api/room/diagram` gives them.
    ///   - invitations: for devices that are not this machine; without them none comes in.
    public init(
      room: Room, sounds: any RoomSounds, pages: Pages, diagrams: @escaping @Sendable () async throws -> [String: JSON],
      desks: Desks, invitations: Invitations? = nil
    ) {
      (self.room, self.sounds, self.pages, self.diagrams, self.desks) = (room, sounds, pages, diagrams, desks)
      self.invitations = invitations
    }
  }

  private let parts: Parts
  private let logger: Logger

  public init(_ parts: Parts, logger: Logger) {
    (self.parts, self.logger) = (parts, logger)
  }

  func router() -> Router<ConsoleContext> {
    Self.guarded(parts.pages, parts.invitations, parts.room.log) { router in
      RoomRoutes(room: parts.room, sounds: parts.sounds, isListening: parts.invitations != nil).add(to: router)
      parts.desks.add(to: router) { [room = parts.room] in await room.renew() }
      let diagrams = parts.diagrams
      router.get("/api/room/diagram") { _, _ in try Response.json(JSON.object(try await diagrams())) }
    }
  }

  /// Pages, invitations and what is added, behind everything that looks at a request first.
  static func guarded(
    _ pages: Pages, _ invitations: Invitations?, _ log: EventLog, adding: (Router<ConsoleContext>) -> Void
  ) -> Router<ConsoleContext> {
    let router = Router(context: ConsoleContext.self, options: .autoGenerateHeadEndpoints)
    let routes = KnownRoutes()
    SafetyLayers.add(to: router, routes: routes, invitations: invitations, log: log)
    router.add(middleware: PageFiles(pages: pages))
    adding(router)
    InvitationRoutes(invitations: invitations).add(to: router)
    router.get("/api/openapi.json") { _, _ in Response.bytes(pages.openAPI, type: "application/json") }
    for route in router.routes { routes.add(route.path.description, route.method.rawValue) }
    for path in pages.files.keys { routes.add(path, "GET") }
    return router
  }

  /// Serves until it is told to stop by SIGINT or SIGTERM, or its task is cancelled.
  ///
  /// - Parameter started: told the port it listens on.
  /// - Throws: where the port is taken (`IOError` with EADDRINUSE), or cannot be listened on.
  public func run(host: String, port: Int, started: @escaping @Sendable (Int) -> Void) async throws {
    let count = ConnectionCount()
    let app = Application(
      router: router(),
      server: HTTPServerBuilder { responder in GuardedChannel(responder: responder, count: count) },
      configuration: ApplicationConfiguration(
        address: .hostname(host, port: port),
        availableConnectionsDelegate: MaximumAvailableConnections(Limits.connectionsTaken, logger: logger)),
      services: [Pulse(log: parts.room.log)],
      onServerRunning: { channel in started(channel.localAddress?.port ?? port) }, logger: logger)
    var configuration = ServiceGroupConfiguration(
      services: [.init(service: app)], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    // Whoever still holds a connection is not waited for.
    configuration.maximumGracefulShutdownDuration = .seconds(3)
    try await ServiceGroup(configuration: configuration).run()
  }
}

/// The files of the pages, before anything else is looked for.
private struct PageFiles: RouterMiddleware {
  let pages: Pages

  func handle(
    _ request: Request, context: ConsoleContext, next: (Request, ConsoleContext) async throws -> Response
  ) async throws -> Response {
    if request.method == .get || request.method == .head, let response = pages.response(to: request) {
      return response
    }
    return try await next(request, context)
  }
}
