public import VerificationCore

/// Knows the time zones of the world. A port: the shell that has the database implements it.
public protocol ZoneKnowing {
  /// - Returns: the zone with its changes in the ten years after `start`; nil where there is none of this name.
  func zone(named name: String, from start: Instant) -> ClockZone?
  /// For a hint.
  var zoneNames: [String] { get }
}
