/// Where somebody speaks in a sound at 8 kHz, and how loud.
struct SpeechExtent: Hashable, Sendable {
  /// In samples, in order, at least one.
  let spans: [Range<Int>]
  /// Without the pauses, in dBov: 0 is a square wave of full scale.
  let level: Double

  /// - Returns: nil where a telephone would carry nothing.
  init?(_ samples: [Float]) { self.init(TelephoneMeasures(samples)) }

  init?(_ measures: TelephoneMeasures?) {
    guard let measures, let level = measures.level, !measures.active.isEmpty else {
      return nil
    }
    spans = measures.active
    self.level = level.active
  }

  /// From the first word to the last.
  var whole: Range<Int> { (spans.first?.lowerBound ?? 0)..<(spans.last?.upperBound ?? 0) }
}
