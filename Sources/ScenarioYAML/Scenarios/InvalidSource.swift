public import ScenarioModel

/// A file that cannot be used: all its problems, and what must be masked when its lines are shown.
public struct InvalidSource: Error, Sendable {
  public let problems: [Problem]
  public let secrets: [String]
}
