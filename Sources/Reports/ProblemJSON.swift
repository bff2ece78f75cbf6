public import ScenarioModel

extension Problem {
  /// The problem as one line of JSON, without a line break at its end; keys in a fixed order, unknowns as `null`.
  ///
  /// - Parameter secrets: texts that it must not hold, such as PINs.
  public func jsonLine(secrets: [String]) -> String {
    let masked = SecretMask(secrets)
    let hint = notes.first { $0.kind == .hint }?.text
    return JSONLine([
      ("id", .text(id)), ("severity", .text(severity.rawValue)), ("message", .text(masked(message))),
      ("remedy", hint.map { .text(masked($0)) } ?? .null), ("file", place.map { .text($0.path) } ?? .null),
      ("line", place.map { .number(Int64($0.span.line)) } ?? .null),
      ("column", place.map { .number(Int64($0.span.column)) } ?? .null),
    ]).text
  }
}
