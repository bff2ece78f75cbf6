public import Runs
public import ScenarioModel

/// A problem as a person reads it: message, place, the line before, the line, a caret, what to do.
public struct ProblemText: Sendable {
  private let style: Style
  private let masked: SecretMask

  /// - Parameter secrets: texts that quoted lines must not show, such as PINs.
  public init(style: Style = .plain, secrets: [String] = []) {
    self.style = style
    masked = SecretMask(secrets)
  }

  /// - Parameter lines: the lines of the file that the problem is in; empty where they cannot be had.
  public func render(_ problem: Problem, lines: [Substring]) -> String {
    render(ProblemRecord(problem, mask: masked) { _ in lines })
  }

  /// - Parameters:
  ///   - played: the case, which is named where its file has several, or several rounds.
  ///   - rerun: the command that shows the problem again.
  public func render(_ problem: ProblemRecord, of played: CaseRecord? = nil, rerun: String? = nil) -> String {
    var text = "\(heading(problem)): \(style.bold(Printable.text(problem.message)))\n"
    var margin = 2
    if let place = problem.place {
      margin = String(place.span.line).count + 1
      let name = (played?.name.map { "[\($0)]" } ?? "") + (played?.round.map { "#\($0)" } ?? "")
      let ofCase = name.isEmpty ? "" : "   case \(Printable.text(name))"
      text +=
        "\(String(repeating: " ", count: margin - 1))\(style.blue("-->")) \(Printable.text("\(place)"))\(ofCase)\n"
      text += excerpt(problem, place, margin)
    }
    let notes = problem.notes + (rerun.map { [Problem.Note(.rerun, $0)] } ?? [])
    for note in notes {
      text +=
        "\(String(repeating: " ", count: margin))\(style.blue("=")) \(note.kind.rawValue): \(Printable.text(note.text))\n"
    }
    return text + "\n"
  }

  private func heading(_ problem: ProblemRecord) -> String {
    let text = style.bold("\(problem.severity.rawValue)[\(problem.id)]")
    return switch problem.severity {
    case .error: style.red(text)
    case .warning: style.yellow(text)
    case .note: style.blue(text)
    }
  }

  private func excerpt(_ problem: ProblemRecord, _ place: SourcePlace, _ margin: Int) -> String {
    guard let quote = problem.quote else { return "" }
    let bar = style.blue("|")
    let pad = String(repeating: " ", count: margin)
    var text = "\(pad)\(bar)\n"
    if let before = quote.before {
      let number = String(place.span.line - 1)
      let fill = String(repeating: " ", count: margin - 1 - number.count)
      text += "\(fill)\(style.blue(number)) \(bar) \(before)\n"
    }
    let line = quote.line
    text += "\(style.blue(String(place.span.line))) \(bar) \(line.text)\n"
    let label = problem.label.map { " \(Printable.text($0))" } ?? ""
    let caret = String(repeating: "^", count: line.length) + label
    return text + "\(pad)\(bar) \(String(repeating: " ", count: line.offset))\(style.red(caret))\n"
  }
}
