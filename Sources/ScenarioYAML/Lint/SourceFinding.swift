import ScenarioModel

/// What is valid in a file, and suspect all the same.
public enum SourceFinding: String, Hashable, Sendable, CaseIterable {
  /// Nothing is heard, read or expected: the scenario passes whatever happens.
  case noCheck = "no-check"
  /// A key, a message or an answer after the hang-up.
  case afterHangup = "after-hangup"
  /// A long wait where the step behind it waits by itself, or could.
  case longWait = "long-wait"
  /// Two files of a folder with one title.
  case sameTitle = "same-title"
  /// Two tags that differ by their case or by a letter.
  case similarTag = "similar-tag"
  /// What is given holds anyway.
  case givenAnyway = "given-anyway"
  /// A column of the matrix that nothing looks up.
  case unusedColumn = "unused-column"
  /// A parameter of a fragment that nothing looks up.
  case unusedParameter = "unused-parameter"
  /// A short name of a fragment that no step uses.
  case unusedAlias = "unused-alias"
  /// Editors do not know which schema to check with.
  case noModeline = "no-modeline"

  var severity: Problem.Severity {
    switch self {
    case .noCheck, .afterHangup, .longWait, .sameTitle, .similarTag, .unusedColumn, .unusedParameter, .unusedAlias:
      .warning
    case .givenAnyway, .noModeline: .note
    }
  }

  func problem(_ message: String, at place: SourcePlace, hint: String) -> Problem {
    var problem = Problem(rawValue, message, at: place, hint: hint)
    problem.severity = severity
    return problem
  }
}
