// Where nobody is asked: trusted IPs, locations, remembered clients (TEN-3 to TEN-6).
extension Tenant {
  var rememberFindings: [TenantFinding] {
    let remember = settings.remember
    guard remember.enabled else { return [] }
    var findings: [TenantFinding] = []
    if settings.conditionalAccess.signInFrequency > 0 {
      findings.append(
        TenantFinding(
          .rememberWithFrequency, .setting("remember.enabled"),
          "remembering does nothing beside conditionalAccess.signInFrequency, which asks again",
          remedy: "turn one of the two off"))
    }
    if settings.federation.keepSignedIn {
      findings.append(
        TenantFinding(
          .rememberLoops, .setting("remember.enabled"),
          "after \(remember.days) days the federation service answers with its old verification, and the sign-in goes round in a loop",
          remedy: "turn federation.keepSignedIn off, or remembering"))
    }
    if remember.days < 90 {
      findings.append(
        TenantFinding(
          .rememberShort, .setting("remember.days"),
          "\(remember.days) days is less than the 90 advised, and makes apps ask more often than every \(Settings.Remember.appDays) days",
          remedy: "set remember.days to 90 or more"))
    }
    return findings
  }

  var placeFindings: [TenantFinding] {
    trustedIPFindings + bothSides + unusedLocations
  }

  private var trustedIPFindings: [TenantFinding] {
    let trusted = settings.trustedIPs
    var findings: [TenantFinding] = []
    if !trusted.ranges.isEmpty, licence < .p1 {
      findings.append(
        TenantFinding(
          .trustedIPsLicence, .setting("trustedIPs.ranges"), "trusted IPs need the licence p1, and the tenant has none",
          remedy: "give the tenant the licence p1, or remove the ranges"))
    }
    if deployment == .cloud {
      findings += trusted.ranges.filter(\.isPrivate).map { range in
        TenantFinding(
          .trustedIPsPrivate, .setting("trustedIPs.ranges"),
          "\(range) is private: without a server of one's own no sign-in ever comes from there",
          remedy: "trust the public addresses that your network is seen with")
      }
    }
    findings += trusted.ranges.filter { $0.prefix < 8 }.map { range in
      TenantFinding(
        .trustedIPsWide, .setting("trustedIPs.ranges"),
        "\(range) trusts more than 16 million addresses: hardly anybody is ever asked",
        remedy: "trust the addresses of your own network only")
    }
    if trusted.federatedIntranet, federation == .managed {
      findings.append(
        TenantFinding(
          .claimWithoutFederation, .setting("trustedIPs.federatedIntranet"),
          "a managed tenant has no federation service that could issue the claim",
          remedy: "turn it off, or make the tenant federated"))
    }
    if let server = trusted.policyServer, trusted.ranges.contains(where: { $0.contains(server) }) {
      findings.append(
        TenantFinding(
          .policyServerUntrusted, .setting("trustedIPs.policyServer"),
          "\(server) is trusted, so nobody who comes through the policy server is ever asked",
          remedy: "leave the server's address out of the trusted ranges"))
    }
    return findings
  }

  /// Where conditional access asks as well, a place must be trusted on both sides.
  private var bothSides: [TenantFinding] {
    let access = settings.conditionalAccess
    let trustedPlaces = access.skipTrusted ? locations.filter(\.isTrusted).flatMap(\.ranges) : []
    guard access.requireMFA else { return [] }
    let asksPerUser = users.contains { $0.requirement != .disabled }
    let here = settings.trustedIPs.ranges.filter { range in
      !trustedPlaces.contains { $0.contains(range.base) && $0.prefix <= range.prefix }
    }
    let there = trustedPlaces.filter { place in
      asksPerUser && place.base.family == .v4
        && !settings.trustedIPs.ranges.contains { $0.contains(place.base) && $0.prefix <= place.prefix }
    }
    return here.map { range in
      TenantFinding(
        .trustedIPsOneSided, .setting("trustedIPs.ranges"),
        "\(range) is trusted by the service settings and not by conditional access, which asks all the same",
        remedy: "add a trusted location with \(range), and turn conditionalAccess.skipTrusted on")
    }
      + there.map { range in
        TenantFinding(
          .trustedIPsOneSided, .setting("conditionalAccess.skipTrusted"),
          "\(range) is trusted by conditional access and not by trustedIPs.ranges; per-user verification asks all the same",
          remedy: "add \(range) to trustedIPs.ranges")
      }
  }

  private var unusedLocations: [TenantFinding] {
    let access = settings.conditionalAccess
    guard !(access.requireMFA && access.skipTrusted) else { return [] }
    return locations.indices.filter { locations[$0].isTrusted }.map { index in
      TenantFinding(
        .locationUnused, .location(index), "nothing looks at the trusted location \(locations[index].name)",
        remedy: "turn conditionalAccess.requireMFA and conditionalAccess.skipTrusted on, or use trustedIPs.ranges")
    }
  }
}
