/// What is wrong with a token file, or was refused of it, as CSV with columns of its own (TEN-8). RFC 4180, lines end with
/// CRLF.
public enum OATHFailuresCSV {
  public static let columns = ["line", "upn", "serial number", "field", "reason", "remedy"]

  /// The first line, with its end.
  public static var header: String { line(columns) }

  /// Of one problem, with its end.
  public static func line(_ problem: OATHFile.Problem) -> String { line(cells(problem)) }

  /// The whole file.
  public static func text(_ problems: [OATHFile.Problem]) -> String { header + problems.map(line).joined() }

  /// Of one problem, in the order of ``columns``, as they are; what is not known is empty.
  public static func cells(_ problem: OATHFile.Problem) -> [String] {
    [
      String(problem.line), problem.upn?.text ?? "", problem.serial ?? "", problem.column?.rawValue ?? "",
      problem.message, problem.remedy,
    ]
  }

  private static func line(_ cells: [String]) -> String { cells.map(cell).joined(separator: ",") + "\r\n" }

  /// Spreadsheets take a cell that begins with one of these, also behind a quote, for a formula; an apostrophe makes it
  /// text.
  private static func cell(_ text: String) -> String {
    let first = text.unicodeScalars.first { $0 != "\"" && $0 != "'" && $0 != " " }
    let isFormula = first.map { "=+-@\t\r\n|".unicodeScalars.contains($0) } ?? false
    let safe = isFormula ? "'" + text : text
    guard safe.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else { return safe }
    return "\"" + safe.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}
