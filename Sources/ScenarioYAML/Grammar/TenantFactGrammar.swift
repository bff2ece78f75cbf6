import VerificationCore

// What has happened in a tenant, as facts with their times.
extension Grammar {
  /// Nobody counts further.
  static let mostCounted = 1_000_000_000

  static let block = MappingShape(
    "block", "An entry of the block list. It holds for 90 days.",
    example: "{reason: Lost phone, by: admin, since: 2025-01-10T08:00:00Z}",
    [
      KeyShape("reason", .words, "Why.", isRequired: true, example: "Lost phone"),
      KeyShape(
        "by",
        .word([
          ValueShape.Word("admin", "an admin blocked the person"),
          ValueShape.Word("user", "the person reported fraud"),
        ]), "Who did it.", usual: "admin"),
      KeyShape("since", .time, "From when on.", isRequired: true, example: "2025-01-10T08:00:00Z"),
    ])

  static let riskDetection = MappingShape(
    "riskDetection", "A risk that was detected.",
    example: "{kind: adminConfirmedUserCompromised, at: 2025-01-10T08:00:00Z, state: dismissed}",
    [
      KeyShape(
        "kind",
        .word(RiskDetection.Kind.allCases.map { ValueShape.Word($0.rawValue, "told by: \($0.source)") }),
        "What was detected.", isRequired: true),
      KeyShape("at", .time, "When.", isRequired: true),
      KeyShape("state", .words(RiskDetection.State.self), "What became of it.", usual: "atRisk"),
    ])

  static let lockout = MappingShape(
    "lockout", "Wrong PINs in a row.",
    example: "{wrongPINs: 10, last: 2025-01-15T08:59:00Z, until: 2025-01-15T09:29:00Z}",
    [
      KeyShape("wrongPINs", .count(1...mostCounted), "How many.", isRequired: true),
      KeyShape("last", .time, "When the last was entered.", isRequired: true),
      KeyShape("until", .time, "Until when the account is locked; without it, it is not."),
    ])

  static let issuedPass = MappingShape(
    "issuedPass", "A temporary access pass. Its text is not told.",
    example: "{issued: 2025-01-15T08:00:00Z, lifetime: 60m, once: true}",
    [
      KeyShape("issued", .time, "When it was issued.", isRequired: true),
      KeyShape("lifetime", .length, "How long it holds.", isRequired: true, example: "60m"),
      KeyShape("once", .flag, "Whether it is good for a single sign-in.", usual: "false"),
      KeyShape("used", .flag, "Whether it has been used.", usual: "false"),
    ])

  static let rememberedClient = MappingShape(
    "rememberedClient", "A browser or an app that verified, and is not asked again; a browser may have no name.",
    example: "{browser: laptop, since: 2025-01-10T08:00:00Z}", atMostOne: [["browser", "app", "legacy"]],
    [
      KeyShape("browser", .words, "A browser by its name.", example: "laptop"),
      KeyShape("app", .words, "An app that renews its token by itself.", example: "mail"),
      KeyShape("legacy", .words(["appPassword", "password"]), "A client that knows passwords only, and what it has."),
      KeyShape("since", .time, "When it verified.", isRequired: true),
    ])

  static let verifiedForReset = MappingShape(
    "verifiedForReset", "Methods, and when each was verified.",
    Method.allCases.map { KeyShape($0.rawValue, .time, "When this was: \($0.words).") })

  static let placedCall = MappingShape(
    "placedCall", "A call that was placed.", example: "{number: \"+33 612345678\", at: 2025-01-15T08:58:00Z}",
    [
      KeyShape("number", .words, "To which number.", isRequired: true, example: "\"+33 612345678\""),
      KeyShape("at", .time, "When.", isRequired: true),
    ])

  static let registeredApp = MappingShape(
    "registeredApp", "The app on a device, by its registration; by its name alone it is the next.",
    example: "{device: old phone, secret: 3}",
    [
      KeyShape("device", .words, "What the device is called.", isRequired: true),
      KeyShape(
        "secret", .count(1...mostCounted), "Which registration made the secret of its codes.",
        isRequired: true),
    ])

  static let token = MappingShape(
    "token", "A hardware token; its key is not told.",
    example: "{serial: \"4711\", interval: 30, manufacturer: Northgate, model: NG-1, user: helga@larkspur.example}",
    [
      KeyShape("serial", .words, "What is printed on it.", isRequired: true),
      KeyShape("interval", .words(["30", "60"]), "How many seconds a code is shown.", usual: "30"),
      KeyShape("manufacturer", .words, "Who made it."),
      KeyShape("model", .words, "Which model it is."),
      KeyShape("user", .upn, "Whose it is; nobody's without it."),
      KeyShape("active", .flag, "Whether a code of it was entered, so that it counts.", usual: "true"),
    ])
}
