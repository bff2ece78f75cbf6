import ArgumentParser
import ScenarioModel
import VerificationCore

struct MethodsVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "methods", abstract: "Show or change which methods verify a sign-in.",
    discussion: """
      Without options it shows how it stands. The methods are call, text, app, code and passkey, and pass for temporary \
      access passes. Least role: globalReader to see, \(Setting.leastRole(ofSetting: "methods.call").rawValue) to change.

      Examples:
        poundkey methods --tenant larkspur.poundkey
        poundkey methods --enable app passkey --disable text --tenant larkspur.poundkey

      Exit codes: 0 good, 1 refused, 2 usage, 3 no tenant store, 4 it cannot be read or written.
      """)

  @Option(
    parsing: .upToNextOption, help: ArgumentHelp("Methods to switch on.", valueName: "method"),
    transform: Method.argument)
  var enable: [Method] = []

  @Option(
    parsing: .upToNextOption, help: ArgumentHelp("Methods to switch off.", valueName: "method"),
    transform: Method.argument)
  var disable: [Method] = []

  @OptionGroup var admin: AdminOptions

  @Flag(help: "One JSON object; without changes one a setting, one a line.")
  var json = false

  func validate() throws {
    if let both = enable.first(where: disable.contains) {
      throw ValidationError("\(both.rawValue) cannot be switched on and off at once")
    }
  }

  func run() async throws {
    let wanted = Method.allCases.compactMap { method in
      enable.contains(method)
        ? SettingChange.of(method.setting, true) : disable.contains(method) ? .of(method.setting, false) : nil
    }
    try await SettingGroup(what: "methods", names: Method.allCases.map(\.setting), admin: admin, json: json).run(wanted)
  }
}

extension Method {
  static func argument(_ text: String) throws -> Method {
    guard let method = Method(rawValue: text) else {
      let names = Method.allCases.map(\.rawValue)
      throw ValidationError(
        "no method is called \"\(text)\"; \(Suggestion.hint(for: text, among: names, what: "there are"))")
    }
    return method
  }
}

struct RememberVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remember", abstract: "Show or change whether browsers are remembered, and for how long.",
    discussion: """
      Without options it shows how it stands. \
      Least role: globalReader to see, \(Setting.leastRole(ofSetting: "remember.enabled").rawValue) to change.

      Examples:
        poundkey remember --tenant larkspur.poundkey
        poundkey remember --on --days 90 --tenant larkspur.poundkey

      Exit codes: 0 good, 1 refused, 2 usage, 3 no tenant store, 4 it cannot be read or written.
      """)

  @Flag(exclusivity: .exclusive, help: "People may tick \"don't ask again\", or may not.")
  var power: Switch?

  @Option(help: "How many days a browser is remembered, 1 to 365; 90 or more is advised.")
  var days: String?

  @OptionGroup var admin: AdminOptions

  @Flag(help: "One JSON object; without changes one a setting, one a line.")
  var json = false

  func run() async throws {
    let names = ["remember.enabled", "remember.days"]
    try await SettingGroup(what: "remember", names: names, admin: admin, json: json).run([
      .of("remember.enabled", power?.value), .of("remember.days", days),
    ])
  }
}

struct LockoutVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lockout", abstract: "Show or change how many wrong PINs lock an account, and for how long.",
    discussion: """
      Without options it shows how it stands. \
      Least role: globalReader to see, \(Setting.leastRole(ofSetting: "lockout.denials").rawValue) to change.

      Examples:
        poundkey lockout --tenant larkspur.poundkey
        poundkey lockout --denials 3 --unlock-minutes 60 --tenant larkspur.poundkey

      Exit codes: 0 good, 1 refused, 2 usage, 3 no tenant store, 4 it cannot be read or written.
      """)

  @Option(help: "Wrong PINs in a row that lock, up to 99; 0 never locks.")
  var denials: String?

  @Option(help: ArgumentHelp("After so long without a wrong PIN the count starts over.", valueName: "minutes"))
  var resetMinutes: String?

  @Option(help: ArgumentHelp("After so long a locked account unlocks.", valueName: "minutes"))
  var unlockMinutes: String?

  @OptionGroup var admin: AdminOptions

  @Flag(help: "One JSON object; without changes one a setting, one a line.")
  var json = false

  func run() async throws {
    let names = ["denials", "resetMinutes", "unlockMinutes"].map { "lockout.\($0)" }
    try await SettingGroup(what: "lockout", names: names, admin: admin, json: json).run([
      .of("lockout.denials", denials), .of("lockout.resetMinutes", resetMinutes),
      .of("lockout.unlockMinutes", unlockMinutes),
    ])
  }
}
