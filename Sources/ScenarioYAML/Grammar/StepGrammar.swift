import ScenarioModel
import VerificationCore

// Steps: a verb and what it takes.
extension Grammar {
  /// One step: a bare verb, or a mapping with one verb and its companions.
  static let step = ValueShape.any([
    .word(verbs.filter(\.isBare).map { ValueShape.Word($0.name, $0.meaning) }), .mapping(stepMapping),
  ])

  static let stepMapping = MappingShape(
    "stepMapping", "One verb with what it takes, and what may stand beside it.", exactlyOne: verbs.map(\.name),
    needs: [("within", ["hear", "text"])],
    verbs.map { KeyShape($0.name, $0.value, $0.meaning, example: $0.example) } + companions)

  /// What may stand beside a verb.
  static let companions = [
    KeyShape("name", .text, "What the step is called in reports."),
    KeyShape("within", .length, "How long hear and text wait.", usual: "90s"),
    KeyShape("when", .condition, "The step is only carried out where this is true.", isReadElsewhere: true),
    KeyShape("skip", .reason, "Why the step is left out."),
  ]

  struct Verb: Sendable {
    let name: String
    let value: ValueShape
    let meaning: String
    var isBare = false
    let example: String
  }

  static let verbs: [Verb] = callVerbs + pageVerbs + otherVerbs

  private static let callVerbs = [
    Verb(
      name: "signin",
      value: .any([
        .word(
          Method.allCases.map { ValueShape.Word($0.rawValue, $0.words) } + [
            ValueShape.Word("cancel", "the sign-in page gives up")
          ]),
        .mapping(signIn), .nothing,
      ]),
      meaning: "Somebody signs in, or gives up at the page.", isBare: true, example: "signin: call"),
    Verb(
      name: "answer", value: .any([.mapping(answer), .nothing]), meaning: "Answers the ringing telephone, after 2 s.",
      isBare: true, example: "answer: {after: 4s}"),
    Verb(
      name: "press", value: .any([.keys, .mapping(press)]),
      meaning: "Presses keys. Quote them: an unquoted # is a comment.",
      example: "press: \"0#\""),
    Verb(
      name: "wait", value: .any([.length, .words(["next"])]),
      meaning: "Lets time pass; next is until something happens by itself.", example: "wait: 5s"),
    Verb(name: "hangup", value: .nothing, meaning: "Hangs up, or declines.", isBare: true, example: "hangup"),
    Verb(
      name: "hear", value: .any([.message, .mapping(hear), .mapping(absence)]),
      meaning: "The next message must be this one.",
      example: "hear: greetingStandard"),
  ]

  private static let pageVerbs = [
    Verb(
      name: "text", value: .any([.mapping(text), .mapping(absence), .nothing]),
      meaning: "The next text message must be like this.",
      isBare: true, example: "text: {language: fr, text: /Votre code/}"),
    Verb(
      name: "enter", value: .any([entered, .mapping(enter)]),
      meaning: "Types a code or a pass at the page; a scenario never holds one.", example: "enter: right"),
    Verb(name: "resend", value: .nothing, meaning: "Asks for another code.", isBare: true, example: "resend"),
    Verb(name: "reply", value: .nothing, meaning: "Answers the text message.", isBare: true, example: "reply"),
    Verb(
      name: "app", value: .any([appAnswer, .mapping(app)]), meaning: "Answers the notification in the app.",
      example: "app: approve"),
    Verb(
      name: "passkey", value: .words(["approve", "decline"]), meaning: "Touches the security key, or declines.",
      example: "passkey: approve"),
    Verb(
      name: "register", value: .mapping(register), meaning: "Registers a way to be verified, for oneself.",
      example: "register: {app: new phone}"),
    Verb(
      name: "restore", value: .mapping(restore), meaning: "Restores the app's backup on another device.",
      example: "restore: {from: old phone, onto: new phone}"),
    Verb(
      name: "password", value: .any([.words(["change"]), .mapping(password)]),
      meaning: "Types a new password, after a reset or where it is forced.", example: "password: change"),
  ]

  private static let otherVerbs = [
    Verb(
      name: "set", value: settings, meaning: "Changes settings from here on.", example: "set: {fraudAlert.block: true}"),
    Verb(
      name: "admin", value: .any(admin.map { .mapping($0) }), meaning: "An admin does something.",
      example: "admin: {unblock: helga@larkspur.example, reason: Found}"),
    Verb(
      name: "fault", value: fault, meaning: "What the network or the telephone does wrong from here on.",
      example: "fault: busy"),
    Verb(
      name: "expect", value: .mapping(expect), meaning: "Checks now what expect checks at the end.",
      example: "expect: {result: approved}"),
    Verb(
      name: "use", value: .any([.path, .mapping(use)]), meaning: "Carries out the steps of a fragment.",
      example: "use: answer-and-listen"),
    Verb(
      name: "repeat", value: .mapping(repeated), meaning: "Carries steps out several times.",
      example: "repeat: {times: 3, steps: [press: \"1#\"]}"),
  ]

  static let signIn = MappingShape(
    "signIn", "Who signs in, from where, with what.",
    atMostOne: [["browser", "app", "legacy"]],
    [
      KeyShape("with", .method, "How the person is verified; else their own default."),
      KeyShape("user", .upn, "Who signs in; else the user of given."),
      KeyShape("language", .acceptLanguage, "The languages that the browser asks for."),
      KeyShape("registration", .flag, "The first call, which registers the telephone.", usual: "false"),
      KeyShape("reset", .flag, "A self-service password reset.", usual: "false"),
      KeyShape("phone", .phoneKind, "Which of the person's numbers."),
      KeyShape("from", .address, "The address it comes from.", example: "203.0.113.7"),
      KeyShape("through", .words(["nps"]), "The network policy server."),
      KeyShape("claim", .flag, "The federation service says: inside the corporate network.", usual: "false"),
      KeyShape("inside", .flag, "Whether it is inside the corporate network.", usual: "false"),
      KeyShape("browser", .name, "The browser, by any name: cookies belong to it."),
      KeyShape("app", .name, "An app in place of a browser."),
      KeyShape("legacy", .words(["appPassword", "password"]), "A client that knows passwords only, and what it has."),
      KeyShape("compliant", .flag, "Whether the device is compliant."),
      KeyShape("remember", .flag, "Ticks \"don't ask again\".", usual: "false"),
      KeyShape("passwordless", .flag, "Signs in without a password.", usual: "false"),
    ])

  static let answer = MappingShape(
    "answer", "When the telephone is answered.", [KeyShape("after", .length, "So long after it rings.", usual: "2s")])

  static let press = MappingShape(
    "press", "Which keys, when and how.", example: "{keys: \"0#\", during: fraudGreetingStandard, after: 2s}",
    exactlyOne: ["keys", "pin"], needs: [("after", ["during"]), ("digits", ["pin"])],
    [
      KeyShape("keys", .keys, "The keys, in quotes.", example: "\"0#\""),
      KeyShape(
        "pin", .words(["right", "wrong"]), "The person's PIN and #, or a wrong one: a file never holds it twice."),
      KeyShape("digits", .digits, "Only these digits of the PIN, and no #.", example: "2-4"),
      KeyShape("gap", .length, "From the release of a key to the next.", usual: "100ms"),
      KeyShape("hold", .length, "How long each key is held.", usual: "100ms"),
      KeyShape(
        "during", .any([.message, .mapping(hear)]), "Waits for this message, as hear would, and presses while it plays."
      ),
      KeyShape("after", .length, "So long into that message.", usual: "0s"),
      KeyShape("when", .condition, "Only where this is true.", isReadElsewhere: true),
    ])

  static let hear = MappingShape(
    "hear", "What the next message is like.",
    [
      KeyShape("message", .message, "Which message.", isRequired: true),
      KeyShape("language", .language, "In which language."),
      KeyShape(
        "source",
        .word([
          ValueShape.Word("custom", "a recording of the organisation's own"),
          ValueShape.Word("default", "a recording of Poundkey's"),
        ]), "Whose recording."),
      KeyShape("text", .matcher, "What it says, or a pattern of it.", example: "/press 1/"),
      KeyShape("within", .length, "How long silence is borne.", usual: "90s"),
      KeyShape("when", .condition, "Only where this is true.", isReadElsewhere: true),
    ])

  static let use = MappingShape(
    "use", "A fragment with its parameters.",
    [
      KeyShape("fragment", .path, "A short name of use, or a file.", isRequired: true),
      KeyShape("with", .table(of: .anything), "The values of its parameters."),
    ])

  static let repeated = MappingShape(
    "repeat", "Steps and how often.",
    [
      KeyShape("times", .count(1...1_000), "How often.", isRequired: true),
      KeyShape("steps", steps, "What is carried out each time.", isRequired: true),
    ])
}
