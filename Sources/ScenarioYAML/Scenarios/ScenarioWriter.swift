public import ScenarioModel
import VerificationCore

/// Writes a scenario as the file that `ScenarioReader` reads: with its tenant, so that it stands alone.
///
/// A file has no way to say a busy line by its SIP status or a custom greeting's file; greetings are written with their
/// lengths.
public enum ScenarioWriter {
  public static func text(_ scenario: Scenario) -> String {
    var lines = ["scenario: \(Quoted.text(scenario.title.value))"]
    if !scenario.tags.isEmpty { lines.append("tags: [\(scenario.tags.joined(separator: ", "))]") }
    if !scenario.rules.isEmpty { lines.append("rules: [\(scenario.rules.joined(separator: ", "))]") }
    lines += TenantWriter.given(scenario.given)
    lines.append("steps:")
    lines += scenario.steps.map { "  - \(StepWriter.text($0.verb))" }
    if let expect = scenario.expect { lines += ["expect:"] + ExpectationWriter.entries(expect).map { "  \($0)" } }
    return lines.joined(separator: "\n") + "\n"
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

  static func matcher(_ matcher: Matcher) -> String {
    switch matcher {
    case .equals(let text): Self.text(text)
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
