public import ScenarioModel

/// `--grep`: a regular expression that is found somewhere in the id of a case.
public struct IDPattern {
  public let text: String
  // Made once: making it costs more than many searches.
  private let regex: Regex<AnyRegexOutput>

  /// - Throws: why it is none, or one that could search without end.
  public init(_ text: String) throws(Matcher.Mistake) {
    _ = try Matcher("/\(text)/")
    guard let regex = try? Regex(text) else { throw .noPattern }
    self.text = text
    self.regex = regex
  }

  func accepts(_ id: CaseID) -> Bool { id.description.contains(regex) }
}
