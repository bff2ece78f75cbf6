import VerificationCore

extension [String: JSON] {
  /// With sentences by their names, in English; and, where one has figures, with `sentences`, from which a page makes it
  /// in another language. Without figures the English is the template itself.
  func saying(_ sentences: (name: String, sentence: Sentence?)...) -> [String: JSON] {
    var members = self
    var parts: [String: JSON] = [:]
    for (name, sentence) in sentences {
      members[name] = .text(sentence?.text)
      if let sentence, !sentence.figures.isEmpty { parts[name] = sentence.facts }
    }
    if !parts.isEmpty { members["sentences"] = .object(parts) }
    return members
  }
}

extension Sentence {
  /// `{"template": "{1} bytes: ...", "figures": [{"count": 1048577}]}`
  var facts: JSON { .object(["template": .text(template), "figures": .list(figures.map(\.facts))]) }
}

extension Sentence.Figure {
  fileprivate var facts: JSON {
    switch self {
    case .count(let count, _): .object(["count": .number(count)])
    case .decimal(let steps, let digits): Self.facts("decimal", steps, digits)
    case .seconds(let steps, let digits): Self.facts("seconds", steps, digits)
    case .percent(let steps, let digits): Self.facts("percent", steps, digits)
    case .instant: .object(["instant": .text(text)])
    case .day(let day): .object(["day": .text(day)])
    case .text(let text): .text(text)
    case .sentence(let sentence): sentence.facts
    case .list(let figures): .list(figures.map(\.facts))
    }
  }

  /// - Parameter steps: of the last digit; numbers are whole in this JSON.
  private static func facts(_ name: String, _ steps: Int64, _ digits: Int) -> JSON {
    .object([name: .number(steps), "digits": .count(digits)])
  }
}
