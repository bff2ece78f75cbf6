import LiveCalls
import Synchronization
import VerificationCore

/// What pages and desks may ask about the running session at any time, whatever the room is doing.
final class RoomFront: Sendable {
  /// The room's clock may be behind the time of day by that much.
  static let tolerance = Milliseconds(500)

  private struct Session {
    let id: String
    let start: Instant
    let exchange: LiveExchange<PausableClock>
    let clock: PausableClock
    let isKept: Bool
    /// Nothing is under way.
    var isAtRest = false
  }

  let log: EventLog
  private let time: @Sendable () -> Instant
  private let session = Mutex<Session?>(nil)

  init(log: EventLog, time: @escaping @Sendable () -> Instant) { (self.log, self.time) = (log, time) }

  func begin(
    _ id: String, _ exchange: LiveExchange<PausableClock>, _ clock: PausableClock, start: Instant, isKept: Bool
  ) {
    session.withLock { $0 = Session(id: id, start: start, exchange: exchange, clock: clock, isKept: isKept) }
  }

  /// From the start of the session, and whether it stands still.
  var now: (at: Milliseconds, isPaused: Bool) {
    session.withLock { session in
      guard let session else { return (.zero, false) }
      return (session.exchange.now - session.start, session.clock.isPaused)
    }
  }

  func rests(_ isAtRest: Bool, in id: String) {
    session.withLock { if $0?.id == id { $0?.isAtRest = isAtRest } }
  }

  /// nil while nothing is kept.
  var tenantTime: Instant? {
    session.withLock { session in
      guard let session, session.isKept else { return nil }
      return session.isAtRest ? max(session.exchange.now, time()) : session.exchange.now
    }
  }

  /// Whether the room's clock is behind the time of day.
  var isLate: Bool { session.withLock { $0.map { isLate(at: $0.exchange.now) } ?? false } }

  func isLate(at now: Instant) -> Bool { lateness(at: now) > Self.tolerance }

  func lateness(at now: Instant) -> Milliseconds { time() - now }

  /// Tells the pages how far the writing is.
  func tell(_ news: KeepingQueue.News) {
    switch news {
    case .behind(let trouble, let facts):
      tell(["kind": "notKept", "reason": .text(trouble.rawValue), "waiting": .count(facts)])
    case .kept: tell(["kind": "kept"])
    }
  }

  func tell(_ trouble: [String: JSON]) {
    guard let (id, at) = session.withLock({ $0.map { ($0.id, $0.exchange.now - $0.start) } }) else { return }
    log.append([RoomEvent("trouble", at: at, trouble)], to: id)
  }
}
