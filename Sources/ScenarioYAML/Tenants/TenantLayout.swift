import ScenarioModel
import VerificationCore

/// A tenant as the entries of a tenant file, or of what a scenario is given inline.
struct TenantLayout {
  let tenant: Tenant
  /// Written in clear.
  var pins: [UPN: Passcode] = [:]
  var keptPINs: Set<UPN> = []
  /// By the order of the tenant's greetings; where there is none, the length is told.
  var greetingFiles: [String?] = []
  /// Stands for the tokens, with their keys.
  var tokenFile: String?
  /// What is decided at the start.
  var begun: [TenantCommand] = []

  init(_ tenant: Tenant) { self.tenant = tenant }

  var entries: [LayoutEntry] {
    var entries = organisation
    if !settings.isEmpty { entries.append(LayoutEntry("settings", .block(settings))) }
    if !tenant.providers.isEmpty { entries.append(LayoutEntry("providers", .texts(tenant.providers))) }
    if !tenant.locations.isEmpty { entries.append(LayoutEntry("locations", .block(tenant.locations.map(location)))) }
    if tenant.registrations > 0 { entries.append(LayoutEntry("registrations", .word("\(tenant.registrations)"))) }
    let users = users
    if !users.isEmpty { entries.append(LayoutEntry("users", .block(users))) }
    if let tokenFile {
      entries.append(LayoutEntry("tokens", .text(tokenFile)))
    } else if !tenant.tokens.isEmpty {
      entries.append(LayoutEntry("tokens", .block(tenant.tokens.map(token))))
    }
    let greetings = tenant.greetings.enumerated().map { greeting($1, at: $0) }
    if !greetings.isEmpty { entries.append(LayoutEntry("greetings", .block(greetings))) }
    return entries
  }

  private var organisation: [LayoutEntry] {
    var entries = [LayoutEntry("tenant", .text(tenant.name))]
    if tenant.federation != .managed { entries.append(LayoutEntry("type", .word(tenant.federation.rawValue))) }
    if tenant.deployment != .cloud { entries.append(LayoutEntry("deployment", .word(tenant.deployment.rawValue))) }
    if tenant.licence != .p2 { entries.append(LayoutEntry("licence", .word(tenant.licence.rawValue))) }
    return entries + [LayoutEntry("language", .text(tenant.language.tag))]
  }

  private var settings: [LayoutEntry] {
    Setting.all.compactMap { setting in
      let value = setting.value(in: tenant.settings)
      guard value != setting.defaultValue else { return nil }
      return LayoutEntry(setting.name, node(of: setting, value))
    }
  }

  private func node(of setting: Setting, _ value: String) -> LayoutNode {
    switch setting.kind {
    case .flag, .count, .length, .choice: .word(value)
    case .list: .texts(setting.entries(in: tenant.settings) ?? [])
    case .reportCode, .number, .text: .text(value)
    }
  }

  private var users: [LayoutNode] {
    let begun = Dictionary(grouping: self.begun, by: \.upn)
    let facts = FactsByUser(tenant)
    var registered = 0
    return tenant.users.map { user in
      var entries = UserLayout(user).entries(registered: &registered)
      if let pin = pins[user.upn] {
        entries.append(LayoutEntry("pin", .text(pin.revealed)))
      } else if keptPINs.contains(user.upn) {
        entries.append(LayoutEntry("pin", .word(Reading.keptPIN)))
      }
      return .block(entries + facts.entries(of: user.upn, begun: begun[user.upn] ?? []))
    }
  }

  private func location(_ location: NamedLocation) -> LayoutNode {
    var entries = [
      LayoutEntry("name", .text(location.name)), LayoutEntry("ranges", .texts(location.ranges.map(\.description))),
    ]
    if location.isTrusted { entries.append(LayoutEntry("trusted", .flag(true))) }
    return .flow(entries)
  }

  private func token(_ token: OATHToken) -> LayoutNode {
    var entries = [
      LayoutEntry("serial", .text(token.serial)), LayoutEntry("interval", .word("\(token.interval.rawValue)")),
    ]
    if !token.manufacturer.isEmpty { entries.append(LayoutEntry("manufacturer", .text(token.manufacturer))) }
    if !token.model.isEmpty { entries.append(LayoutEntry("model", .text(token.model))) }
    if let owner = token.owner { entries.append(LayoutEntry("user", .text(owner.text))) }
    if !token.isActive { entries.append(LayoutEntry("active", .flag(false))) }
    return .flow(entries)
  }

  private func greeting(_ greeting: CustomGreeting, at index: Int) -> LayoutNode {
    var entries = [
      LayoutEntry("message", .word(greeting.message.rawValue)), LayoutEntry("language", .text(greeting.language.tag)),
    ]
    if greetingFiles.indices.contains(index), let file = greetingFiles[index] {
      entries.append(LayoutEntry("file", .text(file)))
    } else {
      entries.append(LayoutEntry("length", .word("\(greeting.length.decimalSeconds)s")))
    }
    if let script = greeting.script { entries.append(LayoutEntry("script", .text(script))) }
    return .flow(entries)
  }
}
