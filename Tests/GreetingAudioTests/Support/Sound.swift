import Foundation

/// Sounds at 8 kHz, full scale 1, put together from formulae and from espeak-ng's voices.
enum Sound {
  static let rate = 8_000.0

  static func samples(_ seconds: Double) -> Int { Int((seconds * rate).rounded()) }

  static func silence(_ seconds: Double) -> [Float] { [Float](repeating: 0, count: samples(seconds)) }

  /// - Parameter level: in dBov: the root mean square, 1 being 0.
  static func sine(_ hertz: Double, _ seconds: Double, level: Double = -22, rate: Double = rate) -> [Float] {
    let peak = 2.0.squareRoot() * gain(level)
    return (0..<Int((seconds * rate).rounded())).map { Float(peak * sin(2 * .pi * hertz * Double($0) / rate + 0.3)) }
  }

  static func gain(_ decibels: Double) -> Double { pow(10, decibels / 20) }

  /// The same every time: a generator of its own, twelve of whose numbers make one of a bell curve.
  static func whiteNoise(_ count: Int, level: Double) -> [Float] {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    func uniform() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / Double(1 << 53)
    }
    return (0..<count).map { _ in Float(gain(level) * ((0..<12).reduce(-6) { sum, _ in sum + uniform() })) }
  }

  /// White noise with all below a frequency of rolling off by 6 dB an octave turned round: what is lower is stronger.
  static func brownNoise(_ count: Int, level: Double) -> [Float] {
    var last: Float = 0
    return scaled(
      whiteNoise(count, level: 0).map {
        last = 0.98 * last + $0
        return last
      }, to: level)
  }

  /// Three brown noises of different corners, as pink as need be: 3 dB an octave within a decibel.
  static func pinkNoise(_ count: Int, level: Double) -> [Float] {
    var (low, middle, high): (Float, Float, Float) = (0, 0, 0)
    return scaled(
      whiteNoise(count, level: 0).map {
        low = 0.99765 * low + $0 * 0.0990460
        middle = 0.96300 * middle + $0 * 0.2965164
        high = 0.57000 * high + $0 * 1.0526913
        return low + middle + high + $0 * 0.1848
      }, to: level)
  }

  /// To a root mean square.
  static func scaled(_ sound: [Float], to level: Double) -> [Float] {
    let power = sound.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(sound.count)
    return louder(sound, by: level - 10 * log10(power))
  }

  static func louder(_ sound: [Float], by decibels: Double) -> [Float] { sound.map { $0 * Float(gain(decibels)) } }

  static func mix(_ left: [Float], _ right: [Float]) -> [Float] {
    (0..<max(left.count, right.count)).map {
      ($0 < left.count ? left[$0] : 0) + ($0 < right.count ? right[$0] : 0)
    }
  }

  /// Spoken by espeak-ng, brought to an active level of -22 dBov.
  static func speech(
    _ text: String = "Please press the pound key to finish your verification.", voice: String = "en"
  ) throws -> [Float] {
    let wav = try Tools.convert("espeak-ng", ["-v", voice, "-w", "OUT", text], input: [], from: "txt", to: "wav")
    let raw = try Tools.convert(
      "sox", ["IN", "-r", "8000", "-c", "1", "-e", "floating-point", "-b", "32", "OUT"], input: wav, from: "wav",
      to: "f32")
    let sound = raw.withUnsafeBytes { bytes in
      stride(from: 0, to: bytes.count - 3, by: 4).map { bytes.loadUnaligned(fromByteOffset: $0, as: Float.self) }
    }
    return louder(sound, by: -22 - (PlainSpeechLevel.level(sound) ?? 0))
  }

  /// A mono WAV of floats.
  static func wav(_ sound: [Float], rate: UInt32 = 8_000) -> [UInt8] {
    WAVBuilder().fmt(tag: 3, rate: rate, bits: 32).data(Tone.floats(sound)).bytes
  }
}

/// Method B of ITU-T P.56 as it stands there, sample by sample, without any of the code under test.
enum PlainSpeechLevel {
  static func level(_ sound: [Float]) -> Double? {
    let keep = exp(-1 / (8_000 * 0.03))
    var (once, twice, energy) = (0.0, 0.0, 0.0)
    let thresholds = (1...24).map { pow(2, -Double($0)) }
    var active = [Int](repeating: 0, count: thresholds.count)
    var hang = [Int](repeating: 1_600, count: thresholds.count)
    for sample in sound.map(Double.init) {
      energy += sample * sample
      once = keep * once + (1 - keep) * abs(sample)
      twice = keep * twice + (1 - keep) * once
      for (index, threshold) in thresholds.enumerated() {
        hang[index] = twice >= threshold ? 0 : hang[index] + 1
        if hang[index] <= 1_600, twice >= threshold || active[index] > 0 { active[index] += 1 }
      }
    }
    var last: (level: Double, excess: Double)?
    for index in thresholds.indices.reversed() where active[index] > 0 {
      let level = 10 * log10(energy / Double(active[index]))
      let excess = level - 20 * log10(thresholds[index]) - 15.9
      if excess <= 0 {
        return last.map { $0.level + $0.excess / ($0.excess - excess) * (level - $0.level) }
      }
      last = (level, excess)
    }
    return nil
  }
}
