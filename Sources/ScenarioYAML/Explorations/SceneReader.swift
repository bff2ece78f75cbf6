import ScenarioModel
import VerificationCore

/// Reads an `explore:` file with steps of its own.
struct SceneReader {
  let reading: Reading
  let scenarios: ScenarioReader

  func plan(_ root: Node) -> ScenePlan? {
    guard let fields = reading.fields(root, "an exploration", keys: Grammar.serviceExploration.keys),
      let titleNode = fields["explore"]
    else {
      return nil
    }
    guard let text = reading.string(titleNode, "explore") else { return nil }
    reading.refuseCutText(titleNode, "the title")
    reading.version(fields["version"])
    let title = Placed(text, at: reading.place(of: titleNode))
    guard let given = scenarios.given(fields["given"], reading) else { return nil }
    let steps = (fields["steps"].flatMap { reading.sequence($0, "steps") } ?? []).compactMap(step)
    if steps.isEmpty, let node = fields["steps"] {
      reading.report("missing-key", "there is nothing to do", at: node, hint: "as in steps: followed by - signin: text")
    }
    if steps.count > ScenePlan.maxSteps, let node = fields["steps"] {
      reading.report(
        "too-many-steps", "there are \(steps.count) steps, more than \(ScenePlan.maxSteps)", at: node,
        hint: "explore fewer things in one file")
    }
    scenarios.refuseUnknownUsers(steps.map(\.step), nil, given, reading)
    let (depth, states) = bound(fields["bound"])
    return ScenePlan(
      path: reading.path, title: title, tags: scenarios.words(fields["tags"], reading),
      rules: scenarios.rules(fields["rules"], reading), given: given, steps: steps,
      axes: fields["settings"].map(axes) ?? [], depth: depth, states: states,
      properties: properties(fields["properties"]))
  }

  /// A step, and how often it may be done.
  private func step(_ node: Node) -> SceneStep? {
    guard let step = StepReader(reading: reading, alsoBeside: ["times"]).step(node) else { return nil }
    switch step.verb {
    case .hear, .silence, .text, .noText, .expect, .skipped:
      reading.report(
        "not-a-move", "hear, text and expect do nothing, so there is nothing to explore", at: node,
        hint: "say under properties what must hold")
      return nil
    case .signIn, .cancelSignIn, .answer, .press, .wait, .waitForNext, .hangUp, .enter, .resend, .reply, .app, .passkey,
      .register, .restore, .changePassword, .set, .admin, .fault:
      break
    }
    let times = node.mapping?["times"].flatMap { node in
      reading.value(node, "times", takes: "a whole number from 1 to 200") { text in
        Int(text).flatMap { (1...200).contains($0) ? $0 : nil }
      }
    }
    return SceneStep(step, text: StepWriter.text(step.verb), times: times)
  }

  private func axes(_ node: Node) -> [ExplorationPlan.Axis] {
    let axes = PlanReader(reading: reading).axes(node)
    var combinations = 1
    for axis in axes where combinations <= ScenePlan.maxConfigurations { combinations *= axis.values.count }
    if combinations > ScenePlan.maxConfigurations {
      reading.report(
        "too-many-configurations", "the settings make more than \(ScenePlan.maxConfigurations) combinations", at: node,
        hint: "vary fewer settings in one file")
    }
    return axes
  }

  private func bound(_ node: Node?) -> (depth: Int?, states: Int?) {
    guard let node, let fields = reading.fields(node, "bound", keys: Grammar.serviceBound.keys) else {
      return (nil, nil)
    }
    func count(_ key: String, _ range: ClosedRange<Int>) -> Int? {
      guard let node = fields[key] else { return nil }
      return reading.value(node, key, takes: "a whole number from \(range.lowerBound) to \(range.upperBound)") { text in
        Int(text).flatMap { range.contains($0) ? $0 : nil }
      }
    }
    return (count("depth", 1...10_000), count("states", 1...1_000_000_000))
  }
}

// Properties, in the words of a tester.
extension SceneReader {
  private func properties(_ node: Node?) -> [Placed<SceneProperty>] {
    guard let node,
      let fields = reading.fields(node, "properties", keys: Grammar.serviceProperties.keys)
    else { return [] }
    var properties: [Placed<SceneProperty>] = []
    for (key, make) in [("never", SceneProperty.never), ("possible", SceneProperty.possible)] {
      for entry in fields[key].flatMap({ reading.sequence($0, key) }) ?? [] {
        if let condition = condition(entry) { properties.append(Placed(make(condition), at: reading.place(of: entry))) }
      }
    }
    if let ends = fields["alwaysEnds"], let inner = reading.fields(ends, "alwaysEnds", keys: Grammar.alwaysEnds.keys),
      let node = inner["within"], let length = reading.length(node, "within")
    {
      properties.append(Placed(.alwaysEnds(within: length), at: reading.place(of: ends)))
    }
    for entry in fields["always"].flatMap({ reading.sequence($0, "always") }) ?? [] {
      if let invariant = invariant(entry) {
        properties.append(Placed(.always(invariant), at: reading.place(of: entry)))
      }
    }
    return properties
  }

  private func invariant(_ node: Node) -> SceneInvariant? {
    guard let name = reading.string(node, "always") else { return nil }
    if let invariant = SceneInvariant(rawValue: name) { return invariant }
    reading.report(
      "unknown-invariant", "unknown invariant \"\(name)\"", at: node,
      hint: Suggestion.hint(for: name, among: SceneInvariant.allCases.map(\.rawValue), what: "the invariants are"))
    return nil
  }

  private func condition(_ node: Node) -> SceneCondition? {
    guard let fields = reading.fields(node, "a condition", keys: Grammar.serviceCondition.keys) else { return nil }
    var condition = SceneCondition()
    if let node = fields["result"] { condition.result = outcome(node) }
    if let node = fields["by"] {
      let proofs = SceneCondition.Proof.allCases.map(\.rawValue).joined(separator: ", ")
      condition.by = reading.value(node, "by", takes: proofs) { SceneCondition.Proof(rawValue: $0) }
    }
    if let node = fields["after"] {
      condition.afterReport = reading.value(node, "after", takes: "report or nothing") {
        ["report": true, "nothing": false][$0]
      }
    }
    if let node = fields["hear"] { condition.hear = reading.message(node, "hear") }
    if let node = fields["asked"] { condition.asked = reading.method(node, "asked") }
    if let node = fields["risk"] {
      condition.isAtRisk = reading.value(node, "risk", takes: "high or none") { ["high": true, "none": false][$0] }
    }
    if let node = fields["records"] {
      condition.records = reading.value(node, "records", takes: "a whole number from 0 to 9") { text in
        Int(text).flatMap { (0...9).contains($0) ? $0 : nil }
      }
    }
    condition.begins = flag(fields, "begins")
    condition.isDialled = flag(fields, "dialled")
    condition.isTexted = flag(fields, "texted")
    condition.isBlocked = flag(fields, "blocked")
    condition.isLocked = flag(fields, "locked")
    condition.isEnabled = flag(fields, "enabled")
    condition.mustRegister = flag(fields, "mustRegister")
    if node.mapping?.entries.isEmpty == true {
      reading.report("empty-condition", "this condition holds always", at: node, hint: "as in {result: approved}")
    }
    return condition
  }

  private func flag(_ fields: Fields, _ key: String) -> Bool? { fields[key].flatMap { reading.flag($0, key) } }

  private func outcome(_ node: Node) -> Outcome? {
    guard let name = reading.string(node, "result") else { return nil }
    if let outcome = Outcome(rawValue: name) { return outcome }
    reading.report(
      "unknown-result", "unknown result \"\(name)\"", at: node,
      hint: Suggestion.hint(for: name, among: Outcome.allCases.map(\.rawValue), what: "the results are"))
    return nil
  }
}
