import Foundation
public import ScenarioModel
public import VerificationCore

/// The time zones of the IANA database, as Foundation has them.
public struct SystemZones: ZoneKnowing {
  public init() {}

  public var zoneNames: [String] { TimeZone.knownTimeZoneIdentifiers }

  public func zone(named name: String, from start: VerificationCore.Instant) -> ClockZone? {
    guard let zone = TimeZone(identifier: name), zone.identifier == name || name == "UTC" else { return nil }
    // A day earlier: the start may be read anew as the time that clocks there show.
    var date = Date(timeIntervalSince1970: Double(start.millisecondsSince1970) / 1_000 - 86_400)
    let end = date.addingTimeInterval(10 * 366 * 86_400)
    var changes = [change(zone, date)]
    while let next = zone.nextDaylightSavingTimeTransition(after: date), next < end, changes.count < 100 {
      changes.append(change(zone, next))
      date = next
    }
    return ClockZone(name: name, changes: changes)
  }

  private func change(_ zone: TimeZone, _ date: Date) -> ClockZone.Change {
    ClockZone.Change(
      from: VerificationCore.Instant(millisecondsSince1970: Int64((date.timeIntervalSince1970 * 1_000).rounded())),
      offset: Milliseconds(Int64(zone.secondsFromGMT(for: date)) * 1_000))
  }
}
