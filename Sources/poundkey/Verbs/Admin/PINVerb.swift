import ArgumentParser
import Records
import Secrets
import VerificationCore

struct PINVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pin", abstract: "The PIN of a user, which calls ask for in PIN mode.",
    discussion: "Example: poundkey pin set helga@larkspur.example < pin.txt",
    subcommands: [PINSetVerb.self, PINDeleteVerb.self])
}

struct PINSetVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Set the PIN of a user: 4 to 20 digits, read from standard input.",
    discussion: """
      A terminal asks for it twice and shows nothing; else standard input holds it, one line. Only a slow hash of it \
      is kept. The code that reports fraud is refused. Calls ask for PINs where pin.mode is on. \
      \(Role.authenticationAdministrator.told)

      Examples:
        poundkey pin set helga@larkspur.example
        poundkey pin set helga@larkspur.example < pin.txt

      Exit codes: 0 done, 1 refused, 2 usage, no PIN or no such user, 3 no tenant store, 4 it cannot be written.
      """)

  @OptionGroup var person: PersonOptions

  func run() throws {
    try refuseEarly()
    guard let pin = Passcode(try SecretInput.new("PIN")) else {
      throw Failure(
        .usage, "error: a PIN is \(Passcode.shortest) to \(KeyEntry.capacity) digits, nothing else; nothing was changed"
      )
    }
    let at = try person.admin.change("pin set") { change in
      let tenant = try change.holding().tenant
      let isReportCode = tenant.user(person.user).map { tenant.isReportCode(pin, of: $0) } ?? false
      try change.perform(.setPIN(person.user, isReportCode: isReportCode)) { try hash(pin) }
      return change.at
    }
    person.tell("pin set", "\(person.user) has a PIN now", at: at)
  }

  /// Before a person types a PIN for nothing.
  private func refuseEarly() throws {
    let tenant = try person.admin.holding().tenant
    do {
      _ = try tenant.decide(
        SetupCommand.setPIN(person.user, isReportCode: false), by: person.admin.admin, at: person.admin.store.now)
    } catch {
      throw Failure(error, in: tenant)
    }
  }

  private func hash(_ pin: Passcode) throws(Failure) -> String {
    do throws(SecretsError) {
      return try SecretHash(of: pin).text
    } catch {
      throw Failure(.environment, "error: the PIN cannot be hashed: \(error.reason); nothing was changed")
    }
  }
}

struct PINDeleteVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Take the PIN of a user away.",
    discussion: """
      \(Role.authenticationAdministrator.told)

      Example: poundkey pin delete helga@larkspur.example

      Exit codes: 0 done, 1 there is no PIN or it is refused, 2 usage or no such user, 3 no tenant store, 4 it cannot \
      be written.
      """)

  @OptionGroup var person: PersonOptions

  func run() throws {
    let user = person.user
    let at = try person.admin.change("pin delete") { change in
      let isThere = try change.holding().pins[user] != nil
      try change.perform(SetupCommand.deletePIN(user, isThere: isThere))
      return change.at
    }
    person.tell("pin delete", "\(user) has no PIN any more", at: at)
  }
}
