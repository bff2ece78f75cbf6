import ScenarioModel
import VerificationCore

/// How a message or a text is not what a step waits for. Most are: only for one that is not, a `Judge` is called.
struct Mismatch: Hashable {
  let id: String
  let message: String
  let hint: String?

  init(_ id: String, _ message: String, hint: String? = nil) {
    self.id = id
    self.message = message
    self.hint = hint
  }
}

extension HearStep {
  /// - Returns: nil for the message that is waited for.
  func mismatch(with recording: Recording) -> Mismatch? {
    guard recording.message == message else {
      return Mismatch(
        "expected-heard", "expected \(message.rawValue), heard \(recording.message.rawValue)",
        hint: "messages are heard in order: hear \(recording.message.rawValue) first, or press during it")
    }
    if let language, language != recording.language {
      return Mismatch(
        "expected-language", "expected \(message.rawValue) in \(language), heard it in \(recording.language)")
    }
    if let source, source != recording.source {
      return Mismatch(
        "expected-source",
        "expected the \(source.rawValue) \(message.rawValue), heard the \(recording.source.rawValue) one")
    }
    guard let text else { return nil }
    guard let script = recording.script else {
      return Mismatch(
        "no-script", "the words of this \(message.rawValue) are not known", hint: "give the custom greeting a script")
    }
    return text.matches(script) ? nil : Mismatch("expected-text", "expected the words \(text), heard \"\(script)\"")
  }
}

extension TextStep {
  /// - Returns: nil for the text that is waited for.
  func mismatch(with arrived: ArrivedText) -> Mismatch? {
    func wrong(_ what: String, _ expected: String, _ actual: String) -> Mismatch {
      Mismatch("expected-text-message", "expected \(what) \(expected), the text message has \(actual)")
    }
    if let language, language != arrived.language {
      return wrong("the language", "\(language)", "\(arrived.language)")
    }
    if let sender, !sender.holds(for: arrived.sender) {
      return wrong("the sender", "\(sender)", arrived.sender ?? "unknown")
    }
    if let segments, !segments.holds(for: arrived.segments) {
      return wrong("segments:", "\(segments)", "\(arrived.segments)")
    }
    if let encoding, encoding != arrived.encoding {
      return wrong("the encoding", encoding, arrived.encoding)
    }
    if let words = text, !words.matches(arrived.maskedText) {
      return wrong("the words", "\(words)", "\"\(arrived.maskedText)\"")
    }
    return nil
  }
}
