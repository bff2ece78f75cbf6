import Testing
import VerificationCore

@Suite("Trusted places")
struct LocationTests {
  private func ranges(_ texts: String...) throws -> [IPRange] { try texts.map { try IPRange($0) } }

  private func bench(
    _ range: String, _ deployment: Tenant.Deployment = .cloud, _ licence: Tenant.Licence = .p1,
    _ set: (inout Settings) -> Void = { _ in }
  ) throws -> Bench {
    let trusted = try ranges(range)
    return try Bench {
      $0.trustedIPs.ranges = trusted
      set(&$0)
    } tenant: {
      ($0.deployment, $0.licence) = (deployment, licence)
    }
  }

  private func outcome(_ bench: Bench, from address: String?, with method: Method = .code) throws -> Outcome? {
    var bench = bench
    return try bench.signIn(with: method) { $0.address = address.flatMap { IPAddress($0) } }
  }

  @Test(
    "TEN-3: an address in a trusted range is not asked, one beside it is",
    arguments: [
      ("203.0.113.0", true), ("203.0.113.127", true), ("203.0.113.128", false), ("203.0.112.255", false),
      ("2001:db8::1", false), (nil, false),
    ] as [(String?, Bool)])
  func range(address: String?, isTrusted: Bool) throws {
    #expect(try outcome(bench("203.0.113.0/25"), from: address) == (isTrusted ? .skippedLocation : nil))
  }

  @Test("TEN-3: trusted IPs need the licence P1", arguments: Tenant.Licence.allCases)
  func licence(licence: Tenant.Licence) throws {
    let skips = licence != .free
    #expect(
      try outcome(bench("203.0.113.0/24", .cloud, licence), from: "203.0.113.7") == (skips ? .skippedLocation : nil))
  }

  @Test(
    "TEN-3: private addresses count with a server of one's own only, also in a range that holds public ones too",
    arguments: [
      ("10.0.0.0/8", "10.1.2.3"), ("172.16.0.0/12", "172.31.255.255"), ("192.168.0.0/16", "192.168.4.4"),
      ("10.4.0.0/16", "10.4.0.1"), ("8.0.0.0/5", "10.1.2.3"), ("0.0.0.0/0", "192.168.4.4"),
    ])
  func privateRanges(range: String, address: String) throws {
    #expect(try outcome(bench(range, .cloud), from: address) == nil)
    #expect(try outcome(bench(range, .onPremises), from: address) == .skippedLocation)
  }

  @Test("TEN-3: of a range that holds private and public addresses the public ones count in the cloud")
  func publicPart() throws {
    #expect(try outcome(bench("8.0.0.0/5"), from: "8.8.8.8") == .skippedLocation)
    #expect(try outcome(bench("172.0.0.0/8"), from: "172.32.0.0") == .skippedLocation)
    #expect(try outcome(bench("172.0.0.0/8"), from: "172.15.255.255") == .skippedLocation)
  }

  @Test("TEN-3: at most 50 ranges, and IPv4 only")
  func fifty() throws {
    let setting = try #require(Setting.named("trustedIPs.ranges"))
    var settings = Settings()
    try setting.set(list: (1...50).map { "203.0.\($0).0/24" }, in: &settings)
    #expect(settings.trustedIPs.ranges.count == 50)
    let tooMany = #expect(throws: Setting.WrongValue.self) {
      try setting.set(list: (1...51).map { "203.0.\($0).0/24" }, in: &settings)
    }
    #expect(tooMany?.message == "trustedIPs.ranges has 51 entries")
    #expect(tooMany?.hint == "it takes at most 50 IPv4 ranges, as in 203.0.113.0/24")
    let version6 = #expect(throws: Setting.WrongValue.self) {
      try setting.set(list: ["2001:db8::/32"], in: &settings)
    }
    #expect(version6?.message == "trustedIPs.ranges: \"2001:db8::/32\" is IPv6, which named locations take")
    #expect(version6?.hint == "it takes at most 50 IPv4 ranges, as in 203.0.113.0/24")
    #expect(settings.trustedIPs.ranges.count == 50)
    try setting.set("none", in: &settings)
    #expect(settings.trustedIPs.ranges.isEmpty)
  }

  @Test(
    "TEN-3: through the policy server the address is the server's, whoever's it was",
    arguments: [
      ("203.0.113.9", "198.51.100.1", true), ("198.51.100.9", "203.0.113.7", false), (nil, "203.0.113.7", false),
    ]
      as [(String?, String, Bool)])
  func policyServer(server: String?, person: String, skips: Bool) throws {
    var bench = try bench("203.0.113.0/24") { $0.trustedIPs.policyServer = server.flatMap { IPAddress($0) } }
    let outcome = try bench.signIn(with: .code) {
      ($0.address, $0.throughNPS) = (IPAddress(person), true)
    }
    #expect(outcome == (skips ? .skippedLocation : nil))
  }

  @Test(
    "TEN-3, TEN-5: the claim counts for federated users inside the network, where it is switched on",
    arguments: [
      ClaimCase(federation: .federated, isOn: true, claim: true, inside: true, skips: true),
      ClaimCase(federation: .managed, isOn: true, claim: true, inside: true, skips: false),
      ClaimCase(federation: .federated, isOn: false, claim: true, inside: true, skips: false),
      ClaimCase(federation: .federated, isOn: true, claim: false, inside: true, skips: false),
      ClaimCase(federation: .federated, isOn: true, claim: true, inside: false, skips: false),
    ])
  func claim(row: ClaimCase) throws {
    var bench = try Bench {
      $0.trustedIPs.federatedIntranet = row.isOn
    } tenant: {
      $0.federation = row.federation
    }
    let outcome = try bench.signIn(with: .code) { ($0.intranetClaim, $0.isInsideIntranet) = (row.claim, row.inside) }
    #expect(outcome == (row.skips ? .skippedLocation : nil))
    if row.claim, !row.inside {
      try bench.service.explain(
        SignInRequest(upn: bench.upn, intranetClaim: true), at: bench.now
      ).findings.first { $0.gate == .location }.map {
        #expect($0.reason == "outside the corporate network the claim counts for nothing")
      }
    }
  }

  @Test(
    "TEN-4: a named location counts where it is trusted, holds the address, and conditional access skips such",
    arguments: [
      ("203.0.113.0/24", "203.0.113.7", true, true, true), ("2001:db8::/32", "2001:db8::7", true, true, true),
      ("203.0.113.0/24", "203.0.113.7", false, true, false), ("203.0.113.0/24", "203.0.113.7", true, false, false),
      ("203.0.113.0/24", "203.0.114.7", true, true, false), ("2001:db8::/32", "2001:db9::7", true, true, false),
    ])
  func named(range: String, address: String, isTrusted: Bool, skips: Bool, isSkipped: Bool) throws {
    let place = NamedLocation(name: "Office", ranges: try ranges("198.51.100.0/24", range), isTrusted: isTrusted)
    var bench = try Bench {
      ($0.conditionalAccess.requireMFA, $0.conditionalAccess.skipTrusted) = (true, skips)
    } user: {
      $0.requirement = .disabled
    } tenant: {
      $0.locations = [place]
    }
    let outcome = try bench.signIn(with: .code) { $0.address = IPAddress(address) }
    #expect(outcome == (isSkipped ? .skippedLocation : nil))
    guard isSkipped else { return }
    #expect(bench.tenant.signIns.last?.why.last?.reason == "\(address) is in the trusted location Office")
  }

  @Test(
    "TEN-3: where the user's state and conditional access both ask, both must trust the place",
    arguments: [(true, true, true), (true, false, false), (false, true, false), (false, false, false)])
  func both(inRange: Bool, inLocation: Bool, skips: Bool) throws {
    let trusted = try ranges(inRange ? "203.0.113.0/24" : "198.51.100.0/24")
    let place = NamedLocation(
      name: "Office", ranges: try ranges(inLocation ? "203.0.113.0/24" : "198.51.100.0/24"), isTrusted: true)
    var bench = try Bench {
      $0.trustedIPs.ranges = trusted
      ($0.conditionalAccess.requireMFA, $0.conditionalAccess.skipTrusted) = (true, true)
    } tenant: {
      $0.locations = [place]
    }
    let outcome = try bench.signIn(with: .code) { $0.address = IPAddress("203.0.113.7") }
    #expect(outcome == (skips ? .skippedLocation : nil))
  }

  @Test("TEN-3, TEN-4: trusted IPs skip nothing for conditional access, nor locations for the user's state")
  func eachItsOwn() throws {
    let place = NamedLocation(name: "Office", ranges: try ranges("203.0.113.0/24"), isTrusted: true)
    var byLocation = try Bench {
      $0.conditionalAccess.skipTrusted = true
    } tenant: {
      $0.locations = [place]
    }
    #expect(try byLocation.signIn(with: .code) { $0.address = IPAddress("203.0.113.7") } == nil)
    var byRange = try bench("203.0.113.0/24") {
      ($0.conditionalAccess.requireMFA, $0.conditionalAccess.skipTrusted) = (true, true)
    }
    #expect(try byRange.signIn(with: .code) { $0.address = IPAddress("203.0.113.7") } == nil)
  }

  @Test(
    "TEN-3: why a place is not trusted",
    arguments: [
      ("203.0.113.0/24", Tenant.Licence.p1, nil, "no address is known"),
      ("203.0.113.0/24", .free, "203.0.113.7", "trusted IPs need the licence p1"),
      ("10.0.0.0/8", .p1, "10.1.2.3", "10.1.2.3 is private, which counts with a server of one's own only"),
      ("203.0.113.0/24", .p1, "198.51.100.1", "198.51.100.1 is in no trusted range"),
    ] as [(String, Tenant.Licence, String?, String)])
  func reasons(range: String, licence: Tenant.Licence, address: String?, reason: String) throws {
    let bench = try bench(range, .cloud, licence)
    let request = SignInRequest(upn: bench.upn, address: address.flatMap { IPAddress($0) })
    let findings = try bench.service.explain(request, at: bench.now).findings
    #expect(findings.first { $0.gate == .location }?.reason == reason)
  }

  @Test(
    "TEN-7: a client that knows passwords only: outside always an app password, inside only if the user has one",
    arguments: [
      LegacyCase(inside: false, has: false, gives: false, outcome: .appPasswordRequired),
      LegacyCase(inside: false, has: true, gives: false, outcome: .appPasswordRequired),
      LegacyCase(inside: false, has: true, gives: true, outcome: .skippedAppPassword),
      LegacyCase(inside: false, has: false, gives: true, outcome: .appPasswordRequired),
      LegacyCase(inside: true, has: false, gives: false, outcome: .skippedLocation),
      LegacyCase(inside: true, has: true, gives: false, outcome: .appPasswordRequired),
      LegacyCase(inside: true, has: true, gives: true, outcome: .skippedAppPassword),
    ])
  func legacy(row: LegacyCase) throws {
    let trusted = try ranges("203.0.113.0/24")
    var bench = try Bench {
      $0.trustedIPs.ranges = trusted
    } user: {
      $0.hasAppPassword = row.has
    }
    let outcome = try bench.signIn {
      $0.client = .legacy(hasAppPassword: row.gives)
      $0.address = IPAddress(row.inside ? "203.0.113.7" : "198.51.100.1")
    }
    #expect(outcome == row.outcome)
  }

  @Test("TEN-7: with appPasswords.allowed off none counts")
  func notAllowed() throws {
    var bench = try Bench {
      $0.appPasswords.allowed = false
    } user: {
      $0.hasAppPassword = true
    }
    #expect(try bench.signIn { $0.client = .legacy(hasAppPassword: true) } == .appPasswordRequired)
  }
}

struct ClaimCase: Sendable {
  var federation: Tenant.Federation
  var isOn: Bool
  var claim: Bool
  var inside: Bool
  var skips: Bool
}

struct LegacyCase: Sendable {
  var inside: Bool
  var has: Bool
  var gives: Bool
  var outcome: Outcome
}
