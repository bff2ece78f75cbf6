import ScenarioModel
import VerificationCore
import Yams

/// Reads a CSV file of hardware tokens that a scenario or a tenant names.
struct TokenFileReader {
  let reading: Reading

  /// With whatever is wrong in its rows: an import tells these by itself.
  func file(_ node: Node, _ what: String) -> OATHFile? {
    guard let name = reading.string(node, what) else { return nil }
    let path = RelativePath.resolve(name, from: reading.path)
    do throws(SourceFailure) {
      guard let bytes = try reading.files?.load(path) else { throw .missing }
      guard let text = String(validating: bytes, as: UTF8.self) else {
        reading.report("wrong-tokens", "\(name) is not UTF-8", at: node)
        return nil
      }
      return OATHFile(text)
    } catch {
      reading.report("unreadable", "\(name) \(error.reason)", at: node)
      return nil
    }
  }

  /// Tokens that a tenant has from the start: every row must be good.
  func tokens(_ node: Node) -> [OATHToken] {
    guard let file = file(node, "tokens") else { return [] }
    for problem in file.problems {
      reading.report(
        "wrong-tokens", "line \(problem.line) of the tokens: \(problem.message)", at: node, hint: problem.remedy)
    }
    return file.rows.map(\.token)
  }
}
