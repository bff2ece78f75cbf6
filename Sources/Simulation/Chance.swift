import VerificationCore

/// Chance that repeats: SplitMix64 (Steele, Lea, Flood 2014). The same seed gives the same codes.
public struct Chance: RandomNumberGenerator, Hashable, Sendable {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Six digits, leading zeros kept.
  mutating func code() -> TextMessage.Code {
    let digits = (0..<TextMessage.Code.length).map { _ in String(UInt8.random(in: 0...9, using: &self)) }
    guard let code = TextMessage.Code(digits.joined()) else { preconditionFailure("these are digits, and as many") }
    return code
  }
}
