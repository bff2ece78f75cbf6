public import VerificationCore

/// Judges greeting files: a verdict with reasons and remedies.
///
/// Files are hostile until shown otherwise: nothing is read before its kind and size are known, the structure is walked
/// here, and the decoder only gets a stream rebuilt from it. A checker can be used from any thread.
public struct GreetingChecker: Sendable {
  /// What a file may measure.
  public var limits: GreetingLimits

  /// A checker with the limits of the service unless told otherwise.
  public init(limits: GreetingLimits = GreetingLimits()) { self.limits = limits }

  /// Checks a content in this very process; ``job(name:bytes:)`` has another one do it.
  ///
  /// - Parameter name: the file name it came with, for its extension and the report.
  public func check(bytes: [UInt8], name: String) -> GreetingReport {
    whole(bytes, name: name).report
  }

  /// More than this is not looked into, in bytes. A minute of stereo at 44.1 kHz is 10 MB, and a good greeting once it is
  /// mended: what is over the limit is judged all the same, up to here.
  public static let readable = 32 << 20

  /// The report, and what was decoded on the way.
  func whole(_ bytes: [UInt8], name: String) -> JudgedGreeting {
    var report = GreetingReport(file: name, bytes: Int64(bytes.count))
    let rejection = SizeCheck.rejection(ofSize: bytes.count, limits)
    let isRead = (1...Self.readable).contains(bytes.count)
    let content: (stream: SoundStream?, greeting: DecodedGreeting?) =
      isRead ? checkContent(of: bytes, &report) : (nil, nil)
    let size = rejection ?? SizeCheck.warning(ofSize: bytes.count, duration: report.duration, limits)
    report.findings += [NameCheck.finding(forName: name), size].compactMap { $0 }
    // A stable order: findings of one check stay as the check gave them.
    report.findings.sort { $0.id < $1.id }
    return JudgedGreeting(report: report, stream: content.stream, greeting: content.greeting)
  }

  private func checkContent(
    of bytes: [UInt8], _ report: inout GreetingReport
  ) -> (stream: SoundStream?, greeting: DecodedGreeting?) {
    let inspection = ContentCheck.inspect(bytes, expected: NameCheck.format(ofName: report.file))
    report.findings += inspection.findings
    report.container = inspection.container
    report.codec = inspection.codec
    report.sampleRate = inspection.sampleRate
    report.channels = inspection.channels
    report.bitDepth = inspection.bitDepth
    guard let stream = inspection.stream else { return (nil, nil) }
    guard let greeting = SoundDecoder.listen(to: stream) else {
      report.findings.append(SoundCheck.undecodable(stream))
      return (stream, nil)
    }
    report.duration = greeting.duration
    report.findings += SoundCheck.all.compactMap { $0.finding(greeting, limits) }
    return (stream, greeting)
  }
}
