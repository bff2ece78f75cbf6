/// How much of a sound is loud enough to be one.
enum SilenceMeter {
  /// -60 dB below full scale.
  static let threshold: Float = 0.001

  /// The length of all the parts above the threshold, once the DC offset is removed.
  ///
  /// The sound is cut into milliseconds, and one counts when its peak is above the threshold: single samples would leave
  /// out the zero crossings. Every sample must be finite.
  /// - Parameters:
  ///   - samples: at 8 kHz.
  ///   - enough: milliseconds beyond which nobody asks how many more there are.
  static func soundingMilliseconds(_ samples: [Float], enough: Int = .max) -> Int {
    guard !samples.isEmpty else { return 0 }
    let offset = Float(mean(samples))
    let whole = samples.count & ~7
    var count = samples.withUnsafeBytes { bytes in
      var count = 0
      for start in stride(from: 0, to: whole, by: 8) {
        let millisecond = bytes.loadUnaligned(fromByteOffset: start * 4, as: SIMD8<Float>.self) - offset
        if any(millisecond * millisecond .> threshold * threshold) { count += 1 }
        if count >= enough { break }
      }
      return count
    }
    if samples[whole...].contains(where: { abs($0 - offset) > threshold }) { count += 1 }
    return count
  }

  /// Summed in parts, so that single precision is enough for each.
  private static func mean(_ samples: [Float]) -> Double {
    var sum = 0.0
    let whole = samples.count & ~7
    samples.withUnsafeBytes { bytes in
      for start in stride(from: 0, to: whole, by: 4_096) {
        var part = SIMD8<Float>()
        for index in stride(from: start, to: min(start + 4_096, whole), by: 8) {
          part += bytes.loadUnaligned(fromByteOffset: index * 4, as: SIMD8<Float>.self)
        }
        sum += Double(part.sum())
      }
    }
    return (sum + Double(samples[whole...].reduce(0, +))) / Double(samples.count)
  }
}
