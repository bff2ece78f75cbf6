import VerificationCore

extension Diagram {
  /// The gates of a sign-in in their order, and the outcomes that each was seen to decide (SIGN-1).
  ///
  /// Drawn from the chain itself: many sign-ins go through it, each with something that one gate or another objects to.
  public static var signIn: Diagram {
    var (decided, edges): ([SignInGate: [Outcome]], EdgeList) = ([:], EdgeList())
    for finding in SignInSample.findings {
      guard let outcome = finding.outcome, decided[finding.gate]?.contains(outcome) != true else { continue }
      decided[finding.gate, default: []].append(outcome)
    }
    let gates = SignInGate.allCases
    for (gate, next) in zip(gates, gates.dropFirst()) {
      for outcome in Outcome.allCases where decided[gate]?.contains(outcome) == true {
        edges.add(nil, from: gate.rawValue, to: "\(outcome.rawValue)_")
      }
      edges.add(nil, from: gate.rawValue, to: next.rawValue)
    }
    let ends = Outcome.allCases.filter { outcome in decided.values.contains { $0.contains(outcome) } }
    return Diagram(
      name: "signin",
      nodes: gates.map { Node($0.rawValue, $0.question, $0 == .verification ? .step : .question) }
        // An outcome and a gate may have the same name.
        + ends.map { Node("\($0.rawValue)_", $0.rawValue, .end) },
      edges: edges.edges)
  }
}

/// Sign-ins of one user, each changed in one or two ways from a plain one.
private enum SignInSample {
  private struct Situation {
    var tenant: Tenant
    var user: User
    var request: SignInRequest
    var isVerifying = false
  }

  private typealias Change = @Sendable (inout Situation) -> Void

  static var findings: [SignInFinding] {
    guard let upn = UPN("omar@larkspur.example"), let phone = PhoneNumber("+44 7700900123") else { return [] }
    let user = User(upn: upn, phone: phone)
    let plain = Situation(
      tenant: Tenant(name: "Larkspur", users: [user]), user: user, request: SignInRequest(upn: upn))
    return changes.flatMap { first in
      changes.flatMap { second -> [SignInFinding] in
        var situation = plain
        first(&situation)
        second(&situation)
        situation.tenant.users = [situation.user]
        return situation.tenant.decide(
          situation.request, of: situation.user, isVerifying: situation.isVerifying, at: .virtualStart
        ).findings
      }
    }
  }

  private static let changes: [Change] = [
    { _ in }, { $0.user.isEnabled = false }, { $0.user.mustChangePassword = true },
    { $0.user.mustRegister = true }, { $0.user.phones = Phones() }, { $0.user.requirement = .disabled },
    { $0.user.hasAppPassword = true }, { $0.tenant.settings.risk.policy = .block },
    { $0.tenant.settings.risk.policy = .passwordChange }, { act(.confirmCompromised($0.user.upn), &$0) },
    { act(.block($0.user.upn, reason: "Lost"), &$0) },
    {
      $0.tenant.settings.conditionalAccess.compliantDevice = true
      $0.request.isDeviceCompliant = false
    },
    {
      $0.tenant.settings.trustedIPs.ranges = (try? IPRange("203.0.113.0/24")).map { [$0] } ?? []
      $0.request.address = IPAddress("203.0.113.7")
    },
    {
      ($0.request.client, $0.request.remembers) = (.browser("laptop"), true)
      $0.tenant.settings.remember.enabled = true
      conclude(.approved, &$0)
    },
    { $0.request.client = .legacy(hasAppPassword: true) }, { $0.request.client = .legacy(hasAppPassword: false) },
    { $0.tenant.settings.methods.call = false }, { $0.request.method = .passkey },
    { $0.isVerifying = true },
    { situation in
      for _ in 0..<situation.tenant.settings.lockout.denials {
        apply(.countWrongPIN(situation.user.upn, under: situation.tenant.settings.lockout), &situation)
      }
    },
    { situation in
      for _ in 0..<situation.tenant.settings.call.maxPerWindow {
        apply(.placeCall(situation.user.upn, number: situation.user.phone?.e164 ?? ""), &situation)
      }
    },
  ]

  private static func act(_ command: TenantCommand, _ situation: inout Situation) {
    for event in (try? situation.tenant.decide(command, at: .virtualStart)) ?? [] { situation.tenant.apply(event) }
  }

  private static func apply(_ act: VerificationAct, _ situation: inout Situation) {
    for event in situation.tenant.decide(act, at: .virtualStart) { situation.tenant.apply(event) }
  }

  private static func conclude(_ outcome: Outcome, _ situation: inout Situation) {
    apply(.conclude(situation.request, outcome, .call, number: nil, why: []), &situation)
  }
}
