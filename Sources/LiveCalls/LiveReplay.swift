public import ScenarioModel
public import Simulation
public import VerificationCore

/// A scenario in real time: the same rehearsal as in virtual time, with the pauses kept.
public struct LiveReplay<C: Clock<Duration>>: Sendable {
  private let clock: C
  private let seed: UInt64
  private let epoch: C.Instant

  /// The replay begins now.
  public init(clock: C, seed: UInt64 = 1) {
    self.clock = clock
    self.seed = seed
    epoch = clock.now
  }

  /// How far the replay is, from its start.
  public var elapsed: Milliseconds { Milliseconds(roundingDown: epoch.duration(to: clock.now)) }

  /// Plays to the end and hands over what happened as it happens.
  ///
  /// - Throws: `CancellationError` when the task is cancelled.
  public func play(
    _ scenario: Scenario, onNews: (_ news: [JournalEntry], _ board: Switchboard, _ now: Instant) async -> Void
  ) async throws -> Verdict {
    var rehearsal = Rehearsal(scenario, seed: seed)
    var (now, told) = (scenario.given.start, 0)
    while true {
      let next = rehearsal.proceed(at: now)
      await onNews(Array(rehearsal.board.journal[told...]), rehearsal.board, now)
      told = rehearsal.board.journal.count
      guard let next else { return rehearsal.verdict }
      try await clock.sleep(until: epoch.advanced(by: (next - scenario.given.start).duration), tolerance: nil)
      now = next
    }
  }
}
