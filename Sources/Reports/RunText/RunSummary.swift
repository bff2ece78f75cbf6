public import Runs
import VerificationCore

/// What there is to say at the end of a run.
public struct RunSummary: Sendable {
  /// A run of fewer cases needs no list of the slowest.
  private static let many = 10
  private static let shown = 3

  private let style: Style
  private let terminalWidth: Int?
  private var slowest: [(length: Milliseconds, id: String)] = []
  private var played = 0
  /// How many cases, by file and reason.
  private var skipped: [Skipped: Int] = [:]
  /// How many cases leave out a step, by its place and reason.
  private var skippedSteps: [String: Int] = [:]

  private struct Skipped: Hashable {
    let path: String
    let reason: String
  }

  /// - Parameter terminalWidth: nil where nobody looks on.
  public init(style: Style = .plain, terminalWidth: Int? = nil) {
    self.style = style
    self.terminalWidth = terminalWidth
  }

  public mutating func take(_ record: CaseRecord) {
    if record.status == .skipped {
      skipped[Skipped(path: record.path, reason: record.skipReason ?? ""), default: 0] += 1
      return
    }
    played += 1
    for step in record.skippedSteps { skippedSteps[step, default: 0] += 1 }
    // Of equal ones the first stays.
    guard slowest.count < Self.shown || record.length > slowest[slowest.count - 1].length else { return }
    let index = slowest.firstIndex { $0.length < record.length } ?? slowest.count
    slowest.insert((record.length, record.id), at: index)
    if slowest.count > Self.shown { slowest.removeLast() }
  }

  public func lines(_ end: RunEnd, of run: RunHeader) -> [String] {
    var lines = skippedLines + skippedStepLines
    if played > Self.many {
      lines.append("slowest:")
      lines += slowest.map { clipped("  \($0.length.stopwatch)  \(Printable.text($0.id))") }
    }
    lines.append(total(end, run))
    if let shard = run.shard, end.passed + end.failed + end.skipped + end.notRun == 0 {
      lines.append("shard \(shard) has none of the \(run.cases) cases, which is no failure")
    } else if let shard = run.shard {
      lines.append("shard \(shard) of \(run.cases) cases")
    }
    return lines
  }

  private var skippedLines: [String] {
    let sorted = skipped.sorted { ($0.key.path, $0.key.reason) < ($1.key.path, $1.key.reason) }
    guard !sorted.isEmpty else { return [] }
    return ["skipped:"]
      + sorted.map { entry, count in
        let cases = count > 1 ? " (\(count) cases)" : ""
        return clipped("  \(Printable.text(entry.path)): \(Printable.text(entry.reason))\(cases)")
      }
  }

  private var skippedStepLines: [String] {
    guard !skippedSteps.isEmpty else { return [] }
    return ["skipped steps:"]
      + skippedSteps.sorted { $0.key < $1.key }.map { step, count in
        clipped("  \(Printable.text(step))\(count > 1 ? " (\(count) cases)" : "")")
      }
  }

  private func clipped(_ line: String) -> String {
    guard let terminalWidth, line.count > terminalWidth else { return line }
    return line.prefix(max(1, terminalWidth) - 1) + "…"
  }

  private static func left(_ end: RunEnd) -> String {
    switch end.stopped {
    case nil: "\(end.notRun) not run"
    case .maxFailures: "\(end.notRun) not run after too many failures"
    case .interrupted: "\(end.notRun) not run, interrupted"
    case .incomplete: "\(end.notRun) missing"
    }
  }

  private func total(_ end: RunEnd, _ run: RunHeader) -> String {
    var counts = ["\(end.passed) passed", end.failed > 0 ? style.red("\(end.failed) failed") : "0 failed"]
    if end.skipped > 0 { counts.append("\(end.skipped) skipped") }
    if end.invalid > 0 { counts.append(style.red("\(end.invalid) invalid")) }
    if end.unreadable > 0 { counts.append(style.red("\(end.unreadable) unreadable")) }
    if end.notRun > 0 { counts.append(Self.left(end)) }
    let rounds = run.rounds > 1 ? ", \(run.rounds) rounds" : ""
    let shuffle = run.shuffle.map { ", shuffled with \($0)" } ?? ""
    return "\(counts.joined(separator: ", ")) · \(end.length.stopwatch) of calls, seed \(run.seed)\(rounds)\(shuffle)"
  }
}
