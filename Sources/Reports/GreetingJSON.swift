public import VerificationCore

extension GreetingReport {
  /// The report as one line of JSON, without a line break at its end.
  ///
  /// The order of the keys is fixed, every key is always there, and what is unknown is `null`. Times are seconds with
  /// three decimals, rounded down, so that 19.9999 s never reads as the forbidden 20.
  public var jsonLine: String { json.text }

  var json: JSONLine {
    JSONLine([
      ("file", .text(file)), ("verdict", .text(verdict.rawValue)),
      ("findings", .list(findings.map { .object(JSONLine($0)) })), ("container", .optional(container)),
      ("codec", .optional(codec)), ("sampleRate", .optional(sampleRate)), ("channels", .optional(channels)),
      ("bitDepth", .optional(bitDepth)), ("duration", .optional(duration)),
      ("bytes", bytes.map { .number($0) } ?? .null),
    ])
  }
}

extension JSONLine {
  init(_ finding: Finding) {
    self.init([
      ("id", .text(finding.id.rawValue)), ("severity", .text(finding.severity.rawValue)),
      ("message", .text(finding.message)), ("remedy", .text(finding.remedy)), ("at", .optional(finding.at)),
    ])
  }
}

extension JSONLine.Value {
  fileprivate static func optional(_ number: Int?) -> Self { number.map { .number(Int64($0)) } ?? .null }
  fileprivate static func optional(_ time: Duration?) -> Self { time.map { .seconds($0) } ?? .null }
}
