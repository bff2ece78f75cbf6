public import Runs
import ScenarioModel
import VerificationCore

/// The results of a run as JUnit XML, the form that CI servers read.
///
/// One suite, one testcase a case. A scenario that did not go as expected is a failure; a file that is no scenario, and
/// so was not run, is an error. The counts stand in front, so all is written at the end.
public struct JUnitReport: RunReport {
  private var cases: [UInt8] = []
  /// Files that were not run, behind the cases.
  private var errors: [UInt8] = []
  private var properties: [(name: String, value: String)] = []
  private var tally = RunEnd()
  private var end: RunEnd?
  /// How often a name has been given: masked, two of one file may look alike.
  private var names: [CaseKey: Int] = [:]

  private struct CaseKey: Hashable {
    let path: String
    let label: String
  }

  public init() {}

  public mutating func take(_ record: RunRecord, into output: inout [UInt8]) {
    tally.count(record)
    switch record {
    case .run(let header): begin(header)
    case .case(let played): append(played)
    case .invalid(let file): append(file)
    case .end(let end): self.end = end
    case .plan, .recording: break  // the cases say it
    }
  }

  private mutating func begin(_ header: RunHeader) {
    properties = [("seed", "\(header.seed)"), ("plan", JSONBytes.hexadecimal(header.plan))]
    if let shard = header.shard { properties.append(("shard", "\(shard)")) }
    if header.clock == .real { properties.append(("clock", "real")) }
  }

  public mutating func finish(into output: inout [UInt8]) {
    if end == nil { properties.append(("stopped", "cut off")) }
    if let end, let cause = end.stopped {
      properties += [("stopped", cause.rawValue), ("notRun", "\(end.notRun)")]
    }
    let tests = tally.passed + tally.failed + tally.skipped + tally.invalid
    let counts =
      "tests=\"\(tests)\" failures=\"\(tally.failed)\" errors=\"\(tally.invalid)\" skipped=\"\(tally.skipped)\" "
      + "time=\"\(tally.length.decimalSeconds)\""
    var head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites \(counts)>\n"
    head += "  <testsuite name=\"poundkey\" \(counts)>\n    <properties>\n"
    for property in properties {
      head += "      <property name=\(XML.quoted(property.name)) value=\(XML.quoted(property.value))/>\n"
    }
    output.append(contentsOf: (head + "    </properties>\n").utf8)
    output += cases
    output += errors
    output.append(contentsOf: "  </testsuite>\n</testsuites>\n".utf8)
    (cases, errors) = ([], [])
  }

  private mutating func append(_ played: CaseRecord) {
    let (name, path) = (name(of: played), XML.escaped(played.path))
    cases.append(contentsOf: "    <testcase name=\"".utf8)
    cases.append(contentsOf: XML.escaped(name).utf8)
    cases.append(contentsOf: "\" classname=\"".utf8)
    cases.append(contentsOf: path.utf8)
    cases.append(contentsOf: "\" file=\"".utf8)
    cases.append(contentsOf: path.utf8)
    cases.append(contentsOf: "\" line=\"\(played.line)\" time=\"\(played.length.decimalSeconds)\"".utf8)
    let content: String
    switch played.status {
    case .passed: return cases.append(contentsOf: "/>\n".utf8)
    case .skipped: content = "      <skipped message=\(XML.quoted(played.skipReason ?? ""))/>\n"
    case .failed: content = played.problems.map { element("failure", $0, played.path) }.joined()
    }
    cases.append(contentsOf: ">\n\(content)    </testcase>\n".utf8)
  }

  /// Unique within its file.
  private mutating func name(of played: CaseRecord) -> String {
    let label = played.label
    let id = CaseKey(path: played.path, label: label)
    names[id, default: 0] += 1
    let count = names[id, default: 1]
    return count > 1 ? "\(label) (\(count))" : label
  }

  private mutating func append(_ file: InvalidFileRecord) {
    let path = XML.quoted(file.path)
    let content = file.problems.map { element("error", $0, file.path) }.joined()
    errors.append(
      contentsOf: "    <testcase name=\(path) classname=\(path) file=\(path) time=\"0\">\n\(content)    </testcase>\n"
        .utf8)
  }

  private func element(_ name: String, _ problem: ProblemRecord, _ path: String) -> String {
    let place = problem.place.map { "\($0)" } ?? path
    let notes = problem.notes.map { "\($0.kind.rawValue): \($0.text)" }
    let details = ([place] + [problem.label].compactMap { $0 } + notes).joined(separator: "\n")
    return
      "      <\(name) type=\(XML.quoted(problem.id)) message=\(XML.quoted(problem.message))>\(XML.escaped(details))</\(name)>\n"
  }
}
