public import Exploration
import ScenarioModel
import VerificationCore

/// What an exploration of a whole service has found, for people.
public struct SceneText: Sendable {
  private let style: Style
  private let width: Int
  private let secrets: [String]

  /// - Parameter secrets: texts that no run shows, such as PINs.
  public init(style: Style = .plain, width: Int = 80, secrets: [String] = []) {
    self.style = style
    self.width = width
    self.secrets = secrets
  }

  /// - Parameter time: how long it took.
  public func lines(_ report: SceneReport, time: Duration) -> [String] {
    var lines = [style.bold("\(report.plan.path): \(report.plan.title.value)"), "  \(head(report))"]
    let seconds = Figure.seconds(time)
    let rate = seconds > 0 ? Int(Double(report.unique) / seconds) : 0
    lines.append(
      "  "
        + style.dim(
          "\(Milliseconds(roundingDown: time).decimalSeconds) s · \(Figure.grouped(rate)) states/s · "
            + "chance of a collision below \(Self.bound(report.collisionChance))"))
    let outcomes = report.outcomes.keys.map(\.rawValue).sorted()
    if !outcomes.isEmpty { lines += wrapped("outcomes: \(outcomes.joined(separator: ", "))") }
    for step in report.neverDone {
      lines += wrapped(style.yellow("never possible: \(Self.masked(step.text, secrets))"))
    }
    return lines + report.verdicts.flatMap { self.lines($0, report) }
  }

  private func head(_ report: SceneReport) -> String {
    let counts =
      "\(Figure.grouped(report.unique)) unique states, \(Figure.grouped(report.generated)) generated, "
      + "\(report.depth) deep"
    return report.isComplete
      ? "\(style.green("COMPLETE"))  \(counts)"
      : "\(style.yellow("INCOMPLETE"))  \(counts): \(ExplorationText.why(report.end))"
  }

  /// The next power of ten above.
  private static func bound(_ chance: Double) -> String {
    var power = 0
    var bound = 1.0
    while bound / 10 > chance, power < 38 { (bound, power) = (bound / 10, power + 1) }
    return "1e-\(power)"
  }

  private func lines(_ verdict: SceneReport.Verdict, _ report: SceneReport) -> [String] {
    let mark = verdict.holds ? style.green("✓") : style.red("✗")
    let isOpen = !report.isComplete && verdict.run == nil
    let lines = wrapped("\(verdict.property.value)\(isOpen ? " (in all that was looked at)" : "")", mark: mark)
    guard !verdict.holds, let run = verdict.run else { return lines }
    let with =
      run.chosen.isEmpty ? [] : ["with \(run.chosen.map { "\($0.name): \($0.value)" }.joined(separator: ", "))"]
    return lines + (with + run.steps.map { "- \(Self.masked($0.text, secrets))" }).map { "      \($0)" }
  }

  /// A PIN may stand among other keys, as in "4711#": it is looked for in every text, not as a word alone.
  static func masked(_ text: String, _ secrets: [String]) -> String {
    secrets.reduce(text) { $0.replacing($1, with: String(repeating: "•", count: $1.count)) }
  }

  private func wrapped(_ text: String, mark: String = "") -> [String] {
    let indent = mark.isEmpty ? "  " : "    "
    return Wrapping.wrap(text, width: width - 4).enumerated().map { index, line in
      index == 0 && !mark.isEmpty ? "  \(mark) \(line)" : "\(indent)\(line)"
    }
  }
}

extension SceneReport {
  /// One line of JSON; the order of the keys is fixed.
  ///
  /// - Parameter secrets: texts that no run shows, such as PINs.
  public func jsonLine(time: Duration, secrets: [String] = []) -> String {
    let seconds = Figure.seconds(time)
    return JSONLine([
      ("path", .text(plan.path)), ("complete", .flag(isComplete)), ("end", .text(ExplorationText.why(end))),
      ("unique", .number(Int64(unique))), ("generated", .number(Int64(generated))), ("depth", .number(Int64(depth))),
      ("seconds", .seconds(time)), ("statesPerSecond", .number(seconds > 0 ? Int64(Double(unique) / seconds) : 0)),
      ("collisionChance", .text("\(collisionChance)")),
      ("outcomes", .list(outcomes.keys.map(\.rawValue).sorted().map { .text($0) })),
      ("heard", .list(messages.map(\.rawValue).sorted().map { .text($0) })),
      ("neverDone", .list(neverDone.map { .text(SceneText.masked($0.text, secrets)) })),
      (
        "properties",
        .list(
          verdicts.map { verdict in
            .object(
              JSONLine([
                ("property", .text("\(verdict.property.value)")), ("holds", .flag(verdict.holds)),
                ("place", .text("\(verdict.property.place)")),
                ("run", .list((verdict.run?.steps ?? []).map { .text(SceneText.masked($0.text, secrets)) })),
              ]))
          })
      ),
    ]).text
  }
}
