public import Runs
import ScenarioModel
import VerificationCore

/// What went wrong as workflow commands of GitHub Actions, which shows each beside its line.
///
/// `::error file=F,line=L,col=C,endColumn=E,title=T::MESSAGE`; columns count from 1, the last one included.
public struct AnnotationReport: RunReport {
  private var tally = RunEnd()
  private var end: RunEnd?

  public init() {}

  public mutating func take(_ record: RunRecord, into output: inout [UInt8]) {
    tally.count(record)
    switch record {
    case .case(let played):
      for problem in played.problems { append(problem, played.title, played.path, played.line, played.name, &output) }
    case .invalid(let file):
      for problem in file.problems { append(problem, "cannot be run", file.path, 1, nil, &output) }
    case .end(let end): self.end = end
    case .run, .plan, .recording: break  // nothing went wrong
    }
  }

  public mutating func finish(into output: inout [UInt8]) {
    guard tally.failed + tally.invalid > 0 || end == nil || end?.stopped != nil else { return }
    let left =
      if let end { end.notRun > 0 ? ", \(end.notRun) not run" : "" } else { ", and the run was cut off" }
    let counts =
      "\(tally.passed) passed, \(tally.failed) failed, \(tally.skipped) skipped, \(tally.invalid) invalid\(left)"
    output.append(contentsOf: "::notice title=poundkey::\(Self.data(counts))\n".utf8)
  }

  private func append(
    _ problem: ProblemRecord, _ title: String, _ path: String, _ line: Int, _ name: String?, _ output: inout [UInt8]
  ) {
    let command =
      switch problem.severity {
      case .error: "error"
      case .warning: "warning"
      case .note: "notice"
      }
    var text =
      "::\(command) file=\(Self.property(problem.place?.path ?? path)),line=\(problem.place?.span.line ?? line)"
    if let span = problem.place?.span { text += ",col=\(span.column),endColumn=\(span.column + span.length - 1)" }
    let name = name.map { " [\($0)]" } ?? ""
    text += ",title=\(Self.property("\(title)\(name)"))::"
    let lines =
      ["\(problem.message) (\(problem.id))"] + [problem.label].compactMap { $0 }
      + problem.notes.map { "\($0.kind.rawValue): \($0.text)" }
    text += Self.data(lines.joined(separator: "\n"))
    output.append(contentsOf: (text + "\n").utf8)
  }

  /// A message: what ends a line, and the sign of an escape.
  private static func data(_ text: String) -> String { escaped(text, "%\r\n") }

  /// A property: also what ends one.
  private static func property(_ text: String) -> String { escaped(text, "%\r\n:,") }

  private static func escaped(_ text: String, _ special: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case _ where special.unicodeScalars.contains(scalar):
        let digits = String(scalar.value, radix: 16, uppercase: true)
        escaped += "%" + (digits.count < 2 ? "0" : "") + digits
      // Nothing may draw on a terminal or hide a part of a log.
      case _ where scalar.value < 0x20 || scalar.value == 0x7F: escaped.unicodeScalars.append("\u{FFFD}")
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
