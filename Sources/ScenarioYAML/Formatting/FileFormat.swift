public import ScenarioModel

/// The one layout of scenario, tenant, fragment and explore files.
///
/// Two spaces a level; lists indented under their key; braces and brackets on one line where they end within
/// 100 columns, else one entry a line; quotes where they matter; of several empty lines one. What was written as a block
/// stays one. Comments, the order of keys and anchors stay. A comment behind a value keeps its column where it can.
public struct FileFormat: Sendable {
  /// The file, laid out anew; of a file that is empty, or has only comments, these.
  public let text: String
  /// What no output for people may show.
  public let secrets: [String]

  /// Why a file stays as it is.
  public enum Failure: Error, Sendable {
    /// No YAML, or no text.
    case invalid(InvalidSource)
    /// Good YAML that could not be laid out anew without changing what it says: a mistake of Poundkey's.
    case unfaithful(Problem, secrets: [String])

    public var problems: [Problem] {
      switch self {
      case .invalid(let source): source.problems
      case .unfaithful(let problem, _): [problem]
      }
    }

    public var secrets: [String] {
      switch self {
      case .invalid(let source): source.secrets
      case .unfaithful(_, let secrets): secrets
      }
    }
  }

  /// - Parameter path: what the file is called in problems.
  public init(_ bytes: [UInt8], path: String) throws(Failure) {
    let secrets = YAMLText.secrets(in: bytes)
    let source = try Self.checked(bytes, path, secrets)
    let original: LayoutTree
    do throws(LayoutParser.Failure) {
      original = try LayoutParser.tree(source)
    } catch {
      let place = SourcePlace(path: path, span: SourceSpan(line: error.line, column: error.column))
      throw .unfaithful(
        Problem(
          "not-formatted", "\(error.what) is nothing that fmt can lay out: the file is left as it is", at: place,
          hint: "write it in another way"), secrets: secrets)
    }
    let text = LayoutWriter.text(original)
    guard Self.isFaithful(text, to: source, original) else {
      let place = Self.firstDifference(source, text, path)
      throw .unfaithful(
        Problem("not-formatted", "laid out anew, the file would not say the same: it is left as it is", at: place),
        secrets: secrets)
    }
    self.text = text
    self.secrets = secrets
  }

  /// The text without a byte order mark, its lines ended by line feeds.
  private static func checked(_ bytes: [UInt8], _ path: String, _ secrets: [String]) throws(Failure) -> String {
    do throws(Problem) {
      let text = try YAMLText(path: path, bytes: bytes)
      _ = try text.compose()
      return text.lines.map(String.init).joined(separator: "\n")
    } catch {
      throw .invalid(InvalidSource(problems: [error], secrets: secrets))
    }
  }

  /// Whether the same nodes, the same comments and as many `#` are there, and a second time changes nothing.
  private static func isFaithful(_ text: String, to source: String, _ original: LayoutTree) -> Bool {
    if EventComparison.isEmpty(source) { return text.filter { $0 != "\n" } == stripped(source) }
    guard EventComparison.isSame(source, text) else { return false }
    guard let tree = try? LayoutParser.tree(text), tree.comments == original.comments else { return false }
    return pounds(text) == pounds(source) && LayoutWriter.text(tree) == text
  }

  private static func stripped(_ source: String) -> String {
    SourceText.lines(source).map { LayoutParser.trimmed(String($0)) }.filter { $0 != "---" }.joined()
  }

  private static func pounds(_ text: String) -> Int { text.unicodeScalars.count { $0 == "#" } }

  private static func firstDifference(_ source: String, _ text: String, _ path: String) -> SourcePlace {
    let (old, new) = (SourceText.lines(source), SourceText.lines(text))
    let same = zip(old, new).prefix { $0 == $1 }.count
    return SourcePlace(path: path, span: SourceSpan(line: min(same + 1, max(1, old.count)), column: 1))
  }
}
