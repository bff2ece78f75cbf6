import ScenarioModel
import VerificationCore

/// Reads a scenario file with all its cases, and all that is wrong in any of them.
struct CasesReader {
  /// They are all held at once.
  private static let unfoldedLimit = 1_000_000

  let reading: Reading
  let scenarios: ScenarioReader

  func file(_ root: Node) -> ScenarioFile? {
    guard !isOther(root), let fields = reading.fields(root, "a scenario", keys: Grammar.scenario.keys) else {
      return nil
    }
    guard let titleNode = fields["scenario"] else {
      reading.report(
        "missing-key", "a scenario needs a title", at: root, hint: "begin with \"scenario: what it shows\"")
      return nil
    }
    reading.version(fields["version"])
    let title = title(titleNode)
    let (tags, rules) = (scenarios.words(fields["tags"], reading), scenarios.rules(fields["rules"], reading))
    let skip = fields["skip"].flatMap { node in reading.reason(node).map { Placed($0, at: reading.place(of: node)) } }
    guard let table = table(fields["matrix"], hiding: secretColumns(fields["given"])) else { return nil }
    keepSecrets(fields["given"], table)
    let aliases = reading.aliases(fields["use"])
    let given = forms(fields["given"], table) { node in scenarios.given(node, reading) }
    let steps = steps(fields["steps"], root, table, aliases)
    let stepReader = StepReader(reading: reading)
    let expect = forms(fields["expect"], table) { node in node.flatMap { stepReader.expectation($0) } }
    refuseUnknownUsers(given, steps, expect, table)
    refuseEmptyCases(steps, table)
    guard let title, reading.problems.isEmpty, let whole = given.whole else { return nil }
    let mask = SecretMask(reading.secrets + whole.values.flatMap { $0.map { $0.pins.values.map(\.revealed) } ?? [] })
    return ScenarioFile(
      path: reading.path, title: title, tags: tags, rules: rules, skip: skip, sources: reading.shelf?.sources ?? [],
      cases: table.cases(hiding: secretColumns(fields["given"]), mask: mask),
      texts: reading.shelf?.texts ?? SourceTexts(), given: hidden(whole, mask).forms,
      steps: steps.map { $0.replacingNil(with: []).forms }, expect: expect.optional.forms)
  }

  /// A tenant or an exploration is no scenario, and no mistake of a scenario.
  private func isOther(_ root: Node) -> Bool {
    guard root.mapping?["scenario"] == nil else { return false }
    let others = [
      (
        "tenant", "this is a tenant, not a scenario",
        "name it in a scenario as given: {tenant: FILE}, or take a call in it with poundkey call --tenant FILE"
      ),
      ("explore", "this is an exploration, not a scenario", "walk it with poundkey explore FILE"),
      ("fragment", "this is a fragment, not a scenario", "use it in the steps of a scenario: use: FILE"),
    ]
    for (key, message, hint) in others {
      guard let node = root.mapping?[key] else { continue }
      reading.report("\(key)-file", message, at: node, hint: hint)
      return true
    }
    return false
  }

  private func title(_ node: Node) -> Placed<String>? {
    reading.refuseReferences(node, "the title")
    reading.refuseCutText(node, "the title")
    guard let title = reading.string(node, "scenario") else { return nil }
    if title.isEmpty { reading.report("missing-value", "the title is empty", at: node) }
    return Placed(title, at: reading.place(of: node))
  }

  private func table(_ node: Node?, hiding secret: Set<String>) -> MatrixTable? {
    guard let node, let shelf = reading.shelf else { return .single }
    return MatrixReader(reading: reading, shelf: shelf, secret: secret).table(node)
  }

  private func steps(
    _ node: Node?, _ root: Node, _ table: MatrixTable, _ aliases: Aliases
  ) -> [Part<[Step]>] {
    guard let shelf = reading.shelf else { return [] }
    let nodes = node.flatMap { reading.sequence($0, "steps") } ?? []
    if nodes.isEmpty, reading.problems.isEmpty {
      reading.report(
        "missing-key", "a scenario needs steps", at: node ?? root, hint: "as in steps: followed by - signin: call")
    }
    var unfolded = 0
    return nodes.map { entry in
      part(of: entry, table) { scope in
        guard unfolded <= Self.unfoldedLimit else { return [] }
        let steps = StepsReader(
          reading: reading, scope: scope, aliases: aliases, fragments: FragmentReader(shelf: shelf)
        ).steps(of: entry)
        unfolded += steps.count
        if unfolded > Self.unfoldedLimit {
          reading.report(
            "too-many-steps", "all cases together make more than \(Self.unfoldedLimit) different steps", at: entry,
            hint: "repeat less often, or split the matrix")
        }
        return steps
      }
    }
  }
}

// Parts of a file in the forms that the rows give them.
extension CasesReader {
  /// A part with its names looked up, read in each of its forms.
  private func forms<Value>(
    _ node: Node?, _ table: MatrixTable, _ read: (Node?) -> Value?
  ) -> Part<Value> {
    part(of: node, table) { scope in read(node.map { Binder(reading: reading, scope: scope).bind($0) }) }
  }

  /// One form for each combination of the values that the part looks up.
  private func part<Value>(of node: Node?, _ table: MatrixTable, _ read: (Scope) -> Value?) -> Part<Value> {
    let names = node?.names ?? []
    let columns = table.names.indices.filter { names.contains(table.names[$0]) }
    guard !columns.isEmpty else {
      // Whatever it looks up beside is told as unknown, once.
      let scope = table.rows.first.map { table.isSingle ? Scope.empty : table.scope(of: $0) } ?? .empty
      return Part(values: [read(scope)], chosen: [])
    }
    let groups = table.numbers.groups(by: columns)
    return Part(values: groups.firsts.map { read(table.scope(of: table.rows[$0])) }, chosen: groups.groups)
  }

  /// With what no output may show, wherever in the file and its sources it was found.
  private func hidden(_ given: Part<Given>, _ mask: SecretMask) -> Part<Given> {
    // One list and one mask for all forms: each may add a secret.
    let secrets = Set(reading.secrets).sorted()
    return given.map { form in
      var hidden = form
      (hidden.otherSecrets, hidden.mask) = (secrets, mask)
      return hidden
    }
  }
}

// What holds for parts together.
extension CasesReader {
  private func refuseUnknownUsers(
    _ given: Part<Given>, _ steps: [Part<[Step]>], _ expect: Part<Expectation>, _ table: MatrixTable
  ) {
    let inSteps = steps.map { part in part.values.map { ScenarioReader.named($0 ?? [], nil) } }
    let inExpect = expect.values.map { ScenarioReader.named([], $0) }
    guard inSteps.contains(where: { $0.contains { !$0.isEmpty } }) || inExpect.contains(where: { !$0.isEmpty }) else {
      return
    }
    for row in table.rows.indices {
      guard let given = given[row] else { continue }
      for (part, named) in zip(steps, inSteps) { scenarios.refuseUnknown(named[part.form(row)], given, reading) }
      scenarios.refuseUnknown(inExpect[expect.form(row)], given, reading)
    }
  }

  /// A case without a step would pass and show nothing.
  private func refuseEmptyCases(_ steps: [Part<[Step]>], _ table: MatrixTable) {
    guard reading.problems.isEmpty, !table.isSingle || !steps.isEmpty else { return }
    for (index, row) in table.rows.enumerated() where steps.allSatisfy({ $0[index]?.isEmpty ?? true }) {
      reading.report(
        Problem(
          "no-steps-left", "no step is left in this case: every when is false",
          at: row.place ?? reading.text.place(1, 1), hint: "remove the case, or let one step stand without when"))
    }
  }
}

// Secrets that come out of the matrix.
extension CasesReader {
  private func keepSecrets(_ given: Node?, _ table: MatrixTable) {
    let secret = secretColumns(given)
    for (index, name) in table.names.enumerated() where secret.contains(name) {
      for row in table.rows { row.values[index].scalar.map { reading.keepSecret($0.string) } }
    }
  }

  /// The columns that a PIN is looked up in.
  private func secretColumns(_ node: Node?) -> Set<String> {
    guard let node, node.isTemplate else { return [] }
    switch node {
    case .scalar: return []
    case .mapping(let mapping):
      return mapping.entries.reduce(into: []) { names, entry in
        names.formUnion(entry.key.scalar?.string == "pin" ? entry.value.names : secretColumns(entry.value))
      }
    case .sequence(let sequence): return sequence.nodes.reduce(into: []) { $0.formUnion(secretColumns($1)) }
    }
  }
}

/// A part of a file in its distinct forms; nil for one that could not be read.
private struct Part<Value> {
  var values: [Value?]
  var chosen: [Int32]

  subscript(row: Int) -> Value? { values[form(row)] }

  func form(_ row: Int) -> Int { chosen.isEmpty ? 0 : Int(chosen[row]) }

  /// nil where a form could not be read.
  var whole: Part<Value>? { values.contains { $0 == nil } ? nil : self }

  /// Where none is a form too.
  var optional: Part<Value?> { Part<Value?>(values: values.map { .some($0) }, chosen: chosen) }

  func map(_ change: (Value) -> Value) -> Part<Value> { Part(values: values.map { $0.map(change) }, chosen: chosen) }
}

extension Part where Value: Sendable {
  func replacingNil(with value: Value) -> Part<Value> { Part(values: values.map { $0 ?? value }, chosen: chosen) }

  var forms: Forms<Value> {
    let known = values.compactMap { $0 }
    return chosen.isEmpty ? Forms(known[0]) : Forms(known, chosen: chosen)
  }
}
