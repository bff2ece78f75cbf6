import GreetingAudio
import VerificationCore

/// What must hold for every content that a greeting file may have, hostile ones above all.
///
/// Asked through the public doors only, so that the fuzzer and the tests see what a caller sees.
public struct GreetingProperties {
  /// What does not hold, a sentence each; empty where all is well.
  public private(set) var violations: [String] = []

  private let bytes: [UInt8]
  private let checker = GreetingChecker()

  /// Checks and decodes `bytes`, under either name.
  public init(of bytes: [UInt8]) {
    self.bytes = bytes
    let wav = checker.check(bytes: bytes, name: "a.wav")
    let mp3 = checker.check(bytes: bytes, name: "a.mp3")
    require(wav == checker.check(bytes: bytes, name: "a.wav"), "a second check says something else")
    require(mp3 == reportOfJob(named: "a.mp3"), "a check done as a job says something else")
    require(content(of: wav) == content(of: mp3), "beyond format.mismatch, the name changes the report")
    for report in [wav, mp3] { judge(report) }
    judgeDecoding(against: wav)
  }

  private mutating func require(_ holds: Bool, _ sentence: @autoclosure () -> String) {
    if !holds { violations.append(sentence()) }
  }

  private func reportOfJob(named name: String) -> GreetingReport {
    let answer = GreetingJobs.perform(checker.job(name: name, bytes: bytes))
    return checker.report(name: name, size: bytes.count, answer: .success(answer))
  }

  /// The report without what the name has a part in.
  private func content(of report: GreetingReport) -> GreetingReport {
    var content = report
    content.file = ""
    content.findings.removeAll { $0.id == .formatMismatch }
    return content
  }
}

extension GreetingProperties {
  private mutating func judge(_ report: GreetingReport) {
    let ids = report.findings.map(\.id)
    let name = report.file
    require(ids == ids.sorted(), "\(name): the findings do not stand in the order of the checks: \(ids)")
    require(report.bytes == Int64(bytes.count), "\(name): another size")
    // The decoder gets a stream written here: that it reads something else from it is a fault here or there.
    require(!ids.contains(.decodeMismatch), "\(name): \(text(report.findings.first { $0.id == .decodeMismatch }))")
    for finding in report.findings {
      require(isWithin(report, finding), "\(name): a place outside of \(text(report.duration)): \(text(finding))")
      require(isReadable(finding), "\(name): an empty, overlong or unprintable text: \(text(finding))")
    }
    judgeVerdict(of: report)
  }

  private mutating func judgeVerdict(of report: GreetingReport) {
    guard report.verdict == .accepted else {
      require(report.findings.contains { $0.severity == .reject }, "\(report.file): rejected for no reason")
      return
    }
    let limits = checker.limits
    require(bytes.count <= limits.maxBytes && !bytes.isEmpty, "\(report.file): accepted at this size")
    require(report.container == (report.file == "a.wav" ? "WAV" : "MP3"), "\(report.file): accepted as another format")
    require(report.codec != nil && (report.channels ?? 0) > 0, "\(report.file): accepted without codec or channels")
    require((4_000...384_000).contains(report.sampleRate ?? 0), "\(report.file): accepted at no rate")
    let duration = report.duration ?? .zero
    require(duration > .zero && duration < .seconds(limits.maxSeconds), "\(report.file): accepted at \(duration)")
  }

  /// Decoding and checking come to the same length, or both to none.
  private mutating func judgeDecoding(against report: GreetingReport) {
    guard bytes.count <= checker.limits.maxBytes else { return }
    do throws(UndecodableSound) {
      let sound = try SoundDecoder.decode(bytes)
      require(sound.duration == report.duration, "decoded \(sound.duration), checked \(text(report.duration))")
      require(sound.rate == report.sampleRate, "decoded at \(sound.rate) Hz, checked \(text(report.sampleRate))")
    } catch {
      require(report.duration == nil, "checked \(text(report.duration)), but not decoded")
      require(!error.findings.isEmpty, "not decoded for no reason")
    }
  }

  /// Without a duration nothing was decoded, and places are those of the walk.
  private func isWithin(_ report: GreetingReport, _ finding: Finding) -> Bool {
    guard let at = finding.at else { return true }
    guard at >= .zero else { return false }
    return report.duration.map { at <= $0 } ?? true
  }

  private func isReadable(_ finding: Finding) -> Bool {
    [finding.message, finding.remedy].allSatisfy { text in
      (1...300).contains(text.utf8.count) && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    }
  }

}

private func text<Value>(_ value: Value?) -> String { value.map { "\($0)" } ?? "nothing" }
