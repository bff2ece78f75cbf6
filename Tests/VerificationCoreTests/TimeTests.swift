import Testing
import VerificationCore

@Suite("Time")
struct TimeTests {
  @Test(
    "An instant is written and read as ISO 8601 in UTC",
    arguments: [
      ("2025-01-15T09:00:00Z", 1_736_931_600_000), ("1970-01-01T00:00:00Z", 0),
      ("2024-02-29T23:59:59.250Z", 1_709_251_199_250),
      ("2100-03-01T00:00:00Z", 4_107_542_400_000), ("1969-12-31T23:59:59.999Z", -1),
    ] as [(String, Int64)])
  func written(text: String, milliseconds: Int64) {
    let instant = Instant(millisecondsSince1970: milliseconds)
    #expect("\(instant)" == text)
    if milliseconds >= 0 { #expect(Instant(iso8601: text) == instant) }
  }

  @Test(
    "Zones, dates alone and times without seconds are read",
    arguments: [
      ("2025-01-15T10:00:00+01:00", "2025-01-15T09:00:00Z"), ("2025-01-15T02:30-06:30", "2025-01-15T09:00:00Z"),
      ("2025-01-15", "2025-01-15T00:00:00Z"), ("2025-01-15T09:00", "2025-01-15T09:00:00Z"),
    ])
  func read(text: String, same: String) {
    #expect(Instant(iso8601: text).map { "\($0)" } == same)
  }

  @Test(
    "What is no time",
    arguments: [
      "", "2025", "2025-02-30", "2025-13-01", "2025-01-15T24:00Z", "2025-01-15T09:60Z", "2025-01-15T9:00", "x",
    ])
  func notRead(text: String) {
    #expect(Instant(iso8601: text) == nil)
  }

  @Test(
    "A length is read with its unit",
    arguments: [
      ("4s", 4_000), ("1.5s", 1_500), ("250ms", 250), ("2m", 120_000), ("3h", 10_800_000), ("90d", 7_776_000_000),
      ("7", 7_000),
      ("0", 0),
    ] as [(String, Int64)])
  func length(text: String, milliseconds: Int64) {
    #expect(Milliseconds(text) == Milliseconds(milliseconds))
  }

  @Test(
    "What is no length", arguments: ["", "s", "-1s", "1.2345s", "0.5ms", "1e3s", "1,5s", "999999999999d", "4 s", "4x"])
  func noLength(text: String) {
    #expect(Milliseconds(text) == nil)
  }

  @Test("Lengths and instants stop at their ends instead of trapping")
  func saturating() {
    let end = Milliseconds(.max)
    #expect(end + .seconds(1) == end)
    #expect((Instant.virtualStart + end).millisecondsSince1970 == .max)
    #expect(Milliseconds(.min) + Milliseconds(-1) == Milliseconds(.min))
  }

  @Test("A length prints as seconds, and as a stopwatch")
  func printed() {
    #expect("\(Milliseconds(12_340))" == "12.34 s")
    #expect("\(Milliseconds(4_000))" == "4 s")
    #expect("\(Milliseconds(-50))" == "-0.05 s")
    #expect(Milliseconds(67_400).stopwatch == "01:07.400")
  }
}
