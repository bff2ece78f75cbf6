/// The shape of a sound over time, small enough to be drawn and to be carried from one process to another.
public struct Waveform: Hashable, Sendable, Codable {
  /// What the samples of one stretch of time amount to; full scale is -1 to 1.
  public struct Column: Hashable, Sendable, Codable {
    public var low: Float
    public var high: Float
    /// Other than 0 where the sound is shifted, or the stretch is as short as a wave.
    public var mean: Float
    /// The root of the mean square of what differs from the mean.
    public var rms: Float

    public init(low: Float, high: Float, mean: Float = 0, rms: Float) {
      self.low = low
      self.high = high
      self.mean = mean
      self.rms = rms
    }
  }

  /// Stretches of equal length, from the start to ``duration``.
  public var columns: [Column]
  public var duration: Duration
  /// Where somebody speaks, in order; none where nobody does.
  public var speech: [Range<Duration>]
  /// The level of the speech without its pauses in dBov, 0 being a square wave of full scale; nil where there is none.
  public var speechLevel: Double?
  /// The largest magnitude of any sample in dBFS, 0 being full scale; nil for digital silence.
  public var peakLevel: Double?

  public init(
    columns: [Column], duration: Duration, speech: [Range<Duration>] = [], speechLevel: Double? = nil,
    peakLevel: Double? = nil
  ) {
    self.columns = columns
    self.duration = duration
    self.speech = speech
    self.speechLevel = speechLevel
    self.peakLevel = peakLevel
  }

  /// The largest magnitude of any sample.
  public var peak: Float { columns.reduce(0) { max($0, max($1.high, -$1.low)) } }

  /// The same in `count` columns. Where there are fewer than that, some stand twice.
  public func columns(_ count: Int) -> [Column] {
    guard count > 0, !columns.isEmpty else { return [] }
    return (0..<count).map { index in
      let start = index * columns.count / count
      let end = max(start + 1, (index + 1) * columns.count / count)
      return Self.merged(columns[start..<end])
    }
  }

  private static func merged(_ part: ArraySlice<Column>) -> Column {
    let count = Float(part.count)
    let mean = part.reduce(0) { $0 + $1.mean } / count
    let power = part.reduce(0) { $0 + $1.rms * $1.rms + ($1.mean - mean) * ($1.mean - mean) } / count
    return Column(
      low: part.reduce(.infinity) { min($0, $1.low) }, high: part.reduce(-.infinity) { max($0, $1.high) },
      mean: mean, rms: power.squareRoot())
  }
}

/// A greeting to look at: what the check says, and the shape of the sound as a telephone carries it.
public struct GreetingPortrait: Hashable, Sendable, Codable {
  public var report: GreetingReport
  /// nil where there is no sound that could be decoded.
  public var waveform: Waveform?

  public init(report: GreetingReport, waveform: Waveform?) {
    self.report = report
    self.waveform = waveform
  }
}
