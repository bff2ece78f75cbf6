public import Runs
import VerificationCore

/// The results of a run as one page that needs nothing else: no network, no script to be read.
///
/// The summary stands in front, so all is written at the end. Of a large run only a part has timelines, and the page
/// says so.
public struct HTMLReport: RunReport {
  /// So many cases that did not fail have a timeline.
  static let othersShown = 1_000
  /// And so many that did: a page that no browser opens shows nothing.
  static let failedShown = 5_000
  private static let slowestShown = 5

  private var header: RunHeader?
  private var tally = RunEnd()
  private var end: RunEnd?
  private var recordings: [RecordingKey: RecordingRecord] = [:]
  private var invalid: [UInt8] = []
  private var failed: [UInt8] = []
  private var others: [UInt8] = []
  private var rows: [UInt8] = []
  private var (shownFailed, shownOthers, rowCount) = (0, 0, 0)
  private var slowest: [Slow] = []

  struct Slow {
    let length: Milliseconds
    let label: String
    let number: Int
  }

  public init() {}

  public mutating func take(_ record: RunRecord, into output: inout [UInt8]) {
    tally.count(record)
    switch record {
    case .run(let header): self.header = header
    case .recording(let recording): recordings[recording.key] = recording
    case .invalid(let file): invalid.append(contentsOf: HTMLProblems.file(file).utf8)
    case .case(let played): append(played)
    case .end(let end): self.end = end
    case .plan: break  // the cases say it
    }
  }

  private mutating func append(_ played: CaseRecord) {
    rank(played)
    let card = HTMLCase(played, recordings: recordings, clock: header?.clock ?? .virtual)
    switch played.status {
    case .failed where shownFailed < Self.failedShown:
      shownFailed += 1
      failed.append(contentsOf: card.html.utf8)
    case .passed where shownOthers < Self.othersShown, .skipped where shownOthers < Self.othersShown:
      shownOthers += 1
      others.append(contentsOf: card.html.utf8)
    case .passed, .failed, .skipped:
      rowCount += 1
      rows.append(contentsOf: card.row.utf8)
    }
  }

  private mutating func rank(_ played: CaseRecord) {
    guard played.status != .skipped else { return }
    // Of equal ones the first stays.
    guard slowest.count < Self.slowestShown || played.length > slowest[slowest.count - 1].length else { return }
    let index = slowest.firstIndex { $0.length < played.length } ?? slowest.count
    slowest.insert(Slow(length: played.length, label: played.label, number: played.number), at: index)
    if slowest.count > Self.slowestShown { slowest.removeLast() }
  }

  public mutating func finish(into output: inout [UInt8]) {
    let summary = HTMLSummary(header: header, tally: tally, end: end, slowest: slowest, rows: rowCount)
    output.append(contentsOf: summary.head.utf8)
    section("Files that cannot be run", "invalid", &invalid, &output)
    section("Failed", "failed", &failed, &output)
    section("Passed and skipped", "others", &others, &output)
    if rowCount > 0 {
      output.append(contentsOf: summary.rowsHead.utf8)
      output += rows
      output.append(contentsOf: "</tbody></table></section>\n".utf8)
    }
    output.append(contentsOf: summary.foot.utf8)
    rows = []
  }

  private func section(_ title: String, _ id: String, _ content: inout [UInt8], _ output: inout [UInt8]) {
    guard !content.isEmpty else { return }
    output.append(contentsOf: "<section aria-labelledby=h-\(id)><h2 id=h-\(id)>\(title)</h2>\n".utf8)
    output += content
    output.append(contentsOf: "</section>\n".utf8)
    content = []
  }
}
