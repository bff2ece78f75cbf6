import Synchronization

/// A clock that can be stopped and goes on from where it stood.
public final class PausableClock: Clock, Sendable {
  /// So often a sleeper looks whether a stopped clock goes again: too seldom to cost, too often to be felt.
  private static let look = Duration.milliseconds(50)

  /// Time shown since the clock was made, its pauses left out.
  public struct Instant: InstantProtocol {
    fileprivate let shown: Duration

    public func advanced(by duration: Duration) -> Instant { Instant(shown: shown + duration) }
    public func duration(to other: Instant) -> Duration { other.shown - shown }
    public static func < (left: Instant, right: Instant) -> Bool { left.shown < right.shown }
  }

  private struct Hands {
    /// What was shown when the clock was started or stopped last.
    var shown = Duration.zero
    /// When it was started last; nil while it stands.
    var started: ContinuousClock.Instant? = .now

    var now: Duration { shown + (started.map { $0.duration(to: .now) } ?? .zero) }
  }

  private let hands = Mutex(Hands())

  public init() {}

  public var now: Instant {
    hands.withLock { Instant(shown: $0.now) }
  }

  public var minimumResolution: Duration { ContinuousClock().minimumResolution }

  public var isPaused: Bool { hands.withLock { $0.started == nil } }

  public func pause() {
    hands.withLock { $0 = Hands(shown: $0.now, started: nil) }
  }

  public func resume() {
    hands.withLock { hands in
      if hands.started == nil { hands.started = .now }
    }
  }

  public func sleep(until deadline: Instant, tolerance: Duration?) async throws {
    while now < deadline {
      let left = now.duration(to: deadline)
      try await ContinuousClock().sleep(for: isPaused ? Self.look : left, tolerance: tolerance)
    }
  }
}
