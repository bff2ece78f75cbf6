import GreetingAudio
import Reports
import VerificationCore

/// What was said of many greetings, and how the run ends.
struct GreetingTally {
  private(set) var accepted = 0
  private(set) var warned = 0
  private(set) var rejected = 0
  private var failures: Set<ExitCode> = []

  var count: Int { accepted + rejected }

  mutating func add(_ report: GreetingReport) {
    switch report.verdict {
    case .rejected: rejected += 1
    case .accepted:
      accepted += 1
      if !report.findings.isEmpty { warned += 1 }
    }
  }

  mutating func add(_ code: ExitCode) { failures.insert(code) }

  /// `3 files: 2 accepted, 1 of them with warnings, 1 rejected`
  var summary: String {
    let warnings = warned == 0 ? "" : ", \(warned) of them with warnings"
    return "\(count) files: \(accepted) accepted\(warnings), \(rejected) rejected"
  }

  /// What weighs most: a path that is wrong, one that cannot be read, a rejection, an empty folder.
  func failure(strict: Bool) -> Failure? {
    for code in [ExitCode.usage, .environment] where failures.contains(code) { return Failure(code) }
    if rejected > 0 || strict && warned > 0 { return Failure(.contentAtFault) }
    return failures.contains(.nothingMatched) ? Failure(.nothingMatched) : nil
  }
}
