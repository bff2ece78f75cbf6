public import Runs
import VerificationCore

/// How each file of a run went, a line each: on a terminal by folder and no wider than it, else whole.
///
/// A file with one case tells its outcome, one with many how many of them passed. A line comes with the last case of its
/// file, whatever order the cases are in.
public struct RunText: Sendable {
  private let style: Style
  /// nil where nobody looks on.
  private let terminalWidth: Int?
  private let pathWidth: Int
  private let nameWidth: Int
  private var folder: String?
  private var open: [String: FileTally] = [:]

  /// - Parameter files: how many cases of each file are run, by path.
  public init(style: Style = .plain, terminalWidth: Int?, files: [String: Int]) {
    self.style = style
    self.terminalWidth = terminalWidth
    open = files.mapValues { FileTally(expected: $0) }
    pathWidth = files.keys.map { Printable.text($0).count }.max() ?? 0
    nameWidth = files.keys.map { Self.split(Printable.text($0)).name.count }.max() ?? 0
  }

  /// - Returns: the line of the case's file, if this was its last.
  public mutating func lines(_ record: CaseRecord) -> [String] {
    guard open[record.path]?.add(record) == true, let tally = open.removeValue(forKey: record.path) else { return [] }
    return lines(record.path, tally)
  }

  /// The lines of files of which not all cases were run.
  public mutating func rest() -> [String] {
    defer { open = [:] }
    return open.sorted { $0.key < $1.key }.flatMap { path, tally in tally.count > 0 ? lines(path, tally) : [] }
  }

  private mutating func lines(_ path: String, _ tally: FileTally) -> [String] {
    let (path, title) = (Printable.text(path), Printable.text(tally.title))
    guard let terminalWidth else {
      return ["\(mark(tally)) \(Self.filled(path, pathWidth))  \(title)  \(tally.length.stopwatch) \(tally.result)"]
    }
    let (folder, name) = Self.split(path)
    let heading = folder == self.folder ? [] : [style.dim(folder)]
    self.folder = folder
    // Most outcomes are shorter; a long one takes its room from the title.
    let resultWidth = max(15, tally.result.count)
    let result = style.dim(Self.filled(tally.result, resultWidth))
    let shown = Self.clipped(title, terminalWidth - nameWidth - resultWidth - 8)
    return heading + ["  \(mark(tally)) \(Self.filled(name, nameWidth))  \(result)  \(shown)"]
  }

  private func mark(_ tally: FileTally) -> String {
    if tally.failed > 0 { return style.red("✗") }
    return tally.skipped == tally.count ? style.yellow("-") : style.green("✓")
  }

  /// `scenarios/fraud/`, `own-code`
  private static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return ("./", withoutEnding(path)) }
    return (String(path[...slash]), withoutEnding(String(path[path.index(after: slash)...])))
  }

  private static func withoutEnding(_ name: String) -> String {
    name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
  }

  private static func filled(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private static func clipped(_ text: String, _ width: Int) -> String {
    text.count <= max(8, width) ? text : text.prefix(max(8, width) - 1) + "…"
  }
}

/// What is known of a file so far.
private struct FileTally: Sendable {
  let expected: Int
  private(set) var title = ""
  private(set) var count = 0
  private(set) var failed = 0
  private(set) var skipped = 0
  private(set) var length = Milliseconds.zero
  private var last = ""

  init(expected: Int) { self.expected = expected }

  /// - Returns: whether it was the last one.
  mutating func add(_ record: CaseRecord) -> Bool {
    title = record.title
    last = record.result
    count += 1
    length = length + record.length
    switch record.status {
    case .passed: break
    case .failed: failed += 1
    case .skipped: skipped += 1
    }
    return count == expected
  }

  /// One word for one case, numbers for many.
  var result: String {
    if skipped == count { return "skipped" }
    let cut = count < expected ? ", \(expected - count) not run" : ""
    if expected == 1 { return last }
    if failed > 0 { return "\(failed) of \(expected) failed\(cut)" }
    return "\(count - skipped) passed\(skipped > 0 ? ", \(skipped) skipped" : "")\(cut)"
  }
}
