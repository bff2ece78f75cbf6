public import ScenarioModel
import VerificationCore

/// What an `explore:` file is about.
public enum ExploreFile: Sendable {
  case call(ExplorationPlan)
  case service(ScenePlan)

  public var path: String {
    switch self {
    case .call(let plan): plan.path
    case .service(let plan): plan.path
    }
  }

  /// Ids of the rules that it shows.
  public var rules: [String] {
    switch self {
    case .call(let plan): plan.rules
    case .service(let plan): plan.rules
    }
  }
}

extension ScenarioReader {
  /// Reads an `explore:` file.
  ///
  /// - Throws: every problem of the file, and of the tenant file it names.
  public func exploration(at path: String) throws(InvalidSource) -> ExploreFile {
    let reading = try open(path)
    guard let root = try reading.root() else {
      throw InvalidSource(
        problems: [
          Problem(
            "empty-file", "\(path) is empty, not an exploration",
            hint: "an exploration begins with \"explore: what is walked through\"")
        ], secrets: [])
    }
    guard let plan = plan(Binder(reading: reading, scope: .empty).bind(root), reading), reading.problems.isEmpty else {
      throw reading.invalid
    }
    return plan
  }

  /// With steps of its own it is about a whole service, else about one call.
  private func plan(_ root: Node, _ reading: Reading) -> ExploreFile? {
    guard root.mapping?["explore"] != nil, root.mapping?["steps"] != nil else {
      let (tags, rules) = (words(root.mapping?["tags"], reading), rules(root.mapping?["rules"], reading))
      guard var plan = PlanReader(reading: reading).read(root, { given($0, reading) }) else { return nil }
      (plan.tags, plan.rules) = (tags, rules)
      return .call(plan)
    }
    return SceneReader(reading: reading, scenarios: self).plan(root).map { .service($0) }
  }

  /// Reads one condition, as in `{result: approved, pin: wrong}`.
  ///
  /// - Parameter name: what it is called in messages.
  /// - Throws: every problem of the text.
  public static func condition(_ text: String, name: String) throws(InvalidSource) -> ExplorationPlan.Condition {
    do {
      let reading = Reading(try YAMLText(path: name, bytes: Array(text.utf8)))
      let conditions = try reading.text.compose().map { PlanReader(reading: reading).conditions($0) } ?? []
      if let condition = conditions.first, conditions.count == 1, reading.problems.isEmpty { return condition }
      let problems =
        reading.problems.isEmpty
        ? [Problem("wrong-value", "\(name) is one condition", hint: "as in {result: approved, pin: wrong}")]
        : reading.problems
      throw InvalidSource(problems: problems, secrets: [])
    } catch let error as InvalidSource {
      throw error
    } catch let problem as Problem {
      throw InvalidSource(problems: [problem], secrets: [])
    } catch {
      throw InvalidSource(problems: [Problem("yaml", "\(name) cannot be read: \(error)")], secrets: [])
    }
  }
}

/// Reads what is to be explored.
struct PlanReader {
  private static let example = "as in alphabet: {keys: [pound, \"0\"], events: [silence, hangup]}"

  let reading: Reading

  func read(_ root: Node, _ readGiven: (Node?) -> Given?) -> ExplorationPlan? {
    if let other = root.mapping?["scenario"] ?? root.mapping?["tenant"], root.mapping?["explore"] == nil {
      reading.report(
        "no-exploration", "this is no exploration", at: other, hint: "an exploration begins with \"explore:\"")
      return nil
    }
    guard let fields = reading.fields(root, "an exploration", keys: Grammar.callExploration.keys) else { return nil }
    guard let titleNode = fields["explore"] else {
      reading.report(
        "missing-key", "an exploration needs a title", at: root, hint: "begin with \"explore: what is walked through\"")
      return nil
    }
    reading.version(fields["version"])
    let title = reading.string(titleNode, "explore")
    reading.refuseCutText(titleNode, "the title")
    if title?.isEmpty == true { reading.report("missing-value", "the title is empty", at: titleNode) }
    let given = readGiven(fields["given"])
    let signIns = signIns(fields["signin"], given)
    let (alphabet, axes) = alphabet(fields["alphabet"], root, given)
    let bound = bound(fields["bound"])
    let properties = fields["properties"].map(self.properties) ?? []
    guard let title, let given else { return nil }
    return ExplorationPlan(
      path: reading.path, title: Placed(title, at: reading.place(of: titleNode)), given: given, signIns: signIns,
      alphabet: alphabet, axes: axes, depth: bound.depth, states: bound.states, properties: properties)
  }

  private func signIns(_ node: Node?, _ given: Given?) -> [SignInStep] {
    guard let node else { return SignInReader(reading: reading).plainCall }
    let nodes: [Node] = if case .sequence(let sequence) = node { sequence.nodes } else { [node] }
    let steps = nodes.compactMap { entry -> SignInStep? in
      guard case .signIn(let step) = SignInReader(reading: reading).signIn(entry) else {
        if entry.scalar?.string == "cancel" {
          reading.report("wrong-value", "an exploration begins with a sign-in", at: entry, hint: "write signin: call")
        }
        return nil
      }
      if let upn = step.user, let given, given.tenant.user(upn) == nil {
        reading.report(
          "unknown-user", "the tenant has no user \(upn)", at: entry,
          hint: Suggestion.hint(for: upn.text, among: given.tenant.users.map(\.upn.text), what: "its users are"))
      }
      return step
    }
    if nodes.isEmpty { reading.report("missing-value", "signin names nobody", at: node, hint: "write signin: call") }
    return steps
  }

  private func bound(_ node: Node?) -> (depth: Int?, states: Int?) {
    guard let node, let fields = reading.fields(node, "bound", keys: Grammar.callBound.keys) else { return (nil, nil) }
    func count(_ name: String, _ most: Int) -> Int? {
      fields[name].flatMap { node in
        reading.value(node, name, takes: "a whole number from 1 to \(most)") { text in
          Int(text).flatMap { (1...most).contains($0) ? $0 : nil }
        }
      }
    }
    return (count("depth", 100_000), count("states", 4_000_000_000))
  }
}

// The alphabet.
extension PlanReader {
  private func alphabet(
    _ node: Node?, _ root: Node, _ given: Given?
  ) -> (ExplorationPlan.Alphabet, [ExplorationPlan.Axis]) {
    var alphabet = ExplorationPlan.Alphabet(keys: [], events: [], paces: [.atOnce])
    guard let node else {
      reading.report(
        "missing-key", "an exploration needs an alphabet: what may happen in a call", at: root, hint: Self.example)
      return (alphabet, [])
    }
    guard let fields = reading.fields(node, "alphabet", keys: Grammar.alphabet.keys) else {
      return (alphabet, [])
    }
    if let keys = fields["keys"] { alphabet.keys = self.keys(keys, given) }
    if let events = fields["events"] { alphabet.events = words(events, "events", "the events are") }
    if let paces = fields["pace"] { alphabet.paces = words(paces, "pace", "the paces are") }
    if alphabet.paces.isEmpty { alphabet.paces = [.atOnce] }
    if alphabet.keys.isEmpty, alphabet.events.isEmpty, reading.problems.isEmpty {
      reading.report("missing-value", "the alphabet is empty: nothing can happen", at: node, hint: Self.example)
    }
    return (alphabet, fields["settings"].map(axes) ?? [])
  }

  /// `all`, `telephone`, or a list of keys, of which `other` is a digit that stands for all not named.
  private func keys(_ node: Node, _ given: Given?) -> [Key] {
    if case .scalar(let scalar) = node {
      switch scalar.string {
      case "all": return Key.allCases
      case "telephone": return Key.allCases.filter { !$0.isLetter }
      default:
        reading.report(
          "wrong-value", "keys cannot be \"\(scalar.string)\"", at: node,
          hint: "it takes all, telephone, or a list, as in [pound, \"0\", other]")
        return []
      }
    }
    let nodes = reading.sequence(node, "keys") ?? []
    var keys: [Key] = []
    for entry in nodes where entry.scalar?.string != "other" {
      for key in reading.keys(entry) ?? [] where !keys.contains(key) { keys.append(key) }
    }
    if nodes.contains(where: { $0.scalar?.string == "other" }), let other = Self.other(than: keys, given) {
      keys.append(other)
    }
    return keys
  }

  /// A digit that is neither named, nor in the report code, nor what the PIN begins with.
  private static func other(than keys: [Key], _ given: Given?) -> Key? {
    let code = given?.tenant.settings.fraudAlert.code.description ?? ""
    let digits = (0...9).reversed().compactMap { Key(digit: $0) }.filter { !keys.contains($0) }
    return digits.first { !code.contains($0.character) } ?? digits.first
  }

  private func words<Word: RawRepresentable<String> & CaseIterable & Hashable>(
    _ node: Node, _ what: String, _ list: String
  ) -> [Word] {
    var found: [Word] = []
    for entry in reading.sequence(node, what) ?? [] {
      guard let text = reading.string(entry, "an entry of \(what)") else { continue }
      guard let word = Word(rawValue: text) else {
        reading.report(
          "unknown-\(what == "pace" ? "pace" : "event")", "\"\(text)\" is no \(what == "pace" ? "pace" : "event")",
          at: entry, hint: Suggestion.hint(for: text, among: Word.allCases.map(\.rawValue), what: list))
        continue
      }
      if !found.contains(word) { found.append(word) }
    }
    return found
  }

  /// `fraudAlert.block` takes all of its values, `{call.answerGrace: [0s, 5s]}` those named.
  func axes(_ node: Node) -> [ExplorationPlan.Axis] {
    var axes: [ExplorationPlan.Axis] = []
    for entry in reading.sequence(node, "settings") ?? [] {
      if case .mapping(let mapping) = entry {
        for (key, values) in mapping.entries { axes += axis(key, values).map { [$0] } ?? [] }
      } else {
        axes += axis(entry, nil).map { [$0] } ?? []
      }
    }
    return axes
  }

  private func axis(_ nameNode: Node, _ valuesNode: Node?) -> ExplorationPlan.Axis? {
    guard let name = reading.string(nameNode, "a setting") else { return nil }
    guard let setting = Setting.named(name) else {
      reading.report(
        "unknown-setting", "unknown setting \"\(name)\"", at: nameNode,
        hint: Suggestion.hint(for: name, among: Setting.all.map(\.name), what: "the settings are"))
      return nil
    }
    guard let valuesNode else {
      let all: [String]? =
        switch setting.kind {
        case .flag: ["false", "true"]
        case .choice(let choices, _): choices
        case .count, .length, .reportCode, .number, .text, .list: nil
        }
      if let all { return ExplorationPlan.Axis(setting: name, values: all) }
      reading.report(
        "missing-value", "\(name) has too many values to try all", at: nameNode,
        hint: "say which, as in {\(name): [\(setting.defaultValue)]}; it takes \(setting.range)")
      return nil
    }
    let values = (reading.sequence(valuesNode, name) ?? []).compactMap { value(of: setting, $0) }
    return values.isEmpty ? nil : ExplorationPlan.Axis(setting: name, values: values)
  }

  private func value(of setting: Setting, _ node: Node) -> String? {
    guard let text = reading.string(node, setting.name) else { return nil }
    var settings = Settings()
    do {
      try setting.set(text, in: &settings)
      return setting.value(in: settings)
    } catch {
      reading.report("wrong-setting", error.message, at: node, hint: error.hint)
      return nil
    }
  }
}

// The properties.
extension PlanReader {
  private func properties(_ node: Node) -> [Placed<ExplorationPlan.Property>] {
    guard let fields = reading.fields(node, "properties", keys: Grammar.callProperties.keys) else {
      return []
    }
    var found: [Placed<ExplorationPlan.Property>] = []
    for entry in fields["never"].flatMap({ reading.sequence($0, "never") }) ?? [] {
      found += conditions(entry).map { Placed(.never($0), at: reading.place(of: entry)) }
    }
    for entry in fields["possible"].flatMap({ reading.sequence($0, "possible") }) ?? [] {
      found += conditions(entry).map { Placed(.possible($0), at: reading.place(of: entry)) }
    }
    if let ends = fields["alwaysEnds"] {
      if let inner = reading.fields(ends, "alwaysEnds", keys: Grammar.alwaysEnds.keys) {
        if let within = inner["within"] {
          if let length = reading.length(within, "within") {
            found.append(Placed(.alwaysEnds(within: length), at: reading.place(of: within)))
          }
        } else {
          reading.report("missing-key", "alwaysEnds needs within", at: ends, hint: "as in alwaysEnds: {within: 5m}")
        }
      }
    }
    if let always = fields["always"] {
      for entry in reading.sequence(always, "always") ?? [] {
        if let invariant = invariant(entry) { found.append(Placed(.always(invariant), at: reading.place(of: entry))) }
      }
    }
    return found
  }

  private func invariant(_ node: Node) -> ExplorationPlan.Invariant? {
    guard let text = reading.string(node, "an entry of always") else { return nil }
    if let invariant = ExplorationPlan.Invariant(rawValue: text) { return invariant }
    reading.report(
      "unknown-invariant", "\"\(text)\" is nothing that can always hold", at: node,
      hint: Suggestion.hint(
        for: text, among: ExplorationPlan.Invariant.allCases.map(\.rawValue), what: "there are"))
    return nil
  }

  private func callOutcome(_ node: Node) -> Placed<CallOutcome?>? {
    guard let name = reading.string(node, "result") else { return nil }
    if name == "none" { return Placed(nil, at: reading.place(of: node)) }
    if let outcome = CallOutcome(rawValue: name) { return Placed(outcome, at: reading.place(of: node)) }
    reading.report(
      "unknown-result", "unknown result of a call \"\(name)\"", at: node,
      hint: Suggestion.hint(for: name, among: CallOutcome.allCases.map(\.rawValue) + ["none"], what: "the results are"))
    return nil
  }

  /// One condition; of `hear: every` one for each message.
  fileprivate func conditions(_ node: Node) -> [ExplorationPlan.Condition] {
    let keys = Grammar.callCondition.keys
    guard let fields = reading.fields(node, "a condition", keys: keys) else { return [] }
    guard keys.contains(where: { fields[$0] != nil }) else {
      if reading.problems.isEmpty {
        reading.report("missing-value", "the condition is empty", at: node, hint: "as in {result: approved}")
      }
      return []
    }
    var condition = ExplorationPlan.Condition()
    if let result = fields["result"], let placed = callOutcome(result) {
      condition.result = .some(placed.value)
    }
    if let pin = fields["pin"] { condition.pin = word(pin, "pin") }
    if let entry = fields["entry"] { condition.entry = word(entry, "entry") }
    if let after = fields["after"] {
      condition.afterReport = reading.value(after, "after", takes: "report") { $0 == "report" ? true : nil }
    }
    if let dialled = fields["dialled"] { condition.isDialled = reading.flag(dialled, "dialled") }
    if let blocked = fields["blocked"] { condition.isBlocked = reading.flag(blocked, "blocked") }
    if let records = fields["records"] {
      condition.records = reading.value(records, "records", takes: "a whole number from 0 to 3") { text in
        Int(text).flatMap { (0...3).contains($0) ? $0 : nil }
      }
    }
    if let stage = fields["stage"] { condition.stage = self.stage(stage) }
    guard let hear = fields["hear"] else { return [condition] }
    guard hear.scalar?.string == "every" else {
      condition.hear = reading.message(hear, "hear")
      return [condition]
    }
    return MessageType.allCases.map { message in
      var one = condition
      one.hear = message
      return one
    }
  }

  private func word<Word: RawRepresentable<String> & CaseIterable>(_ node: Node, _ what: String) -> Word? {
    let all = Word.allCases.map(\.rawValue)
    return reading.value(node, what, takes: "\(all.dropLast().joined(separator: ", ")) or \(all.last ?? "")") {
      Word(rawValue: $0)
    }
  }

  private func stage(_ node: Node) -> String? {
    guard let text = reading.string(node, "stage") else { return nil }
    if ExplorationPlan.stages.contains(text) { return text }
    reading.report(
      "unknown-stage", "unknown stage \"\(text)\"", at: node,
      hint: Suggestion.hint(for: text, among: ExplorationPlan.stages, what: "the stages are"))
    return nil
  }
}
