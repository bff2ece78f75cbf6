/// Records of comma-separated values, RFC 4180.
///
/// Written here because the core imports nothing: the Swift packages for CSV need Foundation, Debian's libcsv would need a
/// shell of its own and forgets line numbers, and what a token file needs of the format is this page.
///
/// Lines end with LF, CRLF or CR; blank lines are no records; a byte order mark is passed over. The whole of RFC 4180's
/// quoting is read, and what is not of it is a problem with its line, never a guess.
public struct CSVRecords {
  public struct Record: Hashable, Sendable {
    /// Of its first character, from 1; quoted fields may go on below.
    public let line: Int
    public let fields: [String]
    /// Where each field begins in its line, from 1, in Unicode scalars.
    public let columns: [Int]
  }

  public enum Problem: Error, Hashable, Sendable {
    /// A quoted field of the record at `line` never ends; what follows cannot be told apart.
    case unclosedQuote(line: Int)
    /// Something follows a closing quote.
    case afterQuote(line: Int, column: Int)
    /// A quote within a field that does not begin with one.
    case strayQuote(line: Int, column: Int)
  }

  private var rest: Substring.UnicodeScalarView
  private var line = 1
  /// Scalars of the line that were taken.
  private var taken = 0

  public init(_ text: String) {
    rest = Substring(text).unicodeScalars
    if rest.first == "\u{FEFF}" { rest.removeFirst() }
  }

  /// The next record or what is wrong with it; nil at the end.
  public mutating func next() -> Result<Record, Problem>? {
    while takeLineEnd() {}
    guard !rest.isEmpty else { return nil }
    let start = line
    var (fields, columns, problem) = ([String](), [Int](), Problem?.none)
    while true {
      columns.append(taken + 1)
      do {
        fields.append(try field(start, column: fields.count))
      } catch {
        problem = problem ?? error
      }
      guard rest.first == "," else { break }
      rest.removeFirst()
      taken += 1
    }
    _ = takeLineEnd()
    return problem.map { .failure($0) } ?? .success(Record(line: start, fields: fields, columns: columns))
  }

  /// Leaves `rest` at the comma or line end after the field, also after a problem.
  private mutating func field(_ start: Int, column: Int) throws(Problem) -> String {
    guard rest.first == "\"" else {
      let plain = takeUntilDelimiter()
      guard !plain.contains("\"") else { throw .strayQuote(line: start, column: column) }
      return String(plain)
    }
    rest.removeFirst()
    taken += 1
    var field = String.UnicodeScalarView()
    while let scalar = rest.popFirst() {
      taken += 1
      if scalar == "\"" {
        guard rest.first == "\"" else {
          guard takeUntilDelimiter().isEmpty else { throw .afterQuote(line: start, column: column) }
          return String(field)
        }
        rest.removeFirst()
        taken += 1
      } else if scalar == "\n" || (scalar == "\r" && rest.first != "\n") {
        line += 1
        taken = 0
      }
      field.append(scalar)
    }
    throw .unclosedQuote(line: start)
  }

  private mutating func takeUntilDelimiter() -> Substring.UnicodeScalarView {
    let end = rest.firstIndex { $0 == "," || $0 == "\n" || $0 == "\r" } ?? rest.endIndex
    let taken = rest[..<end]
    rest = rest[end...]
    self.taken += taken.count
    return taken
  }

  private mutating func takeLineEnd() -> Bool {
    guard let scalar = rest.first, scalar == "\n" || scalar == "\r" else { return false }
    rest.removeFirst()
    if scalar == "\r", rest.first == "\n" { rest.removeFirst() }
    line += 1
    taken = 0
    return true
  }
}
