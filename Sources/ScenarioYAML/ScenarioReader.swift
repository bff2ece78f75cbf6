public import ScenarioModel
import VerificationCore
import Yams

/// A file that cannot be used: all its problems, and what must be masked when its lines are shown.
public struct InvalidSource: Error, Sendable {
  public let problems: [Problem]
  public let secrets: [String]
}

/// Reads scenario and tenant files.
public struct ScenarioReader {
  /// In bytes; a file of more is no scenario and no tenant.
  public static let sizeLimit = YAMLText.sizeLimit

  let files: any SourceLoading
  let greetings: any GreetingMeasuring

  public init(files: any SourceLoading, greetings: any GreetingMeasuring) {
    self.files = files
    self.greetings = greetings
  }

  /// The file with all its cases.
  ///
  /// - Throws: every problem of the file, and of the files it names.
  public func file(at path: String) throws(InvalidSource) -> ScenarioFile {
    let scenario = try scenario(at: path)
    return ScenarioFile(
      path: path, title: scenario.title, tags: scenario.tags, rules: scenario.rules,
      sources: [ScenarioFile.Source(path: path, hash: 0)], given: Forms(scenario.given), steps: [Forms(scenario.steps)],
      expect: Forms(scenario.expect))
  }

  /// - Throws: every problem of the file, and of the tenant file it names.
  public func scenario(at path: String) throws(InvalidSource) -> Scenario {
    let reading = try open(path)
    guard let root = try root(reading) else {
      throw InvalidSource(problems: [Self.empty(path, "a scenario")], secrets: [])
    }
    let scenario = read(root, reading)
    guard let scenario, reading.problems.isEmpty else {
      throw InvalidSource(problems: reading.problems, secrets: reading.secrets)
    }
    return scenario
  }

  /// - Throws: every problem of the file.
  public func tenant(at path: String) throws(InvalidSource) -> Given {
    let reading = try open(path)
    guard let root = try root(reading) else {
      throw InvalidSource(problems: [Self.empty(path, "a tenant")], secrets: [])
    }
    let source = TenantReader(reading: reading, greetings: greetings).read(root)
    if let source { refuseReportCodeAsPIN(source, reading, at: root) }
    guard let source, reading.problems.isEmpty else {
      throw InvalidSource(problems: reading.problems, secrets: reading.secrets)
    }
    guard let user = source.tenant.users.first else {
      throw InvalidSource(
        problems: [
          Problem("no-user", "the tenant has no users", at: reading.place(of: root), hint: "add one under users")
        ],
        secrets: [])
    }
    var given = Given(
      tenant: source.tenant, pins: source.pins, user: user.upn, settingPlaces: source.settingPlaces,
      begun: source.begun)
    given.tokenFile = source.tokenFile
    return given
  }

  /// The tenant of `TenantTemplate`, for those who name none.
  public var demoTenant: Given {
    guard let given = given(Self.demo, user: nil) else { preconditionFailure("the demo tenant has users") }
    return given
  }

  func open(_ path: String) throws(InvalidSource) -> Reading {
    var secrets: [String] = []
    do {
      let bytes = try load(path)
      secrets = YAMLText.secrets(in: bytes)
      return Reading(try YAMLText(path: path, bytes: bytes), secrets: secrets, files: files)
    } catch {
      throw InvalidSource(problems: [error], secrets: secrets)
    }
  }

  private func load(_ path: String) throws(Problem) -> [UInt8] {
    do {
      return try files.load(path)
    } catch {
      throw Problem("unreadable", "\(path) \(error.reason)")
    }
  }

  func root(_ reading: Reading) throws(InvalidSource) -> Node? {
    do {
      guard let root = try reading.text.compose(), !reading.isNull(root) else { return nil }
      return root
    } catch {
      throw InvalidSource(problems: [error], secrets: reading.secrets)
    }
  }

  static func empty(_ path: String, _ what: String) -> Problem {
    Problem("empty-file", "\(path) is empty, not \(what)", hint: "a scenario begins with \"scenario: what it shows\"")
  }
}

extension SourceFailure {
  /// The end of a sentence that begins with the path.
  public var reason: String {
    switch self {
    case .missing: "does not exist"
    case .unreadable(let why): "cannot be read: \(why)"
    case .notAFile: "is not a file"
    case .tooLarge(let limit): "holds more than \(limit) bytes"
    }
  }
}

extension ScenarioReader {
  private func read(_ root: Node, _ reading: Reading) -> Scenario? {
    if let tenant = root.mapping?["tenant"], root.mapping?["scenario"] == nil {
      reading.report(
        "tenant-file", "this is a tenant, not a scenario", at: tenant,
        hint: "name it in a scenario as given: {tenant: FILE}, or take a call in it with poundkey call --tenant FILE")
      return nil
    }
    if let plan = root.mapping?["explore"], root.mapping?["scenario"] == nil {
      reading.report(
        "explore-file", "this is an exploration, not a scenario", at: plan, hint: "walk it with poundkey explore FILE")
      return nil
    }
    guard let fields = reading.fields(root, "a scenario", keys: Grammar.scenario.keys) else { return nil }
    guard let titleNode = fields["scenario"] else {
      reading.report(
        "missing-key", "a scenario needs a title", at: root, hint: "begin with \"scenario: what it shows\"")
      return nil
    }
    if let version = fields["version"], reading.string(version, "version") != "1" {
      reading.report("wrong-version", "only version 1 is known", at: version)
    }
    let title = reading.string(titleNode, "scenario")
    reading.refuseCutText(titleNode, "the title")
    if title?.isEmpty == true { reading.report("missing-value", "the title is empty", at: titleNode) }
    let given = given(fields["given"], reading)
    let stepReader = StepReader(reading: reading)
    let steps = fields["steps"].flatMap { reading.sequence($0, "steps") }?.compactMap { stepReader.step($0) } ?? []
    if steps.isEmpty, reading.problems.isEmpty {
      reading.report(
        "missing-key", "a scenario needs steps", at: fields["steps"] ?? root,
        hint: "as in steps: followed by - signin: call")
    }
    let expect = fields["expect"].flatMap { stepReader.expectation($0) }
    if let given { refuseUnknownUsers(steps, expect, given, reading) }
    guard let title, let given else { return nil }
    return Scenario(
      path: reading.path, title: Placed(title, at: reading.place(of: titleNode)), tags: words(fields["tags"], reading),
      rules: rules(fields["rules"], reading), given: given, steps: steps, expect: expect)
  }

  /// Of somebody who is not there, every `blocked: false` would hold.
  func refuseUnknownUsers(_ steps: [Step], _ expect: Expectation?, _ given: Given, _ reading: Reading) {
    var named = steps.compactMap { step in
      switch step.verb {
      case .signIn(let signIn): signIn.user.map { Placed($0, at: step.place) }
      case .expect(let expectation): expectation.user.upn
      default: nil  // names nobody, or is refused when it is carried out
      }
    }
    if let upn = expect?.user.upn { named.append(upn) }
    for upn in named where given.tenant.user(upn.value) == nil {
      reading.report(
        Problem(
          "unknown-user", "the tenant has no user \(upn.value)", at: upn.place,
          hint: Suggestion.hint(for: upn.value.text, among: given.tenant.users.map(\.upn.text), what: "its users are")))
    }
  }

  func words(_ node: Node?, _ reading: Reading) -> [String] {
    guard let node else { return [] }
    return reading.sequence(node, "tags")?.compactMap { reading.string($0, "a tag") } ?? []
  }

  func rules(_ node: Node?, _ reading: Reading) -> [String] {
    guard let node, let entries = reading.sequence(node, "rules") else { return [] }
    return entries.compactMap { entry in
      guard let id = reading.string(entry, "a rule") else { return nil }
      if Rule.named(id) == nil {
        reading.report(
          "unknown-rule", "unknown rule \"\(id)\"", at: entry,
          hint: Suggestion.closest(to: id, among: Rule.all.map(\.id)).map { "did you mean \"\($0)\"?" }
            ?? "poundkey rules lists them")
      }
      return id
    }
  }

  func given(_ node: Node?, _ reading: Reading) -> Given? {
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
    if let start = fields["start"] {
      given.start =
        reading.value(start, "start", takes: "an ISO 8601 time, as in 2025-01-15T09:00:00Z") { Instant(iso8601: $0) }
        ?? given.start
    }
    return given
  }

  private func given(_ source: TenantSource?, user: UPN?) -> Given? {
    guard let source, let upn = user ?? source.tenant.users.first?.upn else { return nil }
    var given = Given(
      tenant: source.tenant, pins: source.pins, user: upn, settingPlaces: source.settingPlaces, begun: source.begun)
    given.tokenFile = source.tokenFile
    return given
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
    let path = RelativePath.resolve(name, from: reading.path)
    do {
      let inner = try open(path)
      guard let root = try root(inner) else {
        reading.report(Self.empty(path, "a tenant"))
        return nil
      }
      let source = TenantReader(reading: inner, greetings: greetings).read(root)
      inner.problems.forEach(reading.report)
      inner.secrets.forEach(reading.keepSecret)
      return source
    } catch {
      for problem in error.problems {
        reading.report(
          problem.place == nil ? Problem(problem.id, problem.message, at: reading.place(of: node)) : problem)
      }
      return nil
    }
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
  private static let demo: TenantSource? = {
    guard let text = try? YAMLText(path: "the demo tenant", bytes: Array(TenantTemplate.text.utf8)),
      let root = try? text.compose()
    else { preconditionFailure("the demo tenant is valid") }
    return TenantReader(reading: Reading(text), greetings: NoGreetings()).read(root)
  }()

  private struct NoGreetings: GreetingMeasuring {
    func measure(_ path: String) -> GreetingMeasurement { .unreadable("the demo tenant has no greetings") }
  }
}
