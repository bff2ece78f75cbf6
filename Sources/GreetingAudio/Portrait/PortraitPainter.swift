import Glibc
public import VerificationCore

/// What is needed to draw a greeting.
public enum PortraitPainter {
  /// Two for each pixel of a picture.
  public static let defaultColumns = 1_920

  /// - Parameters:
  ///   - bytes: the content of a file, at most ``GreetingMender/maxBytes``.
  ///   - name: the name it came with.
  ///   - columns: of the waveform, 1 or more. Of what is longer, two minutes are drawn.
  public static func portrait(of bytes: [UInt8], name: String, columns: Int = defaultColumns) -> GreetingPortrait {
    let whole = GreetingChecker().whole(bytes, name: name)
    return GreetingPortrait(
      report: whole.report, waveform: whole.greeting.map { waveform($0, columns: max(1, columns)) })
  }

  private static func waveform(_ greeting: DecodedGreeting, columns: Int) -> Waveform {
    let samples = greeting.telephone.samples
    let rate = Telephone.rate
    let speech = SpeechExtent(greeting.measures)
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
    var (low, high, sum, square) = (Float.infinity, -Float.infinity, 0.0, 0.0)
    for sample in samples {
      low = min(low, sample)
      high = max(high, sample)
      sum += Double(sample)
      square += Double(sample) * Double(sample)
    }
    let mean = sum / Double(max(1, samples.count))
    let power = square / Double(max(1, samples.count)) - mean * mean
    return Waveform.Column(low: low, high: high, mean: Float(mean), rms: Float(max(0, power).squareRoot()))
  }
}
