public import ScenarioModel
public import VerificationCore

/// The moments of a journal one by one, as they are over: for who writes them down while things go on.
///
/// The same moments as in a case of a stream; a message comes when it has ended, and so behind what happened meanwhile.
public struct MomentLog: Sendable {
  private var timeline: Timeline
  /// So many moments are remembered, and those that go on, before what is over is forgotten.
  private static let most = 500

  /// - Parameters:
  ///   - start: what the moments' times are counted from.
  ///   - mask: for what no text may show.
  public init(start: Instant, zone: ClockZone? = nil, mask: SecretMask = SecretMask([])) {
    timeline = Timeline(start: start, zone: zone, mask: mask)
  }

  /// - Returns: what is over with this entry.
  public mutating func take(_ entry: JournalEntry) -> [Moment] {
    if timeline.moments.count > Self.most, (timeline.open.min() ?? .max) > Self.most / 2 { timeline.forgetEnded() }
    let (count, before) = (timeline.moments.count, timeline.open)
    timeline.take(entry)
    let open = timeline.open
    let ended = before.filter { !open.contains($0) }
    let new = (count..<timeline.moments.count).filter { !open.contains($0) }
    return (ended + new).map { timeline.moments[$0] }
  }

  /// What still goes on at the end.
  public func rest() -> [Moment] { timeline.open.map { timeline.moments[$0] } }
}
