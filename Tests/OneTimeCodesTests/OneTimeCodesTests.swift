import OneTimeCodes
import Testing
import VerificationCore

@Suite("One-time codes of tokens")
struct OneTimeCodesTests {
  /// "12345678901234567890", the key of both RFCs.
  private static let key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

  private static func codes(_ interval: OATHToken.Interval = .seconds30, digits: OneTimeCodes.Digits = .six) throws
    -> OneTimeCodes
  {
    OneTimeCodes(secret: try TokenSecret(key), interval: interval, digits: digits)
  }

  private static func second(_ seconds: Int64) -> Instant { Instant(millisecondsSince1970: seconds * 1_000) }

  @Test(
    "TEN-8: the SHA-1 vectors of RFC 6238, appendix B",
    arguments: [
      (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
      (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
    ] as [(Int64, String)])
  func totp(seconds: Int64, code: String) throws {
    #expect(try Self.codes(digits: .eight).code(at: Self.second(seconds)).revealed == code)
    #expect(try Self.codes().code(at: Self.second(seconds)).revealed == code.suffix(6))
  }

  @Test(
    "TEN-8: the vectors of RFC 4226, appendix D: its counter is the step",
    arguments: [
      (0, "755224"), (1, "287082"), (2, "359152"), (3, "969429"), (4, "338314"), (5, "254676"), (6, "287922"),
      (7, "162583"), (8, "399871"), (9, "520489"),
    ] as [(Int64, String)], OATHToken.Interval.allCases)
  func hotp(vector: (Int64, String), interval: OATHToken.Interval) throws {
    let codes = try Self.codes(interval)
    let time = Self.second(vector.0 * Int64(interval.rawValue))
    #expect(try codes.code(at: time).revealed == vector.1)
    #expect(try codes.step(at: time) == UInt64(vector.0))
  }

  @Test(
    "TEN-8: a code counts one step early and one late, and no more, and says which step it is",
    arguments: [(-2, false), (-1, true), (0, true), (1, true), (2, false)] as [(Int64, Bool)],
    OATHToken.Interval.allCases)
  func window(shift: (Int64, Bool), interval: OATHToken.Interval) throws {
    let codes = try Self.codes(interval)
    let now = Self.second(2_000_000_000)
    let step = try codes.step(at: now)
    let typed = try codes.code(at: Self.second(2_000_000_000 + shift.0 * Int64(interval.rawValue)))
    #expect(try codes.matchingStep(typed.revealed, at: now) == (shift.1 ? UInt64(Int64(step) + shift.0) : nil))
  }

  @Test("TEN-8: the same code typed again has the same step, so that it can be refused")
  func replay() throws {
    let codes = try Self.codes()
    let typed = try codes.code(at: Self.second(2_000_000_000)).revealed
    let first = try codes.matchingStep(typed, at: Self.second(2_000_000_000))
    #expect(first != nil)
    #expect(try codes.matchingStep(typed, at: Self.second(2_000_000_025)) == first)
  }

  @Test(
    "TEN-8: what is not six digits matches nothing",
    arguments: ["", "28708", "2870820", "94287082", "28708a", " 287082", "٢٨٧٠٨٢", "287082\0"])
  func malformed(typed: String) throws {
    #expect(try Self.codes().matchingStep(typed, at: Self.second(59)) == nil)
  }

  @Test("TEN-8: in the first step of all there is none before")
  func firstStep() throws {
    let codes = try Self.codes()
    #expect(try codes.matchingStep("755224", at: Self.second(0)) == 0)
    #expect(try codes.matchingStep("287082", at: Self.second(0)) == 1)
    #expect(try codes.matchingStep("000000", at: Self.second(0)) == nil)
  }

  @Test("TEN-8: a time before 1970 has no code")
  func before1970() throws {
    let codes = try Self.codes()
    let time = Instant(millisecondsSince1970: -1)
    #expect(throws: OneTimeCodeError.before1970) { try codes.code(at: time) }
    #expect(throws: OneTimeCodeError.before1970) { try codes.matchingStep("755224", at: time) }
    #expect(throws: OneTimeCodeError.before1970) { try codes.remaining(at: time) }
  }

  @Test("TEN-8: how long a code holds, to the millisecond")
  func remaining() throws {
    let codes = try Self.codes()
    #expect(try codes.remaining(at: Self.second(60)) == .seconds(30))
    #expect(try codes.remaining(at: Instant(millisecondsSince1970: 89_999)) == Milliseconds(1))
    #expect(try Self.codes(.seconds60).remaining(at: Self.second(90)) == .seconds(30))
  }

  @Test("A code prints as dots")
  func masked() throws {
    let code = try Self.codes().code(at: Self.second(59))
    var dumped = ""
    dump(code, to: &dumped)
    for shown in ["\(code)", String(reflecting: code), dumped] {
      #expect(shown.contains("••••••") && !shown.contains("287082"))
    }
  }
}
