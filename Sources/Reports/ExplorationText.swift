public import Exploration
import ScenarioModel
import VerificationCore

/// What an exploration has found, for people.
public struct ExplorationText: Sendable {
  private let style: Style
  private let width: Int

  public init(style: Style = .plain, width: Int = 80) {
    self.style = style
    self.width = width
  }

  /// - Parameter time: how long it took.
  public func lines(_ findings: CallFindings, title: String, time: Duration) -> [String] {
    var lines = [style.bold(title)]
    lines.append("  \(head(findings))")
    lines += wrapped(measures(findings, time)).map(style.dim)
    if let longest = findings.longest {
      lines.append("  the longest call lasts \(longest.length.stopwatch)")
    }
    if !findings.unreachable.isEmpty {
      lines += wrapped("never reached: \(findings.unreachable.map(\.name).joined(separator: ", "))")
    }
    return lines + findings.verdicts.flatMap { self.lines($0) }
  }

  private func head(_ findings: CallFindings) -> String {
    let counts =
      "\(Figure.grouped(findings.unique)) unique states, \(Figure.grouped(findings.generated)) generated, "
      + "\(findings.depth) deep"
    return findings.isComplete
      ? "\(style.green("COMPLETE"))  \(counts)" : "\(style.yellow("INCOMPLETE"))  \(counts): \(Self.why(findings.end))"
  }

  /// Why a search did not see all.
  public static func why(_ end: SearchEnd) -> String {
    switch end {
    case .complete: "every state was found"
    case .depth(let depth): "the bound of \(depth) moves was reached"
    case .states(let states): "the bound of \(Figure.grouped(states)) states was reached"
    case .satisfied: "what was looked for was found"
    case .interrupted: "it was interrupted"
    }
  }

  private func measures(_ findings: CallFindings, _ time: Duration) -> String {
    let seconds = Figure.seconds(time)
    let rate = seconds > 0 ? "\(Figure.grouped(Int(Double(findings.unique) / seconds))) states/s" : ""
    let each = findings.bytes / max(1, findings.unique)
    let parts = [
      "\(findings.configurations) \(findings.configurations == 1 ? "configuration" : "configurations")",
      "\(Milliseconds(roundingDown: time).decimalSeconds) s", rate, "\(each) bytes a state",
      "chance of a collision \(findings.collisionChance == 0 ? "0" : "\(findings.collisionChance)")",
    ]
    return parts.filter { !$0.isEmpty }.joined(separator: " · ")
  }

  private func lines(_ verdict: PropertyVerdict) -> [String] {
    let mark = verdict.isGood ? style.green("✓") : style.red("✗")
    var lines = wrapped("\(verdict.property.value)\(note(verdict))", mark: mark)
    guard !verdict.isGood, let trace = verdict.trace else { return lines }
    if let input = verdict.input { lines.append("      broken by \(InputKind(input)) after:") }
    lines += self.lines(trace).map { "      \($0)" }
    return lines
  }

  private func note(_ verdict: PropertyVerdict) -> String {
    switch verdict.ruling {
    case .holds, .shown: ""
    case .violated: verdict.trace == nil ? ": in no state" : ""
    case .holdsSoFar: " (in all that was looked at)"
    case .notMet: ": not met in what was looked at"
    }
  }

  /// One line a move: when, what, what is heard then.
  public func lines(_ trace: CallTrace) -> [String] {
    var lines =
      trace.configuration.chosen.isEmpty
      ? [] : ["with \(trace.configuration.chosen.map { "\($0.name): \($0.value)" }.joined(separator: ", "))"]
    lines += trace.lines.map { line in
      let heard = line.heard.isEmpty ? "" : "  ♪ \(line.heard.map(\.rawValue).joined(separator: ", "))"
      return "\(style.dim(line.at.stopwatch))  \(line.action)\(heard)"
    }
    if !trace.replays {
      lines.append(style.red("!! THIS DOES NOT REPLAY: the simulation does something else; report it as a bug"))
    }
    return lines
  }

  private func wrapped(_ text: String, mark: String = "") -> [String] {
    let indent = mark.isEmpty ? "  " : "    "
    return Wrapping.wrap(text, width: width - 4).enumerated().map { index, line in
      index == 0 && !mark.isEmpty ? "  \(mark) \(line)" : "\(indent)\(line)"
    }
  }
}

/// Figures for people.
public enum Figure {
  /// `1,234,567`
  public static func grouped(_ number: Int) -> String {
    var digits = String(number.magnitude)
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    return (number < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
  }

  static func seconds(_ time: Duration) -> Double {
    let (seconds, attoseconds) = time.components
    return Double(seconds) + Double(attoseconds) / 1e18
  }
}
