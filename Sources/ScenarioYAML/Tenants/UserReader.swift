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
    for (key, path) in [("mustChangePassword", \User.mustChangePassword), ("mustRegister", \User.mustRegister)] {
      if let node = fields[key], let flag = reading.flag(node, key) { user[keyPath: path] = flag }
    }
    if let apps = fields["apps"], let registrations = self.apps(apps, &registered) { user.apps = registrations }
    if let passkeys = fields["passkeys"], let names = names(passkeys, "passkeys") { user.passkeys = names }
  }

  private func apps(_ node: Node, _ registered: inout Int) -> [AppRegistration]? {
    guard let entries = reading.sequence(node, "apps") else { return nil }
    let apps = entries.compactMap { app($0, &registered) }
    if apps.count > OATHToken.maxPerUser || Set(apps.map(\.device)).count < apps.count {
      reading.report(
        "wrong-apps", "a user has at most \(OATHToken.maxPerUser) tokens and apps, each device once", at: node)
    }
    return apps
  }

  /// By its name it has the next secret, which no app of the file has.
  private func app(_ node: Node, _ registered: inout Int) -> AppRegistration? {
    guard case .mapping = node else {
      guard let name = reading.words(node, "apps") else { return nil }
      registered += 1
      return AppRegistration(device: name, secret: AppSecret(registered))
    }
    guard let fields = reading.fields(node, "an app", of: Grammar.registeredApp),
      let device = fields["device"].flatMap({ reading.words($0, "device") }),
      let secret = fields["secret"].flatMap({ reading.whole($0, "secret", 1...Grammar.mostCounted) })
    else { return nil }
    registered = max(registered, secret)
    return AppRegistration(device: device, secret: AppSecret(secret))
  }

  private func names(_ node: Node, _ what: String) -> [String]? {
    reading.sequence(node, what)?.compactMap { reading.words($0, what) }
  }
}
