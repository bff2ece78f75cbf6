/// Decoded sound, mixed down to one channel.
public struct MonoSound: Hashable, Sendable {
  /// Full scale is -1 to 1; float files may go beyond it or hold what is no number.
  public var samples: [Float]
  /// Samples a second, in hertz.
  public var rate: Int

  /// - Parameter rate: above 0.
  public init(samples: [Float], rate: Int) {
    self.samples = samples
    self.rate = rate
  }

  /// Length, rounded down to the nanosecond.
  public var duration: Duration { Figures.time(frames: samples.count, rate: rate) }
}
