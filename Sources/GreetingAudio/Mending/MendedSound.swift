import Glibc
import VerificationCore

/// A sound at 8 kHz while it is mended.
struct MendedSound {
  private(set) var samples: [Float]
  private var speech: SpeechExtent

  /// - Returns: nil where there is nothing but silence.
  init?(_ samples: [Float]) {
    guard let speech = SpeechExtent(samples) else { return nil }
    self.samples = samples
    self.speech = speech
  }

  /// Brings the speech to `target` dBov, as far as no sample exceeds ``GreetingMender/peak``.
  ///
  /// - Returns: nil where the level is right already, or as high as the peaks allow.
  mutating func level(to target: Double) -> Mend? {
    let loudest = samples.reduce(Float(0)) { max($0, abs($1)) }
    let room = GreetingMender.peak - 20 * log10(Double(loudest))
    let wanted = target - speech.level
    let gain = min(wanted, room)
    guard abs(gain) >= GreetingMender.tolerance, gain.isFinite else { return nil }
    let factor = Float(pow(10, gain / 20))
    for index in samples.indices { samples[index] *= factor }
    let limit = room < wanted ? ": more would bring the peaks above \(Int(GreetingMender.peak)) dBFS" : ""
    let former = speech.level
    speech = SpeechExtent(samples) ?? speech
    return Mend(
      .level,
      "the speech is brought from \(Figures.decimal(former)) to \(Figures.decimal(former + gain)) dBov"
        + " (\(gain < 0 ? "" : "+")\(Figures.decimal(gain)) dB)\(limit)")
  }

  /// Cuts the silence before the first word and after the last down to ``GreetingMender/margin``.
  mutating func trim() -> [Mend] {
    let rate = Double(Telephone.rate)
    let margin = Int(GreetingMender.margin * rate)
    let least = margin + Int(GreetingMender.spare * rate)
    let (lead, tail) = (speech.whole.lowerBound, samples.count - speech.whole.upperBound)
    let start = lead > least ? lead - margin : 0
    let end = tail > least ? samples.count - tail + margin : samples.count
    var mends: [Mend] = []
    if start > 0 { mends.append(Mend(.lead, Self.cut(lead, "before the first word"))) }
    if end < samples.count { mends.append(Mend(.tail, Self.cut(tail, "after the last word"))) }
    samples = Array(samples[start..<end])
    return mends
  }

  private static func cut(_ silence: Int, _ place: String) -> String {
    let length = Figures.seconds(Figures.time(frames: silence, rate: Telephone.rate))
    return "of \(length) of silence \(place), 0.20 s stay"
  }
}
