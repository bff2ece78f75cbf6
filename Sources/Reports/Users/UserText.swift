public import VerificationCore

extension UserPage {
  /// For people: the user, then a fact a line. Numbers stand in full, as on the user's own page.
  public func lines(at now: Instant, style: Style = .plain, width: Int = 80) -> [String] {
    let heading = "\(style.bold(Printable.text(user.upn.text)))  \(Printable.text(user.name))"
    return [heading] + facts(at: now).flatMap { name, texts in fact(name, texts, style, width) }
  }

  private func fact(_ name: String, _ texts: [String], _ style: Style, _ width: Int) -> [String] {
    let lines = (texts.isEmpty ? ["none"] : texts).flatMap {
      Wrapping.wrap(Printable.text($0), width: width - Self.indent)
    }
    return lines.enumerated().map { place, line in
      let label = place == 0 ? name : ""
      let gap = String(repeating: " ", count: Self.indent - 4 - label.count)
      return "    \(style.dim(label))\(gap)\(line)"
    }
  }

  private static let indent = 20

  private func facts(at now: Instant) -> [(String, [String])] {
    [
      ("account", [account]), ("verification", [user.requirement.rawValue + (user.isGuest ? "; a guest" : "")]),
      ("language", [user.language?.tag ?? "none of the user's own"]), ("groups", listed(user.groups)),
    ] + phones + [
      ("default", [user.defaultMethod?.words ?? "none"]), ("methods", status.registered.map(method)),
      ("apps", listed(user.apps.map(\.device))), ("passkeys", listed(user.passkeys)),
      ("tokens", status.tokens.map(token)), ("PIN", [pinWords]), ("pass", status.pass.map { [$0.line(at: now)] } ?? []),
      ("app password", [user.hasAppPassword ? "set" : "none"]), ("blocked", [block]), ("lockout", [lockout]),
      ("risk", risk), ("remembered", status.remembered.map(client)), ("must", duties),
    ]
  }

  private func listed(_ names: [String]) -> [String] { names.isEmpty ? [] : [names.joined(separator: ", ")] }

  private var account: String { user.isEnabled ? "enabled" : "disabled: no sign-in is let in" }

  private var phones: [(String, [String])] {
    PhoneKind.allCases.map { kind in (kind.rawValue, user.phones[kind].map { [$0.full] } ?? []) }
  }

  private func method(_ method: Method) -> String {
    method.words + (status.usable.contains(method) ? "" : ", which is off: \(method.setting)")
  }

  private func token(_ token: OATHToken) -> String {
    let kind = [token.manufacturer, token.model].filter { !$0.isEmpty }.joined(separator: " ")
    let facts = [
      kind.isEmpty ? nil : kind, "\(token.interval.rawValue) s", token.isActive ? "active" : "not activated",
      keyedTokens.contains(token.serial) ? nil : "its key is not in this store",
    ]
    return "\(token.serial): \(facts.compactMap(\.self).joined(separator: ", "))"
  }

  private var pinWords: String {
    switch pin {
    case .none: "none"
    case .set: "set"
    case .leftBehind: "not taken along when the tenant was moved: set one"
    }
  }

  private var block: String {
    guard let block = status.block else { return "no" }
    let by = block.by == .admin ? "an admin" : "the user"
    return "until \(block.until), since \(block.since), by \(by): \(block.reason)"
  }

  private var lockout: String {
    if let until = status.lockedUntil { return "locked until \(until): \(wrongPINs)" }
    return status.wrongPINs == 0 ? "no" : "no; \(wrongPINs)"
  }

  private var wrongPINs: String {
    "\(status.wrongPINs) wrong \(status.wrongPINs == 1 ? "PIN counts" : "PINs in a row count")"
  }

  private var risk: [String] {
    status.risks.map { "\($0.kind.level) since \($0.at): \($0.kind.rawValue) (\($0.kind.source))" }
  }

  private func client(_ remembered: UserStatus.Remembered) -> String {
    let (kind, name) = remembered.client.told
    return "\(kind)\(name.map { " \"\($0)\"" } ?? ""), until \(remembered.until)"
  }

  private var duties: [String] {
    let duties = [
      (user.mustRegister, "register security information at the next sign-in"),
      (user.mustChangePassword, "change the password at the next sign-in"),
    ]
    return duties.filter(\.0).map(\.1)
  }
}

extension UserStatus {
  /// What a list of users says of one beside the name: everything out of the ordinary.
  public var marks: [String] {
    let marks: [String?] = [
      user.isEnabled ? nil : "disabled", block.map { "blocked until \($0.until)" },
      lockedUntil.map { "locked until \($0)" }, isAtRisk ? "at risk" : nil, canVerify ? nil : "no method",
      user.mustRegister ? "must register" : nil, user.mustChangePassword ? "must change the password" : nil,
      user.isGuest ? "guest" : nil,
    ]
    return marks.compactMap(\.self)
  }
}
