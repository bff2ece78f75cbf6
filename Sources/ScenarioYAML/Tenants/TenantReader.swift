import ScenarioModel
import VerificationCore

/// A tenant as a file says it, with the PINs that the core does not keep.
struct TenantSource: Sendable {
  var tenant: Tenant
  var pins: [UPN: Passcode] = [:]
  /// Who has a PIN that the file does not tell.
  var keptPINs: Set<UPN> = []
  var settingPlaces: [String: SourcePlace] = [:]
  /// Where the rest was written, for the configuration check.
  var places = TenantPlaces()
  /// The highest secret of an app: each has one of its own.
  var registered = 0
  var tokenFile: String?
  /// What has been done to it already, and is decided at the start.
  var begun: [TenantCommand] = []
  /// What has happened to people, with its times.
  var facts: [UPN: UserFacts] = [:]
}

/// Where the parts of a tenant were written.
struct TenantPlaces: Sendable {
  var users: [UPN: SourcePlace] = [:]
  /// In the order of the tenant's.
  var greetings: [SourcePlace] = []
  var locations: [SourcePlace] = []
  var keys: [String: SourcePlace] = [:]
}

/// Reads a tenant: a file of its own, or what a scenario gives inline.
struct TenantReader {
  let reading: Reading
  let greetings: any GreetingMeasuring

  /// A file of its own, which the values of a scenario's matrix do not reach.
  func file(_ root: Node) -> TenantSource? { read(Binder(reading: reading, scope: .empty).bind(root)) }

  /// - Parameter root: with its names looked up.
  func read(_ root: Node) -> TenantSource? {
    guard let fields = reading.fields(root, "a tenant", keys: Grammar.tenant.keys) else { return nil }
    let name = fields["tenant"].flatMap { reading.words($0, "tenant") }
    var source = TenantSource(tenant: Tenant(name: name ?? "Tenant"))
    if let node = fields["language"], let language = reading.language(node, "language") {
      source.tenant.language = language
    }
    organisation(fields, &source)
    if let node = fields["settings"] { apply(settings: node, to: &source) }
    if let node = fields["users"] {
      for entry in reading.sequence(node, "users") ?? [] {
        let count = source.tenant.users.count
        guard let upn = add(user: entry, to: &source), source.tenant.users.count == count else { continue }
        reading.report("duplicate-user", "\(upn) stands twice among the users", at: entry, hint: "keep one of the two")
      }
    }
    if let node = fields["greetings"] { add(greetings: node, to: &source) }
    if let node = fields["tokens"] { add(tokens: node, to: &source) }
    if let node = fields["registrations"],
      let count = reading.whole(node, "registrations", 0...Grammar.mostCounted)
    {
      source.tenant.apply(.setUp(.registrationsCounted(count)))
    }
    return source
  }

  private func add(tokens node: Node, to source: inout TenantSource) {
    guard node.sequence == nil else { return TokenListReader(reading: reading).give(node, to: &source.tenant) }
    TokenFileReader(reading: reading).give(node, to: &source.tenant)
    source.tokenFile = node.scalar.map { RelativePath.resolve($0.string, from: node) }
  }

  func apply(settings node: Node, to source: inout TenantSource) {
    guard case .mapping(let mapping) = node else {
      return reading.report(
        "expected-mapping", "settings must be a mapping", at: node, hint: "as in fraudAlert.block: true")
    }
    for (key, value) in mapping.entries {
      guard let change = reading.setting(key, value, in: &source.tenant.settings) else { continue }
      source.settingPlaces[change.name] = reading.place(of: key)
    }
  }

  private func organisation(_ fields: Fields, _ source: inout TenantSource) {
    if let node = fields["type"],
      let type = reading.value(node, "type", takes: "managed or federated", { Tenant.Federation(rawValue: $0) })
    {
      source.tenant.federation = type
    }
    if let node = fields["deployment"],
      let deployment = reading.value(
        node, "deployment", takes: "cloud or onPremises", { Tenant.Deployment(rawValue: $0) })
    {
      source.tenant.deployment = deployment
    }
    if let node = fields["licence"],
      let licence = reading.value(node, "licence", takes: "free, p1 or p2", { Tenant.Licence(rawValue: $0) })
    {
      source.tenant.licence = licence
    }
    if let node = fields["locations"] { add(locations: node, to: &source) }
    if let node = fields["providers"] {
      source.tenant.providers = (reading.sequence(node, "providers") ?? []).compactMap {
        reading.words($0, "a provider")
      }
    }
    for key in Grammar.tenant.keys { source.places.keys[key] = fields[key].map(reading.place(of:)) }
  }

  func add(locations node: Node, to source: inout TenantSource) {
    for entry in reading.sequence(node, "locations") ?? [] {
      guard let location = location(entry) else { continue }
      source.tenant.locations.append(location)
      source.places.locations.append(reading.place(of: entry))
    }
  }

  private func location(_ node: Node) -> NamedLocation? {
    guard let fields = reading.fields(node, "a location", keys: Grammar.location.keys) else { return nil }
    guard let nameNode = fields["name"], let rangesNode = fields["ranges"] else {
      reading.report(
        "missing-key", "a location needs a name and ranges", at: node,
        hint: "as in {name: Office, ranges: [203.0.113.0/24], trusted: true}")
      return nil
    }
    let ranges = (reading.sequence(rangesNode, "ranges") ?? []).compactMap { range($0) }
    let isTrusted = fields["trusted"].flatMap { reading.flag($0, "trusted") } ?? false
    return reading.words(nameNode, "name").map { NamedLocation(name: $0, ranges: ranges, isTrusted: isTrusted) }
  }

  private func range(_ node: Node) -> IPRange? {
    guard let text = reading.string(node, "a range") else { return nil }
    do throws(IPRange.Mistake) {
      return try IPRange(text)
    } catch {
      reading.report("wrong-range", "\"\(text)\" \(error.explanation)", at: node)
      return nil
    }
  }

  /// Adds a user, or completes the one of the same name.
  @discardableResult
  func add(user node: Node, to source: inout TenantSource) -> UPN? {
    guard let fields = reading.fields(node, "a user", keys: Grammar.user.keys) else { return nil }
    if let pin = fields["pin"]?.scalar?.string { reading.keepSecret(pin) }
    guard let upnNode = fields["upn"] else {
      reading.report("missing-key", "a user needs a upn", at: node, hint: "as in upn: helga@larkspur.example")
      return nil
    }
    guard let upn = reading.upn(upnNode, "upn") else { return nil }
    let known = source.tenant.users[upn]
    var user = known ?? User(upn: upn)
    if let name = fields["name"].flatMap({ reading.words($0, "name") }) { user.name = name }
    if let language = fields["language"].flatMap({ reading.language($0, "language") }) { user.language = language }
    phones(fields, &user, node)
    UserReader(reading: reading).complete(&user, fields, registered: &source.registered)
    source.places.users[upn] = reading.place(of: upnNode)
    source.tenant.users.set(user)
    if let pinNode = fields["pin"] { set(pin: pinNode, of: upn, in: &source) }
    if known != nil { forgetBegun(fields, upn, &source) }
    var facts = source.facts[upn] ?? UserFacts()
    UserFactsReader(reading: reading, upn: upn).complete(&facts, fields)
    if facts != UserFacts() || source.facts[upn] != nil { source.facts[upn] = facts }
    begin(fields, upn, &source)
    return upn
  }

  /// The short forms, which are decided at the start.
  private func begin(_ fields: Fields, _ upn: UPN, _ source: inout TenantSource) {
    if let blocked = fields["blocked"], blocked.scalar != nil, reading.flag(blocked, "blocked") == true {
      source.begun.append(.block(upn, reason: "blocked from the start"))
    }
    if let risk = fields["risk"], risk.scalar != nil,
      reading.value(risk, "risk", takes: "high or none", { ["high": true, "none": false][$0] }) == true
    {
      source.begun.append(.confirmCompromised(upn))
    }
  }

  /// What a user is completed with says it anew.
  private func forgetBegun(_ fields: Fields, _ upn: UPN, _ source: inout TenantSource) {
    if fields["blocked"] != nil {
      source.facts[upn]?.blocks = []
      source.begun.removeAll { if case .block(upn, _) = $0 { true } else { false } }
    }
    if fields["risk"] != nil {
      source.facts[upn]?.risks = []
      source.begun.removeAll { $0 == .confirmCompromised(upn) }
    }
  }

  /// `phone` is the mobile one, or with an extension the office one; `phones` names each.
  private func phones(_ fields: Fields, _ user: inout User, _ node: Node) {
    if let phone = fields["phone"].flatMap({ reading.number($0, "phone") }) {
      user.phones = Phones()
      user.phones[phone.phoneExtension == nil ? .mobile : .office] = phone
    }
    if let phones = fields["phones"],
      let kinds = reading.fields(phones, "phones", keys: Grammar.phones.keys)
    {
      user.phones = Phones()
      for kind in PhoneKind.allCases {
        if let number = kinds[kind.rawValue] { user.phones[kind] = reading.number(number, kind.rawValue) }
      }
      let isRead = PhoneKind.allCases.allSatisfy { (kinds[$0.rawValue] == nil) == (user.phones[$0] == nil) }
      if isRead, let mistake = user.phones.mistake {
        reading.report("wrong-phones", CommandRefusal.phones(mistake).explanation, at: phones)
      }
    }
  }

  /// A wrong PIN is reported without being shown.
  private func set(pin node: Node, of upn: UPN, in source: inout TenantSource) {
    guard let text = reading.string(node, "pin") else { return }
    if text == Reading.keptPIN {
      source.pins[upn] = nil
      source.keptPINs.insert(upn)
      return
    }
    guard let pin = Passcode(text) else {
      return reading.report(
        "wrong-pin", "the pin of \(upn) is not 4 to 20 digits", at: node, hint: "as in pin: \"4711\"")
    }
    source.pins[upn] = pin
    source.keptPINs.remove(upn)
  }

  func add(greetings node: Node, to source: inout TenantSource) {
    for entry in reading.sequence(node, "greetings") ?? [] {
      guard let greeting = greeting(entry) else { continue }
      source.tenant.greetings.append(greeting)
      source.places.greetings.append(reading.place(of: entry))
    }
  }

  private func greeting(_ node: Node) -> CustomGreeting? {
    guard let fields = reading.fields(node, "a greeting", keys: Grammar.greeting.keys) else { return nil }
    for key in ["message", "language"] where fields[key] == nil {
      reading.report("missing-key", "a greeting needs a \(key)", at: node)
    }
    guard let message = fields["message"].flatMap({ reading.message($0, "message") }),
      let language = fields["language"].flatMap({ reading.language($0, "language") })
    else { return nil }
    let script = fields["script"].flatMap { reading.words($0, "script") }
    switch (fields["file"], fields["length"]) {
    case (let file?, nil):
      guard let name = reading.string(file, "file"), let length = measure(name, file) else { return nil }
      return CustomGreeting(
        message: message, language: language, length: length, file: RelativePath.resolve(name, from: file),
        script: script)
    case (nil, let node?):
      guard let length = reading.length(node, "length") else { return nil }
      return CustomGreeting(message: message, language: language, length: length, script: script)
    case (nil, nil), (.some, .some):
      reading.report(
        "missing-key", "a greeting needs a file, or a length in its place", at: node,
        hint: "as in file: greetings/welcome.wav, or length: 26s")
      return nil
    }
  }

  private func measure(_ name: String, _ node: Node) -> Milliseconds? {
    let path = RelativePath.resolve(name, from: node)
    let measured = greetings.measure(path)
    reading.shelf?.note([ScenarioFile.Source(path: path, hash: measured.hash)])
    switch measured {
    case .accepted(let length): return length
    case .outside:
      reading.report(
        "unreadable", "\(path) \(SourceFailure.outside.reason)", at: node, hint: SourceFailure.outside.hint)
    case .rejected(let reason, let remedy):
      reading.report(
        "greeting-rejected", "\(name) would be rejected: \(reason)", at: node,
        hint: "\(remedy); poundkey greeting check tells more")
    case .unreadable(let reason):
      reading.report("greeting-unreadable", "\(name) cannot be read: \(reason)", at: node)
    }
    return nil
  }

}

extension GreetingMeasurement {
  /// What of it matters to a scenario.
  fileprivate var hash: UInt64 {
    switch self {
    case .accepted(let length): UInt64(bitPattern: length.count)
    case .rejected, .unreadable, .outside: 0
    }
  }
}
