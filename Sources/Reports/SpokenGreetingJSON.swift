public import VerificationCore

/// A greeting that was made from text, as one line of JSON.
public enum SpokenGreetingJSON {
  /// - Parameters:
  ///   - report: on the file that was written.
  ///   - rate: words a minute.
  ///   - warnings: what the text does not tell a caller.
  public static func line(
    _ report: GreetingReport, _ message: MessageType, _ language: Language, text: String, rate: Int, warnings: [String]
  ) -> String {
    JSONLine([
      ("message", .text(message.rawValue)), ("language", .text(language.tag)), ("text", .text(text)),
      ("rate", .number(Int64(rate))), ("warnings", .list(warnings.map { .text($0) })), ("report", .object(report.json)),
    ]).text
  }
}
