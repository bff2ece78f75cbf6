import VerificationCore

/// What a drawing of a greeting shows where: the time from left to right, full scale from the middle up and down.
struct WaveformScale {
  /// Seconds from the left edge to the right one.
  let span: Double
  /// Where a greeting gets too long, in seconds; nil where that is far off.
  let limit: Double?
  /// The amplitude at the upper edge: 1, 1/2 or 1/4 of full scale.
  let top: Float
  /// Its level: 0, -6 or -12 dBFS.
  let topLevel: Int
  /// What was found at a place, in the order of the places, numbered from 1.
  let placed: [Placed]
  /// What concerns the whole greeting.
  let unplaced: [Finding]

  struct Placed {
    let number: Int
    let finding: Finding
    /// In seconds.
    let at: Double
  }

  /// In seconds; nothing beyond this is drawn as what it is.
  private static let longest = 1e6

  init(_ portrait: GreetingPortrait, _ waveform: Waveform, limit: Duration) {
    let duration = min(waveform.duration / .seconds(1), Self.longest)
    let limit = limit / .seconds(1)
    let isNear = duration > 0.75 * limit
    // Room behind the limit, so that its line is no edge.
    span = isNear ? max(duration, 1.025 * limit) : max(duration, 0.01)
    self.limit = isNear ? limit : nil
    // A quiet greeting is to look quiet: no closer than this.
    (top, topLevel) = waveform.peak > 0.5 ? (1, 0) : waveform.peak > 0.25 ? (0.5, -6) : (0.25, -12)
    let findings = portrait.report.findings
    let ordered = findings.enumerated().compactMap { index, finding in finding.at.map { ($0, index, finding) } }
      .sorted { ($0.0, $0.1) < ($1.0, $1.1) }
    placed = ordered.enumerated().map { Placed(number: $0 + 1, finding: $1.2, at: min($1.0 / .seconds(1), duration)) }
    unplaced = findings.filter { $0.at == nil }
  }

  /// The tidiest step between marks of the time axis that keeps them `least` seconds apart, in milliseconds.
  func step(least: Double) -> Int {
    var decade = 10
    // Spans have an end, and so have the steps.
    while true {
      for factor in [1, 2, 5] where Double(factor * decade) >= 1_000 * least { return factor * decade }
      decade *= 10
    }
  }
}

extension Waveform {
  /// Whether somebody speaks at this time, in seconds.
  func isSpeech(at seconds: Double) -> Bool {
    let time = Duration.seconds(seconds)
    return speech.contains { $0.contains(time) }
  }

  /// `speech 9.31 of 9.49 s at -22.1 dBov (aim for -26 to -18), peak at -5.0 dBFS`
  var summary: String {
    guard let speechLevel else { return "no speech" }
    let spoken = speech.reduce(Duration.zero) { $0 + ($1.upperBound - $1.lowerBound) }
    let peak = peakLevel.map { ", peak at \(Self.tenths($0)) dBFS" } ?? ""
    return
      "speech \(GreetingText.seconds(spoken)) of \(GreetingText.seconds(duration)) s at \(Self.tenths(speechLevel))"
      + " dBov (aim for -26 to -18)\(peak)"
  }

  private static func tenths(_ level: Double) -> String {
    guard level.isFinite, abs(level) < 1e6 else { return "?" }
    let tenths = Int((level * 10).rounded())
    return "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }
}
