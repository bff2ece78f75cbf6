import Glibc

/// All that is measured of a sound as a caller hears it, once, for the checks, for a drawing and for mending.
struct TelephoneMeasures: Hashable, Sendable {
  /// Samples measured, at 8 kHz.
  let count: Int
  /// nil where there is nothing that a telephone would carry.
  let level: SpeechLevel?
  /// Where the sound is active, in samples; empty where it is silent throughout.
  let active: [Range<Int>]
  /// Speech over noise in dB, at least 0; nil where no noise was found, or none that matters.
  let signalToNoise: Double?
  /// Mean power from 300 to 3,400 Hz, 1 for a square wave of full scale.
  let inBandPower: Double
  let digits: [DTMFDigit]
  let signallingTones: [SignallingTone]

  /// Of a call's coding, the smallest step is about as large; in dBov.
  private static let quietest = -75.0
  /// Above this the noise of a sound is not looked for, in dB.
  static let cleanest = 36.0

  /// - Parameter samples: mono, at 8 kHz.
  /// - Returns: nil when there are no samples, one is no number, or one is too large to be squared.
  init?(_ samples: [Float]) {
    guard let sound = CentredSound(samples) else { return nil }
    let milliseconds = Milliseconds(sound)
    let level = SpeechLevel(milliseconds).flatMap { level in
      level.active < Self.quietest ? nil : level
    }
    let band = BandMeter(sound)
    let noise = level.flatMap { level in
      NoiseFloor(
        sound, milliseconds, band: band.frames, least: Telephone.power(ofDecibels: level.active - Self.cleanest))
    }
    let activity = Activity(frames: band.frames, count: sound.count, isNoisy: noise != nil)
    count = sound.count
    self.level = level
    active = level == nil ? [] : activity.spans
    signalToNoise = noise.map { noise in
      let power = milliseconds.activePower(activity.spans)
      return max(0, Telephone.decibels(ofPower: max(power / noise.power - 1, .leastNormalMagnitude)))
    }
    inBandPower = band.power
    digits = level == nil ? [] : DTMFDetector.digits(sound, milliseconds)
    signallingTones = level == nil ? [] : SignallingToneDetector.tones(sound, milliseconds)
  }

  /// In samples: what is silent before, between and behind.
  var leadingSilence: Range<Int> { 0..<(active.first?.lowerBound ?? count) }
  var trailingSilence: Range<Int> { (active.last?.upperBound ?? count)..<count }
  /// The first of the longest ones; nil where the sound is active throughout, or silent.
  var longestGap: Range<Int>? {
    zip(active, active.dropFirst()).map { $0.upperBound..<$1.lowerBound }.reduce(nil) { longest, gap in
      gap.count > longest?.count ?? 0 ? gap : longest
    }
  }
}

extension Milliseconds {
  /// What ITU-T P.56 counts as active after words, in milliseconds: the ratio is that of its level to the noise.
  private static let hangover = 200

  /// The mean power in the spans, given in samples, and in what follows each of them.
  fileprivate func activePower(_ spans: [Range<Int>]) -> Double {
    var (sum, count, done) = (0.0, 0, 0)
    for span in spans {
      let end = min(span.upperBound / Self.length + Self.hangover, powers.count)
      for index in min(max(span.lowerBound / Self.length, done), end)..<end {
        sum += Double(powers[index])
        count += 1
      }
      done = end
    }
    return count > 0 ? sum / Double(count) : 0
  }
}
