import VerificationCore

/// How figures are rounded for messages.
enum Figures {
  /// `1048577` as `1,048,577`.
  static func grouped(_ number: some BinaryInteger) -> Sentence.Figure {
    .count(Int64(clamping: number), isGrouped: true)
  }

  /// What is counted.
  enum Noun { case bit, byte, channel, frame, place, sample }

  /// `1 byte`, `2 bytes`.
  static func counted(_ number: some BinaryInteger, _ noun: Noun) -> Sentence {
    let (count, isOne) = (grouped(number), number == 1)
    return switch noun {
    case .bit: Sentence(isOne ? "\(count) bit" : "\(count) bits")
    case .byte: Sentence(isOne ? "\(count) byte" : "\(count) bytes")
    case .channel: Sentence(isOne ? "\(count) channel" : "\(count) channels")
    case .frame: Sentence(isOne ? "\(count) frame" : "\(count) frames")
    case .place: Sentence(isOne ? "\(count) more place" : "\(count) more places")
    case .sample: Sentence(isOne ? "\(count) sample" : "\(count) samples")
    }
  }

  /// `20.31 s`, rounded down.
  static func seconds(_ time: Duration) -> Sentence.Figure {
    let (seconds, attoseconds) = time.components
    let (hundredths, overflow) = seconds.multipliedReportingOverflow(by: 100)
    return .seconds(overflow ? .max : hundredths + attoseconds / 10_000_000_000_000_000, digits: 2)
  }

  /// `3.0 s`, rounded down.
  static func tenths(_ time: Duration) -> Sentence.Figure {
    .seconds(steps(time / .milliseconds(100) / 10 * 10, .down) ?? 0, digits: 1)
  }

  /// One decimal: `-36.1`.
  static func decimal(
    _ value: Double, _ rule: FloatingPointRoundingRule = .toNearestOrAwayFromZero
  ) -> Sentence.Figure {
    steps(value * 10, rule).map { .decimal($0, digits: 1) } ?? .text("?")
  }

  /// A share of 1 as `0.06 %`, `2.5 %`, `-31.0 %`: two decimals below one per cent, one above.
  static func percent(_ share: Double) -> Sentence.Figure {
    guard abs(share) < 1e6 else { return .text("?") }
    let digits = abs(share) < 0.01 ? 2 : 1
    return steps(share * 100 * (digits == 2 ? 100 : 10), .toNearestOrAwayFromZero)
      .map { .percent($0, digits: digits) } ?? .text("?")
  }

  /// nil for what no message could hold.
  private static func steps(_ value: Double, _ rule: FloatingPointRoundingRule) -> Int64? {
    value.isFinite && abs(value) < 1e10 ? Int64(value.rounded(rule)) : nil
  }

  /// `frames / rate` to the nanosecond, rounded down; zero for a rate that is none.
  static func time(frames: Int, rate: Int) -> Duration {
    guard rate > 0 else { return .zero }
    let (seconds, rest) = frames.quotientAndRemainder(dividingBy: rate)
    let (scaled, overflow) = rest.multipliedReportingOverflow(by: 1_000_000_000)
    return .seconds(seconds) + .nanoseconds(overflow ? 0 : scaled / rate)
  }
}
