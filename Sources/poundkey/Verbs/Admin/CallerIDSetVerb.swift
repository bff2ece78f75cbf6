import ArgumentParser
import VerificationCore

struct CallerIDSetVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Have all calls of a tenant come from one number of its own.",
    discussion: """
      United States numbers only; toll-free ones are accepted. --default gives the numbers by country again. \
      \(Setting.leastRole(ofSetting: "callerID.own").told)

      Examples:
        poundkey caller-id set "+1 8005550199" --tenant larkspur.poundkey
        poundkey caller-id set --default --tenant larkspur.poundkey

      Exit codes: 0 done, 1 refused, 2 usage, 3 no tenant store, 4 it cannot be written.
      """)

  @Argument(help: ArgumentHelp("The number, in quotes.", valueName: "number"))
  var number: String?

  @Flag(name: .customLong("default"), help: "The numbers by country.")
  var isDefault = false

  @OptionGroup var admin: AdminOptions

  @Flag(help: "One JSON object.")
  var json = false

  func validate() throws {
    if (number == nil) != isDefault { throw ValidationError("it takes a number, or --default") }
  }

  func run() async throws {
    let change = SettingChange(name: "callerID.own", value: number ?? "none")
    try await SettingGroup(what: "caller-id set", names: [], admin: admin, json: json).change([change])
  }
}
