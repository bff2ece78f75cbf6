import VerificationCore

extension CodedEvent {
  /// - Returns: nil for what no version of this program wrote.
  func event() -> TenantEvent? {
    switch kind {
    case "tokenActivated": return body.serial.map { .tokenActivated(serial: $0) }
    case "tokenDeleted": return body.serial.map { .tokenDeleted(serial: $0) }
    case "tokenImported": return token.map { .tokenImported($0) }
    default: break
    }
    if let event = setup() { return .setUp(event) }
    return upn.flatMap { about($0) }
  }

  /// A risk that is told again, as a tenant is imported: the log of risks has it already.
  private static let repeatedRisk = "riskStands"

  var kindOfRepetition: String { kind == "riskDetected" ? Self.repeatedRisk : kind }

  private func about(_ upn: UPN) -> TenantEvent? {
    switch kind {
    case "callPlaced":
      zip(body.number, since).map { .callPlaced(PlacedCall(upn: upn, number: $0, at: $1)) }
    case "fraudReported": since.map { .fraudReported(FraudReport(upn: upn, at: $0)) }
    case "userBlocked":
      zip(body.reason, since).flatMap { reason, since in
        ["admin": Block.Actor.admin, "user": .user][body.by ?? ""].map {
          .userBlocked(Block(upn: upn, reason: reason, by: $0, since: since))
        }
      }
    case "userUnblocked": body.reason.map { .userUnblocked(upn, reason: $0) }
    case "wrongPINCounted":
      zip(body.wrongPINs, instant(body.last)).map {
        .wrongPINCounted(upn, Lockout(wrongPINs: Int($0), last: $1, lockedUntil: instant(body.lockedUntil)))
      }
    case "wrongPINsForgiven": .wrongPINsForgiven(upn)
    case "riskDetected", Self.repeatedRisk:
      zip(body.kind.flatMap(RiskDetection.Kind.init), zip(riskState, since)).map {
        .riskDetected(RiskDetection(upn: upn, at: $1.1, kind: $0, state: $1.0))
      }
    case "riskClosed": riskState.map { .riskClosed(upn, $0) }
    case "clientRemembered":
      zip(client, since).map { .clientRemembered(RememberedClient(upn: upn, client: $0, since: $1)) }
    case "gatePassed":
      zip(body.method.flatMap(Method.init), since).map { .gatePassed(upn, $0, at: $1) }
    case "accountEnabled": body.enabled.map { .accountEnabled(upn, $0) }
    case "sessionsRevoked": .sessionsRevoked(upn)
    case "passwordChangeForced": .passwordChangeForced(upn)
    case "passwordChanged": .passwordChanged(upn)
    case "registrationRequired": .registrationRequired(upn)
    case "methodsReset": .methodsReset(upn)
    case "phoneSet": phone(upn)
    case "appRegistered":
      zip(body.device, body.registration).map {
        .appRegistered(upn, AppRegistration(device: $0, secret: AppSecret(Int($1))))
      }
    case "deviceRemoved": body.device.map { .deviceRemoved(upn, device: $0) }
    case "passkeyRegistered": body.name.map { .passkeyRegistered(upn, name: $0) }
    case "passIssued":
      zip(instant(body.issued), zip(body.length, body.once)).map {
        .passIssued(
          Pass(upn: upn, issued: $0, lifetime: Milliseconds($1.0), isOnce: $1.1, isUsed: body.used ?? false))
      }
    case "passUsed": .passUsed(upn)
    case "passDeleted": .passDeleted(upn)
    default: nil
    }
  }

  private func phone(_ upn: UPN) -> TenantEvent? {
    guard let kind = body.kind.flatMap(PhoneKind.init) else { return nil }
    guard let text = body.number else { return .phoneSet(upn, kind, nil) }
    return PhoneNumber(text).map { .phoneSet(upn, kind, $0) }
  }

  private func setup() -> SetupEvent? {
    switch kind {
    case "cleared": .cleared
    case "organisationChanged": organisation.map { .organisationChanged($0) }
    case "settingChanged":
      zip(body.name, body.value).map { .settingChanged(SettingChange(name: $0, value: $1)) }
    case "providerNoted": body.name.map { .providerNoted(name: $0) }
    case "userSet": user.map { .userSet($0) }
    case "greetingAdded":
      zip(greeting, body.length).map {
        .greetingAdded(
          CustomGreeting(
            message: $0.0, language: $0.1, length: Milliseconds($1), file: body.file, script: body.script))
      }
    case "greetingDeleted": greeting.map { .greetingDeleted($0.0, $0.1) }
    case "locationSet": location.map { .locationSet($0) }
    case "locationDeleted": body.name.map { .locationDeleted(name: $0) }
    case "tokenAssigned": body.serial.map { .tokenAssigned(serial: $0, to: upn) }
    case "pinSet": upn.map { .pinSet($0) }
    case "pinDeleted": upn.map { .pinDeleted($0) }
    case "registrationsCounted": body.registration.map { .registrationsCounted(Int($0)) }
    default: nil
    }
  }

  private var since: Instant? { instant(body.since) }

  private func instant(_ milliseconds: Int64?) -> Instant? { milliseconds.map(Instant.init(millisecondsSince1970:)) }

  private var riskState: RiskDetection.State? { body.state.flatMap(RiskDetection.State.init) }

  private var client: SignInRequest.Client? {
    switch body.clientKind {
    case "browser": .browser(body.client)
    case "app": body.client.map { .app($0) }
    case "legacy": .legacy(hasAppPassword: body.client != nil)
    default: nil
    }
  }

  private var organisation: Organisation? {
    guard let name = body.name, let language = body.language.flatMap({ Language($0) }),
      let federation = body.federation.flatMap(Tenant.Federation.init),
      let deployment = body.deployment.flatMap(Tenant.Deployment.init),
      let licence = body.licence.flatMap(Tenant.Licence.init)
    else { return nil }
    return Organisation(
      name: name, federation: federation, deployment: deployment, licence: licence, language: language)
  }

  private var greeting: (MessageType, Language)? {
    zip(body.message.flatMap(MessageType.init), body.language.flatMap { Language($0) })
  }

  private var location: NamedLocation? {
    guard let name = body.name, let texts = body.ranges, let isTrusted = body.trusted else { return nil }
    let ranges = texts.compactMap { try? IPRange($0) }
    return ranges.count == texts.count ? NamedLocation(name: name, ranges: ranges, isTrusted: isTrusted) : nil
  }

  private var token: OATHToken? {
    guard let serial = body.serial, let interval = body.interval.flatMap({ OATHToken.Interval(rawValue: Int($0)) })
    else { return nil }
    return OATHToken(
      serial: serial, secret: nil, interval: interval, manufacturer: body.manufacturer ?? "", model: body.model ?? "",
      owner: upn, isActive: body.active ?? false)
  }

  private var user: User? {
    guard let upn, let name = body.name, let requirement = body.requirement.flatMap(User.Requirement.init) else {
      return nil
    }
    var user = User(upn: upn, name: name)
    user.requirement = requirement
    if let tag = body.language {
      guard let language = Language(tag) else { return nil }
      user.language = language
    }
    guard let phones else { return nil }
    user.phones = phones
    if let method = body.method {
      guard let method = Method(rawValue: method) else { return nil }
      user.defaultMethod = method
    }
    user.apps = (body.apps ?? []).map { AppRegistration(device: $0.device, secret: AppSecret(Int($0.registration))) }
    (user.groups, user.passkeys) = (body.groups ?? [], body.passkeys ?? [])
    (user.isGuest, user.isEnabled) = (body.guest ?? false, body.enabled ?? true)
    (user.hasAppPassword, user.mustChangePassword) = (body.appPassword ?? false, body.mustChangePassword ?? false)
    user.mustRegister = body.mustRegister ?? false
    return user
  }
}

extension CodedEvent {
  /// nil where one is no number.
  private var phones: Phones? {
    let numbers = [body.phones?.mobile, body.phones?.alternate, body.phones?.office].map { $0.map { PhoneNumber($0) } }
    guard !numbers.contains(.some(nil)) else { return nil }
    return Phones(mobile: numbers[0] ?? nil, alternate: numbers[1] ?? nil, office: numbers[2] ?? nil)
  }
}

/// Both, or nil.
private func zip<Left, Right>(_ left: Left?, _ right: Right?) -> (Left, Right)? {
  guard let left, let right else { return nil }
  return (left, right)
}
