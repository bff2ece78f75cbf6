import ScenarioModel

/// Reads a list of steps for one case: names looked up, fragments and rounds unfolded, steps left out whose `when` is
/// false.
struct StepsReader {
  /// Nobody reads a case with more.
  static let stepLimit = 10_000
  static let roundLimit = 1_000
  /// Fragments within fragments.
  private static let depthLimit = 16

  let reading: Reading
  let scope: Scope
  let aliases: Aliases
  let fragments: FragmentReader
  /// The files of the fragments around.
  var chain: [String] = []
  /// Shared by the readers of all fragments within.
  var budget = UnfoldingBudget()

  func steps(_ nodes: [Node]) -> [Step] {
    var steps: [Step] = []
    for node in nodes {
      steps += self.steps(of: node)
      guard steps.count <= Self.stepLimit else {
        reading.report(
          "too-many-steps", "with its rounds and fragments this makes more than \(Self.stepLimit) steps", at: node,
          hint: "repeat less often")
        return []
      }
    }
    return steps
  }

  /// The steps that one entry of a list makes: mostly one.
  func steps(of entry: Node) -> [Step] {
    guard budget.spend() else {
      if budget.isJustSpent {
        reading.report(
          "too-many-steps", "fragments and rounds unfold to more than \(UnfoldingBudget.limit) entries", at: entry,
          hint: "let fragments use others less often")
      }
      return []
    }
    guard let (entry, isWanted) = decided(entry), isWanted else { return [] }
    if let mapping = entry.mapping {
      if let use = mapping["use"] { return isSkipped(mapping, use) ?? unfold(use, mapping) }
      if let rounds = mapping["repeat"] { return isSkipped(mapping, rounds) ?? unfold(rounds: rounds, mapping) }
    }
    return StepReader(reading: reading).step(bound(entry)).map { [$0] } ?? []
  }

  private func bound(_ node: Node) -> Node { Binder(reading: reading, scope: scope).bind(node) }

  /// The entry without its `when`, and whether it is to be done.
  private func decided(_ entry: Node) -> (Node, Bool)? {
    guard case .mapping(let mapping) = entry else { return (entry, true) }
    var (rest, conditions): ([Node.Mapping.Entry], [Node]) = ([], [])
    for (key, value) in mapping.entries {
      if key.scalar?.string == "when" {
        conditions.append(value)
      } else if let inner = value.mapping, let when = inner["when"], key.scalar?.string != "with" {
        conditions.append(when)
        let kept = inner.entries.filter { $0.key.scalar?.string != "when" }
        rest.append((key, .mapping(Node.Mapping(kept, mark: inner.mark, site: inner.site))))
      } else {
        rest.append((key, value))
      }
    }
    guard !conditions.isEmpty else { return (entry, true) }
    var isWanted = true
    for condition in conditions {
      guard let holds = reading.flag(bound(condition), "when") else { return nil }
      isWanted = isWanted && holds
    }
    return (.mapping(Node.Mapping(rest, mark: mapping.mark, site: mapping.site)), isWanted)
  }

  /// One step in their place where all of them are to be skipped.
  private func isSkipped(_ mapping: Node.Mapping, _ node: Node) -> [Step]? {
    let strangers = mapping.entries.filter { !["use", "repeat", "name", "skip"].contains($0.key.scalar?.string) }
    if let stranger = strangers.first {
      let verb = mapping["use"] == nil ? "repeat" : "use"
      reading.report(
        "unknown-key", "unknown key \"\(stranger.key.scalar?.string ?? "")\" beside \(verb)", at: stranger.key,
        hint: "begin a new step with \"- \", or indent what belongs to \(verb)")
      return []
    }
    guard let skip = mapping["skip"] else { return nil }
    return reading.reason(bound(skip)).map { [Step(.skipped(reason: $0), at: reading.place(of: node))] } ?? []
  }
}

// `repeat: {times: 3, steps: [...]}`
extension StepsReader {
  private func unfold(rounds node: Node, _ mapping: Node.Mapping) -> [Step] {
    guard let fields = reading.fields(node, "repeat", keys: Grammar.repeated.keys) else { return [] }
    guard let timesNode = fields["times"], let stepsNode = fields["steps"] else {
      reading.report(
        "missing-key", "repeat needs times and steps", at: node, hint: "as in repeat: {times: 3, steps: [...]}")
      return []
    }
    let times = reading.value(bound(timesNode), "times", takes: "a whole number from 1 to \(Self.roundLimit)") { text in
      Int(text).flatMap { (1...Self.roundLimit).contains($0) ? $0 : nil }
    }
    guard let times, let nodes = reading.sequence(stepsNode, "steps") else { return [] }
    if nodes.isEmpty { reading.report("missing-key", "there is nothing to repeat", at: stepsNode) }
    let steps = self.steps(nodes)
    guard steps.count * times <= Self.stepLimit else {
      reading.report(
        "too-many-steps", "\(times) rounds of \(steps.count) steps are more than \(Self.stepLimit)", at: node,
        hint: "repeat less often")
      return []
    }
    return (1...times).flatMap { round in steps.map { $0.within(.round(round, of: times)) } }
  }
}

// `use: name`, `use: path`, `use: {fragment: name, with: {...}}`
extension StepsReader {
  private func unfold(_ node: Node, _ mapping: Node.Mapping) -> [Step] {
    var (name, values): (Node, Node?) = (node, nil)
    if case .mapping = node {
      guard let fields = reading.fields(node, "use", keys: Grammar.use.keys) else { return [] }
      guard let fragment = fields["fragment"] else {
        reading.report(
          "missing-key", "use needs a fragment", at: node, hint: "as in {fragment: greet, with: {keys: \"#\"}}")
        return []
      }
      (name, values) = (fragment, fields["with"])
      if let values, values.mapping == nil {
        reading.report("expected-mapping", "with must be a mapping", at: values, hint: "as in with: {keys: \"#\"}")
        return []
      }
    }
    guard let path = path(bound(name)), isFinite(path, name), let fragment = fragment(path, name),
      let scope = scope(of: fragment, values, name)
    else { return [] }
    fragment.secrets.forEach(reading.keepSecret)
    let inner = StepsReader(
      reading: reading, scope: scope, aliases: fragment.aliases, fragments: fragments, chain: chain + [path],
      budget: budget)
    let usedAt = reading.place(of: name)
    reading.uses.append(usedAt)
    defer { reading.uses.removeLast() }
    return inner.steps(fragment.steps).map { $0.within(.fragment(usedAt: usedAt)) }
  }

  /// An alias of the file, else a path.
  private func path(_ node: Node) -> String? {
    guard let name = reading.string(node, "use") else { return nil }
    if let path = aliases.paths[name] { return path }
    if name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
      return RelativePath.resolve(name, from: node)
    }
    let names = aliases.paths.keys.sorted()
    reading.report(
      "unknown-fragment", "there is no fragment \"\(name)\"", at: node,
      hint: names.isEmpty
        ? "name its file, or give it a short name at the head of this one: use: {\(Reference.isName(name) ? name : "greet"): FILE}"
        : Suggestion.hint(for: name, among: names, what: "there are"))
    return nil
  }

  private func isFinite(_ path: String, _ node: Node) -> Bool {
    if let start = chain.firstIndex(of: path) {
      let circle = (chain[start...] + [path]).joined(separator: " -> ")
      reading.report(
        "cyclic-fragment", "this fragment uses itself: \(circle)", at: node,
        hint: "let one of them do without the other")
      return false
    }
    guard chain.count < Self.depthLimit else {
      reading.report("too-deep", "fragments use fragments more than \(Self.depthLimit) deep", at: node)
      return false
    }
    return true
  }

  private func fragment(_ path: String, _ node: Node) -> Fragment? {
    do {
      return try fragments.fragment(at: path)
    } catch {
      error.secrets.forEach(reading.keepSecret)
      for problem in error.problems {
        var problem = problem
        if problem.place == nil {
          problem.place = node.place
        } else {
          problem.notes.append(Problem.Note(.used, "\(reading.place(of: node))"))
        }
        reading.report(problem)
      }
      return nil
    }
  }

  /// The parameters with what is given for them.
  private func scope(of fragment: Fragment, _ given: Node?, _ use: Node) -> Scope? {
    var values: [String: Node] = [:]
    for parameter in fragment.parameters { values[parameter.name] = parameter.usual }
    let names = fragment.parameters.map(\.name)
    var isWhole = true
    if let mapping = given?.mapping {
      for (key, value) in mapping.entries {
        guard let name = key.scalar?.string, names.contains(name) else {
          reading.report(
            "unknown-parameter", "the fragment has no parameter \"\(key.scalar?.string ?? "")\"", at: key,
            hint: names.isEmpty
              ? "it has none" : Suggestion.hint(for: key.scalar?.string ?? "", among: names, what: "its parameters are")
          )
          isWhole = false
          continue
        }
        values[name] = bound(value)
      }
    }
    let missing = names.filter { values[$0] == nil }
    if !missing.isEmpty, isWhole {
      reading.report(
        "missing-parameter", "the fragment needs \(missing.joined(separator: ", "))", at: use,
        hint: "as in {fragment: \(use.scalar?.string ?? "greet"), with: {\(missing[0]): ...}}")
      isWhole = false
    }
    return isWhole ? Scope(what: Fragment.lacks, values: values) : nil
  }
}

extension Step {
  fileprivate func within(_ origin: Origin) -> Step {
    var step = self
    step.trail.insert(origin, at: 0)
    return step
  }
}

/// How many entries of lists may still be unfolded: fragments that use fragments multiply, also where no step comes of it.
final class UnfoldingBudget {
  static let limit = 50_000

  private var spent = 0

  /// - Returns: false once all is spent.
  func spend() -> Bool {
    spent += 1
    return spent <= Self.limit
  }

  var isJustSpent: Bool { spent == Self.limit + 1 }
}
