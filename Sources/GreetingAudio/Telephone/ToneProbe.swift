import Glibc

/// The power and phase of one frequency in a windowed stretch of a sound: one value of a discrete Fourier transform.
struct ToneProbe: Sendable {
  /// Power that a tone of this frequency has, 1 for a square wave of full scale, and its phase in the window's middle.
  struct Reading {
    let power: Float
    let phase: Float
  }

  let hertz: Double
  /// Samples of the window; even.
  let length: Int
  private let cosines, sines: [SIMD4<Float>]

  /// - Parameter length: a multiple of 8.
  init(hertz: Double, window: [Float]) {
    self.hertz = hertz
    length = window.count
    let step = 2 * Double.pi * hertz / Double(Telephone.rate)
    let scale = 2.0.squareRoot() / Double(window.reduce(0, +))
    func table(_ wave: (Double) -> Double) -> [SIMD4<Float>] {
      stride(from: 0, to: window.count, by: 4).map { start in
        SIMD4(
          (start..<start + 4).map { index in
            Float(scale * Double(window[index]) * wave(step * (Double(index) + 0.5 - Double(window.count) / 2)))
          })
      }
    }
    cosines = table { cos($0) }
    sines = table { sin($0) }
  }

  /// - Parameter start: the window's first sample.
  func read(_ samples: UnsafeBufferPointer<Float>, at start: Int) -> Reading {
    var (real, imaginary) = (SIMD4<Float>(repeating: 0), SIMD4<Float>(repeating: 0))
    var position = start
    for index in cosines.indices {
      let four = samples.four(at: position)
      real += four * cosines[index]
      imaginary -= four * sines[index]
      position += 4
    }
    let (x, y) = (real.sum(), imaginary.sum())
    return Reading(power: x * x + y * y, phase: atan2(y, x))
  }

  /// How far a tone is from the probe's frequency, in hertz, when its phase went from `first` to `second` within
  /// `samples`. Right for tones nearer than 4,000 / samples hertz.
  func offset(from first: Reading, to second: Reading, samples: Int) -> Double {
    let turns = Double(second.phase - first.phase) / (2 * .pi) - hertz * Double(samples) / Double(Telephone.rate)
    return (turns - turns.rounded()) * Double(Telephone.rate) / Double(samples)
  }

  /// The mean square of the samples in a window.
  static func power(
    _ samples: UnsafeBufferPointer<Float>, at start: Int, window: [SIMD4<Float>]
  ) -> Float {
    var sum = SIMD4<Float>(repeating: 0)
    var position = start
    for weights in window {
      let four = samples.four(at: position)
      sum += four * four * weights
      position += 4
    }
    return sum.sum()
  }

  static func hann(_ length: Int) -> [Float] {
    (0..<length).map { Float(0.5 - 0.5 * cos(2 * Double.pi * (Double($0) + 0.5) / Double(length))) }
  }

  /// A window's weights, their sum made 1.
  static func weights(_ window: [Float]) -> [SIMD4<Float>] {
    let sum = window.reduce(0, +)
    return stride(from: 0, to: window.count, by: 4).map { start in
      SIMD4(window[start..<start + 4].map { $0 / sum })
    }
  }
}
