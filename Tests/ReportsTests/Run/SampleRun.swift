import Reports
import Runs
import ScenarioModel
import ScenarioYAML
import Simulation
import TestSupport
import VerificationCore

/// A run, as the verb makes one: plays scenarios and tells its records.
struct SampleRun {
  private(set) var records: [RunRecord] = []
  private var ledger = RecordingLedger()
  private var end = RunEnd()
  private var number = 0
  let seed: UInt64

  init(seed: UInt64 = 7, cases: Int = 3, shard: Shard? = nil, program: String = "0.1.0") {
    self.seed = seed
    records.append(.run(RunHeader(program: program, seed: seed, plan: 0xA1B2, cases: cases, shard: shard)))
  }

  mutating func give(_ record: RunRecord) {
    end.count(record)
    records.append(record)
  }

  /// - Parameter text: of a scenario; it is quoted from there.
  mutating func play(_ text: String, path: String = "a/b.yaml", trace: Bool = false) throws {
    let source = try scenario(text, path: path)
    play(source, lines: SourceText.lines(text), trace: trace)
  }

  mutating func play(_ scenario: Scenario, lines: [Substring] = [], trace: Bool = false) {
    number += 1
    let position = PlayedCase.Position(number: number, line: scenario.title.place.span.line)
    var played = PlayedCase(
      VirtualDriver.play(scenario, seed: seed), at: position, seed: seed, lines: { _ in lines })
    if trace { played.record.trace = CaseTrace.of(scenario, seed: seed) }
    for recording in played.recordings where ledger.isNew(recording.key) { give(.recording(recording)) }
    give(.case(played.record))
  }

  mutating func skip(_ text: String, because reason: String, path: String = "a/b.yaml") throws {
    number += 1
    let source = try scenario(text, path: path)
    give(
      .case(
        PlayedCase(skipped: source, because: reason, at: PlayedCase.Position(number: number, line: 1), seed: seed)
          .record))
  }

  mutating func finish(stopped: RunEnd.Cause? = nil, notRun: Int = 0) {
    end.stopped = stopped
    end.notRun = notRun
    records.append(.end(end))
  }

  /// What a report writes of the records so far.
  func text(_ report: some RunReport) -> String {
    var (report, output) = (report, [UInt8]())
    for record in records { report.take(record, into: &output) }
    report.finish(into: &output)
    return String(decoding: output, as: UTF8.self)
  }

  static let busy = "scenario: 'It is busy'\nsteps:\n  - fault: busy\n  - signin\nexpect: {result: busy}\n"
  static let rejected =
    "scenario: 'Not <busy> & \"gone\" \\#1, 100%'\nsteps:\n  - fault: rejected\n  - signin\nexpect: {result: busy}\n"

  /// One case of each kind, and a file that is none.
  static func ofEachKind() throws -> SampleRun {
    var run = SampleRun()
    run.give(
      .invalid(
        InvalidFileRecord(
          path: "c.yaml", problems: [Problem("empty-file", "c.yaml is empty")], secrets: [], lines: { _ in [] })))
    try run.play(busy)
    try run.play(rejected)
    try run.skip(busy, because: "see #12", path: "a/d.yaml")
    run.finish()
    return run
  }
}
