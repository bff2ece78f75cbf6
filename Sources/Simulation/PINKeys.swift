import ScenarioModel
import VerificationCore

extension Switchboard {
  /// The keys of a `press`.
  ///
  /// - Returns: nil where this user has no PIN, or none of so many digits.
  mutating func keys(_ press: PressStep, _ upn: UPN) -> [Key]? {
    guard let entry = press.pin else { return press.keys }
    let own = pins[upn]?.revealed.compactMap { Key($0) } ?? (entry.what == .right ? standInKeys(upn) : nil)
    let digits: [Key]
    switch entry.what {
    case .right:
      guard let own else { return nil }
      digits = own
    case .wrong: digits = Array(repeating: digitOfNoPIN, count: own?.count ?? Passcode.shortest)
    }
    guard let wanted = entry.digits else { return digits + [.pound] }
    guard wanted.upperBound <= digits.count else { return nil }
    return Array(digits[(wanted.lowerBound - 1)..<wanted.upperBound])
  }

  /// A digit that, however often it is pressed, makes up nobody's PIN and no report code.
  var digitOfNoPIN: Key {
    let tenant = service.tenant
    let codes = tenant.users.map { tenant.reporting(of: $0).code.description }
    return Key.digitOfNoPIN(pins: pins.values.map(\.revealed), codes: codes)
  }
}

extension Key {
  /// The highest digit that none of these consists of; 9 where each is taken.
  static func digitOfNoPIN(pins: [String], codes: [String]) -> Key {
    let taken = Set((pins + codes).filter { Set($0).count == 1 }.compactMap(\.first))
    let free = [Key.nine, .eight, .seven, .six, .five, .four, .three, .two, .one, .zero]
    return free.first { !taken.contains($0.character) } ?? .nine
  }
}
