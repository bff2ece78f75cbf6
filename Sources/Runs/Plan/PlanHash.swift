import ScenarioModel

// Texts and numbers, each set apart from the next.
extension FNV1a {
  /// UTF-8, then a byte that UTF-8 does not have.
  mutating func add(_ text: String) {
    let bytes = Array(text.utf8) + [0xff]
    add(bytes.span)
  }

  /// The lowest byte first.
  mutating func add(_ number: UInt64) {
    let bytes = (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    add(bytes.span)
  }
}
