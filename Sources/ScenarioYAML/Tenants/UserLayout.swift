import VerificationCore

/// A person as the entries of a tenant file, but for the PIN and what has happened.
struct UserLayout {
  private let user: User

  init(_ user: User) { self.user = user }

  /// - Parameter registered: the highest secret so far; the next needs no number.
  func entries(registered: inout Int) -> [LayoutEntry] {
    var entries = [LayoutEntry("upn", .text(user.upn.text))]
    if user.name != user.upn.text { entries.append(LayoutEntry("name", .text(user.name))) }
    let phones = PhoneKind.allCases.compactMap { kind in
      user.phones[kind].map { LayoutEntry(kind.rawValue, .text($0.full)) }
    }
    if !phones.isEmpty { entries.append(LayoutEntry("phones", .flow(phones))) }
    if let language = user.language { entries.append(LayoutEntry("language", .text(language.tag))) }
    if !user.groups.isEmpty { entries.append(LayoutEntry("groups", .texts(user.groups))) }
    if user.isGuest { entries.append(LayoutEntry("guest", .flag(true))) }
    if !user.isEnabled { entries.append(LayoutEntry("enabled", .flag(false))) }
    if user.requirement != .enforced { entries.append(LayoutEntry("state", .word(user.requirement.rawValue))) }
    if let method = user.defaultMethod { entries.append(LayoutEntry("method", .word(method.rawValue))) }
    if !user.apps.isEmpty { entries.append(LayoutEntry("apps", .flow(user.apps.map { app($0, &registered) }))) }
    if !user.passkeys.isEmpty { entries.append(LayoutEntry("passkeys", .texts(user.passkeys))) }
    if user.hasAppPassword { entries.append(LayoutEntry("appPassword", .flag(true))) }
    if user.mustChangePassword { entries.append(LayoutEntry("mustChangePassword", .flag(true))) }
    if user.mustRegister { entries.append(LayoutEntry("mustRegister", .flag(true))) }
    return entries
  }

  private func app(_ app: AppRegistration, _ registered: inout Int) -> LayoutNode {
    let isNext = app.secret.registration == registered + 1
    registered = max(registered, app.secret.registration)
    if isNext { return .text(app.device) }
    return .flow([
      LayoutEntry("device", .text(app.device)), LayoutEntry("secret", .word("\(app.secret.registration)")),
    ])
  }
}
