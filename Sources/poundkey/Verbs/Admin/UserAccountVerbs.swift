import ArgumentParser
import VerificationCore

// What an admin does to an account as a whole.

struct UserDisableVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "disable", abstract: "Disable an account: no sign-in of it is let in.",
    discussion: """
      \(Role.userAdministrator.told)

      Example: poundkey user disable helga@larkspur.example

      Exit codes: 0 done, 1 refused, 2 usage or no such user, 3 no tenant store, 4 it cannot be written.
      """)

  @OptionGroup var person: PersonOptions

  func run() throws {
    let user = person.user
    try person.perform("user disable", .setEnabled(user, false), "the account of \(user) is disabled")
  }
}

struct UserEnableVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "enable", abstract: "Enable an account that was disabled.",
    discussion: """
      \(Role.userAdministrator.told)

      Example: poundkey user enable helga@larkspur.example

      Exit codes: 0 done, 1 refused, 2 usage or no such user, 3 no tenant store, 4 it cannot be written.
      """)

  @OptionGroup var person: PersonOptions

  func run() throws {
    let user = person.user
    try person.perform("user enable", .setEnabled(user, true), "the account of \(user) is enabled")
  }
}

struct UserForcePasswordChangeVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "force-password-change", abstract: "Let nobody in by an account until its password is changed.",
    discussion: """
      \(Role.userAdministrator.told)

      Example: poundkey user force-password-change helga@larkspur.example

      Exit codes: 0 done, 1 refused, 2 usage or no such user, 3 no tenant store, 4 it cannot be written.
      """)

  @OptionGroup var person: PersonOptions

  func run() throws {
    let user = person.user
    try person.perform(
      "user force-password-change", .forcePasswordChange(user), "\(user) must change the password at the next sign-in")
  }
}

struct UserRevokeSessionsVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke-sessions", abstract: "Forget the browsers and apps of a user: each verifies again.",
    discussion: """
      \(Role.userAdministrator.told)

      Example: poundkey user revoke-sessions helga@larkspur.example

      Exit codes: 0 done, 1 refused, 2 usage or no such user, 3 no tenant store, 4 it cannot be written.
      """)

  @OptionGroup var person: PersonOptions

  func run() throws {
    let user = person.user
    try person.perform(
      "user revoke-sessions", .revokeSessions(user), "no browser or app of \(user) is remembered any more")
  }
}

struct UserUnlockVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unlock", abstract: "Unlock an account that wrong PINs have locked; the count starts over.",
    discussion: """
      This takes nobody from the block list: poundkey unblock does. \(Role.authenticationPolicyAdministrator.told)

      Example: poundkey user unlock helga@larkspur.example

      Exit codes: 0 done, 1 refused, 2 usage or no such user, 3 no tenant store, 4 it cannot be written.
      """)

  @OptionGroup var person: PersonOptions

  func run() throws {
    let user = person.user
    try person.perform("user unlock", .unlock(user), "\(user) is not locked, and no wrong PIN counts any more")
  }
}
