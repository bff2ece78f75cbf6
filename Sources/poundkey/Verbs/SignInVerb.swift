import ArgumentParser
import Reports
import ScenarioModel
import Simulation
import VerificationCore

struct SignInVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "signin", abstract: "Explain what becomes of a sign-in, gate by gate.",
    discussion: "Example: poundkey signin explain --from 203.0.113.7", subcommands: [SignInExplainVerb.self])
}

struct SignInExplainVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Take a sign-in through the gates, and say what each found. Nobody is called.",
    discussion: """
      Examples:
        poundkey signin explain
        poundkey signin explain --tenant my.yaml --user omar@larkspur.example --from 203.0.113.7
        poundkey signin explain --tenant larkspur.poundkey --at 2025-04-15
        poundkey signin explain --with text --json

      Exit codes: 0 admitted or verified, 1 refused, 2 usage, 3 the tenant file is invalid or the store damaged.
      """)

  @OptionGroup var signIn: SignInOptions

  @Option(help: ArgumentHelp("The method asked for: call, text, app, code, passkey, pass.", valueName: "method"))
  var with: String?

  @Option(help: ArgumentHelp("The address it comes from.", valueName: "address"))
  var from: String?

  @Option(help: ArgumentHelp("A browser by name, which may be remembered.", valueName: "name"))
  var browser: String?

  @Option(help: ArgumentHelp("An app by name.", valueName: "name"))
  var app: String?

  @Flag(help: "A client that knows passwords only, with the user's app password.")
  var appPassword = false

  @Flag(help: "A client that knows passwords only, without one.")
  var legacy = false

  @Flag(help: "Through the network policy server.")
  var nps = false

  @Flag(help: "With the claim of the federation service that the person is inside the corporate network.")
  var claim = false

  @Flag(help: "Inside the corporate network in fact.")
  var inside = false

  @Flag(name: .customLong("not-compliant"), help: "From a device that is not compliant.")
  var notCompliant = false

  @Option(
    help: ArgumentHelp("The date and time; else now for a store, 2025-01-15T09:00:00Z for a file.", valueName: "time"),
    transform: Instant.argument)
  var at: Instant?

  @Flag(help: "One JSON object.")
  var json = false

  func run() throws {
    let given = try signIn.read(at: at)
    let request = try self.request(given)
    let board = Switchboard(given)
    let decision: SignInDecision
    do throws(VerificationService.SignInError) {
      decision = try board.service.explain(request, at: given.start)
    } catch .unknownUser(let upn) {
      throw Failure(.usage, "error: the tenant has no user \(upn)")
    }
    if json {
      Output.line(DecisionText.json(decision))
    } else {
      Output.lines(DecisionText(style: Output.style, width: Output.width).lines(decision))
    }
    if case .decided(let outcome) = decision.result, outcome.kind != .admitted { throw Failure(.contentAtFault) }
  }

  private func request(_ given: Given) throws -> SignInRequest {
    var request = SignInRequest(upn: given.user)
    if let with {
      guard let method = Method(rawValue: with) else {
        throw ValidationError("--with takes \(Method.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      request.method = method
    }
    if let from {
      guard let address = IPAddress(from) else { throw ValidationError("--from takes an address, as in 203.0.113.7") }
      request.address = address
    }
    request.client = try client()
    (request.throughNPS, request.intranetClaim, request.isInsideIntranet) = (nps, claim, inside)
    request.isDeviceCompliant = !notCompliant
    return request
  }

  private func client() throws -> SignInRequest.Client {
    let given = [browser != nil, app != nil, legacy, appPassword].count { $0 }
    guard given <= 1 else {
      throw ValidationError("a sign-in has one client: --browser, --app, --legacy or --app-password")
    }
    if let app { return .app(app) }
    if legacy || appPassword { return .legacy(hasAppPassword: appPassword) }
    return .browser(browser)
  }
}
