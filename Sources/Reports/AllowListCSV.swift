public import VerificationCore

extension AllowList {
  /// The list as RFC 4180 has it, in UTF-8: a header, one number a row, CRLF behind each row.
  ///
  /// Numbers are `+18553308653`, as filters match them. They begin with the `+` of a formula and stay as they are: a sign
  /// and digits compute nothing but themselves, and an apostrophe before them would break the match.
  public var csv: String {
    let header = ["country", "name", "number"]
    let rows = entries.flatMap { entry in
      entry.numbers.map { [entry.country ?? "", entry.name, Self.e164($0)] }
    }
    return ([header] + rows).map({ CSVRow.text($0) }).joined()
  }
}
