import ArgumentParser
import LiveCalls
import Reports
import ScenarioModel
import Simulation
import VerificationCore

/// What a live call in the terminal takes.
struct CallOptions: ParsableArguments {
  @OptionGroup var signIn: SignInOptions

  @Option(
    help: ArgumentHelp("Accept-Language of the sign-in, as in fr-CA.", valueName: "languages"),
    transform: AskedLanguages.argument)
  var language: AskedLanguages?

  @Flag(help: "Verify the registration of a telephone instead of a sign-in.")
  var registration = false

  @Flag(help: "Play the sound, through pw-play, paplay, aplay, play or ffplay.")
  var play = false

  @Option(
    help: ArgumentHelp("The date and time that it begins at; else now in a store.", valueName: "time"),
    transform: Instant.argument)
  var at: Instant?

  @Option(help: "For all that is left to chance.")
  var seed: UInt64 = 1

  /// Whether anything is asked for that a scenario would say itself.
  var tellsOfCall: Bool {
    signIn.tenant.path != nil || signIn.user != nil || language != nil || registration || at != nil
  }

  /// - Throws: exit code 2 where there is no number to call.
  func request(_ given: Given) throws(Failure) -> SignInRequest {
    if given.tenant.user(given.user)?.phone == nil {
      throw Failure(.usage, "error: \(given.user) has no telephone number to call")
    }
    return SignInRequest(
      upn: given.user, languages: language?.languages ?? [], purpose: registration ? .registration : .signIn,
      method: .call)
  }
}

/// A live call, and what is kept of it.
struct LiveCall {
  let options: CallOptions
  /// nil: nothing but the transcript in the terminal.
  let recording: RecordingFile?

  func run() async throws {
    let given = try options.signIn.read(at: options.at)
    if options.at != nil, !given.lasts {
      throw Failure(.usage, "error: --at is for a call in a tenant store: time begins where a tenant file has it")
    }
    let request = try options.request(given)
    if given.lasts, recording != nil { throw Self.cannotBeRecorded }
    try recording?.prepare()
    guard Keyboard.isThere else {
      throw Failure(
        .environment,
        recording == nil
          ? "error: a call needs a terminal; --scenario FILE replays one without" : "error: a call needs a terminal")
    }
    let store = given.lasts ? try options.signIn.path.map { try LiveStore(at: $0, start: given.start) } : nil
    defer { store?.close() }
    let player = options.play ? try SoundPlayer(stored: store.map { store in { store.greeting(named: $0) } }) : nil
    if options.signIn.path == nil {
      Output.line("No --tenant: this is the demo tenant; \(Output.program) tenant init FILE writes it out to change.")
    }
    let ended = try await TerminalCall(
      given: given, request: request, seed: options.seed, player: player, store: store
    ).run()
    defer { StopSignal.ignore() }
    if ended.failure == nil { showTranscript(ended.session.journal, given) }
    // Also of a call that was left: what somebody has done is not done again so easily.
    let isGood = try recording?.write(ended.session) ?? true
    if let failure = ended.failure { throw failure }
    if !isGood { throw Failure(.contentAtFault) }
  }

  /// A scenario is played again and again, from the same tenant on.
  private static var cannotBeRecorded: Failure {
    Failure(
      .usage,
      """
      error: a call in a store cannot be recorded: a scenario begins with the same tenant each time, and a store changes \
      with every call; it also does not know PINs, only whether one is right
      Write the tenant out, with PINs of your choice, and record there: \(Output.program) tenant export, and --tenant FILE.
      """)
  }

  /// What was seen on the call's own screen stays in the terminal as text.
  private func showTranscript(_ journal: [JournalEntry], _ given: Given) {
    let text = JournalText(
      style: Output.style, start: given.start, width: Output.width, mask: given.mask)
    Output.lines(journal.flatMap(text.lines))
  }
}
