import ScenarioModel
import VerificationCore
import Yams

/// A tenant as a file says it, with the PINs that the core does not keep.
struct TenantSource: Sendable {
  var tenant: Tenant
  var pins: [UPN: Passcode] = [:]
  var settingPlaces: [String: SourcePlace] = [:]
  var blocked: [UPN] = []
}

/// Reads a tenant: a file of its own, or what a scenario gives inline.
struct TenantReader {
  static let keys = ["tenant", "language", "settings", "users", "greetings"]
  static let userKeys = ["upn", "name", "language", "phone", "pin", "blocked"]
  static let greetingKeys = ["message", "language", "file", "length", "script"]

  let reading: Reading
  let greetings: any GreetingMeasuring

  func read(_ root: Node) -> TenantSource? {
    guard let fields = reading.fields(root, "a tenant", keys: Self.keys) else { return nil }
    let name = fields["tenant"].flatMap { reading.string($0, "tenant") }
    var source = TenantSource(tenant: Tenant(name: name ?? "Tenant"))
    if let node = fields["language"], let language = reading.language(node, "language") {
      source.tenant.language = language
    }
    if let node = fields["settings"] { apply(settings: node, to: &source) }
    if let node = fields["users"] {
      for entry in reading.sequence(node, "users") ?? [] { add(user: entry, to: &source) }
    }
    if let node = fields["greetings"] { add(greetings: node, to: &source) }
    return source
  }

  func apply(settings node: Node, to source: inout TenantSource) {
    guard case .mapping(let mapping) = node else {
      return reading.report(
        "expected-mapping", "settings must be a mapping", at: node, hint: "as in fraudAlert.block: true")
    }
    for (key, value) in mapping {
      guard let name = reading.string(key, "a setting") else { continue }
      guard let setting = Setting.named(name) else {
        reading.report(
          "unknown-setting", "unknown setting \"\(name)\"", at: key,
          hint: Suggestion.hint(for: name, among: Setting.all.map(\.name), what: "the settings are"))
        continue
      }
      guard let text = reading.string(value, name) else { continue }
      do {
        try setting.set(text, in: &source.tenant.settings)
        source.settingPlaces[name] = reading.place(of: key)
      } catch {
        reading.report("wrong-setting", error.message, at: value, hint: error.hint)
      }
    }
  }

  /// Adds a user, or completes the one of the same name.
  @discardableResult
  func add(user node: Node, to source: inout TenantSource) -> UPN? {
    guard let fields = reading.fields(node, "a user", keys: Self.userKeys) else { return nil }
    if let pin = fields["pin"]?.scalar?.string { reading.keepSecret(pin) }
    guard let upnNode = fields["upn"] else {
      reading.report("missing-key", "a user needs a upn", at: node, hint: "as in upn: helga@larkspur.example")
      return nil
    }
    guard let upn = reading.upn(upnNode, "upn") else { return nil }
    let index = source.tenant.users.firstIndex { $0.upn == upn }
    var user = index.map { source.tenant.users[$0] } ?? User(upn: upn)
    if let name = fields["name"].flatMap({ reading.string($0, "name") }) { user.name = name }
    if let language = fields["language"].flatMap({ reading.language($0, "language") }) { user.language = language }
    if let phone = fields["phone"].flatMap({ number($0) }) { user.phone = phone }
    if let index { source.tenant.users[index] = user } else { source.tenant.users.append(user) }
    if let pinNode = fields["pin"] { set(pin: pinNode, of: upn, in: &source) }
    if let blockedNode = fields["blocked"], reading.flag(blockedNode, "blocked") == true { source.blocked.append(upn) }
    return upn
  }

  private func number(_ node: Node) -> PhoneNumber? {
    reading.value(
      node, "phone", takes: "+, country code, a space, the number, as in \"+33 612345678\" or \"+1 4255550100x42\""
    ) {
      PhoneNumber($0)
    }
  }

  /// A wrong PIN is reported without being shown.
  private func set(pin node: Node, of upn: UPN, in source: inout TenantSource) {
    guard let text = reading.string(node, "pin") else { return }
    guard let pin = Passcode(text) else {
      return reading.report(
        "wrong-pin", "the pin of \(upn) is not 4 to 20 digits", at: node, hint: "as in pin: \"4711\"")
    }
    source.pins[upn] = pin
  }

  func add(greetings node: Node, to source: inout TenantSource) {
    for entry in reading.sequence(node, "greetings") ?? [] {
      if let greeting = greeting(entry) { source.tenant.greetings.append(greeting) }
    }
  }

  private func greeting(_ node: Node) -> CustomGreeting? {
    guard let fields = reading.fields(node, "a greeting", keys: Self.greetingKeys) else { return nil }
    for key in ["message", "language"] where fields[key] == nil {
      reading.report("missing-key", "a greeting needs a \(key)", at: node)
    }
    guard let message = fields["message"].flatMap({ reading.message($0, "message") }),
      let language = fields["language"].flatMap({ reading.language($0, "language") })
    else { return nil }
    let script = fields["script"].flatMap { reading.string($0, "script") }
    switch (fields["file"], fields["length"]) {
    case (let file?, nil):
      guard let name = reading.string(file, "file"), let length = measure(name, file) else { return nil }
      return CustomGreeting(message: message, language: language, length: length, file: resolved(name), script: script)
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
    switch greetings.measure(resolved(name)) {
    case .accepted(let length): return length
    case .rejected(let reason, let remedy):
      reading.report(
        "greeting-rejected", "\(name) would be rejected: \(reason)", at: node,
        hint: "\(remedy); poundkey greeting check tells more")
    case .unreadable(let reason):
      reading.report("greeting-unreadable", "\(name) cannot be read: \(reason)", at: node)
    }
    return nil
  }

  private func resolved(_ name: String) -> String { RelativePath.resolve(name, from: reading.path) }
}

/// Paths in a file are relative to the file.
enum RelativePath {
  static func resolve(_ path: String, from file: String) -> String {
    guard path.first != "/", let slash = file.lastIndex(of: "/") else { return path }
    return file[...slash] + path
  }
}
