public import Runs
import ScenarioModel
import VerificationCore

/// The results of a run in TAP 14: a line a case as soon as it was played, the plan at the end.
///
/// https://testanything.org/tap-version-14-specification.html. A file that could not be run is a test point that is not
/// ok; of a run that was interrupted or cut off the last line is the bail out.
public struct TAPReport: RunReport {
  private var points = 0
  private var total = 0
  private var end: RunEnd?

  public init() {}

  public mutating func take(_ record: RunRecord, into output: inout [UInt8]) {
    switch record {
    case .run(let header):
      total = header.cases
      let shard = header.shard.map { " shard \($0)" } ?? ""
      line("TAP version 14", &output)
      line("# seed \(header.seed) plan \(JSONBytes.hexadecimal(header.plan))\(shard)", &output)
    case .case(let played): append(played, &output)
    case .invalid(let file):
      point("not ok", file.path, "", &output)
      diagnose(file.problems, "error", file.path, &output)
    case .end(let end): self.end = end
    case .plan, .recording: break  // the cases say it
    }
  }

  public mutating func finish(into output: inout [UInt8]) {
    guard let end else { return line("Bail out! the run was cut off", &output) }
    switch end.stopped {
    case .interrupted: line("Bail out! interrupted, \(end.notRun) of \(total) cases were not run", &output)
    case .incomplete: line("Bail out! incomplete, \(end.notRun) of \(total) cases are missing", &output)
    case .maxFailures:
      line("# stopped after too many failures, \(end.notRun) of \(total) cases were not run", &output)
      line("1..\(points)", &output)
    case nil: line("1..\(points)", &output)
    }
  }

  private mutating func append(_ played: CaseRecord, _ output: inout [UInt8]) {
    switch played.status {
    case .passed: point("ok", played.id, "", &output)
    case .skipped: point("ok", played.id, " # SKIP \(Self.escaped(played.skipReason ?? ""))", &output)
    case .failed:
      point("not ok", played.id, "", &output)
      diagnose(played.problems, "fail", played.path, &output)
    }
  }

  private mutating func point(_ result: String, _ description: String, _ directive: String, _ output: inout [UInt8]) {
    points += 1
    line("\(result) \(points) - \(Self.escaped(description))\(directive)", &output)
  }

  /// A YAML block: the first problem as consumers know it, then all of them.
  private func diagnose(_ problems: [ProblemRecord], _ severity: String, _ path: String, _ output: inout [UInt8]) {
    guard let first = problems.first else { return }
    line("  ---", &output)
    line("  message: \(Self.quoted(first.message))", &output)
    line("  severity: \(severity)", &output)
    line("  problems:", &output)
    for problem in problems {
      line("    - id: \(Self.quoted(problem.id))", &output)
      line("      message: \(Self.quoted(problem.message))", &output)
      line("      file: \(Self.quoted(problem.place?.path ?? path))", &output)
      if let span = problem.place?.span {
        line("      line: \(span.line)", &output)
        line("      column: \(span.column)", &output)
      }
      if let label = problem.label { line("      label: \(Self.quoted(label))", &output) }
      guard !problem.notes.isEmpty else { continue }
      line("      notes:", &output)
      for note in problem.notes { line("        - \(Self.quoted("\(note.kind.rawValue): \(note.text)"))", &output) }
    }
    line("  ...", &output)
  }

  private func line(_ text: String, _ output: inout [UInt8]) {
    output.append(contentsOf: text.utf8)
    output.append(UInt8(ascii: "\n"))
  }

  /// A description or a reason: `#` would begin a directive, `\` an escape, a line end another line.
  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in Printable.text(text).unicodeScalars {
      if scalar == "#" || scalar == "\\" { escaped.unicodeScalars.append("\\") }
      escaped.unicodeScalars.append(scalar)
    }
    return escaped
  }

  /// A double-quoted scalar of YAML 1.2, on one line.
  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case "\r": quoted += "\\r"
      case _ where isUnprintable(scalar): quoted += "\\U" + JSONBytes.hexadecimal(scalar.value)
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  /// What YAML 1.2, 5.1, wants escaped, and what it would take for the end of a line.
  private static func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: true
    default: false
    }
  }
}
