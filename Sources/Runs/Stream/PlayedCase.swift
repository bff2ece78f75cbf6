public import ScenarioModel
public import Simulation
import VerificationCore

/// A case that was played: its record, and the recordings that it plays.
///
/// The recordings of many cases are the same few: whoever writes the stream tells each once, with a `RecordingLedger`.
public struct PlayedCase: Sendable {
  public var record: CaseRecord
  /// Each once, in the order in which they are played.
  public let recordings: [RecordingRecord]

  /// Where a case stands in its run.
  public struct Position: Hashable, Sendable {
    /// In the plan, from 1.
    public var number: Int
    /// From 1; nil where cases are played once.
    public var round: Int?
    /// Where it is written in its file: the row of the matrix, else the title.
    public var line: Int

    public init(number: Int, round: Int? = nil, line: Int) {
      self.number = number
      self.round = round
      self.line = line
    }
  }

  /// - Parameters:
  ///   - seed: that it was played with.
  ///   - mask: for the secrets of its scenario, where there is one at hand.
  ///   - findings: what was found beside the verdict's own problems: a snapshot that is another one.
  ///   - lines: the lines of a file, by path, for quoting; none where it cannot be had. Asked for failed cases only.
  public init(
    _ verdict: Verdict, at position: Position, seed: UInt64, mask: SecretMask? = nil, findings: [Problem] = [],
    lines: (String) -> [Substring]
  ) {
    let row = verdict.scenario.caseValues
    let problems = (findings.isEmpty ? verdict.problems : verdict.problems + findings).map { $0.telling(row: row) }
    let mask = mask ?? verdict.scenario.given.mask
    var timeline = Timeline(
      start: verdict.scenario.given.start, zone: verdict.scenario.given.zone, mask: mask, facts: verdict.journal.count)
    for entry in verdict.journal { timeline.take(entry) }
    recordings = timeline.recordings
    record = CaseRecord(
      number: position.number, path: verdict.scenario.path, title: mask(verdict.scenario.title.value),
      name: verdict.scenario.caseName, round: position.round, line: position.line,
      tags: verdict.scenario.tags.map { mask($0) }, rules: verdict.scenario.rules, seed: seed,
      status: problems.isEmpty ? .passed : .failed, result: verdict.result, length: verdict.length,
      moments: timeline.moments,
      problems: problems.map { ProblemRecord($0, mask: mask, lines: lines) })
    for step in verdict.scenario.steps {
      guard case .skipped(let reason) = step.verb else { continue }
      record.skippedSteps.append("\(step.place): \(mask(reason))")
    }
  }

  /// A case that is not run.
  public init(skipped scenario: Scenario, because reason: String, at position: Position, seed: UInt64) {
    let mask = scenario.given.mask
    recordings = []
    record = CaseRecord(
      number: position.number, path: scenario.path, title: mask(scenario.title.value),
      name: scenario.caseName, round: position.round, line: position.line,
      tags: scenario.tags.map { mask($0) }, rules: scenario.rules, seed: seed, status: .skipped,
      skipReason: mask(reason))
  }
}

extension Problem {
  /// With what the row of the case holds, where its name does not say it.
  fileprivate func telling(row: String?) -> Problem {
    guard let row, !row.isEmpty else { return self }
    var problem = self
    problem.notes.append(Note(.row, row))
    return problem
  }
}
