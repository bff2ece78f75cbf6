/// CSV as RFC 4180 has it: the one place where it is written.
public enum CSVRow {
  /// Who opens it.
  public enum Reader: Hashable, Sendable {
    /// As RFC 4180 has it.
    case program
    /// A spreadsheet takes the separator from its region's settings: which one it will be is a guess.
    case spreadsheet(Separator)

    var separator: Separator {
      switch self {
      case .program: .comma
      case .spreadsheet(let separator): separator
      }
    }
  }

  public enum Separator: String, Hashable, Sendable, CaseIterable {
    case comma
    /// Where numbers are written with a decimal comma.
    case semicolon

    var text: String {
      switch self {
      case .comma: ","
      case .semicolon: ";"
      }
    }
  }

  /// The cells with separators between, CRLF behind.
  public static func text(_ cells: [String], for reader: Reader = .program) -> String {
    cells.map { cell($0, for: reader) }.joined(separator: reader.separator.text) + "\r\n"
  }

  /// Quoted where RFC 4180 asks for it. A text that a spreadsheet would compute gets an apostrophe before it, which keeps
  /// a name such as `=cmd|'/c calc'!A1` a name; a sign with nothing but digits behind it is a number, and left alone.
  ///
  /// Under another separator than it was written with a cell falls apart, quotes or not: for a spreadsheet each part that
  /// it may fall into is looked at in the same way.
  public static func cell(_ text: String, for reader: Reader = .program) -> String {
    let safe =
      switch reader {
      case .program: guarded(text)
      case .spreadsheet: guardedInParts(text)
      }
    guard safe.utf8.contains(where: { needsQuotes($0, reader) }) else { return safe }
    let doubled = safe.unicodeScalars.reduce(into: "") { $0 += $1 == "\"" ? "\"\"" : String($1) }
    return "\"\(doubled)\""
  }

  private static func guarded(_ text: String) -> String { isFormula(text[...]) ? "'" + text : text }

  private static func guardedInParts(_ text: String) -> String {
    var parts = ""
    var rest = guarded(text)[...].unicodeScalars[...]
    while let end = rest.firstIndex(where: { ",;\t\r\n".unicodeScalars.contains($0) }) {
      let next = rest.index(after: end)
      parts += String(rest[..<next])
      rest = rest[next...]
      if isFormula(Substring(rest.prefix { !",;\t\r\n".unicodeScalars.contains($0) })) { parts += "'" }
    }
    return parts + String(rest)
  }

  private static func needsQuotes(_ byte: UInt8, _ reader: Reader) -> Bool {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: ","), UInt8(ascii: "\r"), UInt8(ascii: "\n"): true
    case UInt8(ascii: ";"), UInt8(ascii: "\t"): reader != .program
    default: false
    }
  }

  private static func isFormula(_ text: Substring) -> Bool {
    // Some look behind quotes and spaces, and some take the wide forms of East Asian keyboards for the plain ones.
    let scalars = text.unicodeScalars.drop { ["\"", "'", " "].contains($0) }
    return switch scalars.first {
    case "=", "@", "|", "\t", "\r", "\n", "\u{FF1D}", "\u{FF20}", "\u{FF0B}", "\u{FF0D}": true
    case "+", "-":
      scalars.count == 1 || !scalars.dropFirst().allSatisfy { (0x30...0x39).contains($0.value) }
    default: false
    }
  }
}
