import VerificationCore

extension TenantEvent {
  /// What was written down, as a kind for scripts and a line for people; nil where its audit record says it.
  ///
  /// - Parameter zone: what days and hours are shown in; nil is UTC.
  func record(_ zone: ClockZone?) -> (kind: String, text: String)? {
    func date(_ instant: Instant) -> String { zone?.text(instant) ?? "\(instant)" }
    return switch self {
    case .signInRecorded(let record): ("signIn", "sign-in record: \(record.text) (\(record.errorCode))")
    case .fraudReported(let report): ("fraudReport", "fraud reported by \(report.upn)")
    case .userBlocked(let block): ("blocked", "\(block.upn) is blocked until \(date(block.until)): \(block.reason)")
    case .userUnblocked(let upn, let reason): ("unblocked", "\(upn) is unblocked: \(reason)")
    case .wrongPINCounted(let upn, let lockout):
      lockout.lockedUntil.map { ("locked", "\(upn) is locked until \(date($0))") }
        ?? ("wrongPIN", "wrong PIN \(lockout.wrongPINs) in a row")
    case .audited(let record): ("audit", "audit record: \(record.fullText)")
    case .mailSent(let mail): ("mail", "mail to \(mail.to)")
    case .riskDetected(let risk): ("risk", "\(risk.upn) is at high risk: \(risk.kind.rawValue)")
    case .riskClosed(let upn, let state): ("riskClosed", "the risk of \(upn) is over: \(state.rawValue)")
    case .passIssued(let pass): ("pass", "\(pass.upn) has a temporary access pass until \(date(pass.until))")
    case .clientRemembered(let client): ("remembered", "the client of \(client.upn) is remembered")
    case .gatePassed(let upn, let method, _): ("gate", "\(upn) has shown \(method.words) for the password reset")
    case .wrongPINsForgiven, .callPlaced, .accountEnabled, .passwordChangeForced, .passwordChanged, .sessionsRevoked,
      .registrationRequired, .methodsReset, .phoneSet, .appRegistered, .deviceRemoved, .passkeyRegistered, .passUsed,
      .passDeleted, .tokenImported, .tokenActivated, .tokenDeleted, .setUp:
      nil
    }
  }
}
