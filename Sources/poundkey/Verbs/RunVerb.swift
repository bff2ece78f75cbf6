import ArgumentParser
import Reports
import ScenarioModel
import ScenarioYAML
import Simulation
import VerificationCore

struct RunVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run call scenarios in virtual time.",
    discussion: """
      A folder is searched for .yaml and .yml files; tenant and explore files among them are left out.

      Examples:
        poundkey run scenarios/
        poundkey run scenarios/fraud --report junit=results.xml

      Exit codes: 0 all passed, 1 a scenario failed, 2 a path does not exist, 3 a file is invalid, 4 a file cannot be \
      read or a report not written, 5 no scenario found.
      """)

  @Argument(help: ArgumentHelp("Scenario files and folders.", valueName: "path"))
  var paths: [String]

  @Option(
    name: .customLong("report"),
    help: ArgumentHelp("Write a report: junit=FILE. May be repeated.", valueName: "kind=file"))
  var reports: [ReportRequest] = []

  @Option(help: "For all that is left to chance; the same seed gives the same run.")
  var seed: UInt64 = 1

  @Flag(help: "Show each call as a captioned transcript.")
  var transcript = false

  func run() throws {
    let files = try ScenarioFiles(paths: paths)
    for report in reports {
      if let input = files.paths.first(where: { WrittenFile.isSame($0, report.file) }) {
        throw Failure(.usage, "error: --report would overwrite \(input), which is to be run")
      }
    }
    let run = ScenarioRun(files, seed: seed, transcript: transcript)
    let failure = run.play()
    for report in reports { try report.write(run) }
    if let failure { throw failure }
  }
}

/// `--report KIND=FILE`
struct ReportRequest: ExpressibleByArgument {
  let file: String

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1)
    guard parts.count == 2, parts[0] == "junit" else { return nil }
    file = String(parts[1])
  }

  static var allValueStrings: [String] { ["junit=FILE"] }

  func write(_ run: ScenarioRun) throws(Failure) {
    let invalid = run.files.invalid.map {
      JUnit.InvalidFile(path: $0.path, problems: $0.error.problems, secrets: $0.error.secrets)
    }
    try WrittenFile.replace(file, with: JUnit(run.verdicts, invalid: invalid, seed: run.seed).xml)
  }
}

/// Plays scenarios one after the other and tells how they went.
final class ScenarioRun {
  let files: ScenarioFiles
  let seed: UInt64
  private let transcript: Bool
  private var text: RunText
  private(set) var verdicts: [Verdict] = []

  init(_ files: ScenarioFiles, seed: UInt64, transcript: Bool) {
    self.files = files
    self.seed = seed
    self.transcript = transcript
    text = RunText(
      style: Output.style, terminalWidth: TerminalSize.current?.columns, paths: files.scenarios.map(\.path))
  }

  /// - Returns: how the run ends, unless well.
  func play() -> Failure? {
    files.reportInvalid()
    for scenario in files.scenarios {
      let verdict = VirtualDriver.play(scenario, seed: seed)
      verdicts.append(verdict)
      tell(verdict)
    }
    summarise()
    if let failure = files.failure { return failure }
    return verdicts.allSatisfy(\.passed) ? nil : Failure(.contentAtFault)
  }

  private func tell(_ verdict: Verdict) {
    let scenario = verdict.scenario
    Output.lines(text.lines(verdict))
    if transcript {
      let journal = JournalText(style: Output.style, start: scenario.given.start, width: Output.width - 4)
      for line in verdict.journal.flatMap(journal.lines) { Output.line("    \(line)") }
    }
    let problems = ProblemText(style: Output.errorStyle, secrets: scenario.given.secrets)
    for problem in verdict.problems {
      var shown = problem
      shown.notes.append(
        Problem.Note(.rerun, "\(Output.program) run \(ShellWord.quoted(scenario.path)) --seed \(seed) --transcript"))
      Output.error(problems.render(shown, lines: SourceLines.of(problem.place?.path)))
    }
  }

  private func summarise() {
    let failed = verdicts.count { !$0.passed }
    let virtual = verdicts.reduce(Milliseconds.zero) { $0 + $1.length }
    let invalid = files.invalid.isEmpty ? "" : ", \(files.invalid.count) invalid"
    Output.line(
      "\n\(verdicts.count - failed) passed, \(failed) failed\(invalid) · \(virtual.stopwatch) of calls, seed \(seed)")
  }
}
