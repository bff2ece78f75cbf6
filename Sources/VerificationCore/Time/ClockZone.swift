/// The zone that times are shown in.
public struct ClockZone: Hashable, Sendable {
  /// Of the IANA time zone database: `Europe/Berlin`.
  public let name: String
  /// From when which offset from UTC holds, in order; the first holds before, too.
  private let changes: [Change]

  public struct Change: Hashable, Sendable {
    public let from: Instant
    /// East of Greenwich.
    public let offset: Milliseconds

    public init(from: Instant, offset: Milliseconds) {
      self.from = from
      self.offset = offset
    }
  }

  /// nil without a change.
  public init?(name: String, changes: [Change]) {
    guard !changes.isEmpty else { return nil }
    self.name = name
    self.changes = changes
  }

  public func offset(at instant: Instant) -> Milliseconds {
    (changes.last { $0.from <= instant } ?? changes[0]).offset
  }

  /// The instant at which clocks there show this time; of two, the first. A time that the clocks leave out is one after
  /// the gap.
  ///
  /// - Parameter shown: as though it were UTC.
  public func instant(showing shown: Instant) -> Instant {
    let candidates = Set(changes.map(\.offset)).map { shown + Milliseconds(-$0.count) }
    let right = candidates.filter { $0 + offset(at: $0) == shown }
    return right.min() ?? candidates.max() ?? shown
  }

  /// `2025-01-15T10:00:00+01:00`
  public func text(_ instant: Instant) -> String {
    let offset = offset(at: instant)
    let minutes = abs(offset.count) / 60_000
    let (hours, rest) = ("\(minutes / 60)", "\(minutes % 60)")
    let sign = offset < .zero ? "-" : "+"
    let zone = "\(sign)\(hours.count < 2 ? "0" : "")\(hours):\(rest.count < 2 ? "0" : "")\(rest)"
    return "\((instant + offset).description.dropLast())\(zone)"
  }
}
