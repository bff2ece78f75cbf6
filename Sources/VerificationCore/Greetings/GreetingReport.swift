/// What the greeting checker says about one file: a verdict with its reasons, and what is known of the sound.
public struct GreetingReport: Hashable, Sendable, Codable {
  /// Whether the file can be used as a greeting.
  public enum Verdict: String, Hashable, Sendable {
    case accepted, rejected
  }

  /// The name or path as it was given.
  public var file: String
  /// Everything found, in the order of ``CheckID``.
  public var findings: [Finding]
  /// What the content is, whatever the name says: `WAV`, `MP3`, `FLAC`...; nil when it was not read or not recognised.
  public var container: String?
  /// The coding of the samples: `PCM`, `mu-law`, `MPEG-1 Layer III`...
  public var codec: String?
  /// Sample frames a second, in hertz.
  public var sampleRate: Int?
  /// 1 is mono.
  public var channels: Int?
  /// Bits a sample as the header states them; nil for MP3, which has none.
  public var bitDepth: Int?
  /// Decoded frames divided by the rate; nil when nothing was decoded.
  public var duration: Duration?
  /// Size of the file; nil for what has no size, such as a pipe.
  public var bytes: Int64?

  /// A report without findings, of which nothing but the name and the size is known yet.
  public init(file: String, bytes: Int64? = nil, findings: [Finding] = []) {
    self.file = file
    self.bytes = bytes
    self.findings = findings
  }

  /// Rejected as soon as one finding rejects; warnings never do.
  public var verdict: Verdict {
    findings.contains { $0.severity == .reject } ? .rejected : .accepted
  }
}

/// One thing that a check found, worded for the person who has to repair the file.
public struct Finding: Hashable, Sendable, Codable {
  /// What a finding means for the verdict.
  public enum Severity: String, Hashable, Sendable, Codable {
    /// The file cannot be used.
    case reject
    /// The file can be used, but a caller may hear the flaw.
    case warn
  }

  /// The check that found it.
  public var id: CheckID
  /// Whether it rejects the file.
  public var severity: Severity
  /// What is wrong, with figures.
  public var said: Sentence
  /// What to do about it.
  public var advice: Sentence
  /// Where in the sound, counted from its start; nil when the finding concerns the whole file.
  public var at: Duration?

  /// - Parameters:
  ///   - message: what is wrong, with figures.
  ///   - remedy: what to do about it.
  ///   - at: the place in the sound, counted from its start.
  public init(_ id: CheckID, _ severity: Severity, _ message: Phrasing, remedy: Phrasing, at: Duration? = nil) {
    self.id = id
    self.severity = severity
    self.said = message.sentence
    self.advice = remedy.sentence
    self.at = at
  }

  /// ``said`` in English.
  public var message: String { said.text }
  /// ``advice`` in English.
  public var remedy: String { advice.text }
}
