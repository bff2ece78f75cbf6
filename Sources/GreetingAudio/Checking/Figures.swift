/// How figures are written in messages.
enum Figures {
  /// `1048577` as `1,048,577`.
  static func grouped(_ number: some BinaryInteger) -> String {
    let digits = Array(String(number.magnitude))
    var text = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return text
  }

  /// `1 byte`, `2 bytes`.
  static func counted(_ number: some BinaryInteger, _ noun: String) -> String {
    "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")"
  }

  /// `20.31 s`, rounded down.
  static func seconds(_ time: Duration) -> String {
    let (seconds, attoseconds) = time.components
    let hundredths = attoseconds / 10_000_000_000_000_000
    return "\(seconds).\(hundredths < 10 ? "0" : "")\(hundredths) s"
  }

  /// `3.0 s`, rounded down.
  static func tenths(_ time: Duration) -> String { "\(decimal(Double(time / .milliseconds(100)) / 10, .down)) s" }

  /// One decimal: `-36.1`.
  static func decimal(_ value: Double, _ rule: FloatingPointRoundingRule = .toNearestOrAwayFromZero) -> String {
    guard value.isFinite, abs(value) < 1e9 else { return "?" }
    let tenths = Int((value * 10).rounded(rule))
    return "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }

  /// A share of 1 as `0.06 %`, `2.5 %`, `-31.0 %`: two decimals below one per cent, one above.
  static func percent(_ share: Double) -> String {
    guard share.isFinite, abs(share) < 1e6 else { return "?" }
    let sign = share < 0 ? "-" : ""
    let unit = abs(share) < 0.01 ? 100 : 10
    let steps = Int((abs(share) * 100 * Double(unit)).rounded())
    let fraction = String(steps % unit)
    return "\(sign)\(steps / unit).\(unit == 100 && fraction.count == 1 ? "0" : "")\(fraction) %"
  }

  /// `frames / rate` to the nanosecond, rounded down; zero for a rate that is none.
  static func time(frames: Int, rate: Int) -> Duration {
    guard rate > 0 else { return .zero }
    let (seconds, rest) = frames.quotientAndRemainder(dividingBy: rate)
    let (scaled, overflow) = rest.multipliedReportingOverflow(by: 1_000_000_000)
    return .seconds(seconds) + .nanoseconds(overflow ? 0 : scaled / rate)
  }
}
