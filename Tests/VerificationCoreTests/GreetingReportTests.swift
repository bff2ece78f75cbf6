import Testing
import VerificationCore

@Suite("The report on a greeting")
struct GreetingReportTests {
  @Test("Warnings accept, one rejection rejects")
  func verdict() {
    let warning = Finding(.sizeNear, .warn, "", remedy: "")
    let rejection = Finding(.sizeLimit, .reject, "", remedy: "")
    #expect(GreetingReport(file: "a", findings: [warning]).verdict == .accepted)
    #expect(GreetingReport(file: "a", findings: [warning, rejection]).verdict == .rejected)
  }

  @Test("The checks are ordered as they are reported, and no two share a name")
  func ids() {
    #expect(CheckID.allCases == CheckID.allCases.sorted())
    #expect(Set(CheckID.allCases.map(\.rawValue)).count == CheckID.allCases.count)
    #expect(CheckID.fileKind < .levelSilent)
  }
}
