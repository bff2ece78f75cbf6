import Glibc

/// Where somebody speaks in a sound at 8 kHz, and how loud.
struct SpeechExtent: Hashable, Sendable {
  /// In samples, in order, at least one.
  let spans: [Range<Int>]
  /// Without the pauses, in dBov: 0 is a square wave of full scale.
  let level: Double

  /// 20 ms.
  private static let frame = 160
  /// Frames of a pause within a word or between two: 200 ms, the hangover of ITU-T P.56.
  private static let hangover = 10
  /// Speech is what lies at most 15.9 dB below the level of all speech (ITU-T P.56).
  private static let margin = 0.025_7

  /// - Returns: nil where there is nothing but digital silence.
  init?(_ samples: [Float]) {
    let powers = stride(from: 0, to: samples.count, by: Self.frame).map { start in
      let part = samples[start..<min(start + Self.frame, samples.count)]
      return part.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(part.count)
    }
    guard let mean = Self.activePower(powers) else { return nil }
    let active = powers.indices.filter { powers[$0] >= mean * Self.margin }
    var frames: [Range<Int>] = []
    for index in active {
      if let last = frames.last, index - last.upperBound <= Self.hangover {
        frames[frames.count - 1] = last.lowerBound..<index + 1
      } else {
        frames.append(index..<index + 1)
      }
    }
    spans = frames.map { $0.lowerBound * Self.frame..<min($0.upperBound * Self.frame, samples.count) }
    level = 10 * log10(mean)
  }

  /// The threshold moves with the level until they agree.
  private static func activePower(_ powers: [Double]) -> Double? {
    var active = powers.filter { $0 > 1e-12 }
    while !active.isEmpty {
      let mean = active.reduce(0, +) / Double(active.count)
      let louder = active.filter { $0 >= mean * margin }
      if louder.count == active.count { return mean }
      active = louder
    }
    return nil
  }

  /// From the first word to the last.
  var whole: Range<Int> { (spans.first?.lowerBound ?? 0)..<(spans.last?.upperBound ?? 0) }
}
