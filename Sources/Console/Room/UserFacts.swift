public import VerificationCore

extension UserStatus {
  /// What the pages of a room know of a user.
  func facts(at now: Instant) -> JSON { .object(members(at: now)) }

  /// The members of what pages know of a user; numbers are masked.
  public func members(at now: Instant) -> [String: JSON] {
    [
      "upn": .text(user.upn.text), "name": .text(user.name), "language": .text(user.language?.tag),
      "phones": .list(
        PhoneKind.allCases.compactMap { kind in
          user.phones[kind].map { .object(["kind": .text(kind.rawValue), "number": .text($0.masked)]) }
        }),
      "methods": .list(usable.map { .text($0.rawValue) }), "apps": .list(user.apps.map { .text($0.device) }),
      "blocked": .flag(block != nil), "lockedUntil": .text(lockedUntil?.description), "atRisk": .flag(isAtRisk),
      "enabled": .flag(user.isEnabled), "mustRegister": .flag(user.mustRegister),
      "hasPass": .flag(passStanding == .valid),
    ]
  }
}
