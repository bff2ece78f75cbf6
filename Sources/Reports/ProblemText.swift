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
    var text = "\(heading(problem)): \(style.bold(masked(problem.message)))\n"
    var margin = 2
    if let place = problem.place {
      margin = String(place.span.line).count + 1
      text += excerpt(problem, place, lines, margin)
    }
    for note in problem.notes {
      text += "\(String(repeating: " ", count: margin))\(style.blue("=")) \(note.kind.rawValue): \(masked(note.text))\n"
    }
    return text + "\n"
  }

  private func heading(_ problem: Problem) -> String {
    let text = style.bold("\(problem.severity.rawValue)[\(problem.id)]")
    return switch problem.severity {
    case .error: style.red(text)
    case .warning: style.yellow(text)
    case .note: style.blue(text)
    }
  }

  private func excerpt(
    _ problem: Problem, _ place: SourcePlace, _ lines: [Substring], _ margin: Int
  ) -> String {
    let bar = style.blue("|")
    let pad = String(repeating: " ", count: margin)
    var text =
      "\(String(repeating: " ", count: margin - 1))\(style.blue("-->")) \(place)\n"
    guard lines.indices.contains(place.span.line - 1) else { return text }
    text += "\(pad)\(bar)\n"
    if place.span.line > 1, lines[place.span.line - 2].contains(where: { $0 != " " }) {
      let number = String(place.span.line - 1)
      let fill = String(repeating: " ", count: margin - 1 - number.count)
      text += "\(fill)\(style.blue(number)) \(bar) \(shown(lines[place.span.line - 2]))\n"
    }
    let window = QuotedLine(masked(String(lines[place.span.line - 1])), around: place.span)
    text += "\(style.blue(String(place.span.line))) \(bar) \(window.text)\n"
    let carets = String(repeating: "^", count: window.length)
    let label = problem.label.map { " \(masked($0))" } ?? ""
    text += "\(pad)\(bar) \(String(repeating: " ", count: window.offset))\(style.red(carets + label))\n"
    return text
  }

  private func shown(_ line: Substring) -> String { QuotedLine(masked(String(line)), around: nil).text }
}
