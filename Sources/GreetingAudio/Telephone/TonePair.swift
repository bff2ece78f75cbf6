import Glibc

/// The two tones of a digit, read through a window of 20 ms.
struct TonePair {
  struct Reading {
    let low: ToneProbe.Reading
    let high: ToneProbe.Reading
  }

  /// Samples of the window: narrow enough for the edges of a digit, and 200 Hz wide, less than the groups are apart.
  static let length = 160

  let low: ToneProbe
  let high: ToneProbe
  private let samples: UnsafeBufferPointer<Float>

  init(row: Int, column: Int, samples: UnsafeBufferPointer<Float>) {
    low = Self.lowProbes[row]
    high = Self.highProbes[column]
    self.samples = samples
  }

  /// - Parameter middle: of the window, in samples of the sound.
  func read(at middle: Int) -> Reading {
    let start = start(middle)
    return Reading(low: low.read(samples, at: start), high: high.read(samples, at: start))
  }

  /// Mean square under the window.
  func power(at middle: Int) -> Float { ToneProbe.power(samples, at: start(middle), window: Self.weights) }

  /// The part of the power that the tones hold.
  func part(at middle: Int) -> Float {
    let reading = read(at: middle)
    let power = power(at: middle)
    return power > 0 ? (reading.low.power + reading.high.power) / power : 0
  }

  /// What the window leaves of the power of a tone so many hertz beside its middle; up to 60 Hz.
  static func response(toOffset hertz: Double) -> Float {
    let bins = hertz * Double(length) / Double(Telephone.rate)
    guard abs(bins) > 1e-3, abs(abs(bins) - 1) > 1e-3 else { return abs(bins) > 0.5 ? 0.25 : 1 }
    let gain = sin(.pi * bins) / (.pi * bins) / (1 - bins * bins)
    return Float(gain * gain)
  }

  /// Kept within what surrounds the sound.
  private func start(_ middle: Int) -> Int {
    max(0, min(middle + CentredSound.margin - Self.length / 2, samples.count - Self.length))
  }

  private static let window = ToneProbe.hann(length)
  private static let weights = ToneProbe.weights(window)
  private static let lowProbes = DTMF.lowGroup.map { ToneProbe(hertz: $0, window: window) }
  private static let highProbes = DTMF.highGroup.map { ToneProbe(hertz: $0, window: window) }
}
