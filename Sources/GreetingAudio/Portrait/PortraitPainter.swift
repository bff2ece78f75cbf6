import Glibc
public import VerificationCore

/// What is needed to draw a greeting.
public enum PortraitPainter {
  /// - Parameters:
  ///   - bytes: the content of a file, at most ``GreetingMender/maxBytes``.
  ///   - name: the name it came with.
  ///   - columns: of the waveform, 1 or more. Of what is longer, two minutes are drawn.
  public static func portrait(of bytes: [UInt8], name: String, columns: Int = 1_920) -> GreetingPortrait {
    let whole = WholeReport(bytes, name: name)
    return GreetingPortrait(
      report: whole.report, waveform: whole.greeting.map { waveform($0.telephone.samples, columns: max(1, columns)) })
  }

  static func waveform(_ samples: [Float], columns: Int) -> Waveform {
    let rate = DecodedGreeting.telephoneRate
    let speech = SpeechExtent(samples)
    let peak = samples.reduce(Float(0)) { max($0, abs($1)) }
    let count = min(columns, samples.count)
    let time = { Figures.time(frames: $0, rate: rate) }
    return Waveform(
      columns: (0..<count).map { index in
        column(samples[index * samples.count / count..<(index + 1) * samples.count / count])
      },
      duration: time(samples.count),
      speech: speech?.spans.map { time($0.lowerBound)..<time($0.upperBound) } ?? [], speechLevel: speech?.level,
      peakLevel: peak > 0 ? 20 * log10(Double(peak)) : nil)
  }

  private static func column(_ samples: ArraySlice<Float>) -> Waveform.Column {
    var (low, high, square) = (Float.infinity, -Float.infinity, 0.0)
    for sample in samples {
      low = min(low, sample)
      high = max(high, sample)
      square += Double(sample) * Double(sample)
    }
    return Waveform.Column(low: low, high: high, rms: Float((square / Double(max(1, samples.count))).squareRoot()))
  }
}
