import Hummingbird

/// Where the work of the pages for admins is done.
public struct Desks: Sendable {
  public let greetings: any GreetingDesk
  public let people: any PeopleDesk

  public init(greetings: any GreetingDesk, people: any PeopleDesk) {
    (self.greetings, self.people) = (greetings, people)
  }
}

extension Desks {
  /// - Parameter renew: has the room take the tenant anew, after what an admin did.
  func add(to router: Router<ConsoleContext>, renew: @escaping @Sendable () async throws -> Void) {
    GreetingRoutes(desk: greetings, renew: renew).add(to: router)
    PeopleRoutes(desk: people, renew: renew).add(to: router)
  }
}
