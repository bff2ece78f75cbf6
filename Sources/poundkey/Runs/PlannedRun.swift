import ArgumentParser
import Runs
import ScenarioModel
import ScenarioYAML
import Simulation

/// A run of a plan, or of a shard of it: plays, tells, reports.
struct PlannedRun {
  let plan: RunPlan
  let files: ScenarioFiles
  let shard: Shard?
  let options: Options
  /// Indices of the plan's cases, as they are played.
  let cases: [Int]

  struct Options {
    var jobs = 1
    var shuffle: UInt64?
    /// Nothing more is begun after so many failures.
    var maxFailures = Int.max
    var trace = TraceChoice.off
    var console = RunConsole.Options()
  }

  /// How it ended.
  struct Outcome {
    var end = RunEnd()
    var failedCases: [CaseID] = []
    var invalid: [String] = []

    /// Ids of failed cases and paths of invalid files.
    var failed: [String] { failedCases.map(\.description) + invalid }

    /// Whether each case was run.
    var isWhole: Bool { end.notRun == 0 }
  }

  /// - Parameter split: which case belongs to which shard; nil for a run of all.
  init(_ plan: RunPlan, _ files: ScenarioFiles, shard: (one: Shard, split: ShardSplit)? = nil, _ options: Options) {
    self.plan = plan
    self.files = files
    self.shard = shard?.one
    self.options = options
    let all = options.shuffle.map(plan.shuffled) ?? Array(plan.cases.indices)
    cases = shard.map { shard in all.filter { shard.split.shards[$0] == shard.one.index } } ?? all
  }

  var header: RunHeader {
    plan.header(program: Poundkey.configuration.version, shuffle: options.shuffle, shard: shard)
  }

  /// - Parameters:
  ///   - reporting: gets each record of the stream, in order.
  ///   - findings: what else is wrong with a case after it was played.
  func play(
    _ reporting: inout Reporting, findings: @escaping CasePlayer.Findings = { _, _ in [] }
  ) async -> Outcome {
    var outcome = Outcome()
    var console = RunConsole(header, plan, cases: cases, options.console)
    begin(&outcome, &reporting)
    let player = CasePlayer(
      plan, order: cases, keepsJournal: options.console.showsTranscripts, traces: options.trace, findings: findings)
    var ledger = RecordingLedger()
    var run = 0
    await OrderedPlay(jobs: options.jobs, isReal: plan.options.clock == .real).run(
      player.chunks.ranges.count, play: { await player.play($0) }
    ) { chunk in
      for result in chunk {
        run += 1
        for recording in result.played.recordings where ledger.isNew(recording.key) {
          reporting.take(.recording(recording))
        }
        let record = RunRecord.case(result.played.record)
        outcome.end.count(record)
        reporting.take(record)
        console.tell(result)
        note(result.played.record, &outcome)
        if outcome.end.failed >= options.maxFailures { return false }
      }
      // In virtual time the next ones come at once.
      if plan.options.clock == .real { reporting.flush() }
      return true
    }
    outcome.end.notRun = cases.count - run
    if !outcome.isWhole { outcome.end.stopped = StopSignal.number == nil ? .maxFailures : .interrupted }
    reporting.take(.end(outcome.end))
    console.end(outcome.end)
    return outcome
  }

  /// Files of which every case was run, and none failed.
  func wholeFiles(_ outcome: Outcome) -> Set<String> {
    guard outcome.isWhole else { return [] }
    let counts = cases.reduce(into: Array(repeating: 0, count: plan.files.count)) { $0[Int(plan.cases[$1].file)] += 1 }
    let whole = zip(plan.files, counts).filter { file, count in
      file.skip == nil && count == file.cases.count * plan.options.rounds
    }
    return Set(whole.map(\.0.path)).subtracting(outcome.failedCases.map(\.path))
  }

  /// A line for people.
  func say(_ line: String) {
    if options.console.isOnError { Output.error(line) } else { Output.line(line) }
  }

  private func begin(_ outcome: inout Outcome, _ reporting: inout Reporting) {
    reporting.take(.run(header))
    for file in plan.plannedFiles { reporting.take(.plan(file)) }
    outcome.end.unreadable = files.unreadable.count
    for file in files.invalid {
      let record = RunRecord.invalid(
        InvalidFileRecord(
          path: file.path, problems: file.error.problems, secrets: file.error.secrets, lines: file.error.texts.lines))
      outcome.end.count(record)
      outcome.invalid.append(file.path)
      reporting.take(record)
    }
    files.reportInvalid()
  }

  private func note(_ record: CaseRecord, _ outcome: inout Outcome) {
    guard record.status == .failed else { return }
    outcome.failedCases.append(CaseID(path: record.path, title: record.title, name: record.name))
  }
}
