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
