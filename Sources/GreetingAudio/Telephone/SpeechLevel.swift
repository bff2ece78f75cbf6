import Glibc

/// The level of the speech in a sound, pauses left out: method B of ITU-T P.56.
///
/// The magnitude is smoothed twice with a time constant of 30 ms. For each threshold, a power of two, time is active
/// while the envelope is at or above it and for 200 ms more. The level wanted is the one whose threshold is 15.9 dB below
/// the power that the sound has in the active time of that threshold, found by interpolation between two thresholds.
///
/// The recommendation asks for at least 600 envelope values a second; here there are 1,000, each of the mean magnitude of
/// a millisecond.
struct SpeechLevel: Hashable, Sendable {
  /// Active speech level in dBov.
  let active: Double
  /// Part of the time that is active, above 0 and up to 1.
  let activity: Double

  /// In dB.
  private static let margin = 15.9

  /// - Returns: nil for what has no such level: silence, and clicks without anything else.
  init?(_ sound: Milliseconds) {
    var energy = 0.0
    for power in sound.powers { energy += Double(power) }
    let times = ActiveTimes(sound.magnitudes)

    // From the lowest threshold up, the level of the active time comes nearer and nearer to it.
    var lower: (level: Double, excess: Double)?
    for exponent in ActiveTimes.exponents {
      let time = times[exponent]
      guard time > 0 else { return nil }
      let level = Telephone.decibels(ofPower: energy / Double(time))
      let excess = level - Double(exponent) * 20 * log10(2) - Self.margin
      if excess <= 0 {
        guard let lower else { return nil }
        active = lower.level + lower.excess / (lower.excess - excess) * (level - lower.level)
        activity = energy / Double(sound.powers.count) / Telephone.power(ofDecibels: active)
        return
      }
      lower = (level, excess)
    }
    return nil
  }
}

/// How long the envelope of P.56 is at each threshold or was there in the last 200 ms, in milliseconds.
private struct ActiveTimes {
  /// Thresholds are powers of two: from the step of 24 bits to the largest float.
  static let exponents = -23...127
  /// In milliseconds.
  private static let timeConstant = 30.0
  private static let hangover = 200

  private var active = [Int](repeating: 0, count: exponents.count)
  private var ends = [Int](repeating: 0, count: exponents.count)

  subscript(exponent: Int) -> Int { active[exponent - Self.exponents.lowerBound] }

  init(_ magnitudes: [Float]) {
    let keep = Float(exp(-1 / Self.timeConstant))
    let take = 1 - keep
    var (once, twice): (Float, Float) = (0, 0)
    var (start, current) = (0, 0)
    for (index, magnitude) in magnitudes.enumerated() {
      once = keep * once + take * magnitude
      twice = keep * twice + take * once
      // The exponent says which thresholds the envelope has reached. It seldom changes.
      let exponent = Int(twice.exponentBits)
      if exponent != current {
        add(start..<index, of: magnitudes.count, exponent: current)
        (start, current) = (index, exponent)
      }
    }
    add(start..<magnitudes.count, of: magnitudes.count, exponent: current)
  }

  /// Every threshold up to the exponent is active in the run, and a hangover longer.
  private mutating func add(_ run: Range<Int>, of count: Int, exponent: Int) {
    let end = min(run.upperBound + Self.hangover, count)
    for index in 0..<max(0, exponent - 127 - Self.exponents.lowerBound + 1) {
      active[index] += max(0, end - max(run.lowerBound, ends[index]))
      ends[index] = max(ends[index], end)
    }
  }
}

extension Float {
  /// The exponent with its bias of 127; 0 for zero and for numbers too small to matter.
  fileprivate var exponentBits: UInt32 { (bitPattern >> 23) & 0xFF }
}
