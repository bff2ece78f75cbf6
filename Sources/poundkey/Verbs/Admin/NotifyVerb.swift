import ArgumentParser
import Reports
import VerificationCore

struct NotifyVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notify", abstract: "Say who gets a mail of each report of fraud.",
    discussion: "Example: poundkey notify add fraud@larkspur.example --tenant larkspur.poundkey",
    subcommands: [NotifyAddVerb.self, NotifyDeleteVerb.self, NotifyListVerb.self])

  static let setting = "fraudAlert.notify"
}

struct NotifyAddVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Send a mail of each report to these addresses too: all of them or none.",
    discussion: """
      \(Setting.leastRole(ofSetting: NotifyVerb.setting).told)

      Example: poundkey notify add fraud@larkspur.example --tenant larkspur.poundkey

      Exit codes: 0 done, 1 refused, 2 usage, 3 no tenant store, 4 it cannot be written.
      """)

  @Argument(help: ArgumentHelp("Mail addresses.", valueName: "address"))
  var addresses: [String]

  @OptionGroup var admin: AdminOptions

  @Flag(help: "One JSON object.")
  var json = false

  func run() throws {
    try SettingEntries(setting: NotifyVerb.setting, admin: admin, json: json).add(addresses, as: "notify add")
  }
}

struct NotifyDeleteVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Send no more mails to these addresses: all of them or none.",
    discussion: """
      \(Setting.leastRole(ofSetting: NotifyVerb.setting).told)

      Example: poundkey notify delete fraud@larkspur.example --tenant larkspur.poundkey

      Exit codes: 0 done, 1 refused or not there, 2 usage, 3 no tenant store, 4 it cannot be written.
      """)

  @Argument(help: ArgumentHelp("Mail addresses.", valueName: "address"))
  var addresses: [String]

  @OptionGroup var admin: AdminOptions

  @Flag(help: "One JSON object.")
  var json = false

  func run() throws {
    try SettingEntries(setting: NotifyVerb.setting, admin: admin, json: json).delete(addresses, as: "notify delete")
  }
}

struct NotifyListVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List who gets a mail of each report.",
    discussion: """
      \(Role.globalReader.told)

      Example: poundkey notify list --tenant larkspur.poundkey

      Exit codes: 0 good, 2 usage, 3 no tenant store, 4 it cannot be read.
      """)

  @OptionGroup var admin: AdminOptions

  @Flag(help: "One JSON object an address, one a line.")
  var json = false

  func run() throws {
    let addresses = try SettingEntries(setting: NotifyVerb.setting, admin: admin, json: json).all()
    if json { return Output.lines(addresses.map { JSONLine([("address", .text($0))]).text }) }
    Output.lines(addresses.isEmpty ? ["nobody gets a mail"] : addresses)
  }
}
