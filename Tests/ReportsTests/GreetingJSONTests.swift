import Reports
import Testing
import VerificationCore

@Suite("The report as JSON")
struct GreetingJSONTests {
  @Test("Every key is there, and null when unknown")
  func nulls() {
    #expect(
      GreetingReport(file: "a.wav").jsonLine
        == #"{"file":"a.wav","verdict":"accepted","findings":[],"container":null,"codec":null,"sampleRate":null,"channels":null,"bitDepth":null,"duration":null,"bytes":null}"#
    )
  }

  @Test("All keys in their order, times in seconds with three decimals")
  func full() {
    var report = GreetingReport(file: "a.wav", bytes: 5)
    report.findings = [
      Finding(.durationLimit, .reject, "m", remedy: "r", at: .milliseconds(20_005)),
      Finding(.sizeNear, .warn, "n", remedy: "s"),
    ]
    report.container = "WAV"
    report.codec = "PCM"
    report.sampleRate = 8_000
    report.channels = 1
    report.bitDepth = 16
    report.duration = .nanoseconds(19_999_999_999)
    #expect(
      report.jsonLine
        == #"{"file":"a.wav","verdict":"rejected","findings":[{"id":"duration.limit","severity":"reject","message":"m","remedy":"r","at":20.005},{"id":"size.near","severity":"warn","message":"n","remedy":"s","at":null}],"container":"WAV","codec":"PCM","sampleRate":8000,"channels":1,"bitDepth":16,"duration":19.999,"bytes":5}"#
    )
  }

  @Test(
    "Names are escaped as RFC 8259 asks",
    arguments: [
      ("a\"b\\c", #"a\"b\\c"#), ("\n\r\t", #"\n\r\t"#), ("\u{1}\u{1F}", #"\u0001\u001f"#),
      ("grüße \u{1F4DE}.wav", "grüße \u{1F4DE}.wav"),
      ("a\r\nb", #"a\r\nb"#), ("e\u{301}", "e\u{301}"),
    ])
  func escapes(name: String, json: String) {
    #expect(GreetingReport(file: name).jsonLine.hasPrefix("{\"file\":\"\(json)\",\"verdict\""))
  }
}
