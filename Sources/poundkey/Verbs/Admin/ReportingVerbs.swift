import ArgumentParser
import VerificationCore

/// A switch that was turned, or left alone.
enum Switch: String, EnumerableFlag {
  case on
  case off

  var value: String { "\(self == .on)" }
}

struct FraudAlertVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fraud-alert", abstract: "Show or change whether people can report fraud by phone, and what follows.",
    discussion: """
      Without options it shows how it stands. Fraud alert is gone since 2025-03-01; report-activity follows it. A new \
      code is held against every PIN: in doubt the report wins, so that is a warning. \
      Least role: globalReader to see, \(Setting.leastRole(ofSetting: "fraudAlert.enabled").rawValue) to change.

      Examples:
        poundkey fraud-alert --tenant larkspur.poundkey
        poundkey fraud-alert --on --block --code 9 --tenant larkspur.poundkey

      Exit codes: 0 good, 1 refused, 2 usage, 3 no tenant store, 4 it cannot be read or written.
      """)

  @Flag(exclusivity: .exclusive, help: "People can report fraud, or cannot.")
  var power: Switch?

  @Flag(inversion: .prefixedNo, help: "Who reports is asked to confirm a block with 1, or is not.")
  var block: Bool?

  @Option(help: "The digits that report when # follows, 1 to 4.")
  var code: String?

  @Option(help: ArgumentHelp("What a report does whose 1 never came: reportOnly or block.", valueName: "what"))
  var unconfirmed: String?

  @OptionGroup var admin: AdminOptions

  @Flag(help: "One JSON object; without changes one a setting, one a line.")
  var json = false

  func run() async throws {
    let names = ["enabled", "block", "code", "unconfirmed", "notify"].map { "fraudAlert.\($0)" }
    try await SettingGroup(what: "fraud-alert", names: names, admin: admin, json: json).run([
      .of("fraudAlert.enabled", power?.value), .of("fraudAlert.block", block), .of("fraudAlert.code", code),
      .of("fraudAlert.unconfirmed", unconfirmed),
    ])
  }
}

struct ReportActivityVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report-activity", abstract: "Show or change whose reports of suspicious activity set a risk.",
    discussion: """
      Without options it shows how it stands. managed counts as disabled. The code counts only where the tenant has a \
      greeting of its own; a new one is held against every PIN: in doubt the report wins, so that is a warning. \
      Least role: globalReader to see, \(Setting.leastRole(ofSetting: "reportActivity.state").rawValue) to change.

      Examples:
        poundkey report-activity --tenant larkspur.poundkey
        poundkey report-activity --state enabled --scope Finance --tenant larkspur.poundkey

      Exit codes: 0 good, 1 refused, 2 usage, 3 no tenant store, 4 it cannot be read or written.
      """)

  @Option(help: ArgumentHelp("enabled, disabled or managed.", valueName: "state"))
  var state: String?

  @Option(help: ArgumentHelp("Whose reports count: all, or the name of a group.", valueName: "group"))
  var scope: String?

  @Option(help: "The digits that report when # follows, 1 to 4.")
  var code: String?

  @OptionGroup var admin: AdminOptions

  @Flag(help: "One JSON object; without changes one a setting, one a line.")
  var json = false

  func run() async throws {
    let names = ["state", "scope", "code"].map { "reportActivity.\($0)" }
    try await SettingGroup(what: "report-activity", names: names, admin: admin, json: json).run([
      .of("reportActivity.state", state), .of("reportActivity.scope", scope), .of("reportActivity.code", code),
    ])
  }
}
