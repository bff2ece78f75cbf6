import Reports
import Runs
import ScenarioModel
import Simulation
import VerificationCore

/// What people see of a run: a line a file, failures as they come, a summary.
struct RunConsole {
  struct Options {
    /// Failures and the summary only.
    var isQuiet = false
    /// Each case as a captioned transcript.
    var showsTranscripts = false
    /// Whether standard output is taken by a report.
    var isOnError = false
  }

  private let options: Options
  private let header: RunHeader
  private let plan: RunPlan
  private let style: Style
  private let problems = ProblemText(style: Output.errorStyle)
  private var text: RunText
  private var summary: RunSummary
  private var bar: ProgressBar
  private var failed = 0

  /// - Parameter cases: of the plan, those that are run.
  init(_ header: RunHeader, _ plan: RunPlan, cases: [Int], _ options: Options) {
    self.options = options
    self.header = header
    self.plan = plan
    style = options.isOnError ? Output.errorStyle : Output.style
    let counts = cases.reduce(into: Array(repeating: 0, count: plan.files.count)) { $0[Int(plan.cases[$1].file)] += 1 }
    let files = zip(plan.files, counts).map { ($0.path, $1) }.filter { $0.1 > 0 }
    let width = options.isOnError ? nil : TerminalSize.current?.columns
    text = RunText(
      style: style, terminalWidth: width,
      files: Dictionary(uniqueKeysWithValues: files))
    summary = RunSummary(style: style, terminalWidth: width)
    bar = ProgressBar("run", total: cases.count)
  }

  mutating func tell(_ played: CasePlayer.Played) {
    let record = played.played.record
    summary.take(record)
    if record.status == .failed { failed += 1 }
    let lines = text.lines(record)
    if options.showsTranscripts {
      // Each case is its own, also where the file has many.
      write(header.rounds > 1 || record.name != nil ? [Printable.text(record.id)] + lines : lines)
      let mask = plan.mask(of: plan.cases[record.number - 1])
      let journal = JournalText(
        style: style, start: played.start, width: Output.width - 4, zone: played.zone, mask: mask)
      write(played.journal.flatMap(journal.lines).map { "    \($0)" })
    } else if !options.isQuiet {
      write(lines)
    }
    for problem in record.problems { show(problem, of: record) }
    bar.advance(failed > 0 ? "\(failed) failed" : "")
  }

  mutating func end(_ end: RunEnd) {
    if !options.isQuiet { write(text.rest()) }
    bar.clear()
    write([""] + summary.lines(end, of: header))
  }

  private mutating func show(_ problem: ProblemRecord, of record: CaseRecord) {
    bar.clear()
    let rerun = RerunCommand.text(record, problem, clock: header.clock, program: Output.program)
    Output.error(problems.render(problem, of: record, rerun: rerun))
  }

  private mutating func write(_ lines: [String]) {
    guard !lines.isEmpty else { return }
    bar.clear()
    for line in lines {
      if options.isOnError { Output.error(line) } else { Output.line(line) }
    }
  }
}
