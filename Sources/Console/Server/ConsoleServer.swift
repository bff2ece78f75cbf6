import Hummingbird
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
    public let diagrams: [String: JSON]
    public let desks: Desks

    /// - Parameter diagrams: of the machines, as `/api/room/diagram` gives them.
    public init(room: Room, sounds: any RoomSounds, pages: Pages, diagrams: [String: JSON], desks: Desks) {
      (self.room, self.sounds, self.pages, self.diagrams, self.desks) = (room, sounds, pages, diagrams, desks)
    }
  }

  private let parts: Parts
  private let logger: Logger

  public init(_ parts: Parts, logger: Logger) {
    (self.parts, self.logger) = (parts, logger)
  }

  func router() -> Router<ConsoleContext> {
    let router = Router(context: ConsoleContext.self)
    router.add(middleware: PageFiles(pages: parts.pages))
    RoomRoutes(room: parts.room, sounds: parts.sounds).add(to: router)
    parts.desks.add(to: router) { [room = parts.room] in try await room.renew() }
    let diagrams = parts.diagrams
    router.get("/api/room/diagram") { _, _ in try Response.json(JSON.object(diagrams)) }
    return router
  }

  /// Serves until it is told to stop by SIGINT or SIGTERM, or its task is cancelled.
  ///
  /// - Parameter started: told the port it listens on.
  /// - Throws: where the port is taken (`IOError` with EADDRINUSE), or cannot be listened on.
  public func run(host: String, port: Int, started: @escaping @Sendable (Int) -> Void) async throws {
    let app = Application(
      router: router(),
      configuration: ApplicationConfiguration(address: .hostname(host, port: port)),
      services: [Pulse(log: parts.room.log)],
      onServerRunning: { channel in started(channel.localAddress?.port ?? port) }, logger: logger)
    var configuration = ServiceGroupConfiguration(
      services: [.init(service: app)], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    // Whoever still holds a connection is not waited for.
    configuration.maximumGracefulShutdownDuration = .seconds(3)
    try await ServiceGroup(configuration: configuration).run()
    await parts.room.close()
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
