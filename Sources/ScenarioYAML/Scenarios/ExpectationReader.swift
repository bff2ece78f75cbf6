import ScenarioModel
import VerificationCore

/// Reads what must hold: of a file as a whole, or at a step.
struct ExpectationReader {
  let reading: Reading

  func expectation(_ node: Node) -> Expectation? {
    guard
      let fields = reading.fields(
        node, "expect", keys: Grammar.expect.keys)
    else { return nil }
    var expectation = Expectation()
    if let result = fields["result"] { self.result(result, &expectation) }
    if let user = fields["user"] { expectation.user = self.user(user) ?? UserExpectation() }
    if let shown = fields["callerID"], let presence = reading.presence(shown, "callerID") {
      expectation.callerID = Placed(presence, at: reading.place(of: shown))
    }
    if let node = fields["length"], let lengths = reading.lengths(node, "length") {
      expectation.length = Placed(lengths, at: reading.place(of: node))
    }
    if let node = fields["snapshot"], let name = reading.name(node, "snapshot") {
      expectation.snapshot = Placed(name, at: reading.place(of: node))
    }
    if let notified = fields["notified"], let names = words(notified, "notified") {
      expectation.notified = Placed(names, at: reading.place(of: notified))
    }
    if let why = fields["why"] { expectation.why = reasons(why) }
    if let records = fields["records"] {
      expectation.records = (reading.sequence(records, "records") ?? []).compactMap { record($0) }
    }
    if let mail = fields["mail"], let record = self.mail(mail) { expectation.records.append(record) }
    return expectation
  }

  private func user(_ node: Node) -> UserExpectation? {
    guard let fields = reading.fields(node, "user", keys: Grammar.expectedUser.keys) else { return nil }
    var user = UserExpectation()
    if let node = fields["upn"], let upn = reading.upn(node, "upn") {
      user.upn = Placed(upn, at: reading.place(of: node))
    }
    user.blocked = flag(fields["blocked"], "blocked")
    user.locked = flag(fields["locked"], "locked")
    user.reported = flag(fields["reported"], "reported")
    user.enabled = flag(fields["enabled"], "enabled")
    user.mustRegister = flag(fields["mustRegister"], "mustRegister")
    if let risk = fields["risk"] {
      user.atRisk = reading.value(risk, "risk", takes: "high or none") { ["high": true, "none": false][$0] }
        .map { Placed($0, at: reading.place(of: risk)) }
    }
    if let methods = fields["methods"], let names = reading.sequence(methods, "methods") {
      user.methods = Placed(names.compactMap { reading.method($0, "a method") }, at: reading.place(of: methods))
    }
    return user
  }

  private func flag(_ node: Node?, _ what: String) -> Placed<Bool>? {
    guard let node, let value = reading.flag(node, what) else { return nil }
    return Placed(value, at: reading.place(of: node))
  }

  private func words(_ node: Node, _ what: String) -> [String]? {
    reading.sequence(node, what)?.compactMap { reading.string($0, what) }
  }

  /// One reason, or a list of them.
  private func reasons(_ node: Node) -> [Placed<Matcher>] {
    let nodes: [Node]
    if case .sequence = node { nodes = reading.sequence(node, "why") ?? [] } else { nodes = [node] }
    return nodes.compactMap { node in reading.matcher(node, "why").map { Placed($0, at: reading.place(of: node)) } }
  }

  /// `result: approved`, or `result: {not: approved}`.
  private func result(_ node: Node, _ expectation: inout Expectation) {
    guard case .mapping = node else { return expectation.result = outcome(node) }
    guard let fields = reading.fields(node, "result", keys: Grammar.otherResult.keys) else { return }
    guard let unwanted = fields["not"] else {
      return reading.report("missing-key", "result needs not: which?", at: node, hint: "as in {not: approved}")
    }
    expectation.notResult = outcome(unwanted)
  }

  private func outcome(_ node: Node) -> Placed<Outcome?>? {
    guard let name = reading.string(node, "result") else { return nil }
    if name == "none" { return Placed(nil, at: reading.place(of: node)) }
    if let outcome = Outcome(rawValue: name) { return Placed(outcome, at: reading.place(of: node)) }
    reading.report(
      "unknown-result", "unknown result \"\(name)\"", at: node,
      hint: Suggestion.hint(for: name, among: Outcome.allCases.map(\.rawValue) + ["none"], what: "the results are"))
    return nil
  }

  private func record(_ node: Node) -> RecordExpectation? {
    let kinds = RecordExpectation.Kind.allCases
    guard let fields = reading.fields(node, "a record", keys: Grammar.record.keys) else { return nil }
    let given = kinds.filter { fields[$0.rawValue] != nil }
    guard given.count == 1, let kind = given.first, let textNode = fields[kind.rawValue] else {
      reading.report(
        "missing-key", "a record needs one of signin, audit, risk, mail: its text", at: node,
        hint: "as in {audit: /Fraud reported/, times: 1}")
      return nil
    }
    guard let counted = reading.countedMatcher(textNode, kind.rawValue) else { return nil }
    return RecordExpectation(
      kind, text: Placed(counted.matcher, at: reading.place(of: textNode)),
      times: reading.times(fields, node) ?? counted.times ?? .atLeastOne)
  }

  /// `mail: {to: security@larkspur.example, times: 1}`
  private func mail(_ node: Node) -> RecordExpectation? {
    guard let fields = reading.fields(node, "mail", keys: Grammar.mail.keys) else { return nil }
    guard let to = fields["to"] else {
      reading.report("missing-key", "mail needs to: an address", at: node)
      return nil
    }
    guard let counted = reading.countedMatcher(to, "to") else { return nil }
    return RecordExpectation(
      .mail, text: Placed(counted.matcher, at: reading.place(of: to)),
      times: reading.times(fields, node) ?? counted.times ?? .atLeastOne)
  }
}

extension Reading {
  func method(_ node: Node, _ what: String) -> Method? {
    guard let name = string(node, what) else { return nil }
    if let method = Method(rawValue: name) { return method }
    report(
      "unknown-method", "unknown method \"\(name)\"", at: node,
      hint: Suggestion.hint(for: name, among: Method.allCases.map(\.rawValue), what: "the methods are"))
    return nil
  }

  func phoneKind(_ node: Node, _ what: String) -> PhoneKind? {
    value(node, what, takes: "mobile, alternate or office") { PhoneKind(rawValue: $0) }
  }

  func number(_ node: Node, _ what: String) -> PhoneNumber? {
    value(node, what, takes: "+, country code, a space, the number, as in \"+33 612345678\" or \"+1 4255550100x42\"") {
      PhoneNumber($0)
    }
  }

  func address(_ node: Node, _ what: String) -> IPAddress? {
    value(node, what, takes: "an address, as in 203.0.113.7 or \"2001:db8::7\"") { IPAddress($0) }
  }

  /// A short name that a person gives: of a device, a key, a location.
  func name(_ node: Node, _ what: String) -> String? {
    value(node, what, takes: "1 to 60 characters") { (1...60).contains($0.count) ? $0 : nil }
  }
}
