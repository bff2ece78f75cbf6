import ArgumentParser
import Records
import VerificationCore

/// Which users a list has: those that everything said holds of.
struct UserFilter: ParsableArguments {
  @Option(help: "Only of this group.")
  var group: String?

  @Option(
    help: ArgumentHelp("Only of this per-user state: disabled, enabled, enforced.", valueName: "state"),
    transform: User.Requirement.argument)
  var state: User.Requirement?

  @Option(
    help: ArgumentHelp("Only who can verify by it: call, text, app, code, passkey, pass.", valueName: "method"),
    transform: Method.argument)
  var method: Method?

  @Flag(help: "Only who can verify by nothing that is on; a pass does not count.")
  var withoutMethods = false

  @Flag(help: "Only who has no PIN.")
  var withoutPIN = false

  @Flag(help: "Only who is on the block list.")
  var blocked = false

  @Flag(help: "Only whose account wrong PINs have locked.")
  var locked = false

  @Flag(help: "Only whose account is disabled.")
  var disabled = false

  @Flag(help: "Only who is at risk.")
  var atRisk = false

  @Flag(help: "Only guests.")
  var guests = false

  @Flag(help: "Only who must register or change the password at the next sign-in.")
  var mustAct = false

  func passes(_ status: UserStatus, hasPIN: Bool) -> Bool {
    let user = status.user
    let wishes: [(isAsked: Bool, holds: Bool)] = [
      (group != nil, group.map(user.groups.contains) ?? true), (state != nil, state == user.requirement),
      (method != nil, method.map(status.usable.contains) ?? true), (withoutMethods, !status.canVerify),
      (withoutPIN, !hasPIN), (blocked, status.block != nil), (locked, status.lockedUntil != nil),
      (disabled, !user.isEnabled), (atRisk, status.isAtRisk), (guests, user.isGuest),
      (mustAct, user.mustRegister || user.mustChangePassword),
    ]
    return wishes.allSatisfy { !$0.isAsked || $0.holds }
  }
}
