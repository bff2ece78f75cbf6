import ArgumentParser
import Reports
import VerificationCore

// What an admin does where somebody's methods are lost or in wrong hands (REC-1, REC-3, REC-4).

struct UserResetMethodsVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reset-methods",
    abstract: "Delete a user's numbers and apps and deactivate the tokens; all is registered again.",
    discussion: """
      Sessions stay: poundkey user revoke-sessions ends them. \(Role.authenticationAdministrator.told)

      Example: poundkey user reset-methods helga@larkspur.example --reason "Lost phone"

      Exit codes: 0 done, 1 refused, 2 usage or no such user, 3 no tenant store, 4 it cannot be written.
      """)

  @OptionGroup var person: PersonOptions

  @Option(help: "Why; it stands in the audit log.")
  var reason: String

  func run() throws {
    let user = person.user
    try person.perform(
      "user reset-methods", .resetMethods(user, reason: reason),
      "the numbers and apps of \(user) are deleted, the tokens deactivated; \(user) must register again",
      more: [("reason", .text(reason))])
  }
}

struct UserRequireRegistrationVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "require-registration",
    abstract: "Let a user in only after security information is registered again; what there is stays.",
    discussion: """
      \(Role.authenticationAdministrator.told)

      Example: poundkey user require-registration helga@larkspur.example --reason "Number may be old"

      Exit codes: 0 done, 1 refused, 2 usage or no such user, 3 no tenant store, 4 it cannot be written.
      """)

  @OptionGroup var person: PersonOptions

  @Option(help: "Why; it stands in the audit log.")
  var reason: String

  func run() throws {
    let user = person.user
    try person.perform(
      "user require-registration", .requireRegistration(user, reason: reason),
      "\(user) must register security information at the next sign-in", more: [("reason", .text(reason))])
  }
}

struct UserRemoveDeviceVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove-device", abstract: "Remove the app on one of a user's devices: it is notified no more.",
    discussion: """
      \(Role.authenticationAdministrator.told)

      Example: poundkey user remove-device helga@larkspur.example --device "old phone"

      Exit codes: 0 done, 1 there is no such device or it is refused, 2 usage or no such user, 3 no tenant store, \
      4 it cannot be written.
      """)

  @OptionGroup var person: PersonOptions

  @Option(help: ArgumentHelp("The device, by its name as poundkey user show tells it.", valueName: "name"))
  var device: String

  func run() throws {
    let user = person.user
    try person.perform(
      "user remove-device", .removeDevice(user, device: device), "\"\(device)\" is no device of \(user) any more",
      more: [("device", .text(device))])
  }
}
