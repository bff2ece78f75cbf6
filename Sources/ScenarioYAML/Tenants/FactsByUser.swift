import VerificationCore

/// What has happened in a tenant, to each of its people.
struct FactsByUser {
  private let tenant: Tenant
  private let blocks: [UPN: [Block]]
  private let risks: [UPN: [RiskDetection]]
  private let remembered: [UPN: [RememberedClient]]
  private let calls: [UPN: [PlacedCall]]

  init(_ tenant: Tenant) {
    self.tenant = tenant
    blocks = Dictionary(grouping: tenant.blocks, by: \.upn)
    risks = Dictionary(grouping: tenant.risks, by: \.upn)
    remembered = Dictionary(grouping: tenant.remembered, by: \.upn)
    calls = Dictionary(grouping: tenant.placedCalls, by: \.upn)
  }

  /// - Parameter begun: what is to be decided of this user at the start, in the short forms.
  func entries(of upn: UPN, begun: [TenantCommand]) -> [LayoutEntry] {
    var entries: [LayoutEntry] = []
    for command in begun {
      if case .block = command { entries.append(LayoutEntry("blocked", .flag(true))) }
      if case .confirmCompromised = command { entries.append(LayoutEntry("risk", .word("high"))) }
    }
    if let blocks = blocks[upn] { entries.append(LayoutEntry("blocked", .block(blocks.map(block)))) }
    if let risks = risks[upn] { entries.append(LayoutEntry("risk", .block(risks.map(risk)))) }
    if let lockout = tenant.lockouts[upn] { entries.append(LayoutEntry("lockout", self.lockout(lockout))) }
    if let pass = tenant.passes[upn] { entries.append(LayoutEntry("pass", self.pass(pass))) }
    if let clients = remembered[upn] { entries.append(LayoutEntry("remembered", .block(clients.map(client)))) }
    let verified = Method.allCases.compactMap { method in
      tenant.passedGates[upn]?[method].map { LayoutEntry(method.rawValue, .time($0)) }
    }
    if !verified.isEmpty { entries.append(LayoutEntry("verifiedForReset", .flow(verified))) }
    if let calls = calls[upn] { entries.append(LayoutEntry("calls", .block(calls.map(call)))) }
    return entries
  }

  private func block(_ block: Block) -> LayoutNode {
    let by =
      switch block.by {
      case .admin: "admin"
      case .user: "user"
      }
    return .flow([
      LayoutEntry("reason", .text(block.reason)), LayoutEntry("by", .word(by)),
      LayoutEntry("since", .time(block.since)),
    ])
  }

  private func risk(_ risk: RiskDetection) -> LayoutNode {
    .flow([
      LayoutEntry("kind", .word(risk.kind.rawValue)), LayoutEntry("at", .time(risk.at)),
      LayoutEntry("state", .word(risk.state.rawValue)),
    ])
  }

  private func lockout(_ lockout: Lockout) -> LayoutNode {
    var entries = [
      LayoutEntry("wrongPINs", .word("\(lockout.wrongPINs)")), LayoutEntry("last", .time(lockout.last)),
    ]
    if let until = lockout.lockedUntil { entries.append(LayoutEntry("until", .time(until))) }
    return .flow(entries)
  }

  private func pass(_ pass: Pass) -> LayoutNode {
    let (minutes, rest) = pass.lifetime.count.quotientAndRemainder(dividingBy: Milliseconds.minutes(1).count)
    var entries = [
      LayoutEntry("issued", .time(pass.issued)),
      LayoutEntry("lifetime", .word(rest == 0 ? "\(minutes)m" : "\(pass.lifetime.decimalSeconds)s")),
    ]
    if pass.isOnce { entries.append(LayoutEntry("once", .flag(true))) }
    if pass.isUsed { entries.append(LayoutEntry("used", .flag(true))) }
    return .flow(entries)
  }

  private func client(_ client: RememberedClient) -> LayoutNode {
    var entries: [LayoutEntry] = []
    switch client.client {
    case .browser(nil): break
    case .browser(let name?): entries.append(LayoutEntry("browser", .text(name)))
    case .app(let name): entries.append(LayoutEntry("app", .text(name)))
    case .legacy(let hasAppPassword):
      entries.append(LayoutEntry("legacy", .word(hasAppPassword ? "appPassword" : "password")))
    }
    return .flow(entries + [LayoutEntry("since", .time(client.since))])
  }

  private func call(_ call: PlacedCall) -> LayoutNode {
    .flow([LayoutEntry("number", .text(call.number)), LayoutEntry("at", .time(call.at))])
  }
}
