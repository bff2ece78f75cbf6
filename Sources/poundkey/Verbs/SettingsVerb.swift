import ArgumentParser
import Reports
import ScenarioModel
import VerificationCore

struct SettingsVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "settings", abstract: "List the settings, and set those of a tenant store.",
    discussion: """
      Examples:
        poundkey settings
        poundkey settings --tenant my.yaml
        poundkey settings set call.limit 2m fraudAlert.enabled true --tenant larkspur.poundkey
      """,
    subcommands: [SettingsListVerb.self, SettingsSetVerb.self, SettingsResetVerb.self],
    defaultSubcommand: SettingsListVerb.self)
}

struct SettingsListVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the settings: default, range, meaning, and what a tenant sets.",
    discussion: """
      Marks: seed (in the documents Poundkey was made from), known (public elsewhere), ours (a choice of Poundkey's). \
      \(Role.globalReader.told)

      Examples:
        poundkey settings
        poundkey settings --tenant my.yaml
        poundkey settings list --json

      Exit codes: 0 good, 2 a path does not exist, 3 the tenant file or store is invalid.
      """)

  @OptionGroup var tenant: NamedTenantOption

  @Flag(help: "One JSON object a setting, one a line.")
  var json = false

  func run() throws {
    let settings = try tenant.read()?.settings ?? Settings()
    if json { return Output.lines(Setting.all.map { $0.jsonLine(in: settings) }) }
    let text = SettingText(style: Output.style, width: Output.width)
    for setting in Setting.all { Output.lines(text.lines(setting, in: settings)) }
  }
}
