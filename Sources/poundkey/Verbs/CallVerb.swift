import ArgumentParser
import LiveCalls
import Reports
import ScenarioModel
import Simulation
import VerificationCore

struct CallVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "call", abstract: "Take a verification call in the terminal, in real time.",
    discussion: """
      The keyboard is the keypad: 0-9 * #. Beside it: a answers, h hangs up, c cancels at the sign-in page, s signs in \
      again, p pauses, q quits. With --scenario the script acts, and only p and q are yours.

      Examples:
        poundkey call --user helga@larkspur.example
        poundkey call --tenant my.yaml --user omar@larkspur.example --play
        poundkey call --scenario scenarios/fraud/report-and-confirm.yaml

      Exit codes: 0 good, 1 the scenario failed, 2 usage, 3 an invalid file, 4 no terminal or no player, \
      130 interrupted.
      """)

  @OptionGroup var signIn: SignInOptions

  @Option(help: ArgumentHelp("Replay this scenario in real time.", valueName: "file"))
  var scenario: String?

  @Option(
    help: ArgumentHelp("Accept-Language of the sign-in, as in fr-CA.", valueName: "languages"),
    transform: AskedLanguages.argument)
  var language: AskedLanguages?

  @Flag(help: "Verify the registration of a telephone instead of a sign-in.")
  var registration = false

  @Flag(help: "Play the sound, through pw-play, paplay, aplay, play or ffplay.")
  var play = false

  @Option(help: "For all that is left to chance.")
  var seed: UInt64 = 1

  func validate() throws {
    if scenario != nil, signIn.tenant.path != nil || signIn.user != nil || language != nil || registration {
      throw ValidationError(
        "--scenario says all about the call: leave out --tenant, --user, --language, --registration")
    }
  }

  func run() async throws {
    let player = play ? try SoundPlayer() : nil
    if let scenario { return try await replay(scenario, player) }
    let given = try signIn.read()
    let request = try request(given)
    guard Keyboard.isThere else {
      throw Failure(.environment, "error: a call needs a terminal; --scenario FILE replays one without")
    }
    if signIn.tenant.path == nil {
      Output.line("No --tenant: this is the demo tenant; \(Output.program) tenant init FILE writes it out to change.")
    }
    let call = TerminalCall(given: given, request: request, seed: seed, player: player)
    let journal = try await call.run()
    showTranscript(journal, start: given.start)
  }

  private func request(_ given: Given) throws -> SignInRequest {
    if given.tenant.user(given.user)?.phone == nil {
      throw Failure(.usage, "error: \(given.user) has no telephone number to call")
    }
    return SignInRequest(
      upn: given.user, languages: language?.languages ?? [], purpose: registration ? .registration : .signIn,
      method: .call)
  }

  private func replay(_ path: String, _ player: SoundPlayer?) async throws {
    try TenantFile.requireReadable(path)
    let files = try ScenarioFiles(paths: [path])
    files.reportInvalid()
    guard let scenario = files.scenarios.first else { throw Failure(.invalidFile) }
    let verdict = try await TerminalReplay(scenario, seed: seed, player: player).run()
    let problems = ProblemText(style: Output.errorStyle, secrets: scenario.given.secrets)
    for problem in verdict.problems {
      Output.error(problems.render(problem, lines: SourceLines.of(problem.place?.path)))
    }
    if !verdict.passed { throw Failure(.contentAtFault) }
  }

  /// What was seen on the call's own screen stays in the terminal as text.
  private func showTranscript(_ journal: [JournalEntry], start: Instant) {
    let text = JournalText(style: Output.style, start: start, width: Output.width)
    Output.lines(journal.flatMap(text.lines))
  }
}
