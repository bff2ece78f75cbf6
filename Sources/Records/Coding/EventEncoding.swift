import VerificationCore

extension CodedEvent {
  /// - Parameter kept: the hash of a PIN or a pass, the sealed key of a token.
  /// - Returns: nil for what stands in a log of its own.
  init?(_ event: TenantEvent, keeping kept: String?) {
    switch event {
    case .signInRecorded, .audited, .mailSent: return nil
    case .setUp(let event): self.init(event)
    case .callPlaced(let call):
      self.init(kind: "callPlaced", upn: call.upn)
      (body.number, body.since) = (call.number, call.at.millisecondsSince1970)
    case .fraudReported(let report):
      self.init(kind: "fraudReported", upn: report.upn)
      body.since = report.at.millisecondsSince1970
    case .userBlocked(let block):
      self.init(kind: "userBlocked", upn: block.upn)
      (body.reason, body.since) = (block.reason, block.since.millisecondsSince1970)
      body.by = block.by == .admin ? "admin" : "user"
    case .userUnblocked(let upn, let reason):
      self.init(kind: "userUnblocked", upn: upn)
      body.reason = reason
    case .wrongPINCounted(let upn, let lockout):
      self.init(kind: "wrongPINCounted", upn: upn)
      (body.wrongPINs, body.last) = (Int64(lockout.wrongPINs), lockout.last.millisecondsSince1970)
      body.lockedUntil = lockout.lockedUntil?.millisecondsSince1970
    case .riskDetected(let risk):
      self.init(kind: "riskDetected", upn: risk.upn)
      (body.kind, body.state) = (risk.kind.rawValue, risk.state.rawValue)
      body.since = risk.at.millisecondsSince1970
    case .riskClosed(let upn, let state):
      self.init(kind: "riskClosed", upn: upn)
      body.state = state.rawValue
    case .clientRemembered(let client):
      self.init(kind: "clientRemembered", upn: client.upn)
      body.since = client.since.millisecondsSince1970
      (body.clientKind, body.client) = client.client.coded
    case .gatePassed(let upn, let method, let instant):
      self.init(kind: "gatePassed", upn: upn)
      (body.method, body.since) = (method.rawValue, instant.millisecondsSince1970)
    case .wrongPINsForgiven(let upn): self.init(kind: "wrongPINsForgiven", upn: upn)
    case .sessionsRevoked(let upn): self.init(kind: "sessionsRevoked", upn: upn)
    case .passwordChangeForced(let upn): self.init(kind: "passwordChangeForced", upn: upn)
    case .passwordChanged(let upn): self.init(kind: "passwordChanged", upn: upn)
    case .registrationRequired(let upn): self.init(kind: "registrationRequired", upn: upn)
    case .methodsReset(let upn): self.init(kind: "methodsReset", upn: upn)
    case .passUsed(let upn): self.init(kind: "passUsed", upn: upn)
    case .passDeleted(let upn): self.init(kind: "passDeleted", upn: upn)
    case .accountEnabled(let upn, let isEnabled):
      self.init(kind: "accountEnabled", upn: upn)
      body.enabled = isEnabled
    case .phoneSet, .appRegistered, .deviceRemoved, .passkeyRegistered, .passIssued, .tokenImported, .tokenActivated,
      .tokenDeleted:
      self.init(method: event)
    }
    if let kept { body.kept = kept }
  }

  /// What people verify with.
  private init(method event: TenantEvent) {
    switch event {
    case .phoneSet(let upn, let kind, let number):
      self.init(kind: "phoneSet", upn: upn)
      (body.kind, body.number) = (kind.rawValue, number?.full)
    case .appRegistered(let upn, let app):
      self.init(kind: "appRegistered", upn: upn)
      (body.device, body.registration) = (app.device, Int64(app.secret.registration))
    case .deviceRemoved(let upn, let device):
      self.init(kind: "deviceRemoved", upn: upn)
      body.device = device
    case .passkeyRegistered(let upn, let name):
      self.init(kind: "passkeyRegistered", upn: upn)
      body.name = name
    case .passIssued(let pass):
      self.init(kind: "passIssued", upn: pass.upn)
      (body.issued, body.length) = (pass.issued.millisecondsSince1970, pass.lifetime.count)
      (body.once, body.used) = (pass.isOnce, pass.isUsed)
    case .tokenImported(let token):
      self.init(kind: "tokenImported", upn: token.owner)
      (body.serial, body.interval, body.active) = (token.serial, Int64(token.interval.rawValue), token.isActive)
      (body.manufacturer, body.model) = (token.manufacturer, token.model)
    case .tokenActivated(let serial):
      self.init(kind: "tokenActivated", upn: nil)
      body.serial = serial
    case .tokenDeleted(let serial):
      self.init(kind: "tokenDeleted", upn: nil)
      body.serial = serial
    default: preconditionFailure("coded by the other initialiser")
    }
  }

  private init(_ event: SetupEvent) {
    switch event {
    case .cleared: self.init(kind: "cleared", upn: nil)
    case .organisationChanged(let organisation):
      self.init(kind: "organisationChanged", upn: nil)
      (body.name, body.language) = (organisation.name, organisation.language.tag)
      (body.federation, body.deployment) = (organisation.federation.rawValue, organisation.deployment.rawValue)
      body.licence = organisation.licence.rawValue
    case .settingChanged(let change):
      self.init(kind: "settingChanged", upn: nil)
      (body.name, body.value) = (change.name, change.value)
    case .providerNoted(let name):
      self.init(kind: "providerNoted", upn: nil)
      body.name = name
    case .userSet(let user):
      self.init(kind: "userSet", upn: user.upn)
      body.set(user)
    case .greetingAdded(let greeting):
      self.init(kind: "greetingAdded", upn: nil)
      (body.message, body.language) = (greeting.message.rawValue, greeting.language.tag)
      (body.length, body.file, body.script) = (greeting.length.count, greeting.file, greeting.script)
    case .greetingDeleted(let message, let language):
      self.init(kind: "greetingDeleted", upn: nil)
      (body.message, body.language) = (message.rawValue, language.tag)
    case .locationSet(let location):
      self.init(kind: "locationSet", upn: nil)
      (body.name, body.ranges, body.trusted) = (location.name, location.ranges.map(\.description), location.isTrusted)
    case .locationDeleted(let name):
      self.init(kind: "locationDeleted", upn: nil)
      body.name = name
    case .tokenAssigned(let serial, let upn):
      self.init(kind: "tokenAssigned", upn: upn)
      body.serial = serial
    case .pinSet(let upn): self.init(kind: "pinSet", upn: upn)
    case .pinDeleted(let upn): self.init(kind: "pinDeleted", upn: upn)
    case .registrationsCounted(let count):
      self.init(kind: "registrationsCounted", upn: nil)
      body.registration = Int64(count)
    }
  }
}

extension EventBody {
  fileprivate mutating func set(_ user: User) {
    name = user.name
    language = user.language?.tag
    groups = user.groups.isEmpty ? nil : user.groups
    guest = user.isGuest ? true : nil
    enabled = user.isEnabled
    requirement = user.requirement.rawValue
    if !user.phones.all.isEmpty {
      phones = Phones(
        alternate: user.phones.alternate?.full, mobile: user.phones.mobile?.full, office: user.phones.office?.full)
    }
    apps =
      user.apps.isEmpty ? nil : user.apps.map { App(device: $0.device, registration: Int64($0.secret.registration)) }
    passkeys = user.passkeys.isEmpty ? nil : user.passkeys
    method = user.defaultMethod?.rawValue
    appPassword = user.hasAppPassword ? true : nil
    mustChangePassword = user.mustChangePassword ? true : nil
    mustRegister = user.mustRegister ? true : nil
  }
}

extension SignInRequest.Client {
  fileprivate var coded: (kind: String, name: String?) {
    switch self {
    case .browser(let name): ("browser", name)
    case .app(let name): ("app", name)
    case .legacy(let hasAppPassword): ("legacy", hasAppPassword ? "app password" : nil)
    }
  }
}
