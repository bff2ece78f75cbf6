public import VerificationCore

/// What mending a greeting did, for people and as JSON.
public struct MendText: Sendable {
  private let style: Style
  private let text: GreetingText

  public init(style: Style = .plain) {
    self.style = style
    text = GreetingText(style: style)
  }

  /// The copy, what it was made from, what changed, and what stays.
  ///
  /// - Parameter target: where the copy was written.
  public func lines(_ mended: MendedGreeting, target: String) -> [String] {
    var after = mended.after
    after.file = target
    let widest = mended.changes.map(\.kind.rawValue.count).max() ?? 0
    let changes = mended.changes.map { change in
      let kind = change.kind.rawValue
      return "    \(style.green(kind))\(String(repeating: " ", count: widest - kind.count))  \(change.message)"
    }
    let head = text.lines(after)
    return head.prefix(1) + [former(mended.before)] + (changes.isEmpty ? ["    nothing was changed"] : changes)
      + head.dropFirst()
  }

  /// `    from welcome.wav: rejected for duration.limit, dc.offset`
  private func former(_ report: GreetingReport) -> String {
    let ids = report.findings.reduce(into: [String]()) { ids, finding in
      if !ids.contains(finding.id.rawValue) { ids.append(finding.id.rawValue) }
    }
    let why =
      report.findings.isEmpty
      ? "accepted"
      : "\(report.verdict == .rejected ? "rejected" : "accepted with warnings"): \(ids.joined(separator: ", "))"
    return "    \(style.dim("from \(Printable.text(report.file)), \(why)"))"
  }

  /// Why no copy was made.
  public func lines(_ unmendable: UnmendableGreeting) -> [String] {
    let head =
      "\(style.red("✗")) \(style.bold(Printable.text(unmendable.before.file)))  \(style.red("cannot be mended"))"
    return [head] + unmendable.findings.flatMap(text.reason)
  }

  /// A file that needs nothing, or of which nothing can be mended, and that was left alone.
  public func lines(untouched mended: MendedGreeting) -> [String] {
    let lines = text.lines(mended.before)
    let note =
      mended.before.findings.isEmpty
      ? "fine as it is: nothing was written" : "nothing of this can be mended: nothing was written"
    return lines + ["    \(note)"]
  }
}

/// Mending as one line of JSON; every key is always there.
public enum MendJSON {
  /// - Parameter written: the path of the copy; nil where none was written.
  public static func line(_ mended: MendedGreeting, written: String?) -> String {
    var after = mended.after
    after.file = written ?? mended.before.file
    let changes = mended.changes.map { change in
      JSONLine.Value.object(
        JSONLine([("what", .text(change.kind.rawValue)), ("message", .text(change.message))]))
    }
    return line(mended.before, written, changes, after: written == nil ? .null : .object(after.json), refused: [])
  }

  public static func line(_ unmendable: UnmendableGreeting) -> String {
    line(
      unmendable.before, nil, [], after: .null, refused: unmendable.findings.map { .object(JSONLine($0)) })
  }

  private static func line(
    _ before: GreetingReport, _ written: String?, _ changes: [JSONLine.Value], after: JSONLine.Value,
    refused: [JSONLine.Value]
  ) -> String {
    JSONLine([
      ("file", .text(before.file)), ("written", .optional(written)),
      ("changes", .list(written == nil ? [] : changes)), ("refused", .list(refused)), ("before", .object(before.json)),
      ("after", after),
    ]).text
  }
}
