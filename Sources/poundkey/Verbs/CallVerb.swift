import ArgumentParser
import Reports
import Runs
import ScenarioModel
import Simulation

struct CallVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "call", abstract: "Take a verification call in the terminal, in real time.",
    discussion: """
      The keyboard is the keypad: 0-9 * #. Beside it: a answers, h hangs up, c cancels at the sign-in page, s signs in \
      again, p pauses, q quits. With --scenario the script acts, and only p and q are yours. In a tenant store all that \
      happens is written down as it happens; who quits a call there lets it come to its end with nobody on the line.

      Examples:
        poundkey call --user helga@larkspur.example
        poundkey call --tenant my.yaml --user omar@larkspur.example --play
        poundkey call --tenant larkspur.poundkey --user omar@larkspur.example
        poundkey call --scenario scenarios/fraud/report-and-confirm.yaml
        poundkey call --scenario scenarios/fraud/every-language.yaml --case language=fr,block=true
        poundkey call --record my-call.yaml

      Exit codes: 0 good, 1 the scenario or the recording failed, 2 usage, 3 an invalid file, 4 no terminal, no player \
      or a recording that cannot be written, 5 no such case, 130 interrupted.
      """)

  @OptionGroup var call: CallOptions

  @Option(help: ArgumentHelp("Replay this scenario in real time.", valueName: "file"))
  var scenario: String?

  @Option(
    name: .customLong("case"),
    help: ArgumentHelp("Which case of its matrix; else the first.", valueName: "name=value,..."),
    transform: CaseFilter.init)
  var named: CaseFilter?

  @Option(help: ArgumentHelp("Write the call out as a scenario, as poundkey record does.", valueName: "file"))
  var record: String?

  @OptionGroup var recording: RecordingOptions

  func validate() throws {
    if scenario != nil, call.tellsOfCall {
      throw ValidationError(
        "--scenario says all about the call: leave out --tenant, --user, --language, --registration, --at")
    }
    if scenario == nil, named != nil { throw ValidationError("--case belongs to --scenario FILE") }
    if scenario != nil, record != nil {
      throw ValidationError("--scenario FILE is a scenario already: leave out --record")
    }
    if record == nil, recording.title != nil || recording.force {
      throw ValidationError("--title and --force belong to --record FILE")
    }
  }

  func run() async throws {
    if let scenario { return try await replay(scenario, call.play ? try SoundPlayer() : nil) }
    let file = record.map { RecordingFile(path: $0, options: recording, tenant: call.signIn.path) }
    try await LiveCall(options: call, recording: file).run()
  }

  private func replay(_ path: String, _ player: SoundPlayer?) async throws {
    try TenantFile.requireReadable(path)
    let files = try ScenarioFiles(paths: [path])
    files.reportInvalid()
    let scenarios = files.scenarios
    guard let first = scenarios.first else { throw Failure(.invalidFile) }
    guard let scenario = scenarios.first(where: { named?.accepts($0.id) ?? true }) else {
      throw Failure(
        .nothingMatched,
        "error: \(path) has no case \(named?.text ?? ""); \(Output.program) run --list \(path) tells them")
    }
    if named == nil, scenarios.count > 1 {
      Output.error(
        "note: this is \(first.caseName ?? ""), the first of \(scenarios.count) cases; --case chooses another")
    }
    let verdict = try await TerminalReplay(scenario, seed: call.seed, player: player).run()
    let problems = ProblemText(style: Output.errorStyle, secrets: scenario.given.secrets)
    for problem in verdict.problems {
      Output.error(problems.render(problem, lines: SourceLines.of(problem.place?.path)))
    }
    if !verdict.passed { throw Failure(.contentAtFault) }
  }
}
