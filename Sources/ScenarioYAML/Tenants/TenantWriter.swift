import ScenarioModel
import VerificationCore

/// Writes what a scenario is given: the whole tenant, inline.
enum TenantWriter {
  static func given(_ given: Given) -> [String] {
    var layout = TenantLayout(given.tenant)
    layout.pins = given.pins
    layout.keptPINs = given.keptPINs
    layout.tokenFile = given.tokenFile
    layout.begun = given.begun
    var entries = [LayoutEntry("tenant", .block(layout.entries)), LayoutEntry("user", .text(given.user.text))]
    if given.start != .virtualStart { entries.append(LayoutEntry("start", .time(given.start))) }
    let text = LayoutWriter.text(LayoutTree(.block([LayoutEntry("given", .block(entries))])))
    return SourceText.lines(text).dropLast().map(String.init)
  }
}
