/// How an admin asks for a tenant to be set up; what is done to people and their methods is a `TenantCommand`.
public enum SetupCommand: Hashable, Sendable {
  case changeOrganisation(OrganisationChange)
  /// All of them or none.
  case changeSettings([SettingChange])
  /// To a setting that is a list, behind those that it has.
  case addEntries(setting: String, [String])
  case deleteEntries(setting: String, [String])
  case addUser(User)
  case changeUser(UPN, UserChange)
  /// An admin writes a number in; a person's own is `TenantCommand.registerPhone`.
  case setPhone(UPN, PhoneKind, PhoneNumber)
  /// Takes the place of the one of the same message and language.
  case addGreeting(CustomGreeting)
  case deleteGreeting(MessageType, Language)
  /// Takes the place of the one of the same name.
  case setLocation(NamedLocation)
  /// None of this name is there.
  case addLocation(NamedLocation)
  case changeLocation(name: String, LocationChange)
  case deleteLocation(name: String)
  /// nil: the token is nobody's.
  case assignToken(serial: String, to: UPN?)
  /// The PIN is kept outside; whether it is the report code was found out there (CALL-9).
  case setPIN(UPN, isReportCode: Bool)
  case deletePIN(UPN, isThere: Bool)

  /// The least roles that may do it: all of these are needed (TEN-10).
  public var leastRoles: Set<Role> {
    switch self {
    case .changeOrganisation: [.globalAdministrator]
    // Nothing to change is audited all the same.
    case .changeSettings([]): [.authenticationPolicyAdministrator]
    case .changeSettings(let changes): Set(changes.map { Setting.leastRole(ofSetting: $0.name) })
    case .addEntries(let setting, _), .deleteEntries(let setting, _): [Setting.leastRole(ofSetting: setting)]
    case .addUser, .changeUser: [.userAdministrator]
    case .setPhone, .setPIN, .deletePIN: [.authenticationAdministrator]
    case .addGreeting, .deleteGreeting: [.authenticationPolicyAdministrator]
    case .setLocation, .addLocation, .changeLocation, .deleteLocation: [.conditionalAccessAdministrator]
    case .assignToken: [.globalAdministrator]
    }
  }
}

/// A setting by name and the text of its value, as a tenant file writes it.
public struct SettingChange: Hashable, Sendable {
  public var name: String
  public var value: String

  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

/// What of an organisation is to change; nil stays as it is.
public struct OrganisationChange: Hashable, Sendable {
  public var name: String?
  public var federation: Tenant.Federation?
  public var deployment: Tenant.Deployment?
  public var licence: Tenant.Licence?
  public var language: Language?

  public init(
    name: String? = nil, federation: Tenant.Federation? = nil, deployment: Tenant.Deployment? = nil,
    licence: Tenant.Licence? = nil, language: Language? = nil
  ) {
    self.name = name
    self.federation = federation
    self.deployment = deployment
    self.licence = licence
    self.language = language
  }
}

/// What of a location is to change; nil stays as it is.
public struct LocationChange: Hashable, Sendable {
  public var ranges: [IPRange]?
  public var isTrusted: Bool?

  public init(ranges: [IPRange]? = nil, isTrusted: Bool? = nil) {
    self.ranges = ranges
    self.isTrusted = isTrusted
  }
}

/// What of a user is to change; nil stays as it is.
public struct UserChange: Hashable, Sendable {
  public var name: String?
  /// The inner nil takes the stored language away.
  public var language: Language??
  public var groups: [String]?
  public var isGuest: Bool?
  public var requirement: User.Requirement?
  /// The inner nil takes the default away.
  public var defaultMethod: Method??
  public var hasAppPassword: Bool?

  public init() {}

  /// What changes, by name; empty where nothing does.
  public var told: String {
    let changes = [
      ("name", name != nil), ("language", language != nil), ("groups", groups != nil), ("guest", isGuest != nil),
      ("state", requirement != nil), ("method", defaultMethod != nil), ("app password", hasAppPassword != nil),
    ]
    return changes.filter(\.1).map(\.0).joined(separator: ", ")
  }

  public func applied(to user: User) -> User {
    var user = user
    if let name { user.name = name }
    if let language { user.language = language }
    if let groups { user.groups = groups }
    if let isGuest { user.isGuest = isGuest }
    if let requirement { user.requirement = requirement }
    if let defaultMethod { user.defaultMethod = defaultMethod }
    if let hasAppPassword { user.hasAppPassword = hasAppPassword }
    return user
  }
}

extension Setting {
  /// The least role that may change it (TEN-10).
  public var leastRole: Role { Self.leastRole(ofSetting: name) }

  public static func leastRole(ofSetting name: String) -> Role {
    switch name.prefix(while: { $0 != "." }) {
    case "conditionalAccess", "risk": .conditionalAccessAdministrator
    case "oath", "federation": .globalAdministrator
    default: .authenticationPolicyAdministrator
    }
  }
}
