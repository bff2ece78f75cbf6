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
    public let said: Sentence
    /// What to do.
    public let advice: Sentence

    init(line: Int, column: Column? = nil, said message: Phrasing, remedy: Phrasing) {
      self.line = line
      self.column = column
      self.said = message.sentence
      self.advice = remedy.sentence
    }

    /// ``said`` in English.
    public var message: String { said.text }
    /// ``advice`` in English.
    public var remedy: String { advice.text }

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
    let quoting = Sentence(
      "quote a field that holds a quote or a comma, and write its quotes twice: \"6 \"\" long\"")
    let columns = OATHFile.Column.allCases
    switch problem {
    case .unclosedQuote(let line):
      self.init(line: line, said: "a quoted field begins here and never ends", remedy: "\(Self.closing)")
    case .afterQuote(let line, let column):
      self.init(
        line: line, column: columns.indices.contains(column) ? columns[column] : nil,
        said: "something follows a closing quote", remedy: "\(quoting)")
    case .strayQuote(let line, let column):
      self.init(
        line: line, column: columns.indices.contains(column) ? columns[column] : nil,
        said: "a quote stands within a field that does not begin with one", remedy: "\(quoting)")
    }
  }

  /// A field that goes on over lines that look like rows.
  static func swallowing(line: Int) -> OATHFile.Problem {
    OATHFile.Problem(
      line: line, said: "a quoted field begins here and takes in rows below, which are read for themselves",
      remedy: "\(closing)")
  }

  private static let closing = Sentence("add the quote that closes it")

  /// Why the tenant does not take the token of a row.
  init(_ refusal: CommandRefusal, line: Int, column: OATHFile.Column, remedy: Phrasing) {
    self.init(line: line, column: column, said: "\(refusal.said)", remedy: remedy)
  }
}
