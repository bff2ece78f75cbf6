import Glibc

/// What a telephone call carries, and how it is measured.
///
/// Levels are in dBov: 0 dBov is the power of a square wave of full scale (ITU-T G.100.1), so a sine of full scale has
/// -3.01 dBov. Powers are mean squares, 1 for that square wave.
enum Telephone {
  /// Samples a second.
  static let rate = 8_000

  /// 0 dBm0 in dBov for mu-law, whose sine of largest level is +3.14 dBm0 (ITU-T G.711).
  static let zeroDBm0 = -6.15

  static func decibels(ofPower power: Double) -> Double { 10 * log10(power) }

  static func power(ofDecibels decibels: Double) -> Double { pow(10, decibels / 10) }

  /// When a sample at 8 kHz is heard.
  static func time(ofSample sample: Int) -> Duration { Figures.time(frames: sample, rate: rate) }
}
