public import VerificationCore

extension UserPage {
  /// One line of JSON. The order of the keys is fixed, every key is always there, and what is unknown is `null`.
  public func jsonLine(at now: Instant) -> String { JSONLine(account + methods(at: now) + standing).text }

  private typealias Members = [(key: String, value: JSONLine.Value)]

  private var account: Members {
    [
      ("user", .text(user.upn.text)), ("name", .text(user.name)), ("enabled", .flag(user.isEnabled)),
      ("state", .text(user.requirement.rawValue)), ("guest", .flag(user.isGuest)),
      ("language", .optional(user.language?.tag)), ("groups", .texts(user.groups)),
    ]
  }

  private func methods(at now: Instant) -> Members {
    let phones = JSONLine(PhoneKind.allCases.map { ($0.rawValue, .optional(user.phones[$0]?.full)) })
    return [
      ("phones", .object(phones)), ("defaultMethod", .optional(user.defaultMethod?.rawValue)),
      ("registered", .texts(status.registered.map(\.rawValue))), ("usable", .texts(status.usable.map(\.rawValue))),
      ("apps", .texts(user.apps.map(\.device))), ("passkeys", .texts(user.passkeys)),
      ("tokens", .list(status.tokens.map(token))), ("pin", .text(pin.rawValue)),
      ("pass", status.pass.map { .object($0.json(at: now)) } ?? .null), ("appPassword", .flag(user.hasAppPassword)),
    ]
  }

  private func token(_ token: OATHToken) -> JSONLine.Value {
    .object(
      JSONLine([
        ("serial", .text(token.serial)), ("interval", .number(Int64(token.interval.rawValue))),
        ("manufacturer", .text(token.manufacturer)), ("model", .text(token.model)), ("active", .flag(token.isActive)),
        ("hasKey", .flag(keyedTokens.contains(token.serial))),
      ]))
  }

  private var standing: Members {
    [
      ("block", status.block.map { .object($0.json) } ?? .null), ("wrongPINs", .number(Int64(status.wrongPINs))),
      ("lockedUntil", .optional(status.lockedUntil.map { "\($0)" })),
      ("risks", .list(status.risks.map { .object($0.json) })),
      ("remembered", .list(status.remembered.map { .object(client($0)) })), ("mustRegister", .flag(user.mustRegister)),
      ("mustChangePassword", .flag(user.mustChangePassword)),
    ]
  }

  private func client(_ remembered: UserStatus.Remembered) -> JSONLine {
    let (kind, name) = remembered.client.told
    return JSONLine([
      ("client", .text(kind)), ("name", .optional(name)), ("since", .text("\(remembered.since)")),
      ("until", .text("\(remembered.until)")),
    ])
  }
}

extension Block {
  fileprivate var json: JSONLine {
    JSONLine([
      ("since", .text("\(since)")), ("until", .text("\(until)")), ("by", .text(by == .admin ? "admin" : "user")),
      ("reason", .text(reason)),
    ])
  }
}

extension RiskDetection {
  public var json: JSONLine {
    JSONLine([
      ("user", .text(upn.text)), ("at", .text("\(at)")), ("kind", .text(kind.rawValue)), ("level", .text(kind.level)),
      ("source", .text(kind.source)), ("state", .text(state.rawValue)),
    ])
  }
}
