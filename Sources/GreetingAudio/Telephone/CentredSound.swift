/// Samples at 8 kHz without their DC offset, with silence before and behind so that windows may reach over the ends.
struct CentredSound: Sendable {
  /// Silent samples on either side, more than any window needs.
  static let margin = 1_024

  /// The sound from ``margin`` on, silence around it.
  let storage: [Float]
  /// Samples of the sound itself.
  let count: Int

  /// - Returns: nil when there are no samples, one is no number, or one is too large to be squared.
  init?(_ samples: [Float]) {
    guard !samples.isEmpty else { return nil }
    let (sum, power) = samples.withUnsafeBufferPointer { Self.survey($0) }
    guard power.isFinite else { return nil }
    let offset = Float(sum / Double(samples.count))
    count = samples.count
    let size = samples.count + 2 * Self.margin
    storage = [Float](unsafeUninitializedCapacity: size) { target, filled in
      target[..<Self.margin].update(repeating: 0)
      samples.withUnsafeBufferPointer { source in
        for index in source.indices { target[Self.margin + index] = source[index] - offset }
      }
      target[(size - Self.margin)...].update(repeating: 0)
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
}
