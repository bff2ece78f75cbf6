import Runs
import ScenarioModel

/// What is wrong, as a page quotes it: the message, the line with its caret, the notes.
enum HTMLProblems {
  static func block(_ problem: ProblemRecord) -> String {
    var html =
      "<div class=pb><p class=pm><b>\(XML.escaped(problem.message))</b> <span class=id>\(XML.escaped(problem.id))</span></p>"
    if let place = problem.place { html += "<p class=pp>\(XML.escaped("\(place)"))</p>" }
    if let place = problem.place, let quote = problem.quote {
      html += excerpt(place.span.line, quote, problem.label)
    } else if let label = problem.label {
      html += "<p>\(XML.escaped(label))</p>"
    }
    guard !problem.notes.isEmpty else { return html + "</div>\n" }
    html += "<dl>"
    for note in problem.notes { html += "<dt>\(note.kind.rawValue)</dt><dd>\(XML.escaped(note.text))</dd>" }
    return html + "</dl></div>\n"
  }

  private static func excerpt(_ number: Int, _ quote: ProblemRecord.Quote, _ label: String?) -> String {
    let margin = String(number).count
    var text = ""
    if let before = quote.before {
      let shown = String(number - 1)
      text +=
        "<span class=no>\(String(repeating: " ", count: margin - shown.count))\(shown) │</span> \(XML.escaped(before))\n"
    }
    text += "<span class=no>\(number) │</span> \(XML.escaped(quote.line.text))\n"
    let pad = String(repeating: " ", count: quote.line.offset)
    let caret = String(repeating: "^", count: quote.line.length)
    text += "<span class=no>\(String(repeating: " ", count: margin)) │</span> \(pad)<span class=ca>\(caret)"
    text += "\(label.map { " " + XML.escaped($0) } ?? "")</span>"
    return "<pre tabindex=0 role=group aria-label=\"The line at fault\">\(text)</pre>"
  }

  static func file(_ file: InvalidFileRecord) -> String {
    "<article class=\"case invalid\" data-status=invalid><h3><span class=mark aria-hidden=true>!</span> "
      + "\(XML.escaped(file.path))</h3>\n\(file.problems.map(block).joined())</article>\n"
  }
}
