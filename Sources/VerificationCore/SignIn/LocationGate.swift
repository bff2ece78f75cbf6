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
    var reasons: [String] = []
    if isRequiredForUser {
      guard let trust = trustedIP else { return SignInFinding(.location, nil, untrusted) }
      reasons.append(trust)
    }
    if settings.conditionalAccess.requireMFA {
      guard let trust = trustedLocation else {
        let other = reasons.first.map { "\($0); " } ?? ""
        return SignInFinding(.location, nil, "\(other)conditional access trusts no such place")
      }
      reasons.append(trust)
    }
    return SignInFinding(.location, .skippedLocation, reasons.joined(separator: "; "))
  }

  /// Through a policy server everyone has the server's address.
  private var address: IPAddress? { request.throughNPS ? settings.trustedIPs.policyServer : request.address }

  private var trustedIP: String? {
    if let claim = trustedClaim { return claim }
    guard let address, tenant.licence >= .p1, countsHere(address) else { return nil }
    return settings.trustedIPs.ranges.first { $0.contains(address) }.map {
      "\(address) is in the trusted range \($0)"
    }
  }

  /// Private addresses count with a server of one's own only, also in a range that holds public ones too.
  private func countsHere(_ address: IPAddress) -> Bool { tenant.deployment == .onPremises || !address.isPrivate }

  /// Outside the corporate network the claim counts for nothing (TEN-5).
  private var trustedClaim: String? {
    guard settings.trustedIPs.federatedIntranet, tenant.federation == .federated, request.intranetClaim,
      request.isInsideIntranet
    else { return nil }
    return "a federated user inside the corporate network"
  }

  private var trustedLocation: String? {
    guard settings.conditionalAccess.skipTrusted else { return nil }
    if let claim = trustedClaim { return claim }
    guard let address, let place = tenant.locations.first(where: { $0.isTrusted && $0.contains(address) }) else {
      return nil
    }
    return "\(address) is in the trusted location \(place.name)"
  }

  private var untrusted: String {
    if request.intranetClaim, !request.isInsideIntranet {
      return "outside the corporate network the claim counts for nothing"
    }
    guard let address else { return "no address is known" }
    if tenant.licence < .p1, !settings.trustedIPs.ranges.isEmpty { return "trusted IPs need the licence p1" }
    if !countsHere(address), settings.trustedIPs.ranges.contains(where: { $0.contains(address) }) {
      return "\(address) is private, which counts with a server of one's own only"
    }
    return "\(address) is in no trusted range"
  }
}
