/// What holds of a user now, as an admin is shown it.
public struct UserStatus: Hashable, Sendable {
  public let user: User
  /// What the user could verify with, in the order in which it is offered.
  public let registered: [Method]
  /// Those of them that the tenant has switched on.
  public let usable: [Method]
  public let tokens: [OATHToken]
  public let pass: Pass?
  public let passStanding: Pass.Standing?
  public let block: Block?
  /// Wrong PINs in a row that still count.
  public let wrongPINs: Int
  public let lockedUntil: Instant?
  /// Those that nobody has ended, in the order in which they were detected.
  public let risks: [RiskDetection]
  public let remembered: [Remembered]

  /// A browser or an app that is not asked until then.
  public struct Remembered: Hashable, Sendable {
    public let client: SignInRequest.Client
    public let since: Instant
    public let until: Instant
  }

  /// Whether anything is there to verify with: a pass is only the way to register (SIGN-2).
  public var canVerify: Bool { usable.contains { $0 != .pass } }

  public var isAtRisk: Bool { !risks.isEmpty }
}

/// What holds of the users of a tenant now. What the tenant keeps by the time is put in order by user once, so that
/// asking of each of many takes no walk.
public struct UserStatuses: Sendable {
  private let tenant: Tenant
  private let now: Instant
  private var blocks: [UPN: Block] = [:]
  private var risks: [UPN: [RiskDetection]] = [:]
  private var remembered: [UPN: [RememberedClient]] = [:]

  public init(_ tenant: Tenant, at now: Instant) {
    self.tenant = tenant
    self.now = now
    for block in tenant.blocks(at: now) { blocks[block.upn] = block }
    for risk in tenant.risks where risk.state == .atRisk { risks[risk.upn, default: []].append(risk) }
    for client in tenant.remembered { remembered[client.upn, default: []].append(client) }
  }

  public func status(of user: User) -> UserStatus {
    let registered = tenant.registeredMethods(of: user, at: now)
    let pass = tenant.passes[user.upn]
    return UserStatus(
      user: user, registered: registered, usable: registered.filter(tenant.settings.allows),
      tokens: tenant.tokens(of: user.upn), pass: pass, passStanding: pass?.standing(at: now), block: blocks[user.upn],
      wrongPINs: tenant.settings.lockout.counted(tenant.lockouts[user.upn], at: now),
      lockedUntil: tenant.locked(user.upn, at: now), risks: risks[user.upn] ?? [],
      remembered: (remembered[user.upn] ?? []).compactMap { stillRemembered($0, of: user) })
  }

  private func stillRemembered(_ client: RememberedClient, of user: User) -> UserStatus.Remembered? {
    guard let days = tenant.rememberedDays(client.client, of: user) else { return nil }
    let until = client.since + .days(Int64(days))
    return now < until ? UserStatus.Remembered(client: client.client, since: client.since, until: until) : nil
  }
}
