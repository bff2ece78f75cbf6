/// A sound in milliseconds of eight samples: what level, noise and tones all need, read from the samples once.
struct Milliseconds: Sendable {
  /// Samples in one.
  static let length = 8

  /// The mean magnitude of each, full scale 1; the last one may be partly silence.
  let magnitudes: [Float]
  /// The mean square of each.
  let powers: [Float]

  init(_ sound: CentredSound) {
    let count = (sound.count + Self.length - 1) / Self.length
    var powers: [Float] = []
    magnitudes = [Float](unsafeUninitializedCapacity: count + 3) { magnitudes, magnitudesFilled in
      powers = [Float](unsafeUninitializedCapacity: count + 3) { powers, powersFilled in
        sound.storage.withUnsafeBufferPointer { Self.fold($0, count, magnitudes, powers) }
        powersFilled = count
      }
      magnitudesFilled = count
    }
    self.powers = powers
  }

  /// Four milliseconds at a time; the margin of the sound holds what the last four are short of.
  private static func fold(
    _ samples: UnsafeBufferPointer<Float>, _ count: Int, _ magnitudes: UnsafeMutableBufferPointer<Float>,
    _ powers: UnsafeMutableBufferPointer<Float>
  ) {
    var (index, position) = (0, CentredSound.margin)
    while index < count {
      let (m0, p0) = folded(samples, position)
      let (m1, p1) = folded(samples, position + 8)
      let (m2, p2) = folded(samples, position + 16)
      let (m3, p3) = folded(samples, position + 24)
      store(.neighbourSums(.neighbourSums(m0, m1), .neighbourSums(m2, m3)) * 0.125, magnitudes, index)
      store(.neighbourSums(.neighbourSums(p0, p1), .neighbourSums(p2, p3)) * 0.125, powers, index)
      index += 4
      position += 32
    }
  }

  /// Eight samples as four: sums of magnitudes, and of squares.
  @inline(__always)
  private static func folded(
    _ samples: UnsafeBufferPointer<Float>, _ position: Int
  ) -> (magnitudes: SIMD4<Float>, squares: SIMD4<Float>) {
    let (left, right) = (samples.four(at: position), samples.four(at: position + 4))
    return (left.magnitudes + right.magnitudes, left * left + right * right)
  }

  @inline(__always)
  private static func store(_ four: SIMD4<Float>, _ target: UnsafeMutableBufferPointer<Float>, _ index: Int) {
    UnsafeMutableRawPointer(target.baseAddress! + index).storeBytes(of: four, as: SIMD4<Float>.self)
  }
}
