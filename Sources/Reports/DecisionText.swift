public import VerificationCore

/// The gates of a sign-in as a person reads them: each question, what was found, and where it ended (SIGN-1).
public struct DecisionText: Sendable {
  private let style: Style
  private let width: Int

  public init(style: Style = .plain, width: Int = 80) {
    self.style = style
    self.width = width
  }

  public func lines(_ decision: SignInDecision) -> [String] {
    lines(decision.findings) + ["", result(decision.result)]
  }

  /// The findings alone, as a record keeps them.
  public func lines(_ findings: [SignInFinding]) -> [String] {
    findings.enumerated().flatMap { index, finding in lines(finding, number: index + 1) }
  }

  private func lines(_ finding: SignInFinding, number: Int) -> [String] {
    let mark = finding.outcome.map { $0.kind == .admitted ? style.green("✓") : style.red("■") } ?? style.dim("·")
    let place = String(repeating: " ", count: number < 10 ? 1 : 0) + String(number)
    return ["\(style.dim(place)) \(mark) \(style.bold(finding.gate.question))"]
      + Wrapping.wrap(finding.reason, width: width - 5).map { "     \($0)" }
  }

  private func result(_ result: SignInDecision.Result) -> String {
    switch result {
    case .decided(let outcome):
      outcome.kind == .admitted
        ? style.green("✓ \(outcome.rawValue): \(outcome.recordText)")
        : style.red("■ \(outcome.rawValue): \(outcome.recordText) (\(outcome.errorCode))")
    case .verify(let method, let phone):
      "→ verified by \(method.words)\(phone.map { " to \($0.masked)" } ?? "")"
    }
  }

  /// One line of JSON: the findings in order, and the result.
  public static func json(_ decision: SignInDecision) -> String {
    let findings = decision.findings.map { finding in
      JSONLine.Value.object(
        JSONLine([
          ("gate", .text(finding.gate.rawValue)), ("reason", .text(finding.reason)),
          ("outcome", finding.outcome.map { .text($0.rawValue) } ?? .null),
        ]))
    }
    let (outcome, method): (JSONLine.Value, JSONLine.Value) =
      switch decision.result {
      case .decided(let outcome): (.text(outcome.rawValue), .null)
      case .verify(let method, _): (.null, .text(method.rawValue))
      }
    return JSONLine([("findings", .list(findings)), ("outcome", outcome), ("verify", method)]).text
  }
}
