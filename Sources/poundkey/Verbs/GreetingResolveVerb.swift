import ArgumentParser
import Reports
import ScenarioModel
import VerificationCore

struct GreetingResolveVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resolve", abstract: "Say which recording a person would hear for a message, and why.",
    discussion: """
      The person's languages are those of the sign-in, else the stored one, else the tenant's. Each is tried in turn: \
      a custom greeting in it, then the default. Then come the defaults of the tenant's language and of English.

      Examples:
        poundkey greeting resolve greetingStandard --language fr-CA,en
        poundkey greeting resolve fraudConfirmation --language "nl, fr;q=0.5" --json
        poundkey greeting resolve retryPIN --tenant my.yaml --user omar@larkspur.example

      Exit codes: 0 good, 2 usage, or a path does not exist, 3 the tenant file is invalid.
      """)

  @Argument(
    help: ArgumentHelp("One of the 18 messages; poundkey messages lists them.", valueName: "type"),
    transform: MessageType.argument)
  var message: MessageType

  @Option(
    help: ArgumentHelp("What the sign-in asks for: an Accept-Language field, or a list.", valueName: "languages"),
    transform: AskedLanguages.argument)
  var language: AskedLanguages?

  @Option(help: "The stored language of the person, for a sign-in that asks for none.")
  var stored: Language?

  @OptionGroup var tenant: TenantOption

  @Option(help: ArgumentHelp("A user of the tenant, whose stored language counts.", valueName: "upn"))
  var user: String?

  @Flag(help: "One JSON object.")
  var json = false

  func validate() throws {
    if user != nil, stored != nil {
      throw ValidationError("--user has a stored language already: leave out --stored, or --user")
    }
  }

  func run() throws {
    let tenant = try self.tenant.read()
    let person = try user.map { name throws(Failure) in try tenant.user(named: name) }
    let answer = tenant.greetingAnswer(
      for: message, to: person, signIn: language?.languages ?? [], stored: stored)
    if json { return Output.line(answer.jsonLine) }
    Output.lines(GreetingAnswerText(style: Output.style, width: Output.width).lines(answer))
  }
}
