/// CSV as RFC 4180 has it: the one place where it is written.
public enum CSVRow {
  /// The cells with commas between, CRLF behind.
  public static func text(_ cells: [String]) -> String { cells.map(cell).joined(separator: ",") + "\r\n" }

  /// Quoted where RFC 4180 asks for it. A text that a spreadsheet would compute gets an apostrophe before it, which keeps
  /// a name such as `=cmd|'/c calc'!A1` a name; a sign with nothing but digits behind it is a number, and left alone.
  public static func cell(_ text: String) -> String {
    let safe = isFormula(text) ? "'" + text : text
    guard safe.utf8.contains(where: { needsQuotes($0) }) else { return safe }
    let doubled = safe.unicodeScalars.reduce(into: "") { $0 += $1 == "\"" ? "\"\"" : String($1) }
    return "\"\(doubled)\""
  }

  private static func needsQuotes(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: ","), UInt8(ascii: "\r"), UInt8(ascii: "\n"): true
    default: false
    }
  }

  private static func isFormula(_ text: String) -> Bool {
    // Some look behind quotes and spaces.
    let text = text.utf8.drop { [UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: " ")].contains($0) }
    return switch text.first {
    case UInt8(ascii: "="), UInt8(ascii: "@"), UInt8(ascii: "|"), UInt8(ascii: "\t"), UInt8(ascii: "\r"),
      UInt8(ascii: "\n"):
      true
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      text.count == 1 || !text.dropFirst().allSatisfy { (0x30...0x39).contains($0) }
    default: false
    }
  }
}
