/// The first line of a token file: required, in any case, all six columns in their order.
enum OATHHeader {
  /// Takes the header, or says what is wrong with it.
  ///
  /// Says what stands there only where it is a column's name: a file without a header has a secret in that line.
  static func problem(_ records: inout CSVRecords) -> OATHFile.Problem? {
    if isUTF16(records.bytes) {
      return OATHFile.Problem(line: 1, said: "the file is UTF-16", remedy: "save it as CSV UTF-8")
    }
    switch records.next() {
    case nil: return OATHFile.Problem(line: 1, said: "the file is empty", remedy: "begin it with \(OATHFile.header)")
    case .failure(let problem): return OATHFile.Problem(problem)
    case .success(let record):
      let names = names(record.fields)
      if names == expected { return nil }
      return OATHFile.Problem(
        line: record.line, said: "\(said(names))",
        remedy: separator(names) == nil
          ? "let the first line be \(OATHFile.header)"
          : "save the file as CSV with commas; spreadsheets take the separator from the region's settings")
    }
  }

  /// By its mark, or by the zeros that it has around ASCII.
  private static func isUTF16(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || bytes.prefix(2).contains(0)
  }

  private static let expected = OATHFile.Column.allCases.map(\.rawValue)

  private static func said(_ names: [String]) -> Sentence {
    switch separator(names) {
    case .semicolon: return Sentence("the columns are separated by semicolons, not by commas")
    case .tab: return Sentence("the columns are separated by tabs, not by commas")
    case nil: break
    }
    let missing = expected.filter { !names.contains($0) }
    if missing.count == expected.count { return Sentence("the header is missing") }
    if !missing.isEmpty { return Sentence("the header lacks \(missing)") }
    return names.count > expected.count
      ? Sentence("the header has more than the six columns")
      : Sentence("the columns of the header are in another order")
  }

  private enum Separator: Character, CaseIterable {
    case semicolon = ";"
    case tab = "\t"
  }

  /// Where the header is right but for it.
  private static func separator(_ names: [String]) -> Separator? {
    guard names.count == 1, let line = names.first else { return nil }
    return Separator.allCases.first { separator in
      let parts = line.split(separator: separator.rawValue, omittingEmptySubsequences: false)
      return Self.names(parts.map(String.init)) == expected
    }
  }

  private static func names(_ fields: [String]) -> [String] {
    fields.map { String(decoding: Trimmed.bytes(Array($0.utf8)[...]), as: UTF8.self).lowercased() }
  }
}

/// Spaces around a field, which spreadsheets and people leave, are not part of it.
enum Trimmed {
  static func bytes(_ field: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var field = field
    while field.first == Byte.space { field.removeFirst() }
    while field.last == Byte.space { field.removeLast() }
    return field
  }
}
