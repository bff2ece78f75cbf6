/// What of a sound the telephone band holds, 300 to 3,400 Hz.
///
/// Two elliptic filters of the fourth order, 0.2 dB of ripple, 36 dB down at 190 Hz and from 3,650 Hz on; their gain at
/// 200 Hz is -26 dB, at 100 Hz -42 dB.
struct BandMeter: Sendable {
  /// Samples whose power is summed into one frame: 8 ms.
  static let frameLength = 64

  /// The mean power of the sound in the band, 1 for a square wave of full scale.
  let power: Double
  /// The same for each frame; the last one may be partly silence.
  let frames: [Float]

  /// Frames that the filters run before their output counts: what they still remember then is 70 dB down.
  private static let runIn = 4

  init(_ sound: CentredSound) {
    let count = (sound.count + Self.frameLength - 1) / Self.frameLength
    frames = sound.storage.withUnsafeBufferPointer { Self.filtered($0, frames: count) }
    var energy = 0.0
    for frame in frames { energy += Double(frame) }
    power = energy * Double(Self.frameLength) / Double(sound.count)
  }

  /// The sound is cut in four and its quarters filtered side by side: within one, each sample waits for the last.
  private static func filtered(_ samples: UnsafeBufferPointer<Float>, frames count: Int) -> [Float] {
    let perLane = (count + 3) / 4
    var powers = [Float](repeating: 0, count: count)
    var filter = BandFilter()
    let first = CentredSound.margin - runIn * frameLength
    let last = samples.count - 4
    for step in 0..<perLane + runIn {
      var energy = SIMD4<Float>(repeating: 0)
      var position = first + step * frameLength
      for _ in 0..<frameLength / 4 {
        let lane = perLane * frameLength
        // A lane that has run past the end is not looked at: it may read the same silence again.
        let block = Transposed(
          samples.four(at: position), samples.four(at: min(position + lane, last)),
          samples.four(at: min(position + 2 * lane, last)), samples.four(at: min(position + 3 * lane, last)))
        energy += filter.squares(block)
        position += 4
      }
      guard step >= runIn else { continue }
      for lane in 0..<4 {
        let frame = lane * perLane + step - runIn
        if frame < count { powers[frame] = energy[lane] * BandFilter.power / Float(frameLength) }
      }
    }
    return powers
  }
}

/// Four samples of four lanes, each vector holding one sample of every lane.
private struct Transposed {
  let first, second, third, fourth: SIMD4<Float>

  @inline(__always)
  init(_ a: SIMD4<Float>, _ b: SIMD4<Float>, _ c: SIMD4<Float>, _ d: SIMD4<Float>) {
    let (ab, cd) = (SIMD8(lowHalf: a, highHalf: b), SIMD8(lowHalf: c, highHalf: d))
    let even = SIMD8(lowHalf: ab.evenHalf, highHalf: cd.evenHalf)
    let odd = SIMD8(lowHalf: ab.oddHalf, highHalf: cd.oddHalf)
    (first, second, third, fourth) = (even.evenHalf, odd.evenHalf, even.oddHalf, odd.oddHalf)
  }
}

/// The band as four sections of the second order.
private struct BandFilter {
  // scipy.signal.ellip(4, 0.2, 36, 300, "highpass", fs=8000), then (4, 0.2, 36, 3400, "lowpass"), as sections.
  private var highpass1 = Section(zero: -1.9962737, pole1: -1.5750393, pole2: 0.6466888)
  private var highpass2 = Section(zero: -1.9815771, pole1: -1.8893642, pole2: 0.9351295)
  private var lowpass1 = Section(zero: 1.9847133, pole1: 1.1826549, pole2: 0.4208591)
  private var lowpass2 = Section(zero: 1.9252714, pole1: 1.7007604, pole2: 0.8769079)
  /// What the sections leave out: the square of both filters' gain.
  static let power: Float = 0.75675209 * 0.58196076 * (0.75675209 * 0.58196076)

  @inline(__always)
  mutating func squares(_ block: Transposed) -> SIMD4<Float> {
    let first = filter(block.first)
    let second = filter(block.second)
    let third = filter(block.third)
    let fourth = filter(block.fourth)
    return (first * first + second * second) + (third * third + fourth * fourth)
  }

  @inline(__always)
  private mutating func filter(_ input: SIMD4<Float>) -> SIMD4<Float> {
    lowpass2.filter(lowpass1.filter(highpass2.filter(highpass1.filter(input))))
  }
}

/// (1 + zero/z + 1/z^2) / (1 + pole1/z + pole2/z^2) in direct form II.
private struct Section {
  let zero, pole1, pole2: Float
  private var last = SIMD4<Float>(repeating: 0)
  private var beforeLast = SIMD4<Float>(repeating: 0)

  init(zero: Float, pole1: Float, pole2: Float) {
    self.zero = zero
    self.pole1 = pole1
    self.pole2 = pole2
  }

  @inline(__always)
  mutating func filter(_ input: SIMD4<Float>) -> SIMD4<Float> {
    let state = (input - beforeLast * pole2) - last * pole1
    let output = (state + beforeLast) + last * zero
    beforeLast = last
    last = state
    return output
  }
}
