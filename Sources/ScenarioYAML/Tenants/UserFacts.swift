import VerificationCore

/// What has happened to a person, as a file says it.
struct UserFacts: Hashable, Sendable {
  var blocks: [Block] = []
  var risks: [RiskDetection] = []
  var lockout: Lockout?
  var pass: Pass?
  var remembered: [RememberedClient] = []
  /// The methods that a reset in progress has verified.
  var verified: [Method: Instant] = [:]
  var calls: [PlacedCall] = []
}

extension TenantSource {
  /// The tenant with all that has happened in it, but for what is still to be decided.
  var made: Tenant {
    var tenant = tenant
    for event in events { tenant.apply(event) }
    return tenant
  }

  /// Each kind in the order of its time.
  private var events: [TenantEvent] {
    guard !facts.isEmpty else { return [] }
    let all = tenant.users.compactMap { user in facts[user.upn].map { (user.upn, $0) } }
    var events = Self.inTime(all.flatMap(\.1.blocks)) { $0.since }.map { TenantEvent.userBlocked($0) }
    events += Self.inTime(all.flatMap(\.1.risks)) { $0.at }.map { .riskDetected($0) }
    events += Self.inTime(all.flatMap(\.1.remembered)) { $0.since }.map { .clientRemembered($0) }
    events += Self.inTime(all.flatMap(\.1.calls)) { $0.at }.map { .callPlaced($0) }
    for (upn, facts) in all {
      if let lockout = facts.lockout { events.append(.wrongPINCounted(upn, lockout)) }
      if let pass = facts.pass { events.append(.passIssued(pass)) }
      events += facts.verified.map { .gatePassed(upn, $0.key, at: $0.value) }
    }
    return events
  }

  /// What stands at one time stays in its order, which Swift's sorting does not promise.
  private static func inTime<Fact>(_ facts: [Fact], _ time: (Fact) -> Instant) -> [Fact] {
    facts.enumerated().sorted { (time($0.element), $0.offset) < (time($1.element), $1.offset) }.map(\.element)
  }
}
