import Foundation
import Reports
import Testing
import VerificationCore

@Suite("Why a sign-in ended as it did, for pages in other languages")
struct LogSentenceTests {
  private let item = LogItem(
    sequence: 7, at: .virtualStart,
    .signIn(
      SignInRecord(
        at: .virtualStart, upn: UPN("helga@larkspur.example")!, outcome: .throttled, method: .call, number: nil,
        why: [
          SignInFinding(.account, nil, "the account is enabled"),
          SignInFinding(
            .throttled, .throttled, "\(10) calls to the user or number within \(Milliseconds(300_000)) (\(["a"]))"),
          SignInFinding(
            .method, nil,
            "\(Sentence("a call")) \(.decimal(1, digits: 1)) \(.percent(1, digits: 0)) \(Instant.virtualStart) \(.day("2025-03-01"))"
          ),
        ])))

  private func why(sentences: Bool) throws -> String {
    let line = String(decoding: LogText.json(item, of: .signins, sentences: sentences), as: UTF8.self)
    let start = try #require(line.range(of: #""why":"#))
    return String(line[start.upperBound...])
  }

  @Test("At the command line a reason is its English")
  func english() throws {
    #expect(
      try why(sentences: false)
        == #"[{"gate":"account","reason":"the account is enabled","outcome":null},{"gate":"throttled","reason":"10 calls to the user or number within 300 s (a)","outcome":"throttled"},{"gate":"method","reason":"a call 0.1 1 % 2025-01-15T09:00:00Z 2025-03-01","outcome":null}]}"#
        + "\n")
  }

  @Test("The console has the template and the figures of those that have any")
  func sentences() throws {
    #expect(
      try why(sentences: true)
        == #"[{"gate":"account","reason":"the account is enabled","outcome":null},{"gate":"throttled","reason":"10 calls to the user or number within 300 s (a)","outcome":"throttled","sentences":{"reason":{"template":"{1} calls to the user or number within {2} ({3})","figures":[{"count":10},{"seconds":300,"digits":0},["a"]]}}},{"gate":"method","reason":"a call 0.1 1 % 2025-01-15T09:00:00Z 2025-03-01","outcome":null,"sentences":{"reason":{"template":"{1} {2} {3} {4} {5}","figures":[{"template":"a call","figures":[]},{"decimal":1,"digits":1},{"percent":1,"digits":0},{"instant":"2025-01-15T09:00:00Z"},{"day":"2025-03-01"}]}}}]}"#
        + "\n")
  }
}
