/// What is wrong with a token file, as CSV with columns of its own (TEN-8). RFC 4180, lines end with CRLF.
public enum OATHProblemsCSV {
  public static let columns = ["row", "user", "token", "field", "problem", "remedy"]

  public static func text(_ problems: [OATHFile.Problem]) -> String {
    ([columns] + problems.map(cells)).map(CSVRow.text).joined()
  }

  /// Of one problem, in the order of ``columns``; what is not known is empty.
  public static func cells(_ problem: OATHFile.Problem) -> [String] {
    [
      String(problem.line), problem.upn?.text ?? "", problem.serial ?? "", problem.column?.rawValue ?? "",
      problem.message, problem.remedy,
    ]
  }
}
