import ArgumentParser
import VerificationCore

private let leastRoles = """
  Least role: conditionalAccessAdministrator for conditionalAccess.* and risk.*, globalAdministrator for oath.* and \
  federation.*, authenticationPolicyAdministrator for all others.
  """

struct SettingsSetVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Set settings of a tenant store: all of them or none.",
    discussion: """
      Lists are written with commas; none is the empty one. \(leastRoles)

      Examples:
        poundkey settings set call.limit 2m --tenant larkspur.poundkey
        poundkey settings set risk.policy block conditionalAccess.requireMFA true --tenant larkspur.poundkey

      Exit codes: 0 done, 1 refused, 2 usage, 3 no tenant store, 4 it cannot be written.
      """)

  @Argument(help: ArgumentHelp("A setting and its value, and so on.", valueName: "name value"))
  var pairs: [String]

  @OptionGroup var admin: AdminOptions

  @Flag(help: "One JSON object.")
  var json = false

  func validate() throws {
    if !pairs.count.isMultiple(of: 2) {
      throw ValidationError("\(pairs.last ?? "") has no value: settings set NAME VALUE NAME VALUE ...")
    }
  }

  func run() async throws {
    let changes = stride(from: 0, to: pairs.count, by: 2).map { SettingChange(name: pairs[$0], value: pairs[$0 + 1]) }
    try await SettingGroup(what: "settings set", names: [], admin: admin, json: json).change(changes)
  }
}

struct SettingsResetVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reset", abstract: "Give settings of a tenant store their defaults again: all of them or none.",
    discussion: """
      \(leastRoles)

      Example: poundkey settings reset call.limit risk.policy --tenant larkspur.poundkey

      Exit codes: 0 done, 1 refused, 2 usage, 3 no tenant store, 4 it cannot be written.
      """)

  @Argument(help: ArgumentHelp("Settings.", valueName: "name"))
  var names: [String]

  @OptionGroup var admin: AdminOptions

  @Flag(help: "One JSON object.")
  var json = false

  func run() async throws {
    // One that does not exist is refused by its name.
    let changes = names.map { SettingChange(name: $0, value: Setting.named($0)?.defaultValue ?? "") }
    try await SettingGroup(what: "settings reset", names: [], admin: admin, json: json).change(changes)
  }
}
