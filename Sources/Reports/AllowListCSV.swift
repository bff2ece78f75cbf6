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
    return ([header] + rows).map { $0.map(CSVCell.text).joined(separator: ",") + "\r\n" }.joined()
  }
}

/// One cell of a CSV file.
public enum CSVCell {
  /// Quoted where RFC 4180 asks for it. A text that a spreadsheet would compute gets an apostrophe before it, which keeps
  /// a name such as `=cmd|'/c calc'!A1` a name; a sign with nothing but digits behind it is a number, and left alone.
  public static func text(_ text: String) -> String {
    let safe = isFormula(text) ? "'" + text : text
    guard safe.unicodeScalars.contains(where: { "\",\r\n".unicodeScalars.contains($0) }) else { return safe }
    let doubled = safe.unicodeScalars.reduce(into: "") { $0 += $1 == "\"" ? "\"\"" : String($1) }
    return "\"\(doubled)\""
  }

  private static func isFormula(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first else { return false }
    if "=@\t\r\n".unicodeScalars.contains(first) { return true }
    guard first == "+" || first == "-" else { return false }
    let rest = text.unicodeScalars.dropFirst()
    return rest.isEmpty || !rest.allSatisfy { ("0"..."9").contains($0) }
  }
}
