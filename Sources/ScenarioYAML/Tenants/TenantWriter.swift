import ScenarioModel
import VerificationCore

/// Writes what a scenario is given: the whole tenant, inline.
enum TenantWriter {
  static func given(_ given: Given) -> [String] {
    let tenant = given.tenant
    var lines = ["given:", "  tenant:", "    tenant: \(Quoted.text(tenant.name))"]
    if tenant.federation != .managed { lines.append("    type: \(tenant.federation.rawValue)") }
    if tenant.deployment != .cloud { lines.append("    deployment: \(tenant.deployment.rawValue)") }
    if tenant.licence != .p2 { lines.append("    licence: \(tenant.licence.rawValue)") }
    lines.append("    language: \(tenant.language)")
    let settings = Setting.all.filter { $0.value(in: tenant.settings) != $0.defaultValue }
    if !settings.isEmpty {
      lines.append("    settings:")
      lines += settings.map { "      \($0.name): \(Quoted.text($0.value(in: tenant.settings)))" }
    }
    if let file = given.tokenFile { lines.append("    tokens: \(Quoted.text(file))") }
    if !tenant.locations.isEmpty { lines += ["    locations:"] + tenant.locations.map { "      - \(location($0))" } }
    lines.append("    users:")
    for user in tenant.users { lines += self.user(user, given).map { "      \($0)" } }
    if !tenant.greetings.isEmpty { lines += ["    greetings:"] + tenant.greetings.map { "      - \(greeting($0))" } }
    lines.append("  user: \(given.user)")
    if given.start != .virtualStart { lines.append("  start: \(given.start)") }
    return lines
  }

  private static func user(_ user: User, _ given: Given) -> [String] {
    var entries = ["upn: \(user.upn)"]
    if user.name != user.upn.text { entries.append("name: \(Quoted.text(user.name))") }
    let phones = PhoneKind.allCases.compactMap { kind in
      user.phones[kind].map { "\(kind.rawValue): \(Quoted.text($0.full))" }
    }
    if !phones.isEmpty { entries.append("phones: {\(phones.joined(separator: ", "))}") }
    if let language = user.language { entries.append("language: \(language)") }
    if !user.groups.isEmpty { entries.append("groups: \(Quoted.list(user.groups))") }
    if user.isGuest { entries.append("guest: true") }
    if !user.isEnabled { entries.append("enabled: false") }
    if user.requirement != .enforced { entries.append("state: \(user.requirement.rawValue)") }
    if let method = user.defaultMethod { entries.append("method: \(method.rawValue)") }
    if !user.apps.isEmpty { entries.append("apps: \(Quoted.list(user.apps.map(\.device)))") }
    if !user.passkeys.isEmpty { entries.append("passkeys: \(Quoted.list(user.passkeys))") }
    if user.hasAppPassword { entries.append("appPassword: true") }
    if let pin = given.pins[user.upn] { entries.append("pin: \(Quoted.text(pin.revealed))") }
    for command in given.begun where command.upn == user.upn {
      if case .block = command { entries.append("blocked: true") }
      if case .confirmCompromised = command { entries.append("risk: high") }
    }
    return entries.enumerated().map { ($0 == 0 ? "- " : "  ") + $1 }
  }

  private static func location(_ location: NamedLocation) -> String {
    "{name: \(Quoted.text(location.name)), ranges: \(Quoted.list(location.ranges.map(\.description))), "
      + "trusted: \(location.isTrusted)}"
  }

  private static func greeting(_ greeting: CustomGreeting) -> String {
    let script = greeting.script.map { ", script: \(Quoted.text($0))" } ?? ""
    return "{message: \(greeting.message.rawValue), language: \(greeting.language), "
      + "length: \(greeting.length.decimalSeconds)s\(script)}"
  }
}
