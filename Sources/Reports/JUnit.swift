public import ScenarioModel
public import Simulation
import VerificationCore

/// The results of a run as JUnit XML, the form that CI servers read.
///
/// One suite, one testcase a case. A scenario that did not go as expected is a failure; a file that is no scenario, and
/// so was not run, is an error.
public struct JUnit: Sendable {
  /// A file that could not be run.
  public struct InvalidFile: Sendable {
    let path: String
    let problems: [Problem]
    let secrets: [String]

    public init(path: String, problems: [Problem], secrets: [String] = []) {
      self.path = path
      self.problems = problems
      self.secrets = secrets
    }
  }

  private let verdicts: [Verdict]
  private let invalid: [InvalidFile]
  private let seed: UInt64

  public init(_ verdicts: [Verdict], invalid: [InvalidFile] = [], seed: UInt64) {
    self.verdicts = verdicts
    self.invalid = invalid
    self.seed = seed
  }

  public var xml: String {
    let failures = verdicts.count { !$0.passed }
    let time = verdicts.reduce(Milliseconds.zero) { $0 + $1.length }
    let counts =
      "tests=\"\(verdicts.count + invalid.count)\" failures=\"\(failures)\" errors=\"\(invalid.count)\" "
      + "time=\"\(seconds(time))\""
    var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites \(counts)>\n"
    xml += "  <testsuite name=\"poundkey\" \(counts) skipped=\"0\">\n"
    xml += "    <properties>\n      <property name=\"seed\" value=\"\(seed)\"/>\n    </properties>\n"
    for verdict in verdicts { xml += testcase(verdict) }
    for file in invalid { xml += testcase(file) }
    return xml + "  </testsuite>\n</testsuites>\n"
  }

  private func testcase(_ verdict: Verdict) -> String {
    let scenario = verdict.scenario
    let attributes =
      "name=\(XML.quoted(scenario.title.value)) classname=\(XML.quoted(scenario.path)) file=\(XML.quoted(scenario.path)) "
      + "line=\"\(scenario.title.place.span.line)\" time=\"\(seconds(verdict.length))\""
    guard !verdict.passed else { return "    <testcase \(attributes)/>\n" }
    let failures = verdict.problems.map { element("failure", $0, scenario.path, SecretMask(scenario.given.secrets)) }
    return "    <testcase \(attributes)>\n\(failures.joined())    </testcase>\n"
  }

  private func testcase(_ file: InvalidFile) -> String {
    let attributes =
      "name=\(XML.quoted(file.path)) classname=\(XML.quoted(file.path)) file=\(XML.quoted(file.path)) time=\"0\""
    let errors = file.problems.map { element("error", $0, file.path, SecretMask(file.secrets)) }
    return "    <testcase \(attributes)>\n\(errors.joined())    </testcase>\n"
  }

  private func element(_ name: String, _ problem: Problem, _ path: String, _ masked: SecretMask) -> String {
    let place = problem.place.map { "\($0)" } ?? path
    let notes = problem.notes.map { "\($0.kind.rawValue): \($0.text)" }
    let details = ([place] + [problem.label].compactMap { $0 } + notes).joined(separator: "\n")
    return
      "      <\(name) type=\(XML.quoted(problem.id)) message=\(XML.quoted(masked(problem.message)))>\(XML.escaped(masked(details)))</\(name)>\n"
  }

  /// Virtual seconds.
  private func seconds(_ length: Milliseconds) -> String { length.decimalSeconds }
}
