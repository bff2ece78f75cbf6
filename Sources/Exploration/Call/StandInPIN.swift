import ScenarioModel
import VerificationCore

/// A made-up PIN in place of a person's own, so that no trace and no written scenario tells it.
///
/// The machine sees of a PIN only whether an entry is its beginning, and what it shares with the report code; a PIN as
/// long that shares as much leads to the same calls.
enum StandInPIN {
  static func make(for pin: Passcode, code: ReportCode) -> Passcode {
    let (own, report) = (Array(pin.revealed), Array(code.description))
    let shared = zip(own, report).prefix { $0 == $1 }.count
    var text = String(own.prefix(shared))
    for position in shared..<own.count {
      let digits = position.isMultiple(of: 2) ? "739" : "184"
      let forbidden = position < report.count ? report[position] : nil
      text.append(digits.first { $0 != forbidden && $0 != own[position] } ?? "5")
    }
    return Passcode(text) ?? pin
  }
}

extension StandInPIN {
  /// Made-up PINs by the real ones.
  struct Replacements {
    fileprivate let pins: [(own: [Key], made: [Key])]

    /// The step with the made-up PIN wherever a real one is pressed.
    func step(_ step: Step) -> Step {
      guard case .press(var press) = step.verb else { return step }
      for pin in pins {
        guard let found = press.keys.firstRange(of: pin.own) else { continue }
        press.keys.replaceSubrange(found, with: pin.made)
      }
      return Step(.press(press), at: step.place)
    }
  }

  static func replace(_ given: inout Given) -> Replacements {
    var pins: [(own: [Key], made: [Key])] = []
    for (upn, pin) in given.pins.sorted(by: { $0.key < $1.key }) {
      let code = given.tenant.user(upn).map { given.tenant.reporting(of: $0).code } ?? .zero
      let made = make(for: pin, code: code)
      given.pins[upn] = made
      pins.append((pin.revealed.compactMap { Key($0) }, made.revealed.compactMap { Key($0) }))
    }
    return Replacements(pins: pins)
  }
}
