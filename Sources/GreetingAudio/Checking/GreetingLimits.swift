/// What a greeting file may measure.
public struct GreetingLimits: Hashable, Sendable, Codable {
  /// Largest size in bytes that is accepted: 1 MB of 1,024 x 1,024 bytes unless set.
  public var maxBytes: Int
  /// Size in bytes from which a warning is given, because some read "1 MB" as 1,000,000 bytes.
  public var nearBytes: Int
  /// The decoded sound must stay strictly under this many seconds.
  public var maxSeconds: Int

  /// The limits of the service unless told otherwise.
  public init(maxBytes: Int = 1_048_576, nearBytes: Int = 1_000_000, maxSeconds: Int = 20) {
    self.maxBytes = maxBytes
    self.nearBytes = nearBytes
    self.maxSeconds = maxSeconds
  }

  /// Whether so many frames at this rate reach the limit; integers only, so that 159,999 frames at 8 kHz pass and
  /// 160,000 do not. A limit that overflows is out of reach.
  func isReached(frames: Int, rate: Int) -> Bool {
    let (allowed, overflow) = maxSeconds.multipliedReportingOverflow(by: rate)
    return !overflow && frames >= allowed
  }
}
