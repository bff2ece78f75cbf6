/// How a tenant was set up, as facts. Applying them never fails.
public enum SetupEvent: Hashable, Sendable {
  /// All that holds is taken away, but for the records; what the tenant is from now on follows.
  case cleared
  case organisationChanged(Organisation)
  /// A value that the setting takes.
  case settingChanged(SettingChange)
  case providerNoted(name: String)
  /// Takes the place of the one of the same name.
  case userSet(User)
  case greetingAdded(CustomGreeting)
  case greetingDeleted(MessageType, Language)
  case locationSet(NamedLocation)
  case locationDeleted(name: String)
  case tokenAssigned(serial: String, to: UPN?)
  /// What it is, is kept outside.
  case pinSet(UPN)
  case pinDeleted(UPN)
  /// So many apps have been registered, some of which are gone.
  case registrationsCounted(Int)
}

/// What a tenant says of itself.
public struct Organisation: Hashable, Sendable {
  public var name: String
  public var federation: Tenant.Federation
  public var deployment: Tenant.Deployment
  public var licence: Tenant.Licence
  public var language: Language

  public init(
    name: String, federation: Tenant.Federation, deployment: Tenant.Deployment, licence: Tenant.Licence,
    language: Language
  ) {
    self.name = name
    self.federation = federation
    self.deployment = deployment
    self.licence = licence
    self.language = language
  }
}
