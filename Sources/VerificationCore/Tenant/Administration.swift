/// Who gives a command: an admin with a role, or nobody in particular, who may do everything.
public struct Admin: Hashable, Sendable {
  public var upn: UPN?
  public var role: Role

  public init(upn: UPN? = nil, role: Role = .globalAdministrator) {
    self.upn = upn
    self.role = role
  }
}

// Commands from outside: admins, and people for themselves.
extension Tenant {
  /// The events that a command leads to now.
  public func decide(
    _ command: TenantCommand, by admin: Admin = Admin(), at now: Instant
  ) throws(CommandRefusal) -> [TenantEvent] {
    let actor = command.leastRole == nil ? AuditRecord.Actor.person : .admin(admin.upn, admin.role)
    return try decided(command, by: admin, at: now).map { event in
      if case .audited(let record) = event { .audited(record.by(actor)) } else { event }
    }
  }

  private func decided(
    _ command: TenantCommand, by admin: Admin, at now: Instant
  ) throws(CommandRefusal) -> [TenantEvent] {
    if let needed = command.leastRole, !admin.role.mayAct(as: needed) { throw .roleMissing(needed: needed) }
    if let upn = command.upn, user(upn) == nil { throw .unknownUser(upn) }
    if let reason = command.reason, reason.isBlank { throw .noReason }
    switch command {
    case .block(let upn, let reason):
      return [
        .userBlocked(Block(upn: upn, reason: reason, since: now)), audit(.userBlocked, upn, reason, at: now),
      ]
    case .unblock(let upn, let reason):
      guard block(of: upn, at: now) != nil else { throw .notBlocked }
      return [.userUnblocked(upn, reason: reason), audit(.userUnblocked, upn, reason, at: now)]
    case .unlock(let upn): return [.wrongPINsForgiven(upn), audit(.userUnlocked, upn, at: now)]
    case .setEnabled(let upn, let isEnabled):
      return [.accountEnabled(upn, isEnabled), audit(isEnabled ? .accountEnabled : .accountDisabled, upn, at: now)]
    case .forcePasswordChange(let upn):
      return [.passwordChangeForced(upn), audit(.passwordChangeForced, upn, at: now)]
    case .revokeSessions(let upn): return [.sessionsRevoked(upn), audit(.sessionsRevoked, upn, at: now)]
    case .resetMethods(let upn, let reason):
      return [.methodsReset(upn), audit(.methodsReset, upn, reason, at: now)]
    case .requireRegistration(let upn, let reason):
      return [.registrationRequired(upn), audit(.registrationRequired, upn, reason, at: now)]
    case .deletePhone(let upn, let kind): return try phoneDeletion(upn, kind, at: now)
    case .removeDevice(let upn, let device): return try deviceRemoval(upn, device, at: now)
    case .dismissRisk(let upn): return try riskEnd(upn, .dismissed, .riskDismissed, at: now)
    case .confirmSafe(let upn): return try riskEnd(upn, .confirmedSafe, .riskConfirmedSafe, at: now)
    case .confirmCompromised(let upn):
      let detection = RiskDetection(upn: upn, at: now, kind: .adminConfirmedUserCompromised, state: .atRisk)
      return [.riskDetected(detection), audit(.riskConfirmedCompromised, upn, at: now)]
    case .issuePass(let upn, let minutes, let isOnce, let length):
      return try pass(for: upn, minutes, isOnce, length, by: admin, at: now)
    case .deletePass(let upn):
      guard passes[upn] != nil else { throw .noPass }
      return [.passDeleted(upn), audit(.passDeleted, upn, at: now)]
    case .importTokens(let file): return tokenImport(file, by: admin, at: now)
    case .activateToken(let serial, let isCodeRight):
      guard let token = tokens.having(serial: serial).first else { throw .noSuchToken(serial: serial) }
      guard isCodeRight else { throw .tokenCodeWrong(serial: serial) }
      return [.tokenActivated(serial: serial), audit(.tokenActivated, token.owner, serial, at: now)]
    case .deleteToken(let serial):
      guard let token = tokens.having(serial: serial).first else { throw .noSuchToken(serial: serial) }
      return [.tokenDeleted(serial: serial), audit(.tokenDeleted, token.owner, serial, at: now)]
    case .addProvider: throw .providersAreClosed
    case .registerPhone(let upn, let kind, let number): return try phoneRegistration(upn, kind, number, at: now)
    case .registerApp(let upn, let device): return try appRegistration(upn, device, at: now)
    case .registerPasskey(let upn, let name):
      return [.passkeyRegistered(upn, name: name), audit(.methodRegistered, upn, "passkey \(name)", at: now)]
    case .changePassword(let upn): return try passwordChange(upn, at: now)
    }
  }

  private func audit(
    _ activity: AuditRecord.Activity, _ upn: UPN?, _ reason: String? = nil, at now: Instant
  ) -> TenantEvent {
    .audited(AuditRecord(at: now, activity: activity, upn: upn, reason: reason))
  }
}

extension Tenant {
  private func phoneDeletion(_ upn: UPN, _ kind: PhoneKind, at now: Instant) throws(CommandRefusal) -> [TenantEvent] {
    guard var phones = user(upn)?.phones, phones[kind] != nil else { throw .noSuchPhone(kind) }
    phones[kind] = nil
    if let mistake = phones.mistake { throw .phones(mistake) }
    return [.phoneSet(upn, kind, nil), audit(.phoneDeleted, upn, kind.rawValue, at: now)]
  }

  private func deviceRemoval(_ upn: UPN, _ device: String, at now: Instant) throws(CommandRefusal) -> [TenantEvent] {
    guard user(upn)?.apps.contains(where: { $0.device == device }) == true else { throw .noSuchDevice(device) }
    return [.deviceRemoved(upn, device: device), audit(.deviceRemoved, upn, device, at: now)]
  }

  private func riskEnd(
    _ upn: UPN, _ state: RiskDetection.State, _ activity: AuditRecord.Activity, at now: Instant
  ) throws(CommandRefusal) -> [TenantEvent] {
    guard isAtRisk(upn) else { throw .noRisk }
    return [.riskClosed(upn, state), audit(activity, upn, at: now)]
  }

  private func pass(
    for upn: UPN, _ minutes: Int?, _ isOnce: Bool?, _ length: Int?, by admin: Admin, at now: Instant
  ) throws(CommandRefusal) -> [TenantEvent] {
    guard settings.pass.enabled else { throw .passesAreOff }
    guard admin.upn != upn else { throw .toOneself }
    let minutes = minutes ?? settings.pass.lifetimeMinutes
    guard Pass.minutes.contains(minutes) else { throw .passLasts(minutes) }
    let length = length ?? settings.pass.length
    guard Pass.lengths.contains(length) else { throw .passHas(characters: length) }
    let pass = Pass(
      upn: upn, issued: now, lifetime: .minutes(Int64(minutes)), isOnce: isOnce ?? settings.pass.once)
    return [.passIssued(pass), audit(.passIssued, upn, at: now)]
  }

  private func tokenImport(_ file: OATHFile, by admin: Admin, at now: Instant) -> [TenantEvent] {
    var decisions = TokenDecisions(tenant: self, admin: admin, now: now)
    return file.entries.flatMap { decisions.decide($0).events }
  }

  func tokensAndApps(of upn: UPN) -> Int { tokens.count(of: upn) + (users.apps(of: upn) ?? 0) }

  private func phoneRegistration(
    _ upn: UPN, _ kind: PhoneKind, _ number: PhoneNumber, at now: Instant
  ) throws(CommandRefusal) -> [TenantEvent] {
    var phones = user(upn)?.phones ?? Phones()
    phones[kind] = number
    if let mistake = phones.mistake { throw .phones(mistake) }
    return [.phoneSet(upn, kind, number), audit(.methodRegistered, upn, "\(kind.rawValue) phone", at: now)]
  }

  private func appRegistration(_ upn: UPN, _ device: String, at now: Instant) throws(CommandRefusal) -> [TenantEvent] {
    let isNew = user(upn)?.apps.contains { $0.device == device } != true
    if isNew, tokensAndApps(of: upn) >= OATHToken.maxPerUser { throw .tooManyTokens }
    let app = AppRegistration(device: device, secret: nextSecret)
    return [.appRegistered(upn, app), audit(.methodRegistered, upn, "app on \(device)", at: now)]
  }

  /// A forced change is typed at the page that asks for it; a reset needs its gates, and ends the risk (RISK-1).
  private func passwordChange(_ upn: UPN, at now: Instant) throws(CommandRefusal) -> [TenantEvent] {
    let missing = settings.sspr.gates - verifiedForReset(upn, at: now).count
    guard settings.sspr.enabled, missing <= 0 else {
      if user(upn)?.mustChangePassword == true { return [.passwordChanged(upn)] }
      throw settings.sspr.enabled ? .gatesMissing(missing) : .resetIsOff
    }
    let events: [TenantEvent] = [.passwordChanged(upn), audit(.passwordReset, upn, at: now)]
    return isAtRisk(upn) ? events + [.riskClosed(upn, .remediated)] : events
  }
}
