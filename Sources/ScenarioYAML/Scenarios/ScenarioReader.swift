public import ScenarioModel
import VerificationCore

/// Reads scenario and tenant files. What several scenarios share, it reads once: a change on disk needs a new reader.
public struct ScenarioReader {
  /// In bytes; a file of more is no tenant, and no scenario by far.
  public static let sizeLimit = YAMLText.tenantSizeLimit

  let files: any SourceLoading
  let greetings: any GreetingMeasuring
  let zones: any ZoneKnowing
  /// What scenarios are played in instead of what they are given: a tenant that lasts.
  let stored: Given?
  private let cache = SourceCache()

  /// - Parameter stored: a tenant that lasts. A scenario may then say who signs in, and no more of what is given.
  public init(
    files: any SourceLoading, greetings: any GreetingMeasuring, zones: any ZoneKnowing = SystemZones(),
    stored: Given? = nil
  ) {
    self.files = files
    self.stored = stored
    self.greetings = greetings
    self.zones = zones
  }

  /// The file with all its cases.
  ///
  /// - Throws: every problem of the file, and of the files it names.
  public func file(at path: String) throws(InvalidSource) -> ScenarioFile {
    let reading = try open(path)
    guard let root = try reading.root() else {
      throw InvalidSource(problems: [Self.empty(path, "a scenario")], secrets: [])
    }
    let file = CasesReader(reading: reading, scenarios: self).file(root)
    guard let file, reading.problems.isEmpty else {
      throw reading.invalid
    }
    return file
  }

  /// The first case of a file.
  ///
  /// - Throws: every problem of the file, and of the files it names.
  public func scenario(at path: String) throws(InvalidSource) -> Scenario { try file(at: path).scenario(0) }

  /// Checks a fragment by itself: its steps as far as the defaults of its parameters tell them.
  ///
  /// - Throws: every problem of the file, and of the fragments it uses.
  public func fragment(at path: String) throws(InvalidSource) {
    let shelf = SourceShelf(files, cache: cache)
    let reading = try Reading.open(path, shelf)
    let fragments = FragmentReader(shelf: shelf)
    let fragment = try fragments.fragment(at: path)
    let usual = fragment.parameters.compactMap { parameter in parameter.usual.map { (parameter.name, $0) } }
    let scope = Scope(what: Fragment.lacks, values: Dictionary(usual) { first, _ in first })
    let unsaid = Set(fragment.parameters.filter { $0.usual == nil }.map(\.name))
    let reader = StepsReader(
      reading: reading, scope: scope, aliases: fragment.aliases, fragments: fragments, chain: [path])
    for step in fragment.steps where step.names.isDisjoint(with: unsaid) { _ = reader.steps(of: step) }
    guard reading.problems.isEmpty else {
      throw reading.invalid
    }
  }

  /// - Throws: every problem of the file.
  public func tenant(at path: String) throws(InvalidSource) -> Given {
    let reading = try open(path)
    guard let root = try reading.root() else {
      throw InvalidSource(problems: [Self.empty(path, "a tenant")], secrets: [])
    }
    let source = TenantReader(reading: reading, greetings: greetings).file(root)
    if let source { refuseReportCodeAsPIN(source, reading, at: root) }
    guard let source, reading.problems.isEmpty else {
      throw reading.invalid
    }
    guard let user = source.tenant.users.first else {
      throw InvalidSource(
        problems: [
          Problem("no-user", "the tenant has no users", at: reading.place(of: root), hint: "add one under users")
        ],
        secrets: [])
    }
    return Given(source, user: user.upn)
  }

  /// The tenant of `TenantTemplate`, for those who name none.
  public var demoTenant: Given {
    guard let given = given(Self.demo, user: nil) else { preconditionFailure("the demo tenant has users") }
    return given
  }

  func open(_ path: String) throws(InvalidSource) -> Reading {
    try Reading.open(path, SourceShelf(files, cache: cache))
  }

  static func empty(_ path: String, _ what: String) -> Problem {
    Problem("empty-file", "\(path) is empty, not \(what)", hint: "a scenario begins with \"scenario: what it shows\"")
  }
}

extension Given {
  init(_ source: TenantSource, user: UPN) {
    self.init(
      tenant: source.made, pins: source.pins, user: user, settingPlaces: source.settingPlaces, begun: source.begun)
    keptPINs = source.keptPINs
    tokenFile = source.tokenFile
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
    case .outside: "lies outside the folders of the scenarios"
    }
  }

  /// What to do, where that is not plain.
  public var hint: String? {
    switch self {
    case .outside: "run from a folder that holds both, or allow it with --allow-outside"
    case .missing, .unreadable, .notAFile, .tooLarge: nil
    }
  }
}

extension ScenarioReader {
  /// Of somebody who is not there, every `blocked: false` would hold.
  func refuseUnknownUsers(_ steps: [Step], _ expect: Expectation?, _ given: Given, _ reading: Reading) {
    refuseUnknown(Self.named(steps, expect), given, reading)
  }

  func refuseUnknown(_ named: [Placed<UPN>], _ given: Given, _ reading: Reading) {
    for upn in named where given.tenant.user(upn.value) == nil {
      reading.report(
        Problem(
          "unknown-user", "the tenant has no user \(upn.value)", at: upn.place,
          hint: Suggestion.hint(for: upn.value.text, among: given.tenant.users.map(\.upn.text), what: "its users are")))
    }
  }

  /// Who is named.
  static func named(_ steps: [Step], _ expect: Expectation?) -> [Placed<UPN>] {
    var named = steps.compactMap { step in
      switch step.verb {
      case .signIn(let signIn): signIn.user.map { Placed($0, at: step.place) }
      case .expect(let expectation): expectation.user.upn
      default: nil  // names nobody, or is refused when it is carried out
      }
    }
    if let upn = expect?.user.upn { named.append(upn) }
    return named
  }

  func words(_ node: Node?, _ reading: Reading) -> [String] {
    guard let node else { return [] }
    reading.refuseReferences(node, "tags")
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
}
