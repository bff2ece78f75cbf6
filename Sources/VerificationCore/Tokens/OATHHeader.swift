/// The first line of a token file: required, in any case, all six columns in their order.
enum OATHHeader {
  /// Says what stands there only where it is a column's name: a file without a header has a secret in that line.
  static func problem(_ record: Result<CSVRecords.Record, CSVRecords.Problem>) -> OATHFile.Problem? {
    let remedy = "let the first line be \(OATHFile.header)"
    switch record {
    case .failure(let problem): return OATHFile.Problem(problem)
    case .success(let record):
      let names = names(record.fields)
      if names == expected { return nil }
      return OATHFile.Problem(line: record.line, message(names), remedy: remedyForSeparator(record.fields) ?? remedy)
    }
  }

  private static let expected = OATHFile.Column.allCases.map(\.rawValue)

  private static func message(_ names: [String]) -> String {
    if let separator = separator(names) { return "the columns are separated by \(separator), not by commas" }
    let missing = expected.filter { !names.contains($0) }
    if missing.count == expected.count { return "the header is missing" }
    if !missing.isEmpty { return "the header lacks \(missing.joined(separator: ", "))" }
    return names.count > expected.count
      ? "the header has more than the six columns" : "the columns of the header are in another order"
  }

  private static func remedyForSeparator(_ fields: [String]) -> String? {
    separator(names(fields)) == nil
      ? nil
      : "save the file as CSV with commas; spreadsheets take the separator from the region's settings"
  }

  /// `semicolons` or `tabs`, where the header is right but for them.
  private static func separator(_ names: [String]) -> String? {
    let separators: [(Character, String)] = [(";", "semicolons"), ("\t", "tabs")]
    guard names.count == 1, let line = names.first else { return nil }
    return separators.first { separator, _ in
      Self.names(line.split(separator: separator, omittingEmptySubsequences: false).map(String.init)) == expected
    }?.1
  }

  private static func names(_ fields: [String]) -> [String] { fields.map { Trimmed.text($0).lowercased() } }
}

/// Spaces around a field, which spreadsheets and people leave, are not part of it.
enum Trimmed {
  static func text(_ field: some StringProtocol) -> String {
    let start = field.drop { $0 == " " }
    return String(String(start.reversed().drop { $0 == " " }.reversed()))
  }
}
