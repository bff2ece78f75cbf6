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
    let planned = plan.cases[index]
    let (scenario, seed, position) = (plan.scenario(of: planned), plan.seed(of: planned), plan.position(of: index))
    if let skip = plan.skip(of: planned) {
      let played = PlayedCase(skipped: scenario, because: skip, at: position, seed: seed)
      return Played(played: played, journal: [], start: scenario.given.start, zone: scenario.given.zone)
    }
    guard let verdict = await verdict(scenario, seed) else { return nil }
    var played = PlayedCase(
      verdict, at: position, seed: seed, mask: plan.mask(of: planned), findings: findings(verdict, Int(planned.round)),
      lines: plan.file(of: planned).texts.lines)
    if traces.wants(played.record.status) { played.record.trace = CaseTrace.of(scenario, seed: seed) }
    return Played(
      played: played, journal: keepsJournal ? verdict.journal : [], start: scenario.given.start,
      zone: scenario.given.zone)
  }

  private func verdict(_ scenario: Scenario, _ seed: UInt64) async -> Verdict? {
    switch plan.options.clock {
    case .virtual: VirtualDriver.play(scenario, seed: seed)
    case .real: try? await LiveReplay(clock: ContinuousClock(), seed: seed).play(scenario) { _, _, _ in }
    }
  }
}
