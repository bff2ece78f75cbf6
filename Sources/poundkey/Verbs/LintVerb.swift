import ArgumentParser
import Reports
import ScenarioModel
import ScenarioYAML
import VerificationCore

struct LintVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint", abstract: "Find what is wrong in scenario, tenant, fragment and explore files, or suspect.",
    discussion: """
      Reads what run reads, from where run reads it. Errors keep a file from being used, or a tenant from doing what it says. Warnings are valid and probably not meant: \
      \(SourceFinding.allCases.map(\.rawValue).joined(separator: ", ")). Notes are good to know. Each has its place and \
      what to do. Of tenant files it says what tenant lint says.

      Examples:
        poundkey lint scenarios/
        poundkey lint scenarios/ --strict
        poundkey lint my.yaml --json

      Exit codes: 0 no errors, 1 an error in how a tenant is set up (or, with --strict, a warning), 2 a path does not \
      exist, 3 a file is invalid, 4 a file cannot be read, 5 no such file there.
      """)

  @Argument(help: "Files, and folders in which they are.")
  var paths: [String]

  @Option(
    help: ArgumentHelp(
      "The date to check tenants at, 2025-01-15 unless told: retired features are told from it.", valueName: "date"),
    transform: Instant.argument)
  var at: Instant?

  @Flag(help: "Warnings fail too.")
  var strict = false

  @OptionGroup var reach: SourceReach

  @Flag(help: "One JSON object a finding, one a line.")
  var json = false

  func validate() throws {
    if paths.isEmpty { throw ValidationError("Missing expected argument '<paths> ...'") }
  }

  func run() throws {
    let edited = try EditedFiles(paths: paths)
    let enclosure = reach.enclosure(paths.map { ScenarioRoot(path: $0) }, scenarios: edited.files.map(\.path))
    let reader = ScenarioReader(files: SourceFiles(within: enclosure), greetings: GreetingMeter(within: enclosure))
    // A file that begins with none of the four keys is a scenario without a title.
    let sources = edited.files.map { LintSource(path: $0.path, bytes: $0.bytes, kind: $0.kind ?? .scenario) }
    let reports = reader.lint(sources, now: at ?? .virtualStart)
    for reason in edited.unreadable { Output.error("error: \(Printable.text(reason))") }
    for report in reports {
      if json {
        Output.lines(report.problems.map { $0.jsonLine(secrets: report.secrets) })
      } else {
        show(report)
      }
    }
    let problems = reports.flatMap(\.problems)
    if !json { Output.line(summary(problems, reports.count)) }
    if let code = code(reports, problems, edited) { throw Failure(code) }
  }

  private func show(_ report: LintReport) {
    let text = ProblemText(style: Output.style, secrets: report.secrets)
    for problem in report.problems { Output.text(text.render(problem, lines: SourceLines.of(problem.place?.path))) }
  }

  private func summary(_ problems: [Problem], _ files: Int) -> String {
    let counts = Problem.Severity.allCases.map { severity in
      let count = problems.count { $0.severity == severity }
      return "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
    }
    return "\(counts.joined(separator: ", ")) in \(files) file\(files == 1 ? "" : "s")"
  }

  private func code(_ reports: [LintReport], _ problems: [Problem], _ edited: EditedFiles) -> ExitCode? {
    if reports.contains(where: \.isInvalid) { return .invalidFile }
    if !edited.unreadable.isEmpty { return .environment }
    let fails = problems.contains { $0.severity == .error || (strict && $0.severity == .warning) }
    return fails ? .contentAtFault : nil
  }
}
