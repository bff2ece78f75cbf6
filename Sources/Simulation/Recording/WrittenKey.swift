import ScenarioModel
import VerificationCore

/// A key as a recording may write it: what may be of a PIN is not told.
enum WrittenKey: Hashable {
  case key(Key)
  /// A digit of a PIN, by its number from 1, of so many.
  case pin(PINEntry.What, Int, of: Int)

  /// Whether both can stand in one `press`.
  func goes(before next: WrittenKey) -> Bool {
    switch (self, next) {
    case (.key, .key): true
    case (.pin(let what, let number, let count), .pin(let other, let following, _)):
      what == other && following == number + 1 && following <= count
    case (.pin(_, let number, let count), .key(.pound)): number == count
    case (.pin, .key), (.key, .pin): false
    }
  }
}

extension PressStep {
  /// - Returns: nil for keys that cannot stand in one `press`: a `#` behind some of a PIN's digits, say.
  init?(_ keys: [WrittenKey]) {
    guard case .pin(let what, let first, let count)? = keys.first else {
      let plain = keys.compactMap { key -> Key? in if case .key(let key) = key { key } else { nil } }
      guard plain.count == keys.count, !plain.isEmpty else { return nil }
      self.init(keys: plain)
      return
    }
    if keys.last == .key(.pound) {
      guard first == 1, keys.count == count + 1 else { return nil }
      self.init(pin: PINEntry(what))
    } else {
      self.init(pin: PINEntry(what, digits: first...(first + keys.count - 1)))
    }
  }
}
