import ScenarioModel
import VerificationCore

// Enumerations and forms of texts, from the types that the readers make of them.
extension ValueShape {
  static let message = ValueShape.word(MessageType.allCases.map { Word($0.rawValue, $0.situation) }, name: "message")
  static let method = ValueShape.word(Method.allCases.map { Word($0.rawValue, $0.words) }, name: "method")
  static let role = ValueShape.word(Role.allCases.map { Word($0.rawValue, $0.duties) }, name: "role")
  static let rule = ValueShape.word(Rule.all.map { Word($0.id, $0.text) }, name: "rule")
  static let phoneKind = ValueShape.words(PhoneKind.self)
  static let risk = ValueShape.words(["high", "none"])
  /// An outcome, or that there is none.
  static let result = ValueShape.word(outcomes + [Word("none", "nothing is decided yet")], name: "result")
  static let outcome = ValueShape.word(outcomes, name: "outcome")
  static let callResult = ValueShape.word(
    CallOutcome.allCases.map { Word($0.rawValue, Outcome($0).recordText) } + [Word("none", "nothing is decided yet")],
    name: "callResult")

  private static let outcomes = Outcome.allCases.map { Word($0.rawValue, $0.recordText) }

  static let setting = ValueShape.word(Setting.all.map { Word($0.name, $0.meaning) }, name: "setting")

  static let matcher = ValueShape.defined("matcher")
  /// The same, and how often.
  static let counted = ValueShape.any([.text, .mapping(Grammar.countedMatcher)])
  static let digits = ValueShape.form(
    Form(name: "digits", pattern: "[0-9]{1,2}(-[0-9]{1,2})?", mayBeNumber: true, examples: ["1", "2-4"]))

  static let language = ValueShape.form(
    Form(name: "language", pattern: "[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", examples: ["fr", "fr-CA"]))
  static let acceptLanguage = ValueShape.form(
    Form(
      name: "acceptLanguage", pattern: ".*[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*.*", examples: ["fr-FR", "fr-CA, en;q=0.5"]))
  static let upn = ValueShape.form(
    Form(name: "upn", pattern: "[^@\\s]+@[^@\\s]+", examples: ["helga@larkspur.example"]))
  static let number = ValueShape.form(
    Form(
      name: "number", pattern: "\\+[1-9][0-9]{0,2} [0-9]{4,14}(x@?[0-9,*#]{1,20})?",
      examples: ["+33 612345678", "+1 4255550100x204"]))
  static let address = ValueShape.form(
    Form(
      name: "address", pattern: "\(byte)(\\.\(byte)){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*",
      examples: ["203.0.113.7", "2001:db8::7"]))
  static let range = ValueShape.form(
    Form(
      name: "range", pattern: "(\(byte)(\\.\(byte)){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*)/[0-9]{1,3}",
      examples: ["203.0.113.0/24"]))
  private static let byte = "(25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})"
  static let pin = ValueShape.form(Form(name: "pin", pattern: "[0-9]{4,20}", mayBeNumber: true, examples: ["4711"]))
  static let reportCode = ValueShape.form(
    Form(name: "reportCode", pattern: "[0-9]{1,4}", mayBeNumber: true, examples: ["0", "99"]))
  static let title = ValueShape.form(
    Form(name: "title", pattern: "[^\\u0000-\\u001F\\u007F]+", mayBeNumber: true, examples: []))
  static let name = ValueShape.form(
    Form(name: "name", pattern: "[^\\u0000-\\u001F\\u007F]{1,60}", mayBeNumber: true, examples: ["old phone"]))
  /// What is called something, or a reason: any text, also none and on several lines.
  static let words = ValueShape.form(
    Form(
      name: "words", pattern: "[^\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]*", mayBeNumber: true, examples: []
    ))
  static let reason = ValueShape.form(
    Form(name: "reason", pattern: ".*\\S.*", mayBeNumber: true, examples: ["Lost phone"]))
  static let path = ValueShape.form(Form(name: "path", pattern: ".+", mayBeNumber: true, examples: []))
  static let time = ValueShape.form(
    Form(
      name: "time",
      pattern: "[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,3})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?",
      examples: ["2025-01-15T09:00:00Z"]))
  static let identifier = ValueShape.form(
    Form(name: "identifier", pattern: "[A-Za-z_][A-Za-z0-9_-]*", examples: ["language"]))
}

extension Role {
  /// What it may do, in short.
  fileprivate var duties: String {
    switch self {
    case .globalAdministrator: "everything; alone may change tokens"
    case .authenticationPolicyAdministrator: "methods, greetings, caller ID, fraud reports, lockout, the block list"
    case .conditionalAccessAdministrator: "named locations, and what conditional access asks for"
    case .authenticationAdministrator: "a user's own methods, passes, re-registration"
    case .userAdministrator: "accounts: disable, password, sessions"
    case .securityOperator: "the risk of users"
    case .globalReader: "reading, and nothing else"
    }
  }
}

extension Setting {
  /// What a file may write behind its name.
  var shape: ValueShape {
    switch kind {
    case .flag: .flag
    case .count(let range, _, _): .count(range)
    case .length: .length
    case .choice(let choices, _): .words(choices)
    case .reportCode: .reportCode
    case .number: .form(ValueShape.Form(name: "unitedStates", pattern: "\\+1 [0-9]{10}", examples: ["+1 8553308653"]))
    case .text: .words
    case .list: .any([.list(.text), .text])
    }
  }
}
