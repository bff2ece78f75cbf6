/// The rows of a file of hardware tokens, one after the other, each for itself: what a tenant makes of them is no matter
/// here (TEN-8).
public struct OATHRows: IteratorProtocol, Sendable {
  public enum Entry: Hashable, Sendable {
    case token(OATHFile.Row)
    /// All that is wrong with one row.
    case wrongRow([OATHFile.Problem])
    /// The header, or that no row is below it; alone, or the last.
    case wrongFile(OATHFile.Problem)
  }

  private var records: CSVRecords
  private var reader = OATHRow()
  private var hasHeader = false
  private var isOver = false
  private var hasRows = false

  /// - Parameter bytes: of the whole file; what is not UTF-8 is found to be wrong.
  public init(_ bytes: [UInt8]) { records = CSVRecords(bytes) }

  public var byteCount: Int { records.bytes.count }
  /// How many of them have been read; all at the end.
  public var bytesRead: Int { records.position }

  public mutating func next() -> Entry? {
    guard !isOver else { return nil }
    if !hasHeader {
      hasHeader = true
      if let problem = OATHHeader.problem(&records) { return ending(.wrongFile(problem)) }
    }
    guard records.advance() else {
      return ending(
        hasRows
          ? nil
          : .wrongFile(
            OATHFile.Problem(line: 2, said: "there is no token below the header", remedy: "write a line for each token")
          ))
    }
    hasRows = true
    if let problem = records.problem { return .wrongRow([OATHFile.Problem(problem)]) }
    if records.swallowsRows {
      records.leaveRest()
      return .wrongRow([.swallowing(line: records.line)])
    }
    switch reader.token(records) {
    case .success(let token): return .token(OATHFile.Row(line: records.line, token: token))
    case .failure(let wrong): return .wrongRow(wrong.problems)
    }
  }

  private mutating func ending(_ entry: Entry?) -> Entry? {
    isOver = true
    return entry
  }
}

extension CSVRecords {
  /// Whether one of the lines on which the record goes on has as many commas as a row: the quote that seems to close a
  /// field is then one of another row.
  fileprivate var swallowsRows: Bool {
    guard let secondLine, let end = fields.last?.range.upperBound else { return false }
    var commas = 0
    for byte in bytes[secondLine..<Swift.max(secondLine, end)] {
      switch byte {
      case Byte.comma:
        commas += 1
        if commas == OATHFile.Column.allCases.count - 1 { return true }
      case Byte.lineFeed, Byte.carriageReturn: commas = 0
      default: break
      }
    }
    return false
  }
}
