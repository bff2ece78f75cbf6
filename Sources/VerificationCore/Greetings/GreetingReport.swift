/// What the greeting checker says about one file: a verdict with its reasons, and what is known of the sound.
public struct GreetingReport: Hashable, Sendable {
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
public struct Finding: Hashable, Sendable {
  /// What a finding means for the verdict.
  public enum Severity: String, Hashable, Sendable {
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
  public var message: String
  /// What to do about it.
  public var remedy: String
  /// Where in the sound, counted from its start; nil when the finding concerns the whole file.
  public var at: Duration?

  /// - Parameters:
  ///   - message: what is wrong, with figures.
  ///   - remedy: what to do about it.
  ///   - at: the place in the sound, counted from its start.
  public init(_ id: CheckID, _ severity: Severity, _ message: String, remedy: String, at: Duration? = nil) {
    self.id = id
    self.severity = severity
    self.message = message
    self.remedy = remedy
    self.at = at
  }
}

extension GreetingReport {
  /// The report as one line of JSON, without a line break at its end.
  ///
  /// The order of the keys is fixed, every key is always there, and what is unknown is `null`. Times are seconds with
  /// three decimals, rounded down, so that 19.9999 s never reads as the forbidden 20.
  public var jsonLine: String {
    var line = "{"
    line += "\"file\":\(Self.quoted(file)),"
    line += "\"verdict\":\"\(verdict.rawValue)\","
    line += "\"findings\":[\(findings.map(\.json).joined(separator: ","))],"
    line += "\"container\":\(container.map(Self.quoted) ?? "null"),"
    line += "\"codec\":\(codec.map(Self.quoted) ?? "null"),"
    line += "\"sampleRate\":\(sampleRate?.description ?? "null"),"
    line += "\"channels\":\(channels?.description ?? "null"),"
    line += "\"bitDepth\":\(bitDepth?.description ?? "null"),"
    line += "\"duration\":\(duration.map(Self.seconds) ?? "null"),"
    line += "\"bytes\":\(bytes?.description ?? "null")"
    return line + "}"
  }

  /// A JSON string (RFC 8259 section 7): quote, backslash and the control characters escaped, the rest as it is.
  fileprivate static func quoted(_ text: String) -> String {
    var json = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": json += "\\\""
      case "\\": json += "\\\\"
      case "\n": json += "\\n"
      case "\r": json += "\\r"
      case "\t": json += "\\t"
      case _ where scalar.value < 0x20:
        json += scalar.value < 0x10 ? "\\u000" : "\\u00"
        json += String(scalar.value, radix: 16)
      default: json.unicodeScalars.append(scalar)
      }
    }
    return json + "\""
  }

  /// Whole seconds, a point, three digits.
  fileprivate static func seconds(_ time: Duration) -> String {
    let (seconds, attoseconds) = time.components
    let milliseconds = String((attoseconds / 1_000_000_000_000_000).magnitude)
    let sign = seconds < 0 || attoseconds < 0 ? "-" : ""
    return "\(sign)\(seconds.magnitude)." + String(repeating: "0", count: 3 - milliseconds.count) + milliseconds
  }
}

extension Finding {
  fileprivate var json: String {
    "{\"id\":\"\(id.rawValue)\",\"severity\":\"\(severity.rawValue)\","
      + "\"message\":\(GreetingReport.quoted(message)),\"remedy\":\(GreetingReport.quoted(remedy)),"
      + "\"at\":\(at.map(GreetingReport.seconds) ?? "null")}"
  }
}
