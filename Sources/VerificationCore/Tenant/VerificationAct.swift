/// What verifying does to a tenant.
public enum VerificationAct: Hashable, Sendable {
  case placeCall(UPN, number: String)
  /// By the settings that held when the call was dialled (CALL-16).
  case countWrongPIN(UPN, under: Settings.Lockout)
  /// The outcome is known.
  case conclude(SignInRequest, Outcome, Method?, number: String?, why: [SignInFinding])
  case report(UPN, ReportingPlan)
  /// What becomes of the block that a report asked to confirm.
  case settleReport(UPN, ReportingPlan, through: Method, blocks: Bool)
}

extension Tenant {
  /// The events that an act leads to now.
  public func decide(_ act: VerificationAct, at now: Instant) -> [TenantEvent] {
    switch act {
    case .placeCall(let upn, let number): [.callPlaced(PlacedCall(upn: upn, number: number, at: now))]
    case .countWrongPIN(let upn, let settings): [.wrongPINCounted(upn, settings.after(lockouts[upn], at: now))]
    case .conclude(let request, let outcome, let method, let number, let why):
      [
        .signInRecorded(
          SignInRecord(at: now, upn: request.upn, outcome: outcome, method: method, number: number, why: why))
      ] + (outcome == .approved ? consequences(ofApproval: request, method, at: now) : [])
    case .report(let upn, let plan): report(of: upn, plan, at: now)
    case .settleReport(let upn, let plan, let method, let blocks):
      settlement(of: upn, plan, method, blocks: blocks, at: now)
    }
  }

  private func consequences(ofApproval request: SignInRequest, _ method: Method?, at now: Instant) -> [TenantEvent] {
    var events: [TenantEvent] = []
    if lockouts[request.upn] != nil { events.append(.wrongPINsForgiven(request.upn)) }
    if method == .pass { events.append(.passUsed(request.upn)) }
    // A pass is the way in for who has nothing else, and proves nothing beside it.
    if request.purpose == .passwordReset, let method, method != .pass {
      events.append(.gatePassed(request.upn, method, at: now))
    }
    if request.purpose == .signIn, mayRemember(request) {
      events.append(.clientRemembered(RememberedClient(upn: request.upn, client: request.client, since: now)))
    }
    return events
  }

  private func report(of upn: UPN, _ plan: ReportingPlan, at now: Instant) -> [TenantEvent] {
    var events: [TenantEvent] = [.fraudReported(FraudReport(upn: upn, at: now))]
    events += plan.notify.map { .mailSent(Mail(at: now, to: $0, upn: upn)) }
    if plan.raisesRisk {
      events.append(
        .riskDetected(RiskDetection(upn: upn, at: now, kind: .userReportedSuspiciousActivity, state: .atRisk)))
    }
    if plan.reportsActivity {
      events.append(.audited(AuditRecord(at: now, activity: .suspiciousActivityReported, upn: upn, reason: nil)))
    }
    return events
  }

  private func settlement(
    of upn: UPN, _ plan: ReportingPlan, _ method: Method, blocks: Bool, at now: Instant
  ) -> [TenantEvent] {
    guard plan.alerts else { return [] }
    let activity = blocks ? AuditRecord.Activity.fraudReportedBlocked : .fraudReportedNoAction
    let audit = TenantEvent.audited(AuditRecord(at: now, activity: activity, upn: upn, reason: nil))
    guard blocks else { return [audit] }
    let reason = method == .app ? "Reported fraud in the app" : "Reported fraud by phone"
    return [.userBlocked(Block(upn: upn, reason: reason, by: .user, since: now)), audit]
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
    let wrongPINs = counted(earlier, at: now) + 1
    let locks = denials > 0 && wrongPINs >= denials
    return Lockout(
      wrongPINs: wrongPINs, last: now, lockedUntil: locks ? now + .minutes(Int64(unlockMinutes)) : nil)
  }

  /// How many wrong PINs in a row still count.
  func counted(_ earlier: Lockout?, at now: Instant) -> Int {
    guard let earlier else { return 0 }
    let until = earlier.lockedUntil ?? earlier.last + .minutes(Int64(resetMinutes))
    return now < until ? earlier.wrongPINs : 0
  }
}
