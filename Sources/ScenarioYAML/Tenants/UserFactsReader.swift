import ScenarioModel
import VerificationCore

/// Reads what has happened to a person: facts with their times, which hold as they are written.
struct UserFactsReader {
  let reading: Reading
  let upn: UPN

  /// What a key says takes the place of what was said of it before.
  func complete(_ facts: inout UserFacts, _ fields: Fields) {
    if let node = fields["blocked"], node.scalar == nil { facts.blocks = list(node, "blocked", block) }
    if let node = fields["risk"], node.scalar == nil { facts.risks = list(node, "risk", risk) }
    if let node = fields["lockout"] { facts.lockout = lockout(node) }
    if let node = fields["pass"] { facts.pass = pass(node) }
    if let node = fields["remembered"] { facts.remembered = list(node, "remembered", client) }
    if let node = fields["verifiedForReset"] { facts.verified = verified(node) }
    if let node = fields["calls"] { facts.calls = list(node, "calls", call) }
  }

  private func list<Fact>(_ node: Node, _ what: String, _ read: (Node) -> Fact?) -> [Fact] {
    (reading.sequence(node, what) ?? []).compactMap(read)
  }

  private func block(_ node: Node) -> Block? {
    guard let fields = reading.fields(node, "a block", of: Grammar.block),
      let reason = fields["reason"].flatMap({ reading.words($0, "reason") }),
      let since = fields["since"].flatMap({ reading.instant($0, "since") })
    else { return nil }
    let actors = ["admin": Block.Actor.admin, "user": .user]
    let by = fields["by"].flatMap { reading.value($0, "by", takes: "admin or user") { actors[$0] } }
    return Block(upn: upn, reason: reason, by: by ?? .admin, since: since)
  }

  private func risk(_ node: Node) -> RiskDetection? {
    guard let fields = reading.fields(node, "a risk detection", of: Grammar.riskDetection),
      let kind = fields["kind"].flatMap({ reading.word($0, "kind", RiskDetection.Kind.self) }),
      let at = fields["at"].flatMap({ reading.instant($0, "at") })
    else { return nil }
    let state = fields["state"].flatMap { reading.word($0, "state", RiskDetection.State.self) }
    return RiskDetection(upn: upn, at: at, kind: kind, state: state ?? .atRisk)
  }

  private func lockout(_ node: Node) -> Lockout? {
    guard let fields = reading.fields(node, "a lockout", of: Grammar.lockout),
      let count = fields["wrongPINs"].flatMap({ reading.whole($0, "wrongPINs", 1...Grammar.mostCounted) }),
      let last = fields["last"].flatMap({ reading.instant($0, "last") })
    else { return nil }
    return Lockout(
      wrongPINs: count, last: last, lockedUntil: fields["until"].flatMap { reading.instant($0, "until") })
  }

  private func pass(_ node: Node) -> Pass? {
    guard let fields = reading.fields(node, "a pass", of: Grammar.issuedPass),
      let issued = fields["issued"].flatMap({ reading.instant($0, "issued") }),
      let lifetime = fields["lifetime"].flatMap({ reading.length($0, "lifetime", atMost: .days(3_650)) })
    else { return nil }
    let isOnce = fields["once"].flatMap { reading.flag($0, "once") } ?? false
    let isUsed = fields["used"].flatMap { reading.flag($0, "used") } ?? false
    return Pass(upn: upn, issued: issued, lifetime: lifetime, isOnce: isOnce, isUsed: isUsed)
  }

  private func client(_ node: Node) -> RememberedClient? {
    guard let fields = reading.fields(node, "a remembered client", of: Grammar.rememberedClient) else { return nil }
    let kinds = ["browser", "app", "legacy"].filter { fields[$0] != nil }
    if kinds.count > 1 {
      reading.report(
        "two-clients", "a remembered client is one, and this one is \(kinds.joined(separator: " and "))", at: node,
        hint: "write an entry for each")
      return nil
    }
    var client = SignInRequest.Client.browser(nil)
    if let browser = fields["browser"] { client = .browser(reading.words(browser, "browser")) }
    if let app = fields["app"], let name = reading.words(app, "app") { client = .app(name) }
    if let legacy = fields["legacy"] { client = .legacy(hasAppPassword: reading.hasAppPassword(legacy, "legacy")) }
    return fields["since"].flatMap { reading.instant($0, "since") }.map {
      RememberedClient(upn: upn, client: client, since: $0)
    }
  }

  private func verified(_ node: Node) -> [Method: Instant] {
    guard let fields = reading.fields(node, "verifiedForReset", of: Grammar.verifiedForReset) else { return [:] }
    return Method.allCases.reduce(into: [:]) { verified, method in
      verified[method] = fields[method.rawValue].flatMap { reading.instant($0, method.rawValue) }
    }
  }

  private func call(_ node: Node) -> PlacedCall? {
    guard let fields = reading.fields(node, "a call", of: Grammar.placedCall),
      let number = fields["number"].flatMap({ reading.words($0, "number") }),
      let at = fields["at"].flatMap({ reading.instant($0, "at") })
    else { return nil }
    return PlacedCall(upn: upn, number: number, at: at)
  }
}

// Values that only tenants hold.
extension Reading {
  /// The fields of a mapping; nil where a key is missing without which it says nothing.
  func fields(_ node: Node, _ what: String, of shape: MappingShape) -> Fields? {
    guard let fields = fields(node, what, keys: shape.keys) else { return nil }
    let missing = shape.fields.filter { $0.isRequired && fields[$0.name] == nil }.map(\.name)
    guard !missing.isEmpty else { return fields }
    report(
      "missing-key", "\(what) needs \(missing.joined(separator: " and "))", at: node,
      hint: shape.example.map { "as in \($0)" })
    return nil
  }

  func instant(_ node: Node, _ what: String) -> Instant? {
    value(node, what, takes: "an ISO 8601 time, as in 2025-01-15T09:00:00Z") { Instant(iso8601: $0) }
  }

  func word<Word: RawRepresentable<String> & CaseIterable>(_ node: Node, _ what: String, _ type: Word.Type) -> Word? {
    let words = Word.allCases.map(\.rawValue)
    return value(node, what, takes: words.joined(separator: ", ")) { Word(rawValue: $0) }
  }

  func whole(_ node: Node, _ what: String, _ range: ClosedRange<Int>) -> Int? {
    value(node, what, takes: "a whole number from \(range.lowerBound) to \(range.upperBound)") { text in
      Int(text).flatMap { range.contains($0) ? $0 : nil }
    }
  }
}
