import ScenarioModel
import VerificationCore

/// Reads of a user what is neither a number nor a secret.
struct UserReader {
  let reading: Reading

  func complete(_ user: inout User, _ fields: Fields, registered: inout Int) {
    if let groups = fields["groups"], let names = names(groups, "groups") { user.groups = names }
    if let guest = fields["guest"], let flag = reading.flag(guest, "guest") { user.isGuest = flag }
    if let enabled = fields["enabled"], let flag = reading.flag(enabled, "enabled") { user.isEnabled = flag }
    if let state = fields["state"],
      let requirement = reading.value(
        state, "state", takes: "disabled, enabled or enforced", { User.Requirement(rawValue: $0) })
    {
      user.requirement = requirement
    }
    if let method = fields["method"] { user.defaultMethod = reading.method(method, "method") }
    if let appPassword = fields["appPassword"], let flag = reading.flag(appPassword, "appPassword") {
      user.hasAppPassword = flag
    }
    if let apps = fields["apps"], let names = names(apps, "apps") {
      if names.count > OATHToken.maxPerUser || Set(names).count < names.count {
        reading.report(
          "wrong-apps", "a user has at most \(OATHToken.maxPerUser) tokens and apps, each device once", at: apps)
      }
      user.apps = names.map { name in
        registered += 1
        return AppRegistration(device: name, secret: AppSecret(registered))
      }
    }
    if let passkeys = fields["passkeys"], let names = names(passkeys, "passkeys") { user.passkeys = names }
  }

  private func names(_ node: Node, _ what: String) -> [String]? {
    reading.sequence(node, what)?.compactMap { reading.name($0, what) }
  }
}
