import VerificationCore

extension Milliseconds {
  /// A time on an axis or beside a caption: `4 s`, `1:05`, `2:00:00`, `89 d 23:59:10`; tenths where there are any.
  var short: String {
    let (seconds, rest) = count.magnitude.quotientAndRemainder(dividingBy: 1_000)
    let tenths = rest / 100 == 0 ? "" : ".\(rest / 100)"
    guard seconds >= 60 else { return "\(seconds)\(tenths) s" }
    let (hours, minutes) = (seconds / 3_600 % 24, seconds / 60 % 60)
    let clock =
      seconds < 3_600
      ? "\(minutes):\(Self.two(seconds % 60))" : "\(hours):\(Self.two(minutes)):\(Self.two(seconds % 60))"
    return (seconds < 86_400 ? clock : "\(seconds / 86_400) d \(clock)") + tenths
  }

  /// A length in words for a break: `15 min`, `3 h`, `90 d`.
  var rough: String {
    switch count / 1_000 {
    case ..<120: "\(count / 1_000) s"
    case ..<7_200: "\(count / 60_000) min"
    case ..<172_800: "\(count / 3_600_000) h"
    default: "\(count / 86_400_000) d"
    }
  }

  private static func two(_ number: UInt64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
