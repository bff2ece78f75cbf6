import ArgumentParser
import Glibc
import Reports
import Runs
import ScenarioModel

struct RunVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run call scenarios, in virtual time unless told otherwise.",
    discussion: """
      A folder is searched for .yaml and .yml files; tenants, explorations and fragments among them are left out. \
      A line, as in pin.yaml:16, selects the row of the matrix that is written there, else the whole file.

      Examples:
        poundkey run scenarios/
        poundkey run scenarios/ --tags 'fraud,!slow' --report junit=results.xml
        poundkey run scenarios/pin.yaml:16 --case 'language=fr-FR' --seed 7
        poundkey run scenarios/ --shard 2/7 --report jsonl=shard-2.jsonl
        poundkey run scenarios/ --watch

      Exit codes: 0 all passed, 1 a case failed, 2 usage or a path that does not exist, 3 a file is invalid, 4 a file \
      cannot be read or a report not written, 5 nothing to run, 130 interrupted.
      """)

  @Argument(help: ArgumentHelp("Scenario files and folders.", valueName: "path[:line]"))
  var paths: [ScenarioRoot]

  @OptionGroup(title: "Which cases") var choice: CaseChoice
  @OptionGroup(title: "Shards") var shards: ShardOptions
  @OptionGroup(title: "How they are played") var playing: PlayingOptions
  @OptionGroup(title: "What is shown and written") var showing: ShowingOptions

  func validate() throws {
    try playing.check()
    if shards.count != nil, shards.shard == nil {
      throw ValidationError("--shards says of how many --shard auto is one")
    }
    if shards.timings != nil, shards.shard == nil {
      throw ValidationError("--timings is for --shard: it says how to cut")
    }
    let mode = [showing.list ? "--list" : nil, showing.dryRun ? "--dry-run" : nil, showing.watch ? "--watch" : nil]
      .compactMap { $0 }
    if mode.count > 1 { throw ValidationError("\(mode[0]) and \(mode[1]): choose one") }
    if let mode = mode.first, !showing.reports.isEmpty {
      throw ValidationError("\(mode) writes no report: leave out --report")
    }
    if showing.watch {
      let misfit = [
        shards.shard == nil ? nil : "--shard", showing.json ? "--json" : nil, choice.lastFailed ? "--last-failed" : nil,
        playing.clock == .real ? "--clock real" : nil, playing.updateSnapshots ? "--update-snapshots" : nil,
      ]
      if let option = misfit.compactMap({ $0 }).first { throw ValidationError("--watch does not go with \(option)") }
    }
  }

  func run() async throws {
    if showing.watch {
      var watched = try WatchedRun(self)
      return try await watched.run()
    }
    let files = try ScenarioFiles(paths, jobs: playing.threads, allowsOutside: choice.reach.allowOutside)
    let selected = try selected(files.selected(), files)
    let plan = RunPlan(selected, invalid: files.invalid.map(\.path), options: playing.planOptions)
    let run = try planned(plan, files)
    if showing.list || showing.dryRun {
      let listing = RunListing(run)
      if showing.list { listing.list(json: showing.json) } else { listing.tell() }
      files.reportInvalid()
      if let failure = files.failure { throw failure }
      return
    }
    try await play(run)
  }

  /// - Throws: nothing matched where the filters leave nothing, unless files are invalid, which is told first.
  func selected(_ all: [SelectedFile], _ files: ScenarioFiles) throws(Failure) -> [SelectedFile] {
    let selection = try choice.selection()
    do {
      return try selection.chosen(from: all)
    } catch {
      files.reportInvalid()
      throw Failure(files.failure?.code ?? .nothingMatched, "error: \(error.message)")
    }
  }

  private func planned(_ plan: RunPlan, _ files: ScenarioFiles) throws(Failure) -> PlannedRun {
    guard let choice = shards.shard else { return PlannedRun(plan, files, playing.runOptions(showing)) }
    let shard = try choice.shard(of: shards.count)
    let split = try shards.split(plan, into: shard.count)
    ShardChoice.tellBazel()
    return PlannedRun(plan, files, shard: (shard, split), playing.runOptions(showing))
  }

  private func play(_ run: PlannedRun) async throws {
    let requests = showing.requests
    // Pieces of the scenarios are read too, and what says how to cut the plan.
    let pieces = run.files.files.flatMap { $0.sources.map(\.path) }
    try requests.check(inputs: run.files.paths + pieces + [shards.timings].compactMap { $0 })
    // A pipe that nobody reads any more is told at the end; the reports are still written.
    signal(SIGPIPE, SIG_IGN)
    StopSignal.watch()
    var reporting = Reporting(requests)
    let snapshots = Snapshots(updating: playing.updateSnapshots)
    let outcome = await run.play(&reporting, findings: snapshots.problems)
    let kept = snapshots.write(whole: run.wholeFiles(outcome))
    for path in kept.written { run.say("wrote \(Printable.text(path))") }
    for path in kept.removed { run.say("removed \(Printable.text(path))") }
    let unwritten = reporting.finish() + kept.failures
    for message in unwritten { Output.error(message) }
    if outcome.isWhole, run.shard == nil { keep(outcome, of: run) }
    if let number = StopSignal.number, !outcome.isWhole { throw Failure(.stopped(by: number)) }
    if !unwritten.isEmpty { throw Failure(.environment) }
    if let failure = run.files.failure { throw failure }
    if outcome.end.failed > 0 { throw Failure(.contentAtFault) }
  }

  private func keep(_ outcome: PlannedRun.Outcome, of run: PlannedRun) {
    guard let file = LastRunFile() else { return }
    let before = file.kept ?? LastRun(failed: [])
    file.keep(
      before.followed(
        by: outcome.failed, of: run.plan, read: run.files.files, invalid: outcome.invalid, isThere: WrittenFile.exists))
  }
}
