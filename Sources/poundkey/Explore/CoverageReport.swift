import Exploration
import Reports
import ScenarioModel
import VerificationCore

/// What scenarios take of what an exploration has met.
enum CoverageReport {
  /// - Throws: as reading scenarios does; an invalid scenario counts for nothing and is told.
  static func coverage(of path: String) throws(Failure) -> CallCoverage {
    let files = try ScenarioFiles(paths: [path])
    files.reportInvalid()
    if let failure = files.failure { throw failure }
    var coverage = CallCoverage()
    for scenario in files.scenarios { coverage.add(scenario) }
    return coverage
  }

  static func lines(_ findings: CallFindings, _ covered: CallCoverage) -> [String] {
    let missing = findings.transitions.filter { !covered.takes($0) }
    let unheard = findings.heard.filter { !covered.heard.contains($0) }
    let rules = Rule.all.count { covered.rules.contains($0.id) }
    var lines = [
      "  \(covered.scenarios) scenarios take \(findings.transitions.count - missing.count) of "
        + "\(findings.transitions.count) transitions, play \(findings.heard.count - unheard.count) of "
        + "\(findings.heard.count) messages, show \(rules) of \(Rule.all.count) rules"
    ]
    if !unheard.isEmpty { lines.append("  never played: \(unheard.map(\.rawValue).joined(separator: ", "))") }
    return lines + missing.map { "    not taken: \($0)" }
  }
}
