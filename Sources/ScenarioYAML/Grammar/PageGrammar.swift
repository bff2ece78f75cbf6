import ScenarioModel
import VerificationCore

// What happens at the sign-in page, on devices, in the network, and what is expected.
extension Grammar {
  static let entered = ValueShape.word([
    ValueShape.Word("right", "the last text's, the device's current one, the pass"), ValueShape.Word("wrong"),
    ValueShape.Word("previous", "of the text before the last"),
    ValueShape.Word("again", "the one that approved a sign-in last"),
  ])

  static let appAnswer = ValueShape.words(["approve", "wrongNumber", "decline", "report"])

  static let text = MappingShape(
    "text", "What the next text message is like.",
    [
      KeyShape("language", .language, "In which language."),
      KeyShape("sender", .any([.text, .mapping(presence)]), "From which number; unknown where it is stripped."),
      KeyShape("segments", .any([.count(1...10), .mapping(countRange)]), "In how many parts."),
      KeyShape("encoding", .words(["GSM-7", "UCS-2"]), "How it is encoded."),
      KeyShape("text", .matcher, "What it says, or a pattern of it."),
      KeyShape("within", .length, "How long it is waited for.", usual: "90s"),
      KeyShape("when", .condition, "Only where this is true.", isReadElsewhere: true),
    ])

  static let enter = MappingShape(
    "enter", "Which code, of which device.", example: "{code: right, from: old phone}",
    [
      KeyShape("code", entered, "Which code.", isRequired: true),
      KeyShape("from", .name, "The device whose app shows it, or the serial number of a token."),
    ])

  static let app = MappingShape(
    "app", "An answer on a device.", example: "{answer: approve, on: new phone}",
    [
      KeyShape("answer", appAnswer, "What is answered.", isRequired: true),
      KeyShape("on", .name, "On which device; else the first that was notified."),
    ])

  static let register = MappingShape(
    "register", "What is registered.", exactlyOne: ["app", "phone", "passkey"],
    [
      KeyShape("app", .name, "The app, on this device."),
      KeyShape("phone", .number, "A telephone number."),
      KeyShape("kind", .phoneKind, "Which number it is.", usual: "mobile"),
      KeyShape("passkey", .name, "A security key or passkey."),
      KeyShape("refused", .matcher, "It is refused, with this explanation."),
    ])

  static let restore = MappingShape(
    "restore", "From which device onto which.",
    [
      KeyShape("from", .name, "The device that was backed up.", isRequired: true),
      KeyShape("onto", .name, "The device that is restored.", isRequired: true),
    ])

  static let password = MappingShape(
    "password", "A change that is refused.",
    [KeyShape("refused", .matcher, "It is refused, with this explanation.", isRequired: true)])

  // MARK: Faults

  static let fault = ValueShape.any([.word(faultWords), .mapping(faultMapping)])

  private static let faultWords = [
    ValueShape.Word("busy"), ValueShape.Word("rejected"), ValueShape.Word("noAnswer", "nobody and nothing answers"),
    ValueShape.Word("invalidNumber"), ValueShape.Word("voicemail", "a machine answers after 20 s"),
    ValueShape.Word("carrier", "the network fails with SIP status 503"), ValueShape.Word("none", "all is well again"),
  ]

  /// Of faults in either form, as messages list them: that all is well again comes last.
  static let faultNames: [String] = {
    let words = faultWords.map(\.text).filter { $0 != "none" }
    return words + faultMapping.keys.filter { !words.contains($0) } + ["none"]
  }()

  static let faultMapping = MappingShape(
    "fault", "One fault.", exactlyOne: faultFields.map(\.name), faultFields)

  private static let faultFields = [
    KeyShape("voicemail", .mapping(voicemail), "A machine answers."),
    KeyShape("carrier", .mapping(carrier), "The network fails."),
    KeyShape("dropAfter", .length, "The call is lost so long after the answer, or from now.", example: "3s"),
    KeyShape(
      "callerID", .any([.words(["stripped", "replaced"]), .number]), "The caller ID is not shown, or another one is."),
    KeyShape("digits", .words(["lost", "doubled"]), "Keys do not arrive, or arrive twice."),
    KeyShape(
      "sms",
      .any([
        .words(["delayed", "lost", "duplicated", "reordered", "rejected", "senderStripped"]), .mapping(delayedTexts),
      ]), "What happens to text messages."),
  ]

  static let voicemail = MappingShape(
    "voicemail", "A machine that answers.",
    [
      KeyShape("answers", .length, "After so long.", usual: "20s"),
      KeyShape("greeting", .length, "How long it speaks.", usual: "6s"),
      KeyShape("beep", .flag, "Whether it beeps.", usual: "true"),
    ])

  static let carrier = MappingShape(
    "carrier", "How the network fails.", [KeyShape("code", .count(400...699), "The SIP status.", isRequired: true)])

  static let delayedTexts = MappingShape(
    "delayedTexts", "How late text messages are.", [KeyShape("delayed", .length, "So late.", isRequired: true)])

  // MARK: Expectations

  static let expect = MappingShape(
    "expect", "What must hold.",
    [
      KeyShape(
        "result", .any([.result, .mapping(otherResult)]), "The outcome decided last; none where none is."),
      KeyShape("user", .mapping(expectedUser), "How the user of the file stands, or another."),
      KeyShape(
        "callerID", .any([.text, .mapping(presence)]), "What the telephone showed last; unknown where nothing."),
      KeyShape("notified", .list(.text), "The devices that the last notification reached."),
      KeyShape("why", .any([.matcher, .list(.matcher)]), "A finding of the last sign-in record."),
      KeyShape("records", .list(.mapping(record)), "Records that were written."),
      KeyShape("mail", .mapping(mail), "A mail that was sent."),
      KeyShape("length", .any([.length, .mapping(lengthRange)]), "Virtual time from the start to what happened last."),
      KeyShape("snapshot", .name, "The transcript so far equals the one that is kept under this name."),
    ])

  static let expectedUser = MappingShape(
    "expectedUser", "How a user stands.",
    [
      KeyShape("upn", .upn, "Which user; else the one of given."),
      KeyShape("blocked", .flag, "On the block list."),
      KeyShape("locked", .flag, "Locked out after wrong PINs."),
      KeyShape("reported", .flag, "Has reported fraud."),
      KeyShape("risk", .risk, "The risk."),
      KeyShape("enabled", .flag, "The account is enabled."),
      KeyShape("mustRegister", .flag, "Must register security information."),
      KeyShape("methods", .list(.method), "The methods that are registered, in any order."),
    ])

  static let record = MappingShape(
    "record", "A record, by its text.", example: "{audit: /Fraud reported/, times: 1}",
    exactlyOne: RecordExpectation.Kind.allCases.map(\.rawValue), atMostOne: [["times", "absent"]],
    RecordExpectation.Kind.allCases.map { KeyShape($0.rawValue, .counted, "The text of \($0.what).") } + [times, none])

  static let mail = MappingShape(
    "mail", "A mail, by whom it went to.", atMostOne: [["times", "absent"]],
    [KeyShape("to", .counted, "The address, or a pattern of it.", isRequired: true), times, none])
}

extension RecordExpectation.Kind {
  fileprivate var what: String {
    switch self {
    case .signin: "a sign-in record"
    case .audit: "an audit record"
    case .risk: "a risk detection"
    case .mail: "a mail, and whom it went to"
    }
  }
}
