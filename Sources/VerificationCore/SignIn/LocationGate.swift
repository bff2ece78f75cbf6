// Trusted places (TEN-3 to TEN-5).
extension SignInChain {
  /// Whoever asks for a verification must be told that the place is trusted: per-user state by the trusted IPs,
  /// conditional access by its locations.
  var location: SignInFinding {
    guard request.purpose == .signIn else { return SignInFinding(.location, nil, "this is no sign-in") }
    // Inside trusted places an app password is needed all the same by who has one (TEN-7).
    if case .legacy = request.client, user.hasAppPassword {
      return SignInFinding(.location, nil, "the user has an app password, which is needed everywhere")
    }
    var reasons: [Sentence] = []
    if isRequiredForUser {
      guard let trust = trustedIP else { return SignInFinding(.location, nil, "\(untrusted)") }
      reasons.append(trust)
    }
    if settings.conditionalAccess.requireMFA {
      guard let trust = trustedLocation else {
        return SignInFinding(
          .location, nil,
          reasons.first.map { "\($0); conditional access trusts no such place" }
            ?? "conditional access trusts no such place")
      }
      reasons.append(trust)
    }
    let joined = reasons.dropFirst().reduce(reasons.first ?? Sentence("")) { Sentence("\($0); \($1)") }
    return SignInFinding(.location, .skippedLocation, "\(joined)")
  }

  /// Through a policy server everyone has the server's address.
  private var address: IPAddress? { request.throughNPS ? settings.trustedIPs.policyServer : request.address }

  private var trustedIP: Sentence? {
    if let claim = trustedClaim { return claim }
    guard let address, tenant.licence >= .p1, countsHere(address) else { return nil }
    return settings.trustedIPs.ranges.first { $0.contains(address) }.map {
      Sentence("\(address) is in the trusted range \($0)")
    }
  }

  /// Private addresses count with a server of one's own only, also in a range that holds public ones too.
  private func countsHere(_ address: IPAddress) -> Bool { tenant.deployment == .onPremises || !address.isPrivate }

  /// Outside the corporate network the claim counts for nothing (TEN-5).
  private var trustedClaim: Sentence? {
    guard settings.trustedIPs.federatedIntranet, tenant.federation == .federated, request.intranetClaim,
      request.isInsideIntranet
    else { return nil }
    return Sentence("a federated user inside the corporate network")
  }

  private var trustedLocation: Sentence? {
    guard settings.conditionalAccess.skipTrusted else { return nil }
    if let claim = trustedClaim { return claim }
    guard let address, let place = tenant.locations.first(where: { $0.isTrusted && $0.contains(address) }) else {
      return nil
    }
    return Sentence("\(address) is in the trusted location \(place.name)")
  }

  private var untrusted: Sentence {
    if request.intranetClaim, !request.isInsideIntranet {
      return Sentence("outside the corporate network the claim counts for nothing")
    }
    guard let address else { return Sentence("no address is known") }
    if tenant.licence < .p1, !settings.trustedIPs.ranges.isEmpty {
      return Sentence("trusted IPs need the licence p1")
    }
    if !countsHere(address), settings.trustedIPs.ranges.contains(where: { $0.contains(address) }) {
      return Sentence("\(address) is private, which counts with a server of one's own only")
    }
    return Sentence("\(address) is in no trusted range")
  }
}
