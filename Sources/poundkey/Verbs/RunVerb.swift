import ArgumentParser
import Reports
import Runs
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
    help: ReportRequest.help)
  var reports: [ReportRequest] = []

  @Option(help: "For all that is left to chance; the same seed gives the same run.")
  var seed: UInt64 = 1

  @Flag(help: "Show each call as a captioned transcript.")
  var transcript = false

  func run() throws {
    let files = try ScenarioFiles(paths: paths)
    try reports.check(inputs: files.paths)
    let run = ScenarioRun(files, seed: seed, transcript: transcript)
    let failure = run.play()
    var reporting = Reporting(reports)
    run.tell(&reporting)
    let unwritten = reporting.finish()
    for reason in unwritten { Output.error(reason) }
    if !unwritten.isEmpty { throw Failure(.environment) }
    if let failure { throw failure }
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

  func tell(_ reporting: inout Reporting) {
    let sorted = verdicts
    let header = RunHeader(program: Poundkey.configuration.version, seed: seed, plan: 0, cases: sorted.count)
    var end = RunEnd()
    let give = { (record: RunRecord, reporting: inout Reporting) in
      end.count(record)
      reporting.take(record)
    }
    give(.run(header), &reporting)
    for verdict in sorted {
      let scenario = verdict.scenario
      give(.plan(PlannedFile(path: scenario.path, title: scenario.title.value)), &reporting)
    }
    for file in files.invalid {
      let record = InvalidFileRecord(
        path: file.path, problems: file.error.problems, secrets: file.error.secrets, lines: SourceLines.of)
      give(.invalid(record), &reporting)
    }
    var ledger = RecordingLedger()
    for (index, verdict) in sorted.enumerated() {
      let position = PlayedCase.Position(number: index + 1, line: verdict.scenario.title.place.span.line)
      let played = PlayedCase(verdict, at: position, seed: seed, lines: SourceLines.of)
      for recording in played.recordings where ledger.isNew(recording.key) { give(.recording(recording), &reporting) }
      give(.case(played.record), &reporting)
    }
    reporting.take(.end(end))
  }
}
