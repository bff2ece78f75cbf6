public import VerificationCore

/// A log as JSON lines, an object a row, and as CSV.
public enum LogText {
  /// - Parameter sentences: whether reasons with figures have these apart, for a page in another language.
  /// - Returns: one line, with its end.
  public static func json(_ item: LogItem, of kind: LogKind, sentences: Bool = false) -> [UInt8] {
    var json = JSONBytes([])
    json.open()
    for (key, value) in zip(kind.keys, item.values) {
      json.key(key)
      switch value {
      case .number(let number): json.number(number)
      case .text(let text): json.text(text)
      case .missing: json.null()
      case .json(let text): json.json(text)
      case .findings(let findings):
        json.openList()
        for finding in findings { finding.write(to: &json, sentences: sentences) }
        json.closeList()
      }
    }
    json.close()
    json.endLine()
    return json.taken()
  }

  /// The header of a CSV file; `why` only where it is asked for.
  public static func csvHeader(of kind: LogKind, why: Bool, for reader: CSVRow.Reader = .program) -> String {
    CSVRow.text(kind.keys.filter { why || $0 != "why" }, for: reader)
  }

  /// A row of a CSV file: reasons as `gate: reason; gate: reason`, other objects as JSON.
  public static func csv(_ item: LogItem, why: Bool, for reader: CSVRow.Reader = .program) -> String {
    CSVRow.text(
      item.values.compactMap { value in
        switch value {
        case .number(let number): String(number)
        case .text(let text): text
        case .missing: ""
        case .json(let text): text
        case .findings(let findings):
          why ? findings.map { "\($0.gate.rawValue): \($0.reason)" }.joined(separator: "; ") : nil
        }
      }, for: reader)
  }
}
