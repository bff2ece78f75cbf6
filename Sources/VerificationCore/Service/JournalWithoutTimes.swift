extension JournalFact {
  /// The same fact without the times in it, for comparing two runs of which one is a little later.
  public var withoutTimes: JournalFact {
    guard case .tenant(let event) = self else { return self }
    return .tenant(event.at(.virtualStart))
  }
}

extension TenantEvent {
  /// The same event, all of its times replaced by one.
  fileprivate func at(_ time: Instant) -> TenantEvent {
    switch self {
    case .callPlaced(let call): .callPlaced(PlacedCall(upn: call.upn, number: call.number, at: time))
    case .signInRecorded(let record): .signInRecorded(record.at(time))
    case .audited(let audit):
      .audited(AuditRecord(at: time, activity: audit.activity, upn: audit.upn, reason: audit.reason, by: audit.by))
    case .fraudReported(let report): .fraudReported(FraudReport(upn: report.upn, at: time))
    case .mailSent(let mail): .mailSent(Mail(at: time, to: mail.to, upn: mail.upn))
    case .userBlocked(let block):
      .userBlocked(Block(upn: block.upn, reason: block.reason, by: block.by, since: time))
    case .wrongPINCounted(let upn, let lockout):
      .wrongPINCounted(
        upn, Lockout(wrongPINs: lockout.wrongPINs, last: time, lockedUntil: lockout.lockedUntil.map { _ in time }))
    case .riskDetected(let risk):
      .riskDetected(RiskDetection(upn: risk.upn, at: time, kind: risk.kind, state: risk.state))
    case .gatePassed(let upn, let method, _): .gatePassed(upn, method, at: time)
    case .clientRemembered(let client):
      .clientRemembered(RememberedClient(upn: client.upn, client: client.client, since: time))
    case .passIssued(let pass):
      .passIssued(
        Pass(upn: pass.upn, issued: time, lifetime: pass.lifetime, isOnce: pass.isOnce, isUsed: pass.isUsed))
    case .userUnblocked, .wrongPINsForgiven, .riskClosed, .accountEnabled, .passwordChangeForced, .passwordChanged,
      .sessionsRevoked, .registrationRequired, .methodsReset, .phoneSet, .appRegistered, .deviceRemoved,
      .passkeyRegistered, .passUsed, .passDeleted, .tokenImported, .tokenActivated, .tokenDeleted, .setUp:
      self
    }
  }
}

extension SignInRecord {
  /// The reasons may tell times, and stay out; the gates and what they decided stay.
  fileprivate func at(_ time: Instant) -> SignInRecord {
    SignInRecord(
      at: time, upn: upn, outcome: outcome, method: method, number: number,
      why: why.map { SignInFinding($0.gate, $0.outcome, "") })
  }
}
