import ScenarioModel
public import Simulation
import VerificationCore

/// The line of each case of a run: on a terminal by folder and no wider than it, else whole, one a line.
public struct RunText: Sendable {
  private let style: Style
  /// nil where nobody looks on.
  private let terminalWidth: Int?
  private let pathWidth: Int
  private let nameWidth: Int
  private var folder: String?

  /// - Parameter paths: of all the cases, so that the columns line up.
  public init(style: Style = .plain, terminalWidth: Int?, paths: [String]) {
    self.style = style
    self.terminalWidth = terminalWidth
    pathWidth = paths.map(\.count).max() ?? 0
    nameWidth = paths.map { Self.split($0).name.count }.max() ?? 0
  }

  public mutating func lines(_ verdict: Verdict) -> [String] {
    let scenario = verdict.scenario
    let mark = verdict.passed ? style.green("✓") : style.red("✗")
    let outcome = verdict.result
    guard let terminalWidth else {
      let path = Self.filled(Printable.text(scenario.path), pathWidth)
      return ["\(mark) \(path)  \(scenario.title.value)  \(verdict.length.stopwatch) \(outcome)"]
    }
    let (folder, name) = Self.split(Printable.text(scenario.path))
    let heading = folder == self.folder ? [] : [style.dim(folder)]
    self.folder = folder
    // Most outcomes are shorter; a long one takes its room from the title.
    let resultWidth = max(15, outcome.count)
    let result = style.dim(Self.filled(outcome, resultWidth))
    let title = Self.clipped(scenario.title.value, terminalWidth - nameWidth - resultWidth - 8)
    return heading + ["  \(mark) \(Self.filled(name, nameWidth))  \(result)  \(title)"]
  }

  /// `scenarios/fraud/`, `own-code`
  private static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return ("./", withoutEnding(path)) }
    return (String(path[...slash]), withoutEnding(String(path[path.index(after: slash)...])))
  }

  private static func withoutEnding(_ name: String) -> String {
    name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
  }

  private static func filled(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private static func clipped(_ text: String, _ width: Int) -> String {
    text.count <= max(8, width) ? text : text.prefix(max(8, width) - 1) + "…"
  }
}
