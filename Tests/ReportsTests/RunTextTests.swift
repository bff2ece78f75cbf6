import Reports
import Runs
import Testing
import VerificationCore

private func record(
  _ path: String, _ name: String? = nil, _ status: CaseRecord.Status = .passed, length: Int64 = 1_500,
  reason: String? = nil
) -> CaseRecord {
  CaseRecord(
    number: 1, path: path, title: "Title of \(path)", name: name, line: 1, seed: 1, status: status,
    result: status == .skipped ? "" : "busy", length: status == .skipped ? .zero : Milliseconds(length),
    skipReason: reason)
}

@Suite("The lines of a run")
struct RunTextTests {
  @Test("come with the last case of a file, whatever the order")
  func order() {
    var text = RunText(terminalWidth: nil, files: ["a.yaml": 2, "long/b.yaml": 1])
    #expect(text.lines(record("a.yaml", "x")) == [])
    #expect(text.lines(record("long/b.yaml")) == ["✓ long/b.yaml  Title of long/b.yaml  00:01.500 busy"])
    #expect(text.lines(record("a.yaml", "y")) == ["✓ a.yaml       Title of a.yaml  00:03.000 2 passed"])
    #expect(text.rest() == [])
  }

  @Test("count what failed, what was skipped and what was not run")
  func counts() {
    var text = RunText(terminalWidth: nil, files: ["a": 3, "b": 2, "c": 1, "d": 4, "e": 9])
    _ = text.lines(record("a", "1"))
    _ = text.lines(record("a", "2", .failed))
    #expect(text.lines(record("a", "3")) == ["✗ a  Title of a  00:04.500 1 of 3 failed"])
    _ = text.lines(record("b", "1", .skipped))
    #expect(text.lines(record("b", "2")) == ["✓ b  Title of b  00:01.500 1 passed, 1 skipped"])
    #expect(text.lines(record("c", nil, .skipped)) == ["- c  Title of c  00:00.000 skipped"])
    _ = text.lines(record("d", "1"))
    // Of e, nothing was run.
    #expect(text.rest() == ["✓ d  Title of d  00:01.500 1 passed, 3 not run"])
  }

  @Test("fit a terminal, with each folder once, and hold no control characters")
  func terminal() {
    var text = RunText(terminalWidth: 40, files: ["in/a.yaml": 1, "in/b.yaml": 1, "c\u{1B}.yaml": 1])
    #expect(text.lines(record("in/a.yaml")) == ["in/", "  ✓ a        busy             Title of …"])
    #expect(text.lines(record("in/b.yaml")).count == 1)
    let odd = text.lines(record("c\u{1B}.yaml")).joined()
    #expect(!odd.contains("\u{1B}") && odd.contains("c\\u{1B}"))
  }
}

@Suite("The summary of a run")
struct RunSummaryTests {
  private let header = RunHeader(program: "0", seed: 7, plan: 1, cases: 20)

  private func lines(_ records: [CaseRecord], _ header: RunHeader, _ change: (inout RunEnd) -> Void = { _ in })
    -> [String]
  {
    var (summary, end) = (RunSummary(), RunEnd())
    for record in records {
      summary.take(record)
      end.count(.case(record))
    }
    change(&end)
    return summary.lines(end, of: header)
  }

  @Test("names the three slowest of many, the first of equal ones, and none of a few")
  func slowest() {
    let records = (0..<20).map { record("\($0)", length: $0 == 4 ? 9_000 : $0 % 2 == 0 ? 2_000 : 1_000) }
    #expect(
      lines(records, header) == [
        "slowest:", "  00:09.000  4::Title of 4", "  00:02.000  0::Title of 0", "  00:02.000  2::Title of 2",
        "20 passed, 0 failed · 00:37.000 of calls, seed 7",
      ])
    #expect(lines([record("a")], header) == ["1 passed, 0 failed · 00:01.500 of calls, seed 7"])
  }

  @Test("gives the reason of what was skipped, once for a file")
  func skipped() {
    let records =
      ["x", "y"].map { record("a", $0, .skipped, reason: "no line") } + [record("b", nil, .skipped, reason: "later")]
    #expect(
      lines(records, header) == [
        "skipped:", "  a: no line (2 cases)", "  b: later",
        "0 passed, 0 failed, 3 skipped · 00:00.000 of calls, seed 7",
      ])
  }

  @Test("says what was not run, in which rounds, order and shard")
  func parts() {
    var header = header
    (header.rounds, header.shuffle, header.shard) = (3, 9, Shard(2, of: 7))
    let cut = lines([record("a"), record("b", nil, .failed)], header) { ($0.notRun, $0.stopped) = (4, .maxFailures) }
    #expect(
      cut == [
        "1 passed, 1 failed, 4 not run after too many failures · 00:03.000 of calls, seed 7, 3 rounds, shuffled with 9",
        "shard 2/7 of 20 cases",
      ])
    #expect(lines([], header).last == "shard 2/7 has none of the 20 cases, which is no failure")
  }
}
