public import VerificationCore

/// What the greeting check says, for people: a line a file, then the reasons with what to do.
public struct GreetingText: Sendable {
  private let style: Style

  public init(style: Style = .plain) { self.style = style }

  public func lines(_ report: GreetingReport) -> [String] {
    let facts = facts(report)
    return [head(report) + (facts.isEmpty ? "" : "  \(style.dim(facts))")] + report.findings.flatMap(reason)
  }

  /// The mark, the name, and `rejected` where it is.
  func head(_ report: GreetingReport) -> String {
    let accepted = report.verdict == .accepted
    let mark = accepted ? (report.findings.isEmpty ? style.green("✓") : style.yellow("!")) : style.red("✗")
    let verdict = accepted ? "" : "  \(style.red("rejected"))"
    return "\(mark) \(style.bold(Printable.text(report.file)))\(verdict)"
  }

  /// What was found and what to do, indented.
  func reason(_ finding: Finding) -> [String] {
    let id = finding.severity == .reject ? style.red(finding.id.rawValue) : style.yellow(finding.id.rawValue)
    let place = finding.at.map { " at \(Self.seconds($0)) s" } ?? ""
    return ["    \(id)\(place): \(finding.message)", "      → \(finding.remedy)"]
  }

  /// `9.49 s · MP3, MPEG-2 Layer III, 16 kHz mono · 47,664 bytes`
  func facts(_ report: GreetingReport) -> String {
    var parts: [String] = []
    if let duration = report.duration { parts.append("\(Self.seconds(duration)) s") }
    let channels = report.channels.map { $0 == 1 ? "mono" : $0 == 2 ? "stereo" : "\($0) channels" }
    let rate = report.sampleRate.map { "\(Milliseconds(Int64($0)).decimalSeconds) kHz" }
    let depth = report.codec == "PCM" ? report.bitDepth.map { " \($0)-bit" } ?? "" : ""
    let format: [String?] = [
      report.container, report.codec.map { $0 + depth }, [rate, channels].compactMap { $0 }.joined(separator: " "),
    ]
    parts.append(format.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ", "))
    if let bytes = report.bytes { parts.append("\(bytes) bytes") }
    return parts.filter { !$0.isEmpty }.joined(separator: " · ")
  }

  /// Hundredths, rounded down: 19.999 s never reads as 20.
  static func seconds(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    let hundredths = String(attoseconds / 10_000_000_000_000_000)
    return "\(seconds).\(hundredths.count == 1 ? "0" : "")\(hundredths)"
  }
}
