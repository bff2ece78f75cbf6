import ArgumentParser
import Reports
import ScenarioModel
import VerificationCore

struct SettingsVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "settings", abstract: "List the settings: default, range, meaning, and what a tenant sets.",
    discussion: """
      Marks: seed (in the documents Poundkey was made from), known (public elsewhere), ours (a choice of Poundkey's).

      Examples:
        poundkey settings
        poundkey settings --tenant my.yaml
        poundkey settings --json

      Exit codes: 0 good, 2 a path does not exist, 3 the tenant file is invalid.
      """)

  @Option(help: ArgumentHelp("A tenant file, to see what it sets.", valueName: "file"))
  var tenant: String?

  @Flag(help: "One JSON object a setting, one a line.")
  var json = false

  func run() throws {
    let settings = try tenant.map { try TenantFile.read($0).tenant.settings } ?? Settings()
    if json { return Output.lines(Setting.all.map { line($0, settings) }) }
    for setting in Setting.all { show(setting, settings) }
  }

  private func show(_ setting: Setting, _ settings: Settings) {
    let style = Output.style
    let value = setting.value(in: settings)
    let isDefault = value == setting.defaultValue
    let shown = isDefault ? value : style.yellow("\(value)") + style.dim(" (default \(setting.defaultValue))")
    Output.line("\(style.bold(setting.name))  \(shown)")
    let retired = setting.retiredSince.map { "; retired since \($0)" } ?? ""
    let details = "\(setting.meaning): \(setting.range) (\(setting.mark)\(retired))"
    Output.lines(Wrapping.wrap(details, width: Output.width - 4).map { "    \($0)" })
  }

  private func line(_ setting: Setting, _ settings: Settings) -> String {
    JSONLine([
      ("name", .text(setting.name)), ("value", .text(setting.value(in: settings))),
      ("default", .text(setting.defaultValue)), ("range", .text(setting.range)),
      ("unit", setting.unit.map(JSONLine.Value.text) ?? .null), ("meaning", .text(setting.meaning)),
      ("mark", .text(setting.mark)), ("retiredSince", setting.retiredSince.map(JSONLine.Value.text) ?? .null),
    ]).text
  }
}
