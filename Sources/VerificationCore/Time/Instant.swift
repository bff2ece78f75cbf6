/// A point in time: whole milliseconds since 1970-01-01T00:00:00Z.
///
/// The core never asks what time it is; every function that needs an instant is handed one.
public struct Instant: Hashable, Comparable, Sendable {
  public var millisecondsSince1970: Int64

  @inlinable
  public init(millisecondsSince1970: Int64) { self.millisecondsSince1970 = millisecondsSince1970 }

  /// Where the virtual clock starts unless told otherwise: 2025-01-15T09:00:00Z.
  public static let virtualStart = Instant(millisecondsSince1970: 1_736_931_600_000)

  @inlinable
  public static func < (left: Instant, right: Instant) -> Bool {
    left.millisecondsSince1970 < right.millisecondsSince1970
  }

  @inlinable
  public static func + (instant: Instant, length: Milliseconds) -> Instant {
    Instant(millisecondsSince1970: instant.millisecondsSince1970.addingSaturating(length.count))
  }

  @inlinable
  public static func - (left: Instant, right: Instant) -> Milliseconds {
    Milliseconds(left.millisecondsSince1970 - right.millisecondsSince1970)
  }
}

extension Instant: CustomStringConvertible {
  /// ISO 8601 in UTC: `2025-01-15T09:00:00Z`, with milliseconds where there are any.
  public var description: String {
    let (day, time) = millisecondsSince1970.quotientAndRemainderFloored(by: 86_400_000)
    let date = CivilDate(daysSince1970: day)
    // Records hold many of them: into bytes, with no text for each number.
    var text: [UInt8] = []
    text.reserveCapacity(24)
    if (0...9_999).contains(date.year) {
      Self.append(date.year / 100, to: &text)
      Self.append(date.year % 100, to: &text)
    } else {
      text.append(contentsOf: padded(date.year, 4).utf8)
    }
    Self.append(date.month, behind: "-", to: &text)
    Self.append(date.day, behind: "-", to: &text)
    Self.append(time / 3_600_000, behind: "T", to: &text)
    Self.append(time / 60_000 % 60, behind: ":", to: &text)
    Self.append(time / 1_000 % 60, behind: ":", to: &text)
    if time % 1_000 != 0 { text.append(contentsOf: ".\(padded(time % 1_000, 3))".utf8) }
    text.append(UInt8(ascii: "Z"))
    return String(decoding: text, as: UTF8.self)
  }

  /// - Parameter number: below 100; written with two digits.
  private static func append(_ number: Int64, behind separator: Unicode.Scalar? = nil, to text: inout [UInt8]) {
    if let separator { text.append(UInt8(ascii: separator)) }
    text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10))
    text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
  }

  /// Reads `2025-01-15`, `2025-01-15T09:00Z`, `2025-01-15T09:00:00.250Z`, `2025-01-15T10:00:00+01:00`.
  ///
  /// A time without a zone is UTC. Years 1970 to 9999; nil for anything else.
  public init?(iso8601 text: some StringProtocol) {
    let halves = text.split(separator: "T", omittingEmptySubsequences: false)
    guard (1...2).contains(halves.count), let date = CivilDate(halves[0]) else { return nil }
    var milliseconds = date.daysSince1970 * 86_400_000
    if halves.count == 2 {
      guard let time = Self.milliseconds(ofTime: halves[1]) else { return nil }
      milliseconds += time
    }
    self.init(millisecondsSince1970: milliseconds)
  }

  /// Whether a time that `init(iso8601:)` reads says neither Z nor an offset.
  public static func isLocal(_ text: some StringProtocol) -> Bool {
    let halves = text.split(separator: "T", omittingEmptySubsequences: false)
    return halves.count < 2 || !halves[1].contains { "Z+-".contains($0) }
  }

  private static func milliseconds(ofTime text: some StringProtocol) -> Int64? {
    guard let end = text.firstIndex(where: { "Z+-".contains($0) }) else { return clock(text) }
    guard let time = clock(text[..<end]), let zone = offset(text[end...]) else { return nil }
    return time - zone
  }

  private static func clock(_ text: some StringProtocol) -> Int64? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), parts[0].count == 2, parts[1].count == 2,
      let hours = Int64(parts[0]), (0..<24).contains(hours),
      let minutes = Int64(parts[1]), (0..<60).contains(minutes)
    else { return nil }
    var length = Milliseconds.zero
    if parts.count == 3 {
      guard parts[2].prefix(2).count == 2, let seconds = Milliseconds(parts[2] + "s"), seconds < .minutes(1) else {
        return nil
      }
      length = seconds
    }
    return hours * 3_600_000 + minutes * 60_000 + length.count
  }

  private static func offset(_ text: some StringProtocol) -> Int64? {
    if text == "Z" { return 0 }
    guard let sign = text.first, sign != "Z", let time = clock(text.dropFirst()) else { return nil }
    return sign == "-" ? -time : time
  }
}

/// A day of the proleptic Gregorian calendar.
struct CivilDate: Hashable {
  let year: Int64
  let month: Int64
  let day: Int64

  /// The day count is split into 400-year eras that begin on 1 March, so that the leap day is the last of its year.
  init(daysSince1970: Int64) {
    let (era, dayOfEra) = (daysSince1970 + 719_468).quotientAndRemainderFloored(by: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
      let year = Int64(parts[0]), (1970...9999).contains(year),
      let month = Int64(parts[1]), (1...12).contains(month),
      let day = Int64(parts[2]), (1...31).contains(day)
    else { return nil }
    (self.year, self.month, self.day) = (year, month, day)
    // A 30 February does not survive the way there and back.
    guard CivilDate(daysSince1970: daysSince1970) == self else { return nil }
  }

  var daysSince1970: Int64 {
    let shiftedYear = month <= 2 ? year - 1 : year
    let (era, yearOfEra) = shiftedYear.quotientAndRemainderFloored(by: 400)
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}

extension Int64 {
  /// Division that rounds towards minus infinity, so that the remainder is never negative.
  fileprivate func quotientAndRemainderFloored(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
