public import Files
public import VerificationCore

/// How far a file is judged without looking into it.
public enum GreetingIntake: Sendable {
  /// Its kind or size says enough.
  case judged(GreetingReport)
  /// What is inside is to be judged: the name of the report, and the content, at most ``GreetingChecker/readable``.
  case content(name: String, bytes: [UInt8])
}

extension GreetingChecker {
  /// Opens a file and reads it, unless its kind or its size already rejects it; symbolic links are followed.
  ///
  /// - Throws: ``FileError`` when nothing is there, or it may not or cannot be read. All else is a report.
  public func intake(path: String) throws(FileError) -> GreetingIntake {
    var file = try OpenFile(path: path)
    return try intake(&file)
  }

  func intake(_ file: inout OpenFile) throws(FileError) -> GreetingIntake {
    guard file.kind == .regular else {
      return .judged(
        GreetingReport(
          file: file.path,
          findings: [
            Finding(.fileKind, .reject, "this is \(file.kind.name), not a file", remedy: "Name a WAV or MP3 file.")
          ]))
    }
    if let rejection = SizeCheck.rejection(ofSize: file.size, limits), file.size == 0 || file.size > Self.readable {
      return .judged(report(file.path, bytes: file.size, rejection))
    }
    // One byte more than it had shows a file that grew meanwhile.
    let bytes = try file.read(upTo: Int(file.size) + 1)
    // A file that somebody is writing has no verdict: half of it would be judged.
    guard !file.hasChanged, bytes.count == Int(file.size) else {
      return .judged(
        report(
          file.path, bytes: nil,
          Finding(
            .fileChanged, .reject, "the file changed while it was read",
            remedy: "Check it again once nothing writes to it any more.")))
    }
    return .content(name: file.path, bytes: bytes)
  }

  private func report(_ name: String, bytes: Int64?, _ rejection: Finding) -> GreetingReport {
    let findings = [NameCheck.finding(forName: name), rejection].compactMap { $0 }
    return GreetingReport(file: name, bytes: bytes, findings: findings.sorted { $0.id < $1.id })
  }
}
