import ScenarioModel
import VerificationCore

// What a scenario is given: the tenant, the person, the clock.
extension ScenarioReader {
  func given(_ node: Node?, _ reading: Reading) -> Given? {
    if let stored { return given(node, in: stored, reading) }
    let tenantReader = TenantReader(reading: reading, greetings: greetings)
    guard let node else { return given(Self.demo, user: nil) }
    guard let fields = reading.fields(node, "given", keys: Grammar.given.keys) else { return nil }
    guard var source = fields["tenant"].map({ tenant($0, tenantReader) }) ?? Self.demo else { return nil }
    if let settings = fields["set"] { tenantReader.apply(settings: settings, to: &source) }
    if let users = fields["users"] {
      for entry in reading.sequence(users, "users") ?? [] { tenantReader.add(user: entry, to: &source) }
    }
    if let greetings = fields["greetings"] { tenantReader.add(greetings: greetings, to: &source) }
    if let locations = fields["locations"] { tenantReader.add(locations: locations, to: &source) }
    var user: UPN?
    if let userNode = fields["user"] {
      guard let named = self.user(userNode, tenantReader, &source) else { return nil }
      user = named
    }
    refuseReportCodeAsPIN(source, reading, at: node)
    guard var given = given(source, user: user) else {
      if reading.problems.isEmpty {
        reading.report("no-user", "the tenant has no users", at: node, hint: "add one under users")
      }
      return nil
    }
    clock(fields, &given, reading)
    return given
  }

  private func given(_ node: Node?, in stored: Given, _ reading: Reading) -> Given? {
    guard let node else { return stored }
    guard let fields = reading.fields(node, "given", keys: Grammar.given.keys) else { return nil }
    for key in Grammar.given.keys where !["user", "zone"].contains(key) {
      guard let value = fields[key] else { continue }
      reading.report(
        "tenant-is-stored", "\(key) cannot be given: the tenant is that of the store, as it is by now", at: value,
        hint: key == "start"
          ? "--at says when it begins" : "leave it out; what is to be otherwise is changed in the store")
    }
    var given = stored
    if let node = fields["user"] {
      guard let upn = reading.upn(node, "user") else { return nil }
      given.user = upn
      refuseUnknown([Placed(upn, at: reading.place(of: node))], stored, reading)
    }
    if let zone = zone(fields, from: given.start, reading) { given.zone = zone }
    return given
  }

  /// `start: 2025-01-15T09:00:00` is UTC, or with a zone what its clocks show.
  private func clock(_ fields: Fields, _ given: inout Given, _ reading: Reading) {
    var isLocal = false
    if let node = fields["start"] {
      let start = reading.value(node, "start", takes: "an ISO 8601 time, as in 2025-01-15T09:00:00Z") { text in
        isLocal = Instant.isLocal(text)
        return Instant(iso8601: text)
      }
      given.start = start ?? given.start
    }
    guard let zone = zone(fields, from: given.start, reading) else { return }
    if isLocal || fields["start"] == nil { given.start = zone.instant(showing: given.start) }
    given.zone = zone
  }

  private func zone(_ fields: Fields, from start: Instant, _ reading: Reading) -> ClockZone? {
    guard let node = fields["zone"], let name = reading.string(node, "zone") else { return nil }
    if let zone = zones.zone(named: name, from: start) { return zone }
    reading.report(
      "unknown-zone", "unknown time zone \"\(name)\"", at: node,
      hint: Suggestion.closest(to: name, among: zones.zoneNames).map { "did you mean \"\($0)\"?" }
        ?? "it takes a name of the IANA time zone database, as in Europe/Berlin")
    return nil
  }

  func given(_ source: TenantSource?, user: UPN?) -> Given? {
    guard let source, let upn = user ?? source.tenant.users.first?.upn else { return nil }
    return Given(source, user: upn)
  }

  /// `user: helga@larkspur.example` names one, a mapping adds or completes one.
  private func user(_ node: Node, _ reader: TenantReader, _ source: inout TenantSource) -> UPN? {
    guard case .scalar = node else { return reader.add(user: node, to: &source) }
    guard let upn = reader.reading.upn(node, "user") else { return nil }
    if source.tenant.user(upn) == nil {
      reader.reading.report(
        "unknown-user", "the tenant has no user \(upn)", at: node,
        hint: Suggestion.hint(for: upn.text, among: source.tenant.users.map(\.upn.text), what: "its users are"))
    }
    return upn
  }

  private func tenant(_ node: Node, _ reader: TenantReader) -> TenantSource? {
    guard case .scalar = node else { return reader.read(node) }
    let reading = reader.reading
    guard let name = reading.string(node, "tenant") else { return nil }
    let path = RelativePath.resolve(name, from: node)
    let read = tenantFile(path, reading.shelf)
    reading.shelf?.note(read.sources)
    reading.shelf?.keep(read.texts)
    read.secrets.forEach(reading.keepSecret)
    for problem in read.problems {
      reading.report(
        problem.place == nil
          ? Problem(
            problem.id, problem.message, at: reading.place(of: node),
            hint: problem.notes.first { $0.kind == .hint }?.text)
          : problem)
    }
    return read.source
  }

  /// The tenant that several scenarios name is read once.
  private func tenantFile(_ path: String, _ shelf: SourceShelf?) -> ReadTenant {
    if let known = shelf?.cache.tenants[path] { return known }
    let read: ReadTenant
    do {
      let inner = try open(path)
      let root = try inner.root()
      if root == nil { inner.report(Self.empty(path, "a tenant")) }
      let source = root.flatMap { TenantReader(reading: inner, greetings: greetings).file($0) }
      read = ReadTenant(
        source: source, problems: inner.problems, secrets: inner.secrets, sources: inner.shelf?.sources ?? [],
        texts: inner.shelf?.texts ?? SourceTexts())
    } catch {
      read = ReadTenant(
        source: nil, problems: error.problems, secrets: error.secrets,
        sources: [ScenarioFile.Source(path: path, hash: 0)], texts: error.texts)
    }
    shelf?.cache.tenants[path] = read
    return read
  }

  /// A PIN that is a report code could never be entered (CALL-9): fraud alert's, or the one that holds for the user.
  func refuseReportCodeAsPIN(_ source: TenantSource, _ reading: Reading, at node: Node) {
    let alert = source.tenant.settings.fraudAlert.code
    for (upn, pin) in source.pins.sorted(by: { $0.key < $1.key }) {
      let own = source.tenant.user(upn).map { source.tenant.reporting(of: $0).code }
      guard pin.equals(alert) || own.map(pin.equals) == true else { continue }
      let setting = pin.equals(alert) ? "fraudAlert.code" : "reportActivity.code"
      // Also a PIN of the demo tenant: the line shows the code, and the code is the PIN.
      reading.keepSecret(pin.revealed)
      reading.report(
        Problem(
          "pin-is-report-code", "the pin of \(upn) equals the report code",
          at: source.settingPlaces[setting] ?? reading.place(of: node), hint: "change the pin or \(setting)"))
    }
  }

  /// Read once: most scenarios stand on it. It has no greetings of its own to measure.
  static let demo: TenantSource? = {
    guard let text = try? YAMLText(path: "the demo tenant", bytes: Array(TenantTemplate.text.utf8)),
      let root = try? text.compose()
    else { preconditionFailure("the demo tenant is valid") }
    return TenantReader(reading: Reading(text), greetings: NoGreetings()).file(root)
  }()

  private struct NoGreetings: GreetingMeasuring {
    func measure(_ path: String) -> GreetingMeasurement { .unreadable("the demo tenant has no greetings") }
  }
}
