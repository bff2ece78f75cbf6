import Glibc

/// Where the tones of a digit may be: a quick look at short frames that misses none.
///
/// Frames of 13 ms begin every 26 ms, so that one lies wholly within any 40 ms. A frame is cheap to refuse: by its level,
/// then by its slope (tones in their frequencies have a steepness that voices and hisses seldom have), and only then by
/// what the eight frequencies hold of its power.
enum DTMFScreen {
  /// Neighbouring frames that may hold the same digit.
  struct Candidate: Hashable, Sendable {
    let row: Int
    let column: Int
    /// Where the first and the last frame begin, in samples.
    var first: Int
    var last: Int
  }

  /// Samples of a frame.
  static let length = 104
  static let hop = 208
  /// Least power: two tones of -42 dBm0, with room.
  private static let least: Float = 1.3e-5
  /// Least part of the frame's power that the two tones hold, as seen through so short a window.
  private static let leastPart: Float = 0.55
  /// The power of the slope, from one sample to the next, over that of the samples: 0.37 to 1.17 for right tones.
  private static let slopes: ClosedRange<Float> = 0.28...1.35

  static func candidates(_ sound: CentredSound, _ milliseconds: Milliseconds) -> [Candidate] {
    sound.storage.withUnsafeBufferPointer { samples in
      var found: [Candidate] = []
      for start in stride(from: 0, to: sound.count, by: hop) {
        guard let (row, column) = look(samples, start, milliseconds.powers) else { continue }
        if let last = found.last, last.row == row, last.column == column, last.last == start - hop {
          found[found.count - 1].last = start
        } else {
          found.append(Candidate(row: row, column: column, first: start, last: start))
        }
      }
      return found
    }
  }

  private static func look(
    _ samples: UnsafeBufferPointer<Float>, _ start: Int, _ powers: [Float]
  ) -> (row: Int, column: Int)? {
    let first = start / Milliseconds.length
    var energy: Float = 0
    for index in first..<min(first + length / Milliseconds.length, powers.count) { energy += powers[index] }
    energy *= Float(Milliseconds.length)
    let begin = start + CentredSound.margin
    guard energy > least * Float(length), slopes.contains(slope(samples, begin) / energy) else { return nil }
    let tones = tonePowers(samples, begin)
    let (row, low) = strongest(tones.lowHalf)
    let (column, high) = strongest(tones.highHalf)
    // Twist as allowed and 4 dB more, for what so short a frame gets wrong.
    guard low + high > leastPart * energy / Float(length), high > 0.06 * low, high < 6.3 * low else { return nil }
    return (row, column)
  }

  private static func slope(_ samples: UnsafeBufferPointer<Float>, _ begin: Int) -> Float {
    var sum = SIMD4<Float>(repeating: 0)
    for position in stride(from: begin, to: begin + length, by: 4) {
      let step = samples.four(at: position) - samples.four(at: position - 1)
      sum += step * step
    }
    return sum.sum()
  }

  /// The power of each frequency, the low group first. Waves are even or odd about the middle: the frame is folded there.
  private static func tonePowers(_ samples: UnsafeBufferPointer<Float>, _ begin: Int) -> SIMD8<Float> {
    var (real, imaginary) = (SIMD8<Float>(repeating: 0), SIMD8<Float>(repeating: 0))
    let middle = begin + length / 2
    waves.withUnsafeBufferPointer { waves in
      for index in 0..<length / 2 {
        let (after, before) = (samples[middle + index], samples[middle - 1 - index])
        real += waves[2 * index] * (after + before)
        imaginary += waves[2 * index + 1] * (after - before)
      }
    }
    return real * real + imaginary * imaginary
  }

  private static func strongest(_ powers: SIMD4<Float>) -> (index: Int, power: Float) {
    var best = 0
    for index in 1..<4 where powers[index] > powers[best] { best = index }
    return (best, powers[best])
  }

  /// Cosines and sines by turns, one step from the middle after the other; each holds all eight frequencies.
  private static let waves: [SIMD8<Float>] = (0..<length / 2).flatMap { index in
    let scale = 2.0.squareRoot() / Double(length)
    let angles = (DTMF.lowGroup + DTMF.highGroup).map {
      2 * Double.pi * $0 / Double(Telephone.rate) * (Double(index) + 0.5)
    }
    return [SIMD8(angles.map { Float(scale * cos($0)) }), SIMD8(angles.map { Float(scale * sin($0)) })]
  }
}
