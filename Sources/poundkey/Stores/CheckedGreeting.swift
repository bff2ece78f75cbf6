import Files
import GreetingAudio
import Reports
import Secrets
import VerificationCore

/// A greeting that passed the check, with the very bytes that were checked.
struct CheckedGreeting {
  let bytes: [UInt8]
  let length: Milliseconds
  /// In a store: by its content.
  var name: String { "\(ContentHash.text(of: bytes)).\(ending)" }
  /// By what it holds, whatever its name says.
  private let ending: String

  /// - Throws: exit code 1 with the findings where it is rejected; what is to be minded about it is told.
  init(_ path: String) throws {
    let checker = GreetingChecker()
    let intake: GreetingIntake
    do throws(FileError) {
      intake = try checker.intake(path: path)
    } catch {
      throw Failure(error.exitCode, "error: \(error)")
    }
    switch intake {
    case .judged(let report): throw Self.rejection(report)
    case .content(let name, let bytes):
      let report = try GreetingHelpers().check(name, bytes, checker)
      if report.verdict == .rejected { throw Self.rejection(report) }
      if !report.findings.isEmpty { Self.tell(report) }
      self.init(bytes, accepted: report)
    }
  }

  /// - Parameter report: what the check said of these bytes.
  init(_ bytes: [UInt8], accepted report: GreetingReport) {
    self.bytes = bytes
    length = Milliseconds(nearest: report.duration ?? .zero)
    ending = report.container == "WAV" ? "wav" : "mp3"
  }

  private static func tell(_ report: GreetingReport) {
    Output.error(GreetingText(style: Output.errorStyle).lines(report).joined(separator: "\n"))
  }

  private static func rejection(_ report: GreetingReport) -> Failure {
    tell(report)
    return Failure(
      .contentAtFault, "error: \(Printable.text(report.file)) is rejected as a greeting; nothing was changed")
  }
}
