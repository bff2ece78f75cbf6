import ArgumentParser
import Records
import Reports
import VerificationCore

struct RiskVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "risk", abstract: "Who is at risk, and what an admin finds out about it.",
    discussion: "Example: poundkey risk list --tenant larkspur.poundkey",
    subcommands: [RiskListVerb.self, RiskDismissVerb.self, RiskConfirmSafeVerb.self, RiskConfirmCompromisedVerb.self])
}

struct RiskListVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List who is at risk: since when, why, who said so.",
    discussion: """
      \(Role.globalReader.told)

      Examples:
        poundkey risk list
        poundkey risk list --all --json

      Exit codes: 0 good, 2 usage, 3 no tenant store, 4 it cannot be read.
      """)

  @OptionGroup var admin: AdminOptions

  @Flag(help: "Those that were ended, too.")
  var all = false

  @Flag(help: "One JSON object a detection, one a line.")
  var json = false

  func run() throws {
    let risks = try admin.holding().tenant.risks.filter { all || $0.state == .atRisk }
    if json { return Output.lines(risks.map(\.json.text)) }
    guard !risks.isEmpty else { return Output.line(all ? "no risk was detected" : "nobody is at risk") }
    var table = Reports.Table(["user", "since", "level", "state", "by", "why"])
    for risk in risks {
      table.add([
        risk.upn.text, "\(risk.at)", risk.kind.level, risk.state.rawValue, risk.kind.source, risk.kind.rawValue,
      ])
    }
    Output.lines(table.lines(width: Output.width, style: Output.style))
  }
}

struct RiskDismissVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dismiss", abstract: "End a user's risk without a finding.",
    discussion: """
      A block stays: poundkey unblock ends it. \(Role.securityOperator.told)

      Example: poundkey risk dismiss helga@larkspur.example

      Exit codes: 0 done, 1 the user is not at risk or it is refused, 2 usage or no such user, 3 no tenant store, \
      4 it cannot be written.
      """)

  @OptionGroup var person: PersonOptions

  func run() throws {
    let user = person.user
    try person.perform("risk dismiss", .dismissRisk(user), "\(user) is not at risk any more: dismissed")
  }
}

struct RiskConfirmSafeVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "confirm-safe", abstract: "End a user's risk: nothing was wrong.",
    discussion: """
      A block stays: poundkey unblock ends it. \(Role.securityOperator.told)

      Example: poundkey risk confirm-safe helga@larkspur.example

      Exit codes: 0 done, 1 the user is not at risk or it is refused, 2 usage or no such user, 3 no tenant store, \
      4 it cannot be written.
      """)

  @OptionGroup var person: PersonOptions

  func run() throws {
    let user = person.user
    try person.perform("risk confirm-safe", .confirmSafe(user), "\(user) is not at risk any more: confirmed safe")
  }
}

struct RiskConfirmCompromisedVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "confirm-compromised", abstract: "Put a user at high risk: the account is in wrong hands.",
    discussion: """
      What sign-ins then meet is the policy's (risk.policy). \(Role.securityOperator.told)

      Example: poundkey risk confirm-compromised helga@larkspur.example

      Exit codes: 0 done, 1 refused, 2 usage or no such user, 3 no tenant store, 4 it cannot be written.
      """)

  @OptionGroup var person: PersonOptions

  func run() throws {
    let user = person.user
    try person.perform(
      "risk confirm-compromised", .confirmCompromised(user), "\(user) is at high risk: confirmed compromised")
  }
}
