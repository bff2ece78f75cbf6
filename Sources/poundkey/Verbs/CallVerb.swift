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

  @Option(help: ArgumentHelp("Who signs in; the tenant's first user unless given.", valueName: "upn"))
  var user: String?

  @Option(help: ArgumentHelp("A tenant file; the demo tenant unless given.", valueName: "file"))
  var tenant: String?

  @Option(help: ArgumentHelp("Replay this scenario in real time.", valueName: "file"))
  var scenario: String?

  @Option(help: "Accept-Language of the sign-in, as in fr-CA.")
  var language: String?

  @Flag(help: "Verify the registration of a telephone instead of a sign-in.")
  var registration = false

  @Flag(help: "Play the sound, through pw-play, paplay, aplay, play or ffplay.")
  var play = false

  @Option(help: "For all that is left to chance.")
  var seed: UInt64 = 1

  func validate() throws {
    if scenario != nil, tenant != nil || user != nil || language != nil || registration {
      throw ValidationError(
        "--scenario says all about the call: leave out --tenant, --user, --language, --registration")
    }
  }

  func run() async throws {
    let player = play ? try SoundPlayer() : nil
    if let scenario { return try await replay(scenario, player) }
    let given = try TenantFile.read(tenant)
    let request = try signIn(given)
    guard Keyboard.isThere else {
      throw Failure(.environment, "error: a call needs a terminal; --scenario FILE replays one without")
    }
    if tenant == nil {
      Output.line("No --tenant: this is the demo tenant; \(Output.program) tenant init FILE writes it out to change.")
    }
    let call = TerminalCall(given: given, request: request, seed: seed, player: player)
    let journal = try await call.run()
    showTranscript(journal, start: given.start)
  }

  private func signIn(_ given: Given) throws -> SignInRequest {
    var request = SignInRequest(
      upn: given.user, purpose: registration ? .registration : .signIn, method: .call)
    if let user {
      guard let upn = UPN(user), let known = given.tenant.user(upn) else {
        let users = given.tenant.users.map(\.upn.text)
        throw Failure(
          .usage,
          "error: no user \"\(user)\" in the tenant; \(Suggestion.hint(for: user, among: users, what: "its users are"))"
        )
      }
      request.upn = known.upn
    }
    if given.tenant.user(request.upn)?.phone == nil {
      throw Failure(.usage, "error: \(request.upn) has no telephone number to call")
    }
    if let language {
      request.languages = Language.accepted(by: language)
      if request.languages.isEmpty {
        throw Failure(.usage, "error: \"\(language)\" is no language, as fr or fr-CA are")
      }
    }
    return request
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
