public import ScenarioModel

/// A file that cannot be used: all its problems, and what must be masked when its lines are shown.
public struct InvalidSource: Error, Sendable {
  public let problems: [Problem]
  public let secrets: [String]
  /// What was read, for quoting.
  public internal(set) var texts: SourceTexts

  init(problems: [Problem], secrets: [String], texts: SourceTexts = SourceTexts()) {
    self.problems = problems
    self.secrets = secrets
    self.texts = texts
  }
}
