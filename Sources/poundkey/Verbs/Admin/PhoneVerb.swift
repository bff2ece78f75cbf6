import ArgumentParser
import Records
import Reports
import VerificationCore

struct PhoneVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "phone", abstract: "The numbers of a user: mobile, alternate, office, one of each.",
    discussion: "Example: poundkey phone set helga@larkspur.example mobile \"+33 612345678\"",
    subcommands: [PhoneSetVerb.self, PhoneDeleteVerb.self])
}

struct PhoneSetVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Write a number in; it takes the place of the one of its kind.",
    discussion: """
      A number is +, the country calling code, a space and the number; an office number may have an extension behind \
      an x. An alternate number needs a mobile one. Texts go to mobiles only. poundkey number check says more of a \
      number. \(Role.authenticationAdministrator.told)

      Examples:
        poundkey phone set helga@larkspur.example mobile "+33 612345678"
        poundkey phone set helga@larkspur.example office "+1 4255550100x204"

      Exit codes: 0 done, 1 refused, 2 usage, no number or no such user, 3 no tenant store, 4 it cannot be written.
      """)

  @OptionGroup var person: PersonOptions

  @Argument(help: "mobile, alternate or office.", transform: PhoneKind.argument)
  var kind: PhoneKind

  @Argument(help: "The number, in quotes.", transform: PhoneNumber.argument)
  var number: PhoneNumber

  func run() throws {
    let user = person.user
    let at = try person.admin.change("phone set") { change in
      try change.perform(.setPhone(user, kind, number))
      return change.at
    }
    person.tell(
      "phone set", "the \(kind.rawValue) number of \(user) is \(number.full)",
      [("kind", .text(kind.rawValue)), ("number", .text(number.full))], at: at)
  }
}

struct PhoneDeleteVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Take a number of a user away.",
    discussion: """
      \(Role.authenticationAdministrator.told)

      Example: poundkey phone delete helga@larkspur.example office

      Exit codes: 0 done, 1 there is no such number or it is refused, 2 usage or no such user, 3 no tenant store, \
      4 it cannot be written.
      """)

  @OptionGroup var person: PersonOptions

  @Argument(help: "mobile, alternate or office.", transform: PhoneKind.argument)
  var kind: PhoneKind

  func run() throws {
    let user = person.user
    try person.perform(
      "phone delete", .deletePhone(user, kind), "\(user) has no \(kind.rawValue) number any more",
      more: [("kind", .text(kind.rawValue))])
  }
}
