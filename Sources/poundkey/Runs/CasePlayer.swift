import LiveCalls
import Reports
import Runs
import ScenarioModel
import Simulation
import VerificationCore

/// Plays cases of a plan, each for itself: nothing that one does is seen by another.
struct CasePlayer: Sendable {
  let plan: RunPlan
  /// Indices of the plan's cases, as they are played.
  let order: [Int]
  let chunks: Chunks
  /// Whether the journal is handed over too.
  let keepsJournal: Bool
  private let traces: TraceChoice
  /// What else is found in a case after it was played, before its record is made.
  private let findings: Findings

  /// - Parameter round: from 1.
  typealias Findings = @Sendable (_ verdict: Verdict, _ round: Int) -> [Problem]

  init(
    _ plan: RunPlan, order: [Int], keepsJournal: Bool, traces: TraceChoice = .off,
    findings: @escaping Findings = { _, _ in [] }
  ) {
    self.plan = plan
    self.order = order
    self.keepsJournal = keepsJournal
    self.traces = traces
    self.findings = findings
    chunks = Chunks(order, of: plan, one: plan.options.clock == .real)
  }

  /// What came of one case.
  struct Played: Sendable {
    let played: PlayedCase
    /// Empty unless it is kept.
    let journal: [JournalEntry]
    let start: Instant
    let zone: ClockZone?
  }

  /// - Returns: nil where it was cancelled, which only happens in real time.
  func play(_ chunk: Int) async -> [Played]? {
    var results: [Played] = []
    results.reserveCapacity(chunks.ranges[chunk].count)
    for index in order[chunks.ranges[chunk]] {
      guard let played = await play(case: index) else { return nil }
      results.append(played)
    }
    return results
  }

  private func play(case index: Int) async -> Played? {
    if plan.options.clock == .virtual { return playAtOnce(case: index) }
    if let skipped = skipped(case: index) { return skipped }
    let planned = plan.cases[index]
    let (scenario, seed) = (plan.scenario(of: planned), plan.seed(of: planned))
    let verdict = try? await LiveReplay(clock: ContinuousClock(), seed: seed).play(scenario) { _, _, _ in }
    return verdict.map { played($0, case: index) }
  }

  /// In virtual time, on the thread that asks.
  ///
  /// - Parameter index: of the plan's cases.
  func playAtOnce(case index: Int) -> Played {
    let planned = plan.cases[index]
    return skipped(case: index)
      ?? played(VirtualDriver.play(plan.scenario(of: planned), seed: plan.seed(of: planned)), case: index)
  }

  private func skipped(case index: Int) -> Played? {
    let planned = plan.cases[index]
    guard let skip = plan.skip(of: planned) else { return nil }
    let scenario = plan.scenario(of: planned)
    let played = PlayedCase(
      skipped: scenario, because: skip, at: plan.position(of: index), seed: plan.seed(of: planned))
    return Played(played: played, journal: [], start: scenario.given.start, zone: scenario.given.zone)
  }

  private func played(_ verdict: Verdict, case index: Int) -> Played {
    let planned = plan.cases[index]
    let (scenario, seed, position) = (verdict.scenario, plan.seed(of: planned), plan.position(of: index))
    var played = PlayedCase(
      verdict, at: position, seed: seed, mask: plan.mask(of: planned), findings: findings(verdict, Int(planned.round)),
      lines: plan.file(of: planned).texts.lines)
    if traces.wants(played.record.status) { played.record.trace = CaseTrace.of(scenario, seed: seed) }
    return Played(
      played: played, journal: keepsJournal ? verdict.journal : [], start: scenario.given.start,
      zone: scenario.given.zone)
  }
}
