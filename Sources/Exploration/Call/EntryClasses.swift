import VerificationCore

/// What the machine can tell of an entry: its length, whether it is all digits, and whether it is the beginning of the
/// report code or of the PIN. Entries that agree in these have the same future, so one stands for all of a class.
///
/// That this is a bisimulation is tested by walking with it and without it.
struct EntryClasses: Sendable {
  private let code: KeyEntry
  private let pin: KeyEntry
  private let asksPIN: Bool
  /// Neither the code nor the PIN begins with it.
  private let strange: Key
  /// By length: strange digits, stars.
  private let digits: [KeyEntry]
  private let stars: [KeyEntry]

  init(_ configuration: CallConfiguration) {
    code = configuration.policy.reportCode.entry
    pin = configuration.pinEntry
    asksPIN = configuration.policy.credential == .pin
    strange = configuration.strangeDigit
    let strange = strange
    digits = (0...KeyEntry.capacity).map { Self.repeated(strange, $0) }
    stars = (0...KeyEntry.capacity).map { Self.repeated(.star, $0) }
  }

  private static func repeated(_ key: Key, _ count: Int) -> KeyEntry {
    var entry = KeyEntry()
    for _ in 0..<count { entry.append(key) }
    return entry
  }

  func representative(of entry: KeyEntry) -> KeyEntry {
    if begins(code, with: entry) || asksPIN && begins(pin, with: entry) { return entry }
    return entry.isAllDigits ? digits[entry.count] : stars[entry.count]
  }

  private func begins(_ whole: KeyEntry, with entry: KeyEntry) -> Bool {
    guard entry.count <= whole.count else { return false }
    for position in 0..<entry.count where whole[position] != entry[position] { return false }
    return true
  }

  /// Keys of the same kind lead to entries of the same class, from this entry.
  func kind(of key: Key, after entry: KeyEntry) -> UInt8 {
    if !key.isDigit { return key == .star ? 0 : key == .pound ? 1 : 2 }
    return 3 + (continues(code, entry, key) ? 1 : 0) + (asksPIN && continues(pin, entry, key) ? 2 : 0)
  }

  private func continues(_ whole: KeyEntry, _ entry: KeyEntry, _ key: Key) -> Bool {
    entry.count < whole.count && whole[entry.count] == key && begins(whole, with: entry)
  }

  func classOfSent(_ entry: KeyEntry) -> CallMoment.EntryClass {
    if entry.isEmpty { return .empty }
    if entry == code { return .code }
    return asksPIN && entry == pin ? .pin : .other
  }
}
