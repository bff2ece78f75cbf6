import Files
import GreetingAudio
import VerificationCore

/// The report on bytes under the default limits.
func check(_ bytes: [UInt8], as name: String = "greeting.wav") -> GreetingReport {
  GreetingChecker().check(bytes: bytes, name: name)
}

extension GreetingChecker {
  /// The report on a file, looked into here.
  func check(path: String) throws(FileError) -> GreetingReport {
    switch try intake(path: path) {
    case .judged(let report): report
    case .content(let name, let bytes): check(bytes: bytes, name: name)
    }
  }
}

extension GreetingReport {
  var ids: [String] { findings.map(\.id.rawValue) }

  func message(_ id: CheckID) -> String? { findings.first { $0.id == id }?.message }

  func severity(_ id: CheckID) -> Finding.Severity? { findings.first { $0.id == id }?.severity }
}
