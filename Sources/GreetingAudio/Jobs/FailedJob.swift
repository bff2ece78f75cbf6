import VerificationCore

/// Why a job was not done: whoever did it is no more.
public enum FailedJob: Error, Hashable, Sendable {
  /// Ended by a signal of the system, by its number; nil where it ended in another way.
  case crashed(signal: Int32?)
  /// Ended after so many seconds, of its time or of the processor's.
  case outOfTime(seconds: Int)

  /// What that says of the file.
  var finding: Finding {
    switch self {
    case .crashed(let signal):
      Finding(
        .decodeCrashed, .reject,
        signal.map { "the decoder crashed on this file (signal \($0))" } ?? "the decoder crashed on this file",
        remedy: "\(Remedy.export)")
    case .outOfTime(let seconds):
      Finding(
        .decodeTimeout, .reject, "the decoder did not come to an end within \(seconds) s", remedy: "\(Remedy.export)")
    }
  }

  /// All that can be said of a file whose content nobody could look into.
  func report(name: String, size: Int, _ limits: GreetingLimits) -> GreetingReport {
    let size = (
      count: size,
      finding: SizeCheck.rejection(ofSize: size, limits) ?? SizeCheck.warning(ofSize: size, duration: nil, limits)
    )
    let findings = [NameCheck.finding(forName: name), finding, size.finding].compactMap { $0 }
    return GreetingReport(file: name, bytes: Int64(size.count), findings: findings.sorted { $0.id < $1.id })
  }
}

extension Result<[UInt8], FailedJob> {
  /// The answer unpacked. One that cannot be is as good as none.
  func unpacked<Value: Codable>(_ type: Value.Type = Value.self) -> Result<Parcel<Value>, FailedJob> {
    flatMap { packed in Parcel<Value>(packed: packed).map { .success($0) } ?? .failure(.crashed(signal: nil)) }
  }
}
