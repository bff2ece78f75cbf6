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

  init(_ configuration: CallConfiguration) {
    code = configuration.policy.reportCode.entry
    pin = configuration.pinEntry
    asksPIN = configuration.policy.credential == .pin
    strange = configuration.strangeDigit
  }

  func representative(of entry: KeyEntry) -> KeyEntry {
    if begins(code, with: entry) || asksPIN && begins(pin, with: entry) { return entry }
    return .repeated(entry.isAllDigits ? strange : .star, entry.count)
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

extension KeyEntry {
  /// - Precondition: at most 20 keys.
  init(_ keys: [Key]) {
    self.init()
    for key in keys { append(key) }
  }

  /// - Precondition: at most 20 of them.
  fileprivate static func repeated(_ key: Key, _ count: Int) -> KeyEntry {
    let pattern = UInt64(key.rawValue) &* 0x1111_1111_1111_1111
    let low = count >= 16 ? pattern : pattern & (1 << UInt64(count * 4) - 1)
    let high = count > 16 ? UInt16(truncatingIfNeeded: pattern & (1 << UInt64((count - 16) * 4) - 1)) : 0
    return KeyEntry(low: low, high: high, count: count)
  }
}
