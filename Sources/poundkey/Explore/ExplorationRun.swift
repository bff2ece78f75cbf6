import Exploration
import Reports
import ScenarioModel
import Simulation
import VerificationCore

/// One plan, walked as the command line asks.
struct ExplorationRun {
  struct Walked {
    var isGood: Bool
    var isComplete: Bool
  }

  /// Where neither the file nor the command line says: some 1.5 GB.
  private static let usualStates = 20_000_000

  private let plan: ExplorationPlan
  private let options: ExploreVerb
  private let exploration: CallExploration
  private let bound: SearchBound
  private let text = ExplorationText(style: Output.style, width: Output.width)

  /// - Throws: invalid file where the plan cannot be walked.
  init(_ plan: ExplorationPlan, _ options: ExploreVerb) throws(Failure) {
    self.plan = plan
    self.options = options
    exploration = try PlannedExploration.make(plan, reduces: !options.noReduce)
    bound = SearchBound(depth: options.depth ?? plan.depth, states: options.states ?? plan.states ?? Self.usualStates)
  }

  func play(to condition: ExplorationPlan.Condition?, _ covered: CallCoverage?) throws(Failure) -> Walked {
    switch options.mode {
    case .exhaustive: try exhaust(covered)
    case .shortest: try shortest(to: condition ?? ExplorationPlan.Condition())
    case .transitions: try cover(except: covered ?? CallCoverage(), of: covered)
    case .walk: try walk()
    }
  }

  private var title: String { "\(plan.path): \(plan.title.value)" }

  /// Progress for who looks on, and the time it took.
  private func timed<Result>(_ work: ((Int, Int) -> Bool) -> Result) -> (Result, Duration) {
    let (clock, line) = (ContinuousClock(), ProgressLine(plan.path))
    let start = clock.now
    let result = work { found, waiting in
      line.show("\(Figure.grouped(found)) states, \(Figure.grouped(waiting)) to look at")
      return true
    }
    line.clear()
    return (result, start.duration(to: clock.now))
  }

  private func emit(_ traces: [CallTrace]) throws(Failure) {
    if let folder = options.emit { try EmittedScenarios(folder: folder).write(traces, of: plan) }
  }

  private func exhaust(_ covered: CallCoverage?) throws(Failure) -> Walked {
    let (findings, time) = timed { exploration.exhaust(bound: bound, progress: $0) }
    if options.json {
      Output.line(findings.jsonLine(path: plan.path, time: time))
    } else {
      Output.lines(text.lines(findings, title: title, time: time))
      if !exploration.skipped.isEmpty {
        Output.line("  \(exploration.skipped.count) combinations place no call, and were left out")
      }
    }
    try emit(findings.verdicts.filter { !$0.isGood }.compactMap(\.trace))
    if let covered {
      let (cover, _) = timed { exploration.cover(except: covered, bound: bound, progress: $0) }
      if !options.json { Output.lines(CoverageReport.lines(findings, covered)) }
      try emit(cover.runs)
    }
    if !options.json { Output.line() }
    return Walked(isGood: findings.verdicts.allSatisfy(\.isGood), isComplete: findings.isComplete)
  }

  private func shortest(to condition: ExplorationPlan.Condition) throws(Failure) -> Walked {
    let ((trace, unique, end), time) = timed { exploration.shortest(to: condition, bound: bound, progress: $0) }
    let isComplete = end == .complete || end == .satisfied
    if options.json {
      let moves = trace?.moves.map { JSONLine.Value.text($0.action.words) } ?? []
      Output.line(
        JSONLine([
          ("path", .text(plan.path)), ("condition", .text("\(condition)")), ("found", .flag(trace != nil)),
          ("moves", .list(moves)), ("unique", .number(Int64(unique))),
          ("replays", trace.map { .flag($0.replays) } ?? .null),
          ("seconds", .seconds(time)),
        ]).text)
    } else {
      Output.line(Output.style.bold(title))
      let why = isComplete ? "in no state" : "not in what was looked at: \(ExplorationText.why(end))"
      Output.line("  \(condition) \(trace.map { "after \($0.moves.count) moves" } ?? why)")
      Output.lines((trace.map(text.lines) ?? []).map { "      \($0)" } + [""])
    }
    try emit(trace.map { [$0] } ?? [])
    return Walked(isGood: trace != nil, isComplete: isComplete)
  }

  private func cover(except taken: CallCoverage, of covered: CallCoverage?) throws(Failure) -> Walked {
    let ((findings, runs), time) = timed { exploration.cover(except: taken, bound: bound, progress: $0) }
    let bad = runs.filter { !$0.replays }
    if options.json {
      Output.line(
        JSONLine([
          ("path", .text(plan.path)), ("complete", .flag(findings.isComplete)),
          ("transitions", .number(Int64(findings.transitions.count))), ("runs", .number(Int64(runs.count))),
          ("replay", .number(Int64(runs.count - bad.count))), ("seconds", .seconds(time)),
        ]).text)
    } else {
      Output.line(Output.style.bold(title))
      Output.line("  \(findings.transitions.count) transitions, \(runs.count) runs take all of them")
      if let covered { Output.lines(CoverageReport.lines(findings, covered)) }
      for run in runs {
        Output.line("  \(run.replays ? "✓" : "✗") \(run.moves.count) moves: \(run.scenario.title.value)")
      }
      Output.line()
    }
    try emit(runs)
    return Walked(isGood: bad.isEmpty, isComplete: findings.isComplete)
  }

  private func walk() throws(Failure) -> Walked {
    var chance = Chance(seed: options.seed)
    let (walked, time) = timed { _ in
      exploration.walk(options.walks, depth: bound.depth ?? 1_000, by: &chance)
    }
    if options.json {
      Output.line(
        JSONLine([
          ("path", .text(plan.path)), ("seed", .text("\(options.seed)")), ("walks", .number(Int64(options.walks))),
          ("ended", .number(Int64(walked.ended))), ("moves", .number(Int64(walked.moves))),
          ("transitions", .number(Int64(walked.transitions.count))),
          ("violations", .list(walked.violations.map { .text("\($0.0.value)") })), ("seconds", .seconds(time)),
        ]).text)
    } else {
      Output.line(Output.style.bold(title))
      Output.line(
        "  \(Figure.grouped(options.walks)) calls by chance, seed \(options.seed): \(Figure.grouped(walked.moves)) moves, "
          + "\(Figure.grouped(walked.ended)) ended, \(walked.transitions.count) transitions")
      for (property, trace) in walked.violations {
        Output.line("  \(Output.style.red("✗")) \(property.value)")
        Output.lines(text.lines(trace).map { "      \($0)" })
      }
      Output.line()
    }
    try emit(walked.violations.map(\.1))
    return Walked(isGood: walked.violations.isEmpty, isComplete: false)
  }
}
