/// What is wrong with a token file, as CSV with columns of its own (TEN-8). RFC 4180, lines end with CRLF.
public enum OATHProblemsCSV {
  public static let columns = ["row", "user", "token", "field", "problem", "remedy"]

  public static func text(_ problems: [OATHFile.Problem]) -> String {
    ([columns] + problems.map(cells)).map { $0.map(cell).joined(separator: ",") + "\r\n" }.joined()
  }

  /// Of one problem, in the order of ``columns``; what is not known is empty.
  public static func cells(_ problem: OATHFile.Problem) -> [String] {
    [
      String(problem.line), problem.upn?.text ?? "", problem.serial ?? "", problem.column?.rawValue ?? "",
      problem.message, problem.remedy,
    ]
  }

  /// Spreadsheets take a cell that begins with one of these for a formula; an apostrophe makes it text.
  private static func cell(_ text: String) -> String {
    let isFormula = text.unicodeScalars.first.map { "=+-@\t\r\n|".unicodeScalars.contains($0) } ?? false
    let safe = isFormula ? "'" + text : text
    guard safe.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else { return safe }
    return "\"" + safe.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}
