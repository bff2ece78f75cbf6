import CLiboath
public import VerificationCore

/// The codes of one token: TOTP with HMAC-SHA-1, counted from 1970 (RFC 6238), by liboath.
public struct OneTimeCodes: Sendable {
  public enum Digits: Int, Hashable, Sendable {
    case six = 6
    /// As the vectors of RFC 6238 have.
    case eight = 8
  }

  /// Steps to either side that still count, for clocks that differ (RFC 6238, 5.2). Mark: known.
  public static let window = 1

  private let secret: TokenSecret
  private let interval: OATHToken.Interval
  private let digits: Digits

  public init(secret: TokenSecret, interval: OATHToken.Interval, digits: Digits = .six) {
    self.secret = secret
    self.interval = interval
    self.digits = digits
  }

  /// - Returns: nil for a token whose key is not known here.
  public init?(_ token: OATHToken) {
    guard let secret = token.secret else { return nil }
    self.init(secret: secret, interval: token.interval)
  }

  /// The step that `time` lies in: whole intervals since 1970.
  public func step(at time: Instant) throws(OneTimeCodeError) -> UInt64 {
    try seconds(time) / UInt64(interval.rawValue)
  }

  /// How long the code of `time` still holds: more than nothing, at most the interval.
  public func remaining(at time: Instant) throws(OneTimeCodeError) -> Milliseconds {
    let next = (try step(at: time) + 1) * UInt64(interval.rawValue)
    return Instant(millisecondsSince1970: Int64(clamping: next) * 1_000) - time
  }

  public func code(at time: Instant) throws(OneTimeCodeError) -> OneTimeCode {
    try Self.prepare()
    let now = time_t(clamping: try seconds(time))
    var output = [CChar](repeating: 0, count: digits.rawValue + 1)
    let result = secret.revealedBytes.withUnsafeBytes { key in
      oath_totp_generate(
        key.bindMemory(to: CChar.self).baseAddress, key.count, now, UInt32(interval.rawValue), 0,
        UInt32(digits.rawValue), &output)
    }
    try Self.check(result)
    return OneTimeCode(
      revealed: String(decoding: output.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
  }

  /// Which step a typed code belongs to, of the one at `time` and ``window`` to either side, the nearest first.
  ///
  /// A code counts once (RFC 6238, 5.2): the caller keeps the last step that counted for the token and refuses what
  /// matches that one or an earlier.
  /// - Returns: nil where it matches none, or is not digits of the right number.
  public func matchingStep(_ typed: String, at time: Instant) throws(OneTimeCodeError) -> UInt64? {
    guard typed.utf8.count == digits.rawValue, typed.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    try Self.prepare()
    let now = time_t(clamping: try seconds(time))
    var counter: UInt64 = 0
    let result = secret.revealedBytes.withUnsafeBytes { key in
      oath_totp_validate3(
        key.bindMemory(to: CChar.self).baseAddress, key.count, now, UInt32(interval.rawValue), 0, Self.window, nil,
        &counter, typed)
    }
    if result == OATH_INVALID_OTP.rawValue { return nil }
    try Self.check(result)
    // The step before the first of all wraps round.
    return counter > (try step(at: time)) + UInt64(Self.window) ? nil : counter
  }

  private func seconds(_ time: Instant) throws(OneTimeCodeError) -> UInt64 {
    guard time.millisecondsSince1970 >= 0 else { throw .before1970 }
    return UInt64(time.millisecondsSince1970 / 1_000)
  }

  /// liboath wants to be told before it is used; once is enough.
  private static let initialised = oath_init()

  private static func prepare() throws(OneTimeCodeError) { try check(initialised) }

  /// The matching position is given as a result of 0 or more.
  private static func check(_ result: CInt) throws(OneTimeCodeError) {
    guard result < 0 else { return }
    throw .library(oath_strerror(result).map { String(cString: $0) } ?? "error \(result)")
  }
}
