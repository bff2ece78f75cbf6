import ArgumentParser
import Reports
import ScenarioModel
import ScenarioYAML
import VerificationCore

struct TenantLintVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint", abstract: "Find contradictions and traps in how a tenant is set up.",
    discussion: """
      Errors do not do what they say, warnings will surprise somebody, notes are good to know. Each has its place in the \
      file and what to do.

      Examples:
        poundkey tenant lint my.yaml
        poundkey tenant lint my.yaml --at 2025-10-01     (what is retired by then?)
        poundkey tenant lint my.yaml --json

      Exit codes: 0 no errors, 1 an error (or, with --strict, a warning), 2 the path does not exist, 3 no tenant file.
      """)

  @Argument(help: "A tenant file.")
  var file: String

  @Option(
    help: ArgumentHelp(
      "The date to check at, 2025-01-15 unless told: retired features are told from it.", valueName: "date"),
    transform: Instant.argument)
  var at: Instant?

  @Flag(help: "Warnings fail too.")
  var strict = false

  @Flag(help: "One JSON object a finding, one a line.")
  var json = false

  func run() throws {
    try TenantFile.requireReadable(file)
    let report: TenantReport
    do {
      report = try ScenarioReader(files: SourceFiles(), greetings: GreetingMeter()).lint(at: file, now: date)
    } catch {
      throw InvalidFile.failure(error)
    }
    if json { Output.lines(report.problems.map { $0.jsonLine(secrets: report.secrets) }) } else { show(report) }
    let fails = report.problems.contains { $0.severity == .error || (strict && $0.severity == .warning) }
    if fails { throw Failure(.contentAtFault) }
  }

  /// The virtual clock's start unless told: the same file has the same findings on every day.
  private var date: Instant { at ?? .virtualStart }

  private var dated: String {
    guard let at else { return "as of 2025-01-15; --at for another date" }
    let (text, midnight) = ("\(at)", "T00:00:00Z")
    return "as of \(text.hasSuffix(midnight) ? String(text.dropLast(midnight.count)) : text)"
  }

  private func show(_ report: TenantReport) {
    let text = ProblemText(style: Output.style, secrets: report.secrets)
    for problem in report.problems {
      Output.line(text.render(problem, lines: SourceLines.of(problem.place?.path)).withoutFinalNewline)
    }
    let counts = Problem.Severity.allCases.map { severity in
      let count = report.problems.count { $0.severity == severity }
      return "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
    }
    Output.line("\(counts.joined(separator: ", ")) (\(dated))")
  }
}

extension String {
  fileprivate var withoutFinalNewline: String { hasSuffix("\n") ? String(dropLast()) : self }
}
