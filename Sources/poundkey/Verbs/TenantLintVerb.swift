import ArgumentParser
import Records
import Reports
import ScenarioModel
import ScenarioYAML
import VerificationCore

struct TenantLintVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint", abstract: "Find contradictions and traps in how a tenant is set up.",
    discussion: """
      Errors do not do what they say, warnings will surprise somebody, notes are good to know. Each has its place, in a \
      file, and what to do.

      Examples:
        poundkey tenant lint my.yaml
        poundkey tenant lint my.yaml --at 2025-10-01     (what is retired by then?)
        poundkey tenant lint larkspur.poundkey --json

      Exit codes: 0 no errors, 1 an error (or, with --strict, a warning), 2 the path does not exist, 3 no tenant file \
      or store.
      """)

  @Argument(help: "A tenant file or store; else what the variable POUNDKEY_TENANT names.")
  var file: String?

  @Option(
    help: ArgumentHelp(
      "The date to check at, for a file 2025-01-15 unless told, for a store today: retired features are told from it.",
      valueName: "date"),
    transform: Instant.argument)
  var at: Instant?

  @Flag(help: "Warnings fail too.")
  var strict = false

  @Flag(help: "One JSON object a finding, one a line.")
  var json = false

  func run() throws {
    guard let path = TenantFile.named(file) else {
      throw Failure(.usage, "error: no tenant is named: a tenant file or store, or POUNDKEY_TENANT")
    }
    let (problems, secrets) = try findings(of: path)
    if json { Output.lines(problems.map { $0.jsonLine(secrets: secrets) }) } else { show(problems, secrets, of: path) }
    let fails = problems.contains { $0.severity == .error || (strict && $0.severity == .warning) }
    if fails { throw Failure(.contentAtFault) }
  }

  private func findings(of path: String) throws(Failure) -> ([Problem], secrets: [String]) {
    if TenantStore.isStore(path) {
      let holding = try StoreOptions.holding(at: path)
      let findings = holding.tenant.findings(at: date(of: path)) { holding.pins.keys.contains($0) }
      return (findings.map { Problem($0, at: nil) }, [])
    }
    try TenantFile.requireReadable(path)
    do {
      let reader = ScenarioReader(files: SourceFiles(), greetings: GreetingMeter())
      let report = try reader.lint(at: path, now: date(of: path))
      return (report.problems, report.secrets)
    } catch {
      throw InvalidFile.failure(error)
    }
  }

  /// Of a file the virtual clock's start unless told: it has the same findings on every day.
  private func date(of path: String) -> Instant { at ?? (TenantStore.isStore(path) ? SystemTime.now : .virtualStart) }

  private func dated(_ path: String) -> String {
    let (text, midnight) = ("\(date(of: path))", "T00:00:00Z")
    let day = at == nil ? String(text.prefix(10)) : text.hasSuffix(midnight) ? String(text.prefix(10)) : text
    return "as of \(day)\(at == nil ? "; --at for another date" : "")"
  }

  private func show(_ problems: [Problem], _ secrets: [String], of path: String) {
    let text = ProblemText(style: Output.style, secrets: secrets)
    for problem in problems {
      Output.line(text.render(problem, lines: SourceLines.of(problem.place?.path)).withoutFinalNewline)
    }
    let counts = Problem.Severity.allCases.map { severity in
      let count = problems.count { $0.severity == severity }
      return "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
    }
    Output.line("\(counts.joined(separator: ", ")) (\(dated(path)))")
  }
}

extension String {
  fileprivate var withoutFinalNewline: String { hasSuffix("\n") ? String(dropLast()) : self }
}
