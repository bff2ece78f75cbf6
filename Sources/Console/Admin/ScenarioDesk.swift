/// Where the scenarios of the served folders are listed and run.
public protocol ScenarioDesk: Sendable {
  func list() async throws -> [ScenarioEntry]

  /// Runs them in virtual time, with a result for each case.
  ///
  /// - Parameters:
  ///   - paths: as they are listed; nil is all.
  ///   - name: one case of a single file.
  func run(_ paths: [String]?, case name: String?) async throws -> ScenarioRun
}

public struct ScenarioEntry: Hashable, Sendable {
  public struct Case: Hashable, Sendable {
    /// The row of the matrix; nil where the file has none.
    public let name: String?
    public let title: String

    public init(name: String?, title: String) { (self.name, self.title) = (name, title) }
  }

  /// Below the folder that is served, its name before it; no path of the machine.
  public let path: String
  public let title: String
  public let tags: [String]
  public let cases: [Case]
  /// Why it cannot be run, as a run stream has problems; nil where it can.
  public let problems: JSON?

  public init(path: String, title: String, tags: [String], cases: [Case], problems: JSON? = nil) {
    (self.path, self.title, self.tags, self.cases, self.problems) = (path, title, tags, cases, problems)
  }
}

public struct ScenarioRun: Hashable, Sendable {
  /// The `case` records of a run stream, each one JSON object.
  public let results: [[UInt8]]
  /// The `invalid` records.
  public let invalid: [[UInt8]]
  /// What is played, by its key.
  public let recordings: [String: JSON]
  public let passed: Int
  public let failed: Int
  public let skipped: Int

  public init(
    results: [[UInt8]], invalid: [[UInt8]], recordings: [String: JSON], passed: Int, failed: Int, skipped: Int
  ) {
    (self.results, self.invalid, self.recordings) = (results, invalid, recordings)
    (self.passed, self.failed, self.skipped) = (passed, failed, skipped)
  }
}
