import Runs
import VerificationCore

extension LogItem {
  /// In the order of `LogKind.header`.
  var cells: [LogCell] { [LogCell(at.description, .quiet)] + what.cells }
}

extension LogItem.What {
  fileprivate var cells: [LogCell] {
    switch self {
    case .signIn(let record):
      [
        LogCell(record.upn.text), LogCell(record.outcome.rawValue, record.outcome.kind.tone),
        LogCell(record.method?.rawValue ?? ""), LogCell(record.number ?? ""),
        LogCell(record.errorCode == 0 ? record.text : "\(record.text) (\(record.errorCode))"),
      ]
    case .audit(let record):
      [LogCell(record.upn?.text ?? ""), LogCell(record.by.name ?? record.by.role), LogCell(record.fullText)]
    case .risk(let upn, let kind, let state):
      [
        LogCell(upn.text), LogCell(state.rawValue, state == .atRisk ? .bad : .good),
        LogCell(kind.map { "\($0.rawValue), level \($0.level), by the \($0.source)" } ?? ""),
      ]
    case .call(let name, let upn, let kind, let moment):
      [LogCell(name), LogCell(upn?.text ?? ""), Self.words(moment, kind)]
    case .message(let upn, let kind, let recipient, let message):
      [LogCell(upn?.text ?? ""), LogCell(kind), LogCell(recipient ?? ""), Self.words(message, kind)]
    }
  }

  private static func words(_ json: String, _ kind: String) -> LogCell {
    guard let value = try? JSONValue(Array(json.utf8)) else { return LogCell(kind) }
    if let subject = try? value.text("subject") { return LogCell(subject) }
    guard let moment = try? Moment(value) else { return LogCell(kind) }
    let words = MomentWords(moment, recordings: [:])
    return LogCell(words.quote.map { "\(words.text): “\($0)”" } ?? words.text, words.tone.tone)
  }
}

extension Outcome.Kind {
  fileprivate var tone: LogCell.Tone {
    switch self {
    case .admitted: .good
    case .denied: .bad
    case .refused: .refused
    }
  }
}

extension MomentWords.Tone {
  fileprivate var tone: LogCell.Tone {
    switch self {
    case .plain, .heard, .key, .written: .plain
    case .good: .good
    case .bad: .bad
    case .quiet: .quiet
    }
  }
}
