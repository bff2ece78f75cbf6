import Reports
import Runs
import ScenarioModel
import VerificationCore

/// What people, or scripts, see of a merge: what is wrong with the streams, what failed, the result.
struct MergeConsole {
  /// More names than these help nobody; `--json` has all.
  private static let shown = 20

  /// Whether standard output belongs to a report.
  let isOnError: Bool
  let isJSON: Bool

  /// Tells of problems as the records come.
  func tell(_ record: RunRecord, _ clock: RunHeader.Clock) {
    guard !isJSON else { return }
    switch record {
    case .case(let played):
      for problem in played.problems { show(problem, of: played, clock) }
    case .invalid(let file):
      for problem in file.problems { show(problem, of: nil, clock) }
    case .run, .plan, .recording, .end: break  // nothing is wrong
    }
  }

  private func show(_ problem: ProblemRecord, of played: CaseRecord?, _ clock: RunHeader.Clock) {
    var problem = problem
    if let played {
      problem.notes.append(.init(.rerun, RerunCommand.text(played, problem, clock: clock, program: Output.program)))
    }
    Output.error(ProblemText(style: Output.errorStyle).render(problem, of: played))
  }

  /// - Parameter end: nil where the streams are of several runs, and nothing was merged.
  func finish(_ plan: MergePlan, _ end: RunEnd?) {
    if isJSON { return Output.line(json(plan, end)) }
    for finding in plan.findings.prefix(Self.shown) { Output.error("error: \(finding)") }
    more(plan.findings.count, "")
    let missing = plan.missing
    if end != nil, !missing.isEmpty {
      Output.error("error: \(missing.count) of \(plan.header?.cases ?? 0) cases are missing:")
      for id in plan.ids(of: missing.prefix(Self.shown)) { Output.error("  \(Printable.text(id))") }
      more(missing.count, "  ")
    }
    if let end, let header = plan.header { write(total(end, header)) }
  }

  private func more(_ count: Int, _ indent: String) {
    if count > Self.shown { Output.error("\(indent)and \(count - Self.shown) more; --json lists all") }
  }

  private func write(_ line: String) {
    if isOnError { Output.error(line) } else { Output.line(line) }
  }

  private func total(_ end: RunEnd, _ header: RunHeader) -> String {
    var counts = ["\(end.passed) passed", "\(end.failed) failed"]
    if end.skipped > 0 { counts.append("\(end.skipped) skipped") }
    if end.invalid > 0 { counts.append("\(end.invalid) invalid") }
    if end.unreadable > 0 { counts.append("\(end.unreadable) unreadable") }
    if end.notRun > 0 { counts.append("\(end.notRun) missing") }
    let shards = header.shard.map { ", \($0.count) shards" } ?? ""
    return "\(counts.joined(separator: ", ")) · \(end.length.stopwatch) of calls, seed \(header.seed)\(shards)"
  }

  private func json(_ plan: MergePlan, _ end: RunEnd?) -> String {
    let result: JSONLine.Value =
      end.map { end in
        .object(
          JSONLine([
            ("passed", .number(Int64(end.passed))), ("failed", .number(Int64(end.failed))),
            ("skipped", .number(Int64(end.skipped))), ("invalid", .number(Int64(end.invalid))),
            ("unreadable", .number(Int64(end.unreadable))), ("missing", .number(Int64(end.notRun))),
            ("seconds", .seconds(end.length.duration)),
          ]))
      } ?? .null
    let missing = end == nil ? [] : plan.ids(of: plan.missing)
    return JSONLine([
      ("complete", .flag(plan.findings.isEmpty && missing.isEmpty && end != nil)), ("result", result),
      ("problems", .list(plan.findings.map { .text("\($0)") })), ("missing", .list(missing.map { .text($0) })),
    ]).text
  }
}
