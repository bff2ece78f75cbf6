import Hummingbird

/// The order in which a request is looked at, from the outside in.
enum SafetyLayers {
  /// To be called before anything else is added to the router.
  static func add(
    to router: Router<ConsoleContext>, routes: KnownRoutes, invitations: Invitations?, log: EventLog
  ) {
    router.add(middleware: SecurityHeaders())
    router.add(middleware: ErrorAnswers(routes: routes))
    router.add(middleware: HostGuard())
    router.add(middleware: OriginGuard())
    router.add(middleware: Admission(invitations: invitations))
    router.add(middleware: BodyGuard())
    router.add(middleware: StreamSeats(log: log))
  }
}
