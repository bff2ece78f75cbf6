import Glibc
import VerificationCore

/// A sound at 8 kHz while it is mended.
struct MendedSound {
  private(set) var samples: [Float]
  private var speech: SpeechExtent

  /// Decodes what was only looked at so far, where the channels have to be mixed in another way.
  ///
  /// - Returns: nil where there is nothing but silence.
  init?(_ greeting: DecodedGreeting, of stream: SoundStream, _ mix: ChannelMix) {
    guard let samples = mix.isPlain ? greeting.telephone.samples : mix.telephone(of: stream),
      let speech = mix.isPlain ? SpeechExtent(greeting.measures) : SpeechExtent(samples)
    else { return nil }
    self.samples = samples
    self.speech = speech
  }

  /// Brings the speech to `target` dBov, as far as no sample exceeds ``GreetingMender/peak``.
  ///
  /// - Parameter tolerance: dB that it may be off.
  /// - Returns: nil where the level is right already, or as high as the peaks allow.
  mutating func level(to target: Double, tolerance: Double) -> Mend? {
    let loudest = samples.reduce(Float(0)) { max($0, abs($1)) }
    let room = GreetingMender.peak - 20 * log10(Double(loudest))
    let wanted = target - speech.level
    // A peak above the limit already is no reason to make quiet speech quieter.
    let gain = wanted > 0 ? max(0, min(wanted, room)) : wanted
    guard abs(gain) >= tolerance, gain.isFinite else { return nil }
    let factor = Float(pow(10, gain / 20))
    for index in samples.indices { samples[index] *= factor }
    let (former, new) = (Figures.decimal(speech.level), Figures.decimal(speech.level + gain))
    let change =
      gain < 0
      ? Sentence("the speech is brought from \(former) to \(new) dBov (\(Figures.decimal(gain)) dB)")
      : Sentence("the speech is brought from \(former) to \(new) dBov (+\(Figures.decimal(gain)) dB)")
    return Mend(
      .level,
      room < wanted
        ? "\(change): more would bring the peaks above \(Int(GreetingMender.peak)) dBFS" : "\(change)")
  }

  /// Cuts the silence before the first word and after the last down to ``GreetingMender/margin``.
  mutating func trim() -> [Mend] {
    let rate = Double(Telephone.rate)
    let margin = Int(GreetingMender.margin * rate)
    let least = margin + Int(GreetingMender.spare * rate)
    let (lead, tail) = (speech.whole.lowerBound, samples.count - speech.whole.upperBound)
    let start = lead > least ? lead - margin : 0
    // Trimming must not make a sound of a few syllables too short.
    let shortest = min(samples.count, start + Int(GreetingMender.shortest * rate))
    let end = max(shortest, tail > least ? samples.count - tail + margin : samples.count)
    let stays = tail - (samples.count - end)
    var mends: [Mend] = []
    if start > 0 {
      mends.append(Mend(.lead, "of \(Self.time(lead)) of silence before the first word, \(Self.time(margin)) stay"))
    }
    if end < samples.count {
      mends.append(Mend(.tail, "of \(Self.time(tail)) of silence after the last word, \(Self.time(stays)) stay"))
    }
    guard !mends.isEmpty else { return [] }
    samples = Array(samples[start..<end])
    speech = SpeechExtent(samples) ?? speech
    return mends
  }

  /// Takes away what mean is left: other parts, or louder, have another.
  mutating func centre() {
    let mean = Float(samples.reduce(0.0) { $0 + Double($1) } / Double(max(1, samples.count)))
    for index in samples.indices { samples[index] -= mean }
  }

  private static func time(_ samples: Int) -> Sentence.Figure {
    Figures.seconds(Figures.time(frames: samples, rate: Telephone.rate))
  }
}
