import VerificationCore

// Commands of admins: a mapping for each, since each takes other keys.
extension Grammar {
  /// In the order in which messages list them.
  static let admin: [MappingShape] = [
    about("block", "Puts a user on the block list, for 90 days.", [reason]),
    about("unblock", "Takes a user off the block list.", [reason]),
    about("unlock", "Unlocks a user who is locked out."),
    about("disable", "Disables the account."),
    about("enable", "Enables the account."),
    about("forcePasswordChange", "The next sign-in must change the password."),
    about("revokeSessions", "Remembered browsers and apps are asked again."),
    about("resetMethods", "Deletes the user's methods, for a new registration.", [reason]),
    about("requireRegistration", "The user must register again.", [reason]),
    about("deletePhone", "Deletes a number.", [KeyShape("kind", .phoneKind, "Which number.", usual: "mobile")]),
    about(
      "removeDevice", "Removes the app of a device.", [KeyShape("device", .name, "Which device.", isRequired: true)]),
    about("dismissRisk", "Ends high risk."),
    about("confirmSafe", "Ends high risk: it was the user."),
    about("confirmCompromised", "Sets the risk to high."),
    about(
      "issuePass", "Issues a temporary access pass.",
      [
        KeyShape("minutes", .count(0...1_000_000), "How long it holds; else pass.lifetime."),
        KeyShape("once", .flag, "Good for a single sign-in; else pass.once."),
      ]),
    about("deletePass", "Deletes the pass."),
    command("importTokens", .path, "Uploads a CSV file of hardware tokens."),
    command(
      "activateToken", .name, "Activates a token, by its serial number.",
      [KeyShape("code", .words(["right", "wrong"]), "The code that is typed.", usual: "right")]),
    command("deleteToken", .name, "Deletes a token, by its serial number."),
    command("addProvider", .any([.text, .nothing]), "Adds an authentication provider, which is refused."),
  ]

  /// What every command takes.
  static let adminCompanions = [
    KeyShape("as", .role, "The admin's role.", usual: "globalAdministrator"),
    KeyShape("by", .upn, "Who the admin is."),
    KeyShape("refused", .matcher, "It is refused, with this explanation."),
  ]

  private static let reason = KeyShape("reason", .reason, "Why, in a few words.", isRequired: true)

  private static func about(_ name: String, _ meaning: String, _ extras: [KeyShape] = []) -> MappingShape {
    command(name, .upn, meaning, extras)
  }

  private static func command(
    _ name: String, _ value: ValueShape, _ meaning: String, _ extras: [KeyShape] = []
  ) -> MappingShape {
    MappingShape(
      "admin.\(name)", meaning, [KeyShape(name, value, meaning, isRequired: true)] + extras + adminCompanions)
  }
}
