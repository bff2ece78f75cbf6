extension OATHFile {
  /// One thing that is wrong, in the file or with what it asks of the tenant. Never holds a secret, not even one in the
  /// wrong column.
  public struct Problem: Error, Hashable, Sendable {
    /// In the file, from 1.
    public let line: Int
    /// What the row says where that can be told; a file as a whole has neither.
    public var upn: UPN?
    public var serial: String?
    /// nil where no single column is at fault.
    public let column: Column?
    /// What is wrong, without a full stop.
    public let message: String
    /// What to do.
    public let remedy: String

    init(line: Int, column: Column? = nil, _ message: String, remedy: String) {
      self.line = line
      self.column = column
      self.message = message
      self.remedy = remedy
    }

    func naming(_ owner: UPN?, _ serial: String?) -> Problem {
      var problem = self
      problem.upn = owner
      problem.serial = serial
      return problem
    }
  }
}

extension OATHFile.Problem {
  init(_ problem: CSVRecords.Problem) {
    let remedy = "quote a field that holds a quote or a comma, and write its quotes twice: \"6 \"\" long\""
    let columns = OATHFile.Column.allCases
    switch problem {
    case .unclosedQuote(let line):
      self.init(line: line, "a quoted field begins here and never ends", remedy: Self.closing)
    case .afterQuote(let line, let column):
      self.init(
        line: line, column: columns.indices.contains(column) ? columns[column] : nil,
        "something follows a closing quote", remedy: remedy)
    case .strayQuote(let line, let column):
      self.init(
        line: line, column: columns.indices.contains(column) ? columns[column] : nil,
        "a quote stands within a field that does not begin with one", remedy: remedy)
    }
  }

  /// A field that goes on over lines that look like rows.
  static func swallowing(line: Int) -> OATHFile.Problem {
    OATHFile.Problem(
      line: line, "a quoted field begins here and takes in rows below, which are read for themselves", remedy: closing)
  }

  private static let closing = "add the quote that closes it"

  /// Why the tenant does not take the token of a row.
  init(_ refusal: CommandRefusal, line: Int, column: OATHFile.Column, remedy: String) {
    self.init(line: line, column: column, refusal.explanation, remedy: remedy)
  }
}
