import ArgumentParser
import Reports
import Runs

struct MergeVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Put the streams of all shards of a run together.",
    discussion: """
      Takes what `run --shard I/N --report jsonl=FILE` wrote for each shard. The merged stream is, byte by byte, the one \
      of the run without shards; all other reports are made from it.

      Examples:
        poundkey merge shard-*.jsonl --report jsonl=all.jsonl --report html=report.html
        poundkey merge shard-*.jsonl --json

      Exit codes: 0 all passed, 1 a scenario failed, 2 usage or a path does not exist, 3 what was run has an invalid \
      file, or a file is no stream, 4 a file cannot be read, now or when it was run, or a report not written, 6 a case \
      is missing or there twice, a stream was cut off, or the streams are of different runs. Of several, the first of \
      2, 6, 4 for a report, 3, 4 and 1.
      """)

  @Argument(help: ArgumentHelp("The streams of all shards, in any order.", valueName: "shard.jsonl"))
  var streams: [String]

  @Option(name: .customLong("report"), help: ReportRequest.help)
  var reports: [ReportRequest] = []

  @Flag(help: "Print the result as JSON, with all that is missing.")
  var json = false

  func run() throws {
    if json, reports.takesStandardOutput {
      throw Failure(.usage, "error: --json and a report cannot both go to standard output: give the report a file")
    }
    try reports.check(inputs: streams)
    let merge = try StreamMerge(streams)
    var console = MergeConsole(isOnError: reports.takesStandardOutput, isJSON: json)
    guard merge.plan.isOneRun else {
      console.finish(merge.plan, nil)
      throw Failure(.mergeIncomplete)
    }
    let clock = merge.plan.header?.clock ?? .virtual
    var reporting = Reporting(reports)
    let end = try merge.play { record, line in
      console.tell(record, clock)
      reporting.take(record, line: line)
    }
    console.finish(merge.plan, end)
    let unwritten = reporting.finish()
    for reason in unwritten { Output.error(reason) }
    if let code = exitCode(merge.plan, end, allWritten: unwritten.isEmpty) { throw Failure(code) }
  }

  private func exitCode(_ plan: MergePlan, _ end: RunEnd, allWritten: Bool) -> ExitCode? {
    if !plan.findings.isEmpty || end.notRun > 0 { return .mergeIncomplete }
    if !allWritten { return .environment }
    if end.invalid > 0 { return .invalidFile }
    if end.unreadable > 0 { return .environment }
    return end.failed > 0 ? .contentAtFault : nil
  }
}
