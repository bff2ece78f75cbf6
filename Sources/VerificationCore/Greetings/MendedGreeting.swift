/// One thing that mending changed.
public struct Mend: Hashable, Sendable, Codable {
  public enum Kind: String, Hashable, Sendable, Codable {
    case channels, offset, level, lead = "silence.lead", tail = "silence.tail", format, structure
  }

  public var kind: Kind
  /// With figures, for people.
  public var said: Sentence

  /// - Parameter message: with figures.
  public init(_ kind: Kind, _ message: Phrasing) {
    self.kind = kind
    self.said = message.sentence
  }

  /// ``said`` in English.
  public var message: String { said.text }
}

/// A greeting as it was and as it became.
public struct MendedGreeting: Hashable, Sendable {
  /// The content of the new file; that of the old one where nothing changed.
  public var bytes: [UInt8]
  /// In the order in which they were made; empty where there was nothing to mend.
  public var changes: [Mend]
  /// Judged whole, also where its size alone rejects it.
  public var before: GreetingReport
  /// The report on ``bytes``. Its findings hold what stays of the flaws before, seen in the copy or not: what was cut off
  /// by clipping is missing at any level.
  public var after: GreetingReport

  public init(bytes: [UInt8], changes: [Mend], before: GreetingReport, after: GreetingReport) {
    self.bytes = bytes
    self.changes = changes
    self.before = before
    self.after = after
  }
}

/// Why no honest copy can be made.
public struct UnmendableGreeting: Error, Hashable, Sendable {
  public var before: GreetingReport
  /// What stands in the way, at least one.
  public var findings: [Finding]

  /// - Parameter findings: at least one.
  public init(before: GreetingReport, findings: [Finding]) {
    self.before = before
    self.findings = findings
  }
}
