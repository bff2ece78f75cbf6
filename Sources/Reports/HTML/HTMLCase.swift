import Runs
import ScenarioModel
import VerificationCore

/// One case on the page.
struct HTMLCase {
  private let played: CaseRecord
  private let recordings: [RecordingKey: RecordingRecord]
  private let clock: RunHeader.Clock

  init(_ played: CaseRecord, recordings: [RecordingKey: RecordingRecord], clock: RunHeader.Clock) {
    self.played = played
    self.recordings = recordings
    self.clock = clock
  }

  private var mark: String {
    switch played.status {
    case .passed: "✓"
    case .failed: "✗"
    case .skipped: "–"
    }
  }

  private var title: String {
    let name = played.name.map { " <span class=nm>[\(XML.escaped($0))]</span>" } ?? ""
    let round = played.round.map { " <span class=nm>#\($0)</span>" } ?? ""
    return XML.escaped(played.title) + name + round
  }

  private var place: String { XML.escaped("\(played.path):\(played.line)") }

  /// A row of the table of what has no timeline.
  var row: String {
    "<tr class=\(played.status.rawValue) data-status=\(played.status.rawValue) id=c\(played.number)><td><span class=mark "
      + "aria-hidden=true>\(mark)</span> \(played.status.rawValue)</td><td>\(title)</td><td class=pa>\(place)</td>"
      + "<td>\(XML.escaped(played.result))</td><td class=nu>\(played.length.short)</td></tr>\n"
  }

  /// With its timeline, folded unless it failed.
  var html: String {
    let status = played.status.rawValue
    let open = played.status == .failed ? " open" : ""
    var html = "<details class=\"case \(status)\" id=c\(played.number) data-status=\(status)\(open)><summary>"
    html += "<span class=mark aria-hidden=true>\(mark)</span><span class=st>\(status)</span><h3>\(title)</h3>"
    if !played.result.isEmpty { html += "<span class=rs>\(XML.escaped(played.result))</span>" }
    if played.status != .skipped { html += "<span class=le>\(played.length.short)</span>" }
    html += "<span class=pa>\(place)</span></summary><div class=in>\n"
    if let reason = played.skipReason { html += "<p class=sk>Skipped: \(XML.escaped(reason))</p>" }
    for step in played.skippedSteps { html += "<p class=sk>Skipped step: \(XML.escaped(step))</p>" }
    html += played.problems.map(HTMLProblems.block).joined()
    if !played.moments.isEmpty { html += timeline }
    return html + foot + "</div></details>\n"
  }

  private var foot: String {
    var html = "<div class=ft>"
    let words = played.tags.map { ("tag", $0) } + played.rules.map { ("rule", $0) }
    for (kind, word) in words { html += "<span class=\(kind)>\(XML.escaped(word))</span>" }
    let command = RerunCommand.text(played, played.problems.first, clock: clock)
    return html + "<span class=rr>Run it again <code>\(XML.escaped(command))</code></span></div>"
  }

  // MARK: Timeline

  private var timeline: String {
    let drawing = TimelineSVG(played)
    let name = "Timeline of case \(played.number)"
    return "<div class=sc tabindex=0 role=group aria-label=\"\(name)\">\(drawing.svg)</div>\n"
      + player(drawing) + captions
  }

  private var captions: String {
    // Those of a case that failed are open: what was heard is the first thing that one wants to know.
    let open = played.status == .failed && played.trace == nil ? " open" : ""
    var html = "<details class=cp\(open)><summary>What happened, in words</summary><ol>\n"
    for moment in played.moments {
      let words = MomentWords(moment, recordings: recordings)
      html += "<li class=\(words.tone.rawValue)><time>\(moment.at.short)</time><span>\(XML.escaped(words.text))"
      if let quote = words.quote { html += "<q>\(XML.escaped(quote))</q>" }
      html += "</span></li>\n"
    }
    return html + "</ol></details>\n"
  }

  /// The trace as a list; the page's script makes a player of it.
  private func player(_ drawing: TimelineSVG) -> String {
    guard let trace = played.trace, !trace.isEmpty else { return "" }
    var html = "<div class=player><details class=cp open><summary>Trace, step by step</summary><ol class=trace>\n"
    for step in trace {
      html += "<li data-at=\(step.at.count) data-x=\(drawing.x(step.at))><time>\(step.at.short)</time><span>"
      html += step.lines.map { XML.escaped($0) }.joined(separator: "<br>")
      html += "<em>\(XML.escaped(step.state))</em></span></li>\n"
    }
    return html + "</ol></details></div>\n"
  }
}
