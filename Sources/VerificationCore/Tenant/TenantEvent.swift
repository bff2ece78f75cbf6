/// What has happened in a tenant. Events are facts: applying them never fails.
public enum TenantEvent: Hashable, Sendable {
  case callPlaced(PlacedCall)
  case signInRecorded(SignInRecord)
  case fraudReported(FraudReport)
  case userBlocked(Block)
  case userUnblocked(UPN, reason: String)
  case wrongPINCounted(UPN, Lockout)
  case wrongPINsForgiven(UPN)
}

/// What a tenant is asked to do.
public enum TenantCommand: Hashable, Sendable {
  case block(UPN, reason: String)
  case unblock(UPN, reason: String)
  /// By the settings that held when the call was dialled (CALL-16).
  case countWrongPIN(UPN, under: Settings.Lockout)
  /// What an approval does, and an admin who unlocks (LOCK-2).
  case forgiveWrongPINs(UPN)
  case reportFraud(UPN)
  case recordSignIn(UPN, CallOutcome, number: String)
  case placeCall(UPN, number: String)
}

extension Tenant {
  /// The events that a command leads to now.
  public func decide(_ command: TenantCommand, at now: Instant) -> [TenantEvent] {
    switch command {
    case .block(let upn, let reason): [.userBlocked(Block(upn: upn, reason: reason, since: now))]
    case .unblock(let upn, let reason): block(of: upn, at: now) == nil ? [] : [.userUnblocked(upn, reason: reason)]
    case .countWrongPIN(let upn, let settings): [.wrongPINCounted(upn, settings.after(lockouts[upn], at: now))]
    case .forgiveWrongPINs(let upn): lockouts[upn] == nil ? [] : [.wrongPINsForgiven(upn)]
    case .reportFraud(let upn): [.fraudReported(FraudReport(upn: upn, at: now))]
    case .recordSignIn(let upn, let outcome, let number):
      [.signInRecorded(SignInRecord(at: now, upn: upn, outcome: outcome, number: number))]
    case .placeCall(let upn, let number): [.callPlaced(PlacedCall(upn: upn, number: number, at: now))]
    }
  }

  /// Whether `call.maxPerWindow` calls to this user or number lie in the window before now (CALL-18).
  func isThrottled(_ upn: UPN, number: String, at now: Instant) -> Bool {
    let counted = placedCalls.count { $0.at + settings.call.window > now && ($0.upn == upn || $0.number == number) }
    return counted >= settings.call.maxPerWindow
  }
}

extension Settings.Lockout {
  /// One wrong PIN more (LOCK-2): the count starts over after `resetMinutes`, and after a lock has run out.
  func after(_ earlier: Lockout?, at now: Instant) -> Lockout {
    let counts = earlier.map { $0.lockedUntil.map { now < $0 } ?? (now < $0.last + .minutes(Int64(resetMinutes))) }
    let wrongPINs = (counts == true ? earlier?.wrongPINs ?? 0 : 0) + 1
    let locks = denials > 0 && wrongPINs >= denials
    return Lockout(
      wrongPINs: wrongPINs, last: now, lockedUntil: locks ? now + .minutes(Int64(unlockMinutes)) : nil)
  }
}
