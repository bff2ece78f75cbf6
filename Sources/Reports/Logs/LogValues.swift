import VerificationCore

/// One value of a row, as scripts get it.
enum LogValue: Sendable {
  case number(Int64)
  case text(String)
  case missing
  case findings([SignInFinding])
  /// JSON already.
  case json(String)

  static func optional(_ text: String?) -> Self { text.map { .text($0) } ?? .missing }
}

extension LogItem {
  /// In the order of `LogKind.keys`.
  var values: [LogValue] { [.number(sequence), .text(at.description)] + what.values }
}

extension LogItem.What {
  fileprivate var values: [LogValue] {
    switch self {
    case .signIn(let record):
      [
        .text(record.upn.text), .text(record.outcome.rawValue), .text(record.text), .number(Int64(record.errorCode)),
        .optional(record.method?.rawValue), .optional(record.number), .findings(record.why),
      ]
    case .audit(let record):
      [.optional(record.upn?.text), .text(record.text), .optional(record.reason), .optional(record.by.name)]
        + [.text(record.by.role)]
    case .risk(let upn, let kind, let state):
      [.text(upn.text), .text(state.rawValue), .optional(kind?.rawValue)]
    case .call(let name, let upn, let kind, let moment):
      [.text(name), .optional(upn?.text), .text(kind), .json(moment)]
    case .message(let upn, let kind, let recipient, let message):
      [.optional(upn?.text), .text(kind), .optional(recipient), .json(message)]
    }
  }
}

extension AuditRecord.Actor {
  /// The admin's name, where one was told.
  var name: String? {
    switch self {
    case .service, .person: nil
    case .admin(let upn, _): upn?.text
    }
  }

  /// A role, else who it was.
  var role: String {
    switch self {
    case .service: "service"
    case .person: "person"
    case .admin(_, let role): role.rawValue
    }
  }
}

extension SignInFinding {
  /// As `signin explain --json` has it.
  func write(to json: inout JSONBytes, sentences: Bool) {
    json.open()
    json.member("gate", gate.rawValue)
    json.member("reason", reason)
    json.member("outcome", outcome?.rawValue)
    if sentences, !said.figures.isEmpty {
      json.key("sentences")
      json.open()
      json.key("reason")
      json.sentence(said)
      json.close()
    }
    json.close()
  }
}
