public import ScenarioModel
public import VerificationCore

/// Writes a scenario as the file that `ScenarioReader` reads.
///
/// A file has no way to say a busy line by its SIP status or a custom greeting's file; greetings are written with their
/// lengths.
public enum ScenarioWriter {
  /// How a file says what the scenario is given.
  public enum GivenForm: Hashable, Sendable {
    /// With its tenant, so that it stands alone.
    case whole
    /// By the path of a tenant file, from the scenario's own folder, or nil for the demo tenant; and by who signs in,
    /// or nil for the tenant's first user.
    case named(tenant: String?, user: UPN?)
  }

  /// - Parameter modeline: a comment for the first line, without its `#`, such as `FileSchema.modeline`.
  public static func text(_ scenario: Scenario, given: GivenForm = .whole, modeline: String? = nil) -> String {
    var lines = modeline.map { ["# \($0)"] } ?? []
    lines.append("scenario: \(Quoted.ifNeeded(scenario.title.value))")
    if !scenario.tags.isEmpty { lines.append("tags: [\(scenario.tags.joined(separator: ", "))]") }
    if !scenario.rules.isEmpty { lines.append("rules: [\(scenario.rules.joined(separator: ", "))]") }
    lines += self.given(scenario.given, given)
    lines.append("steps:")
    lines += scenario.steps.map { "  - \(StepWriter.text($0.verb))" }
    if let expect = scenario.expect { lines += ["expect:"] + ExpectationWriter.lines(expect).map { "  \($0)" } }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func given(_ given: Given, _ form: GivenForm) -> [String] {
    switch form {
    case .whole: return TenantWriter.given(given)
    case .named(let tenant, let user):
      var parts = tenant.map { ["tenant: \(Quoted.ifNeeded($0))"] } ?? []
      if let user { parts.append("user: \(user)") }
      if given.start != .virtualStart { parts.append("start: \(given.start)") }
      return parts.isEmpty ? [] : ["given: {\(parts.joined(separator: ", "))}"]
    }
  }
}

/// Texts in double quotes: nothing in them means anything to YAML.
enum Quoted {
  static func text(_ text: some StringProtocol) -> String {
    var written = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": written += "\\\""
      case "\\": written += "\\\\"
      default: written.unicodeScalars.append(scalar)
      }
    }
    return written + "\""
  }

  /// Without quotes where a text means itself to YAML, also between braces.
  static func ifNeeded(_ text: String) -> String {
    let isPlain =
      text.first.map { $0.isASCII && $0.isLetter } == true && text.last != " " && text.lowercased() != "null"
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || " ./;'_-@".contains($0)) }
    return isPlain ? text : self.text(text)
  }

  static func matcher(_ matcher: Matcher) -> String {
    switch matcher {
    case .equals(let text): ifNeeded(text)
    case .pattern(let pattern): Self.text("/\(pattern)/")
    case .contains, .not, .all: "{\(parts(of: matcher).joined(separator: ", "))}"
    }
  }

  private static func parts(of matcher: Matcher) -> [String] {
    switch matcher {
    case .equals, .pattern: []
    case .contains(let text): ["contains: \(Self.text(text))"]
    case .not(let matcher): ["not: \(self.matcher(matcher))"]
    case .all(let matchers): matchers.flatMap(parts)
    }
  }

  static func presence(_ presence: Presence) -> String {
    switch presence {
    case .absent: text("unknown")
    case .like(let matcher): self.matcher(matcher)
    }
  }

  static func count(_ count: Count) -> String {
    if let exact = count.exact { return "\(exact)" }
    let most = count.range.upperBound == Count.most ? "" : ", max: \(count.range.upperBound)"
    return "{min: \(count.range.lowerBound)\(most)}"
  }

  static func list(_ texts: [String]) -> String { "[\(texts.map(text).joined(separator: ", "))]" }
}
