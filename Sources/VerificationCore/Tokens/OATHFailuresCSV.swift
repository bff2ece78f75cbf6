/// What is wrong with a token file, or was refused of it, as CSV with columns of its own (TEN-8). RFC 4180, lines end with
/// CRLF.
public enum OATHFailuresCSV {
  public static let columns = ["line", "upn", "serial number", "field", "reason", "remedy"]

  /// The first line, with its end.
  public static var header: String { CSVRow.text(columns) }

  /// Of one problem, with its end.
  public static func line(_ problem: OATHFile.Problem) -> String { CSVRow.text(cells(problem)) }

  /// The whole file.
  public static func text(_ problems: [OATHFile.Problem]) -> String { header + problems.map(line).joined() }

  /// Of one problem, in the order of ``columns``, as they are; what is not known is empty.
  public static func cells(_ problem: OATHFile.Problem) -> [String] {
    [
      String(problem.line), problem.upn?.text ?? "", problem.serial ?? "", problem.column?.rawValue ?? "",
      problem.message, problem.remedy,
    ]
  }
}
