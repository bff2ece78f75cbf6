import ScenarioModel
import VerificationCore

// Tenants, and what belongs to them.
extension Grammar {
  static let tenant = tenant(isFile: true)

  /// - Parameter isFile: a file of its own begins with its name; inline it may have none.
  static func tenant(isFile: Bool) -> MappingShape {
    MappingShape(
      isFile ? "tenant" : "inlineTenant", "A simulated organisation: its settings, people and greetings.",
      [
        KeyShape("tenant", .words, "What the organisation is called.", isRequired: isFile, example: "Larkspur"),
        KeyShape("type", .words(["managed", "federated"]), "Who checks passwords.", usual: "managed"),
        KeyShape("deployment", .words(["cloud", "onPremises"]), "Where verification runs.", usual: "cloud"),
        KeyShape("licence", .words(["free", "p1", "p2"]), "What may be used.", usual: "p2"),
        KeyShape("language", .language, "For people who have no language of their own.", usual: "en"),
        KeyShape("settings", settings, "Settings that differ from their defaults."),
        KeyShape("users", .list(.mapping(user)), "Its people."),
        KeyShape("greetings", .list(.mapping(greeting)), "Custom greetings."),
        KeyShape("locations", .list(.mapping(location)), "Named locations."),
        KeyShape("providers", .list(.words), "Authentication providers from before 2018-09-01."),
        KeyShape(
          "tokens", .any([.path, .list(.mapping(token))]),
          "Hardware tokens: a CSV file, active from the start; or one by one, without their keys.",
          example: "tokens.csv"),
        KeyShape(
          "registrations", .count(0...mostCounted),
          "How many apps have been registered so far, with those that are gone: no secret comes twice."),
      ])
  }

  static let user = MappingShape(
    "user", "A person of the tenant.",
    [
      KeyShape("upn", .upn, "The user principal name.", isRequired: true, example: "helga@larkspur.example"),
      KeyShape("name", .words, "What the person is called.", example: "Helga Brandt"),
      KeyShape("language", .language, "What the person hears where the sign-in names no language.", example: "fr"),
      KeyShape("groups", .list(.words), "Groups that the person belongs to."),
      KeyShape("guest", .flag, "Whether the person is a guest.", usual: "false"),
      KeyShape("enabled", .flag, "Whether the account is enabled.", usual: "true"),
      KeyShape("state", .words(["disabled", "enabled", "enforced"]), "Whether verification is asked of the person."),
      KeyShape(
        "phone", .number, "The mobile number; with an extension the office number.", example: "\"+33 612345678\""),
      KeyShape("phones", .mapping(phones), "Telephone numbers, one a kind."),
      KeyShape("method", .method, "How the person is verified where a sign-in does not say."),
      KeyShape(
        "apps", .list(.any([.words, .mapping(registeredApp)]), atMost: OATHToken.maxPerUser, isUnique: true),
        "Devices that have the app.", example: "[old phone]"),
      KeyShape("passkeys", .list(.words), "Security keys and passkeys.", example: "[blue key]"),
      KeyShape("appPassword", .flag, "Whether the person has an app password.", usual: "false"),
      KeyShape(
        "pin", .any([.pin, .word([ValueShape.Word(Reading.keptPIN, "there is one, which is not told")])]),
        "4 to 20 digits, asked for with pin.mode on. Quote it: a leading zero counts.",
        example: "\"4711\""),
      KeyShape("mustChangePassword", .flag, "Whether the password must be changed first.", usual: "false"),
      KeyShape("mustRegister", .flag, "Whether security information must be registered first.", usual: "false"),
      KeyShape(
        "blocked", .any([.flag, .list(.mapping(block))]),
        "Whether the person is on the block list from the start; or every block, also those that have lapsed.",
        usual: "false"),
      KeyShape(
        "risk", .any([.risk, .list(.mapping(riskDetection))]),
        "The person's risk from the start; or every detection, also those that are closed.", usual: "none"),
      KeyShape("lockout", .mapping(lockout), "Wrong PINs in a row, and until when they lock."),
      KeyShape("pass", .mapping(issuedPass), "The temporary access pass."),
      KeyShape("remembered", .list(.mapping(rememberedClient)), "Browsers and apps that are not asked again."),
      KeyShape(
        "verifiedForReset", .mapping(verifiedForReset), "Methods that a password reset in progress has verified."),
      KeyShape("calls", .list(.mapping(placedCall)), "Calls that were placed lately, for call.maxPerWindow."),
    ])

  static let phones = MappingShape(
    "phones", "Telephone numbers, one a kind.", needs: [("alternate", ["mobile"])],
    [
      KeyShape("mobile", .form(plainNumber), "For calls and text messages."),
      KeyShape("alternate", .form(plainNumber), "For calls, beside a mobile number."),
      KeyShape("office", .number, "For calls; the one that may have an extension."),
    ])

  private static let plainNumber = ValueShape.Form(
    name: "plainNumber", pattern: "\\+[1-9][0-9]{0,2} [0-9]{4,14}", examples: ["+33 612345678"])

  static let greeting = MappingShape(
    "greeting", "A recording of the organisation's own, below 1 MB and 20 s.", exactlyOne: ["file", "length"],
    [
      KeyShape("message", .message, "Which message it replaces.", isRequired: true),
      KeyShape("language", .language, "For people who hear this language.", isRequired: true),
      KeyShape("file", .path, "A .wav or .mp3 file.", example: "greetings/welcome.wav"),
      KeyShape("length", .length, "How long it lasts, in place of a file.", example: "6s"),
      KeyShape("script", .words, "What it says."),
    ])

  static let location = MappingShape(
    "location", "A named location.", example: "{name: Office, ranges: [203.0.113.0/24], trusted: true}",
    [
      KeyShape("name", .words, "What it is called.", isRequired: true),
      KeyShape("ranges", .list(.range), "IPv4 and IPv6 ranges.", isRequired: true),
      KeyShape("trusted", .flag, "Whether nobody is asked there.", usual: "false"),
    ])
}
