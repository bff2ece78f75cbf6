import LiveCalls
import Simulation
import Synchronization
import VerificationCore

/// Tells everybody what happens in one session: its pages first, what keeps it then. Made first, since the exchange of a
/// session needs somebody to tell.
final class SessionTeller: Sendable {
  private let narration: Mutex<Narration>
  private let front: RoomFront
  private let session: String
  private let clock: PausableClock
  private let isKept: Bool
  private let keep: @Sendable ([JournalEntry]) -> Void
  /// The first event of the session, as though it began with this tenant.
  private let first: @Sendable (Tenant, Instant) -> RoomEvent

  init(
    _ narration: Narration, _ front: RoomFront, _ session: String, _ clock: PausableClock, isKept: Bool,
    first: @escaping @Sendable (Tenant, Instant) -> RoomEvent, keep: @escaping @Sendable ([JournalEntry]) -> Void
  ) {
    self.narration = Mutex(narration)
    (self.front, self.session, self.clock) = (front, session, clock)
    (self.isKept, self.first, self.keep) = (isKept, first, keep)
  }

  func tell(_ update: LiveExchange<PausableClock>.Update) {
    let start = narration.withLock { narration in
      front.log.append(narration.events(of: update), to: session)
      return narration.start
    }
    if update.script?.isHeld == true, !clock.isPaused {
      clock.pause()
      front.log.append([RoomEvent("clock", at: update.now - start, ["paused": true])], to: session)
    }
    if front.log.isLong { forget(update) }
    guard isKept else { return }
    keep(update.news)
    front.rests(update.isAtRest, in: session)
    if update.isAtRest, !clock.isPaused, front.isLate(at: update.shown) { catchUp(from: update.shown, start) }
  }

  private func forget(_ update: LiveExchange<PausableClock>.Update) {
    let service = update.board.service
    let open = service.calls.map(\.id) + service.pages.filter { $0.state.outcome == nil }.map(\.id)
    front.log.forget(keeping: open.map(\.number), of: session) {
      first(service.tenant, update.now)
    }
  }

  /// Brings the clock to the time of day: what is kept has its times, and nothing is under way that would be torn by it.
  private func catchUp(from shown: Instant, _ start: Instant) {
    let lateness = front.lateness(at: shown)
    guard clock.skip(lateness.duration) else { return }
    front.log.append(
      [
        RoomEvent(
          "clock", at: shown + lateness - start, ["paused": false, "skipped": .number(lateness.count)])
      ], to: session)
  }
}
