import VerificationCore

/// A report on all that can be known of a file, also where its size alone rejects it.
///
/// A minute of stereo at 44.1 kHz is 10 MB and a good greeting once it is mended, so more is read here than is accepted.
struct WholeReport {
  /// In bytes; three minutes of such sound.
  static let maxBytes = 32 * 1_048_576

  var report: GreetingReport
  /// nil where the structure leaves nothing to decode.
  var stream: SoundStream?
  /// nil where nothing was decoded.
  var greeting: DecodedGreeting?

  init(_ bytes: [UInt8], name: String, limits: GreetingLimits = GreetingLimits()) {
    let checker = GreetingChecker(limits: limits)
    guard (1...Self.maxBytes).contains(bytes.count) else {
      report = checker.check(bytes: bytes, name: name)
      return
    }
    report = GreetingReport(file: name, bytes: Int64(bytes.count))
    (stream, greeting) = checker.checkContent(of: bytes, &report)
    let size =
      SizeCheck.rejection(ofSize: bytes.count, limits)
      ?? SizeCheck.warning(ofSize: bytes.count, duration: report.duration, limits)
    report.findings += [NameCheck.finding(forName: name), size].compactMap { $0 }
    report.findings.sort { $0.id < $1.id }
  }
}
