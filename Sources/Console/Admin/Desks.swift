import Hummingbird

/// Where the work of the pages for admins is done.
public struct Desks: Sendable {
  public let greetings: any GreetingDesk
  public let people: any PeopleDesk
  public let tokens: any TokenDesk
  public let logs: any LogDesk
  public let settings: any SettingDesk
  public let scenarios: any ScenarioDesk

  public init(
    greetings: any GreetingDesk, people: any PeopleDesk, tokens: any TokenDesk, logs: any LogDesk,
    settings: any SettingDesk, scenarios: any ScenarioDesk
  ) {
    (self.greetings, self.people, self.tokens, self.logs) = (greetings, people, tokens, logs)
    (self.settings, self.scenarios) = (settings, scenarios)
  }
}

extension Desks {
  /// - Parameter renew: has the room take the tenant anew, after what an admin did.
  func add(to router: Router<ConsoleContext>, renew: @escaping @Sendable () async -> Void) {
    GreetingRoutes(desk: greetings, renew: renew).add(to: router)
    PeopleRoutes(desk: people, renew: renew).add(to: router)
    TokenRoutes(desk: tokens, renew: renew).add(to: router)
    LogRoutes(desk: logs).add(to: router)
    SettingRoutes(desk: settings, renew: renew).add(to: router)
    ScenarioRoutes(desk: scenarios).add(to: router)
  }
}
