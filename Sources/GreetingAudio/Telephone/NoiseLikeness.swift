import Glibc

/// Whether frames of a sound hold noise, of whatever colour, and no tone, chord or voice.
///
/// Ten coefficients of linear prediction (autocorrelation method, Levinson-Durbin) describe the colour of any noise, and
/// what they leave over is white. Of a few tones they leave nothing over; of many, or of a voice, something that repeats.
enum NoiseLikeness {
  /// Samples of a frame: 32 ms.
  private static let length = 256
  private static let order = 10
  /// Enough for a median and a mean.
  private static let frameLimit = 9
  /// Prediction gains above 20 dB are those of tones.
  private static let largestGain: Float = 100
  /// On average the largest autocorrelation of the residual is 0.2 to 0.3 for noise, 0.35 to 1 for voices and chords.
  private static let largestRepetition: Float = 0.33
  /// From the end of the prediction to the period of 62 Hz.
  private static let lags = 16...128

  /// - Parameter frames: where the frames begin, in samples; of many, nine are looked at.
  static func isNoise(_ sound: CentredSound, frames: [Int]) -> Bool {
    let step = max(1, frames.count / frameLimit)
    let chosen = stride(from: 0, to: frames.count, by: step).prefix(frameLimit).map { frames[$0] }
    guard !chosen.isEmpty else { return false }
    let looks = sound.storage.withUnsafeBufferPointer { samples in
      chosen.map { look($0 + CentredSound.margin, in: samples) }
    }
    let gains = looks.map(\.gain).sorted()
    let repetition = looks.reduce(0) { $0 + $1.repetition } / Float(looks.count)
    return gains[gains.count / 2] < largestGain && repetition < largestRepetition
  }

  private static func look(
    _ start: Int, in samples: UnsafeBufferPointer<Float>
  ) -> (gain: Float, repetition: Float) {
    var windowed = [Float](repeating: 0, count: length + 4)
    for index in 0..<length { windowed[index] = samples[start + index] * hann[index] }
    var correlation = windowed.withUnsafeBufferPointer { frame in
      (0...order).map { lag in dot(frame, 0, frame, lag, length - lag) }
    }
    guard correlation[0] > 0 else { return (.infinity, 1) }
    // A floor 40 dB down keeps the recursion stable, and a stop band of a low-pass from passing for a tone.
    correlation[0] *= 1.0001
    let (predictor, error) = LinearPrediction.levinson(correlation)
    return (correlation[0] / error, repetition(residual(start, in: samples, predictor)))
  }

  private static func residual(
    _ start: Int, in samples: UnsafeBufferPointer<Float>, _ predictor: [Float]
  ) -> [Float] {
    // The samples before the frame are there: the margin or the sound itself.
    (start..<start + length).map { index in
      var value = samples[index]
      for lag in 1...order { value -= predictor[lag - 1] * samples[index - lag] }
      return value
    }
  }

  /// The largest normalised autocorrelation among the lags.
  private static func repetition(_ residual: [Float]) -> Float {
    residual.withUnsafeBufferPointer { frame in
      var largest: Float = 0
      // What of the energy is left without the last samples, and without the first, as many as the lag is long.
      var (head, tail) = (dot(frame, 0, frame, 0, length), dot(frame, 0, frame, 0, length))
      for lag in 1...lags.upperBound {
        head -= frame[length - lag] * frame[length - lag]
        tail -= frame[lag - 1] * frame[lag - 1]
        guard lag >= lags.lowerBound, head > 0, tail > 0 else { continue }
        largest = max(largest, dot(frame, 0, frame, lag, length - lag) / (head * tail).squareRoot())
      }
      return largest
    }
  }

  private static func dot(
    _ left: UnsafeBufferPointer<Float>, _ leftStart: Int, _ right: UnsafeBufferPointer<Float>, _ rightStart: Int,
    _ count: Int
  ) -> Float {
    var sum = SIMD4<Float>(repeating: 0)
    var index = 0
    while index + 4 <= count {
      sum += left.four(at: leftStart + index) * right.four(at: rightStart + index)
      index += 4
    }
    var rest: Float = 0
    for last in index..<count { rest += left[leftStart + last] * right[rightStart + last] }
    return sum.sum() + rest
  }

  private static let hann: [Float] = (0..<length).map {
    Float(0.5 - 0.5 * cos(2 * Double.pi * (Double($0) + 0.5) / Double(length)))
  }
}
