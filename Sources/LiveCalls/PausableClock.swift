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

  /// The clock that this one goes by.
  private struct Movement: Sendable {
    /// Since some moment.
    let elapsed: @Sendable () -> Duration
    let sleep: @Sendable (Duration) async throws -> Void
    let resolution: Duration
  }

  private struct Hands {
    /// What was shown when the clock was started or stopped last.
    var shown = Duration.zero
    /// When it was started last; nil while it stands.
    var started: Duration?
  }

  private let movement: Movement
  private let hands: Mutex<Hands>

  public convenience init() { self.init(over: ContinuousClock()) }

  /// - Parameter clock: that this one goes by while it is not stopped.
  public init(over clock: some Clock<Duration>) {
    let start = clock.now
    movement = Movement(
      elapsed: { start.duration(to: clock.now) }, sleep: { try await clock.sleep(for: $0) },
      resolution: clock.minimumResolution)
    hands = Mutex(Hands(started: .zero))
  }

  public var now: Instant {
    hands.withLock { Instant(shown: shown($0)) }
  }

  private func shown(_ hands: Hands) -> Duration {
    hands.shown + (hands.started.map { movement.elapsed() - $0 } ?? .zero)
  }

  public var minimumResolution: Duration { movement.resolution }

  public var isPaused: Bool { hands.withLock { $0.started == nil } }

  public func pause() {
    hands.withLock { $0 = Hands(shown: shown($0), started: nil) }
  }

  public func resume() {
    hands.withLock { hands in
      if hands.started == nil { hands.started = movement.elapsed() }
    }
  }

  /// Goes on at once as though so much more time had passed. Who sleeps notices when its time would have been without.
  ///
  /// - Returns: whether it did; a clock that stands does not.
  public func skip(_ duration: Duration) -> Bool {
    hands.withLock { hands in
      guard hands.started != nil else { return false }
      hands.shown += max(duration, .zero)
      return true
    }
  }

  public func sleep(until deadline: Instant, tolerance: Duration?) async throws {
    while now < deadline {
      let left = now.duration(to: deadline)
      try await movement.sleep(isPaused ? Self.look : left)
    }
  }
}
