import ArgumentParser
import Reports
import ScenarioModel
import VerificationCore

struct GreetingCoverageVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "coverage", abstract: "Show which messages a tenant has in which languages, and what is missing.",
    discussion: """
      The languages are the tenant's, its users' and its greetings', and those of --language. A message plays if it can \
      be heard in a call to a user with the settings as they are; it is missing where a user hears it in another \
      language than the stored one.

      Examples:
        poundkey greeting coverage
        poundkey greeting coverage --tenant my.yaml --language nl,pl
        poundkey greeting coverage --tenant my.yaml --strict

      Exit codes: 0 good, 1 with --strict, a message is missing, 2 usage, or a path does not exist, 3 the tenant file \
      is invalid.
      """)

  @OptionGroup var tenant: TenantOption

  @Option(
    help: ArgumentHelp("Languages to look at beside those of the tenant, as in nl,pl.", valueName: "languages"),
    transform: AskedLanguages.argument)
  var language: AskedLanguages?

  @Flag(help: "A missing message fails.")
  var strict = false

  @Flag(help: "One JSON object.")
  var json = false

  func run() throws {
    let coverage = try tenant.read().greetingCoverage(also: language?.languages ?? [])
    if json {
      Output.line(coverage.jsonLine)
    } else {
      Output.lines(GreetingCoverageText(style: Output.style, width: Output.width).lines(coverage))
    }
    if strict, !coverage.gaps.isEmpty { throw Failure(.contentAtFault) }
  }
}
