public import VerificationCore

/// What the greeting check says of many files as JUnit XML: a testcase a file.
///
/// A rejected file is a failure, and a warned one where warnings count; what could not be read is an error. Warnings
/// that do not count are the testcase's output.
public struct GreetingJUnit: Sendable {
  private let warningsFail: Bool
  private var cases = ""
  private var tests = 0
  private var failures = 0
  private var errors = 0

  /// - Parameter warningsFail: whether a warning is a failure.
  public init(warningsFail: Bool) { self.warningsFail = warningsFail }

  public mutating func add(_ report: GreetingReport) {
    let failed = report.findings.filter { $0.severity == .reject || warningsFail }
    tests += 1
    failures += failed.isEmpty ? 0 : 1
    let time = report.duration.map { " time=\"\(Milliseconds(nearest: $0).decimalSeconds)\"" } ?? ""
    add(report.file, time, failed.map(failure) + warnings(report.findings.filter { !failed.contains($0) }))
  }

  /// A path that could not be read.
  public mutating func add(unreadable path: String, reason: String) {
    tests += 1
    errors += 1
    add(path, "", ["<error type=\"unreadable\" message=\(XML.quoted(reason))/>"])
  }

  public var xml: String {
    let counts = "tests=\"\(tests)\" failures=\"\(failures)\" errors=\"\(errors)\""
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites \(counts)>\n"
      + "  <testsuite name=\"poundkey greeting check\" \(counts) skipped=\"0\">\n\(cases)  </testsuite>\n</testsuites>\n"
  }

  private mutating func add(_ file: String, _ time: String, _ lines: [String]) {
    let name = XML.quoted(file)
    cases += "    <testcase name=\(name) classname=\"greeting\" file=\(name)\(time)"
    cases += lines.isEmpty ? "/>\n" : ">\n" + lines.map { "      \($0)\n" }.joined() + "    </testcase>\n"
  }

  private func failure(_ finding: Finding) -> String {
    "<failure type=\(XML.quoted(finding.id.rawValue)) message=\(XML.quoted(finding.message))>"
      + "\(XML.escaped(details(finding)))</failure>"
  }

  private func warnings(_ findings: [Finding]) -> [String] {
    guard !findings.isEmpty else { return [] }
    let lines = findings.map { "\($0.id.rawValue): \($0.message). \($0.remedy)" }
    return ["<system-out>\(XML.escaped(lines.joined(separator: "\n")))</system-out>"]
  }

  private func details(_ finding: Finding) -> String {
    let place = finding.at.map { "at \(Milliseconds(nearest: $0).decimalSeconds) s\n" } ?? ""
    return place + finding.remedy
  }
}
