/// A file of hardware tokens: `upn,serial number,secret key,time interval,manufacturer,model` (TEN-8).
public struct OATHFile: Hashable, Sendable {
  /// Columns, in their order. Mark: seed.
  public enum Column: String, Hashable, Sendable, CaseIterable {
    case upn
    case serialNumber = "serial number"
    case secretKey = "secret key"
    case timeInterval = "time interval"
    case manufacturer
    case model
  }

  /// Bytes of a file. Mark: ours.
  public static let maxBytes = 5_000_000

  public struct Row: Hashable, Sendable {
    /// In the file, from 1.
    public let line: Int
    public let token: OATHToken
  }

  /// One thing that is wrong. Never holds a secret, not even one in the wrong column.
  public struct Problem: Error, Hashable, Sendable {
    /// In the file, from 1.
    public let line: Int
    /// What the row says where that can be told; a file as a whole has neither.
    public var upn: UPN?
    public var serial: String?
    /// nil where no single column is at fault.
    public let column: Column?
    public let message: String
    public let remedy: String

    init(line: Int, column: Column? = nil, _ message: String, remedy: String) {
      self.line = line
      self.column = column
      self.message = message
      self.remedy = remedy
    }
  }

  /// Those without a problem.
  public private(set) var rows: [Row] = []
  /// In the order of the file; a row may have several.
  public private(set) var problems: [Problem] = []
  /// Rows with at least one problem; a wrong header is none.
  public private(set) var wrongRows = 0

  /// - Parameter text: the file, whose bytes were UTF-8.
  public init(_ text: String) {
    var records = CSVRecords(text)
    guard let header = records.next() else {
      problems = [Problem(line: 1, "the file is empty", remedy: "begin it with \(Self.header)")]
      return
    }
    if let problem = OATHHeader.problem(header) {
      problems = [problem]
      return
    }
    while let record = records.next() { add(record) }
    if rows.isEmpty, problems.isEmpty {
      problems = [Problem(line: 2, "there is no token below the header", remedy: "write a line for each token")]
    }
  }

  /// `upn,serial number,...`
  public static var header: String { Column.allCases.map(\.rawValue).joined(separator: ",") }

  private mutating func add(_ record: Result<CSVRecords.Record, CSVRecords.Problem>) {
    switch record {
    case .success(let record):
      switch OATHRow.read(record) {
      case .success(let token): rows.append(Row(line: record.line, token: token))
      case .failure(let found): fail(found.problems)
      }
    case .failure(let problem): fail([Problem(problem)])
    }
  }

  private mutating func fail(_ found: [Problem]) {
    wrongRows += 1
    problems += found
  }
}

extension OATHFile.Problem {
  init(_ problem: CSVRecords.Problem) {
    let remedy = "quote a field that holds a quote or a comma, and write its quotes twice: \"6 \"\" long\""
    let columns = OATHFile.Column.allCases
    switch problem {
    case .unclosedQuote(let line):
      self.init(line: line, "a quoted field begins here and never ends", remedy: "add the quote that closes it")
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
}
