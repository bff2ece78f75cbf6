import ArgumentParser
import Reports
import ScenarioModel
import ScenarioYAML
import VerificationCore

struct RulesVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "List the rules simulated, and what shows each: a scenario, an exploration, a command.",
    discussion: """
      Marks: seed (in the documents Poundkey was made from), known (public elsewhere), ours (a choice of Poundkey's, \
      always a named setting or default).

      Examples:
        poundkey rules
        poundkey rules --family CALL
        poundkey rules my-scenarios/ --json

      Exit codes: 0 good, 2 a path or family does not exist, 3 a scenario is invalid, 5 no scenario found.
      """)

  @Argument(
    help: ArgumentHelp(
      "Scenario files, and folders of scenarios and explorations; the shipped ones unless given.", valueName: "path"))
  var paths: [String] = []

  @Option(help: "Only one family, as in CALL.")
  var family: String?

  @Flag(help: "One JSON object a rule, one a line.")
  var json = false

  func run() throws {
    let rules = Rule.all.filter { family == nil || $0.family == family?.uppercased() }
    if rules.isEmpty, let family {
      let families = Rule.all.map(\.family).reduce(into: [String]()) { if $0.last != $1 { $0.append($1) } }
      throw Failure(.usage, "error: no family \"\(family)\"; there are \(families.joined(separator: ", "))")
    }
    let roots = paths.isEmpty ? [Home.shortened("\(try Home.require())/scenarios")] : paths
    let files = try ScenarioFiles(paths: roots)
    let explorations = ExplorationFiles(in: roots)
    let tagged = files.scenarios.map { ($0.path, $0.rules) } + explorations.plans.map { ($0.path, $0.rules) }
    let shown = Dictionary(grouping: tagged.flatMap { path, rules in rules.map { ($0, path) } }) { $0.0 }
      .mapValues { $0.map(\.1) }
    if json { Output.lines(rules.map { line($0, shown[$0.id] ?? []) }) } else { show(rules, shown) }
    files.reportInvalid()
    explorations.reportInvalid()
    if let failure = files.failure { throw failure }
    if !explorations.invalid.isEmpty { throw Failure(.invalidFile) }
  }

  private func show(_ rules: [Rule], _ shown: [String: [String]]) {
    let style = Output.style
    for rule in rules {
      Output.line("\(style.bold(rule.id))  \(style.dim(rule.mark))")
      Output.lines(Wrapping.wrap(rule.text, width: Output.width - 4).map { "    \($0)" })
      Output.lines((shown[rule.id] ?? []).map { "    \(style.green("✓")) \($0)" })
      if let command = rule.shownBy { Output.line("    \(style.green("✓")) \(command)") }
    }
    let missing = rules.filter { shown[$0.id] == nil && $0.shownBy == nil }.map(\.id)
    Output.line(
      "\n\(rules.count - missing.count) of \(rules.count) rules are shown by a scenario, an exploration or a command")
    if !missing.isEmpty {
      Output.line("Nothing shows:")
      Output.lines(Wrapping.wrap(missing.joined(separator: " "), width: Output.width - 2).map { "  \($0)" })
    }
  }

  private func line(_ rule: Rule, _ scenarios: [String]) -> String {
    JSONLine([
      ("id", .text(rule.id)), ("mark", .text(rule.mark)), ("text", .text(rule.text)),
      ("scenarios", .list(scenarios.map(JSONLine.Value.text))),
      ("shownBy", rule.shownBy.map(JSONLine.Value.text) ?? .null),
    ]).text
  }
}
