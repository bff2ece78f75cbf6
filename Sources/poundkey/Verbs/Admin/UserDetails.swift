import ArgumentParser
import VerificationCore

/// What an admin says of a user, new or not.
struct UserDetails: ParsableArguments {
  @Option(help: "The name that people read.")
  var name: String?

  @Option(
    name: [.long, .customLong("phone")], help: ArgumentHelp("As in \"+33 612345678\".", valueName: "number"),
    transform: PhoneNumber.argument)
  var mobile: PhoneNumber?

  @Option(
    help: ArgumentHelp("For calls, beside a mobile number.", valueName: "number"), transform: PhoneNumber.argument)
  var alternate: PhoneNumber?

  @Option(
    help: ArgumentHelp("For calls; it may have an extension: \"+1 4255550100x204\".", valueName: "number"),
    transform: PhoneNumber.argument)
  var office: PhoneNumber?

  @Option(help: "Where a sign-in asks for no language, as in fr-CA.", transform: Language.argument)
  var language: Language?

  @Option(name: .customLong("group"), help: "A group of the user's; say it again for more.")
  var groups: [String] = []

  @Flag(inversion: .prefixedNo, help: "Of another organisation; not remembered.")
  var guest: Bool?

  @Option(
    help: ArgumentHelp("Per-user verification: disabled, enabled, enforced.", valueName: "state"),
    transform: User.Requirement.argument)
  var state: User.Requirement?

  @Option(
    help: ArgumentHelp("The default: call, text, app, code, passkey.", valueName: "method"),
    transform: Method.argument)
  var method: Method?

  @Flag(inversion: .prefixedNo, help: "Whether there is an app password, for clients that know nothing else.")
  var appPassword: Bool?

  /// All but the numbers.
  var change: UserChange {
    var change = UserChange()
    (change.name, change.isGuest, change.requirement, change.hasAppPassword) = (name, guest, state, appPassword)
    if let language { change.language = .some(language) }
    if let method { change.defaultMethod = .some(method) }
    if !groups.isEmpty { change.groups = groups }
    return change
  }

  /// In an order in which each may follow the one before it (NUM-4).
  var numbers: [(kind: PhoneKind, number: PhoneNumber)] {
    [(PhoneKind.mobile, mobile), (.alternate, alternate), (.office, office)].compactMap { kind, number in
      number.map { (kind, $0) }
    }
  }
}
