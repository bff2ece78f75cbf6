/// A length of time in whole milliseconds.
public struct Milliseconds: Hashable, Comparable, Sendable {
  public var count: Int64

  @inlinable
  public init(_ count: Int64) { self.count = count }

  public static let zero = Milliseconds(0)

  @inlinable
  public static func seconds(_ seconds: Int64) -> Milliseconds { Milliseconds(seconds * 1_000) }

  @inlinable
  public static func minutes(_ minutes: Int64) -> Milliseconds { .seconds(minutes * 60) }

  @inlinable
  public static func days(_ days: Int64) -> Milliseconds { .seconds(days * 86_400) }

  @inlinable
  public static func < (left: Milliseconds, right: Milliseconds) -> Bool { left.count < right.count }

  /// Stops at the ends of what there is: lengths come from files, and none may trap.
  @inlinable
  public static func + (left: Milliseconds, right: Milliseconds) -> Milliseconds {
    Milliseconds(left.count.addingSaturating(right.count))
  }

  @inlinable
  public static func - (left: Milliseconds, right: Milliseconds) -> Milliseconds {
    Milliseconds(left.count - right.count)
  }

  /// The same length for a `Clock`.
  public var duration: Duration { .milliseconds(count) }

  public init(roundingDown duration: Duration) {
    let (seconds, attoseconds) = duration.components
    self.init(seconds * 1_000 + attoseconds / 1_000_000_000_000_000)
  }

  public init(nearest duration: Duration) { self.init(roundingDown: duration + .microseconds(500)) }
}

extension Milliseconds: CustomStringConvertible {
  /// Seconds with as many decimals as there are: `4 s`, `0.25 s`.
  public var description: String { "\(decimalSeconds) s" }

  /// `4`, `0.25`: seconds without the unit, no trailing zeros.
  public var decimalSeconds: String {
    let magnitude = count.magnitude
    let sign = count < 0 ? "-" : ""
    let fraction = magnitude % 1_000
    guard fraction != 0 else { return "\(sign)\(magnitude / 1_000)" }
    var digits = String(fraction + 1_000).dropFirst()
    while digits.last == "0" { digits.removeLast() }
    return "\(sign)\(magnitude / 1_000).\(digits)"
  }

  /// `00:07.400`: minutes, seconds and milliseconds, as a stopwatch shows them.
  public var stopwatch: String {
    let magnitude = count.magnitude
    let sign = count < 0 ? "-" : ""
    let (minutes, seconds, fraction) = (magnitude / 60_000, magnitude / 1_000 % 60, magnitude % 1_000)
    return "\(sign)\(padded(minutes, 2)):\(padded(seconds, 2)).\(padded(fraction, 3))"
  }

  /// Reads `4s`, `1.5s`, `250ms`, `2m`, `3h`, `90d`; a bare number counts `unit`.
  ///
  /// - Returns: nil for anything else, and for lengths beyond 100 years.
  public init?(_ text: some StringProtocol, unit: Unit = .seconds) {
    let number = text.prefix { $0.isASCII && ($0.isWholeNumber || $0 == ".") }
    let suffix = text.dropFirst(number.count)
    guard let unit = suffix.isEmpty ? unit : Unit(suffix: String(suffix)),
      let thousandths = Self.thousandths(number)
    else { return nil }
    let (product, overflow) = thousandths.multipliedReportingOverflow(by: unit.milliseconds)
    guard !overflow, product % 1_000 == 0, product / 1_000 <= Milliseconds.days(36_525).count else { return nil }
    self.init(product / 1_000)
  }

  public enum Unit: Sendable {
    case milliseconds, seconds, minutes, hours, days

    init?(suffix: String) {
      switch suffix {
      case "ms": self = .milliseconds
      case "s": self = .seconds
      case "m", "min": self = .minutes
      case "h": self = .hours
      case "d": self = .days
      default: return nil
      }
    }

    public var name: String {
      switch self {
      case .milliseconds: "milliseconds"
      case .seconds: "seconds"
      case .minutes: "minutes"
      case .hours: "hours"
      case .days: "days"
      }
    }

    var milliseconds: Int64 {
      switch self {
      case .milliseconds: 1
      case .seconds: 1_000
      case .minutes: 60_000
      case .hours: 3_600_000
      case .days: 86_400_000
      }
    }
  }

  /// Decimal text times 1,000, exactly; at most three decimals.
  private static func thousandths(_ text: some StringProtocol) -> Int64? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard let whole = parts.first, !whole.isEmpty, whole.count <= 12, parts.count <= 2 else { return nil }
    let decimals = parts.count == 2 ? String(parts[1]) : "0"
    guard !decimals.isEmpty, decimals.count <= 3, let value = Int64(whole) else { return nil }
    let filled = decimals + String(repeating: "0", count: 3 - decimals.count)
    guard let fraction = Int64(filled) else { return nil }
    return value * 1_000 + fraction
  }
}

extension Int64 {
  @inlinable
  func addingSaturating(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? (other < 0 ? .min : .max) : sum
  }
}

/// A number with leading zeros up to `width` digits.
func padded(_ number: some BinaryInteger, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
