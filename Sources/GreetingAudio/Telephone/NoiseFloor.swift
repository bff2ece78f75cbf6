import Glibc

/// The noise that goes on behind the words, as far as a sound lets it be heard by itself.
///
/// It is what the quietest tenth of the sound's frames of 32 ms hold, if they are noise: even in the telephone band, where
/// music rises and falls, and of the kind that ``NoiseLikeness`` tells from tones, chords and voices. Frames of digital
/// silence do not count, so that silence pasted to the ends of a noisy recording hides nothing.
struct NoiseFloor: Hashable, Sendable {
  /// Mean power of the noise, 1 for a square wave of full scale.
  let power: Double

  /// In milliseconds: half a frame.
  private static let hop = 16
  /// In the band, 30 dB under the least noise that is wanted. Without the sound's offset, digital silence is not 0.
  private static let digitalSilence: Float = 0.001
  /// Frames that are needed: what sounds for less than 1.3 s has no quietest tenth to speak of.
  private static let fewest = 80
  /// Standard deviation of the quietest frames in the band, in dB: noise measures 0.2 to 1.0, music 1.0 to 20.
  private static let largestDeviation: Float = 1.1

  /// - Parameters:
  ///   - band: power of each frame in the telephone band, as ``BandMeter`` gives it.
  ///   - least: the power from which noise is wanted; spares a close look at what is clean anyway.
  /// - Returns: nil where the quietest frames are no noise, or have less than `least`.
  init?(_ sound: CentredSound, _ milliseconds: Milliseconds, band: [Float], least: Double) {
    let silence = Float(least) * Self.digitalSilence
    let frames = Self.frames(milliseconds.powers, perHop: Self.hop)
    let inBand = Self.frames(band, perHop: Self.hop * Milliseconds.length / BandMeter.frameLength)
    let sounding = Self.sounding(inBand, above: silence).filter { $0 < frames.count }
    guard sounding.count >= Self.fewest, let limit = Self.tenth(sounding.map { frames[$0] }), Double(limit) * 8 > least,
      let floor = Self.evenFloor(sounding.map { inBand[$0] })
    else { return nil }

    // Rumble comes and goes more slowly than frames: the quietest are quieter than it is. What is as quiet as they are in
    // the band has no words in it, and is counted with all its rumble, up to what can only be something else.
    let wordless = sounding.lazy.filter {
      frames[$0] < 2 * limit || (inBand[$0] < 1.4 * floor && frames[$0] < 8 * limit)
    }
    power = wordless.reduce(0) { $0 + Double(frames[$1]) } / Double(max(1, wordless.count))
    let quietest = sounding.filter { frames[$0] <= limit }.map { $0 * Self.hop * Milliseconds.length }
    guard power >= least, NoiseLikeness.isNoise(sound, frames: quietest) else { return nil }
  }

  /// Frames away from silence: what is half in it would pass for quiet.
  private static func sounding(_ frames: [Float], above silence: Float) -> [Int] {
    frames.indices.filter { frame in
      (max(0, frame - 2)...min(frames.count - 1, frame + 2)).allSatisfy { frames[$0] > silence }
    }
  }

  /// The mean of the quietest tenth, where these frames are about as loud as one another.
  private static func evenFloor(_ inBand: [Float]) -> Float? {
    guard let limit = tenth(inBand) else { return nil }
    let quietest = inBand.filter { $0 <= limit }
    let levels = quietest.map { 10 * log10($0) }
    let mean = levels.reduce(0, +) / Float(levels.count)
    let variance = levels.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(levels.count)
    return variance <= largestDeviation * largestDeviation ? quietest.reduce(0, +) / Float(quietest.count) : nil
  }

  /// The power that a tenth of them, one at least, do not exceed; nil where there are none.
  private static func tenth(_ powers: [Float]) -> Float? {
    guard !powers.isEmpty else { return nil }
    var wanted = max(0, powers.count / 10 - 1)
    // As bits, floats above zero stand in their own order: all but those of one eighth of a doubling are only counted.
    var counts = [Int](repeating: 0, count: 1 << 12)
    for power in powers { counts[eighth(power)] += 1 }
    var bin = 0
    while wanted >= counts[bin] {
      wanted -= counts[bin]
      bin += 1
    }
    return powers.filter { eighth($0) == bin }.sorted()[wanted]
  }

  private static func eighth(_ power: Float) -> Int { Int(power.bitPattern >> 20) & 0xFFF }

  /// The mean power of each frame, a frame being two hops.
  private static func frames(_ powers: [Float], perHop: Int) -> [Float] {
    let hops = stride(from: 0, to: powers.count - perHop + 1, by: perHop).map { start in
      var sum: Float = 0
      for index in start..<start + perHop { sum += powers[index] }
      return sum
    }
    return zip(hops, hops.dropFirst()).map { ($0 + $1) / Float(2 * perHop) }
  }
}
