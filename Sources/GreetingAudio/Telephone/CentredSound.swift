/// Samples at 8 kHz without their DC offset, with silence before and behind so that windows may reach over the ends.
struct CentredSound: Sendable {
  /// Silent samples on either side, more than any window needs.
  static let margin = 1_024

  /// The sound from ``margin`` on, silence around it.
  let storage: [Float]
  /// Samples of the sound itself.
  let count: Int
  /// The power that 1 in ``storage`` stands for: 1 but for sounds so loud that the squares of their samples overflow.
  let unitPower: Double

  /// - Returns: nil when there are no samples, or one is no number.
  init?(_ samples: [Float]) {
    guard !samples.isEmpty else { return nil }
    var factor: Float = 1
    var (sum, power) = samples.withUnsafeBufferPointer { Self.survey($0) }
    if !power.isFinite {
      guard let peak = Self.peak(samples) else { return nil }
      factor = 1 / peak
      (sum, power) = samples.map { $0 * factor }.withUnsafeBufferPointer { Self.survey($0) }
    }
    let offset = Float(sum / Double(samples.count))
    count = samples.count
    unitPower = 1 / (Double(factor) * Double(factor))
    let size = samples.count + 2 * Self.margin
    storage = [Float](unsafeUninitializedCapacity: size) { target, filled in
      target.update(repeating: 0)
      samples.withUnsafeBufferPointer { source in
        for index in source.indices { target[Self.margin + index] = source[index] * factor - offset }
      }
      filled = size
    }
  }

  /// The sum of the samples and of their squares.
  private static func survey(_ samples: UnsafeBufferPointer<Float>) -> (sum: Double, power: Double) {
    var (sum, power) = (0.0, 0.0)
    var start = 0
    // A float loses nothing to speak of in a quarter of a second.
    while start + 8 <= samples.count {
      let end = min(start + 2_048, samples.count - 7)
      var sums = SIMD8<Float>(repeating: 0)
      var squares = SIMD8<Float>(repeating: 0)
      while start < end {
        let eight = samples.eight(at: start)
        sums += eight
        squares += eight * eight
        start += 8
      }
      sum += Double(sums.sum())
      power += Double(squares.sum())
    }
    for sample in samples[start...] {
      sum += Double(sample)
      power += Double(sample * sample)
    }
    return (sum, power)
  }

  /// nil when a sample is no number.
  private static func peak(_ samples: [Float]) -> Float? {
    var peak: Float = 0
    for sample in samples {
      guard sample.isFinite else { return nil }
      peak = max(peak, abs(sample))
    }
    return peak
  }
}
