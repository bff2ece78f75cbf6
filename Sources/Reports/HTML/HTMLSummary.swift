import Runs
import VerificationCore

/// What stands in front of the cases, and behind them.
struct HTMLSummary {
  let header: RunHeader?
  let tally: RunEnd
  let end: RunEnd?
  let slowest: [HTMLReport.Slow]
  /// Cases without a timeline.
  let rows: Int

  private var total: Int { tally.passed + tally.failed + tally.skipped }

  private var headline: String {
    let cases = "\(total) \(total == 1 ? "case" : "cases")"
    if tally.failed > 0 { return "\(tally.failed) of \(cases) failed" }
    if tally.invalid > 0 { return "\(tally.invalid) \(tally.invalid == 1 ? "file" : "files") cannot be run" }
    guard total > 0 else { return "Nothing was run" }
    return tally.skipped > 0 ? "\(tally.passed) of \(cases) passed, \(tally.skipped) skipped" : "\(cases) passed"
  }

  private var isGood: Bool { tally.failed + tally.invalid == 0 && stopped == nil }

  /// Why this is not the whole run.
  private var stopped: String? {
    guard let end else { return "The run was cut off: what follows is what was told until then." }
    let left = "\(end.notRun) of \(header?.cases ?? 0) cases"
    return switch end.stopped {
    case nil: nil
    case .maxFailures: "Stopped after too many failures: \(left) were not run."
    case .interrupted: "Interrupted: \(left) were not run."
    case .incomplete: "Incomplete: \(left) are missing, since a shard is."
    }
  }

  var head: String {
    let state = isGood ? "good" : "bad"
    return """
      <!DOCTYPE html>
      <html lang=en>
      <head>
      <meta charset=utf-8>
      <meta name=viewport content="width=device-width, initial-scale=1">
      <meta name=color-scheme content="light dark">
      <meta http-equiv=Content-Security-Policy content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
      <link rel=icon href="data:,">
      <title>\(isGood ? "✓" : "✗") \(headline) · Poundkey</title>
      <style>
      \(HTMLStyle.css)
      </style>
      </head>
      <body>
      <svg width=0 height=0 aria-hidden=true class=defs><defs><pattern id=hatch width=6 height=6 patternUnits=userSpaceOnUse patternTransform="rotate(45)"><path d="M0 0V6" class=ha /></pattern></defs></svg>
      <header class=\(state)>
      <p class=brand>Poundkey run</p>
      <h1><span class=mark aria-hidden=true>\(isGood ? "✓" : "✗")</span> \(headline)</h1>
      \(stopped.map { "<p class=stop role=note>\($0)</p>" } ?? "")
      \(proportions)
      \(facts)
      </header>
      \(slowestList)
      \(tools)
      <main id=cases>

      """
  }

  /// The counts as numbers and as a bar.
  private var proportions: String {
    let counts = [
      ("passed", "✓", tally.passed), ("failed", "✗", tally.failed), ("skipped", "–", tally.skipped),
      ("invalid", "!", tally.invalid),
    ]
    let tiles = counts.map { name, mark, count in
      "<li class=\"\(name)\(count == 0 ? " none" : "")\"><span class=mark aria-hidden=true>\(mark)</span><b>\(count)</b> \(name)</li>"
    }
    let parts = counts.filter { $0.2 > 0 }.map { "<i class=\($0.0) style=\"flex-grow:\($0.2)\"></i>" }
    return "<ul class=tiles>\(tiles.joined())</ul><div class=bar aria-hidden=true>\(parts.joined())</div>"
  }

  private var facts: String {
    guard let header else { return "" }
    var facts = [("Seed", "\(header.seed)"), ("Plan", "<code>\(JSONBytes.hexadecimal(header.plan))</code>")]
    if let shard = header.shard { facts.append(("Shard", "\(shard) of \(header.cases) cases")) }
    if header.rounds > 1 { facts.append(("Rounds", "\(header.rounds)")) }
    facts.append((header.clock == .virtual ? "Virtual time" : "Real time", tally.length.short))
    facts.append(("Version", XML.escaped(header.program)))
    return "<dl class=facts>" + facts.map { "<div><dt>\($0)</dt><dd>\($1)</dd></div>" }.joined() + "</dl>"
  }

  private var slowestList: String {
    guard slowest.count > 1 else { return "" }
    let items = slowest.map { slow in
      "<li><span class=nu>\(slow.length.short)</span> <a href=\"#c\(slow.number)\">\(XML.escaped(slow.label))</a></li>"
    }
    return "<details class=slow><summary>Longest calls</summary><ol>\(items.joined())</ol></details>"
  }

  /// The filter: of no use without a script, and hidden there.
  private var tools: String {
    let choices = [
      ("all", "All", total + tally.invalid), ("failed", "Failed", tally.failed), ("skipped", "Skipped", tally.skipped),
      ("passed", "Passed", tally.passed),
    ]
    let radios = choices.map { value, name, count in
      "<label><input type=radio name=show value=\(value)\(value == "all" ? " checked" : "")><span>\(name) <b>\(count)</b></span></label>"
    }
    return """
      <form class=tools role=search aria-label="Filter the cases" hidden>
      <fieldset><legend>Show</legend>\(radios.joined())</fieldset>
      <label class=find><span>Search</span> <input type=search name=text placeholder="title, file, tag, result" autocomplete=off spellcheck=false></label>
      <output aria-live=polite></output>
      </form>
      """
  }

  var rowsHead: String {
    """
    <section aria-labelledby=h-rows><h2 id=h-rows>Without a timeline</h2>
    <p>This run is large: \(HTMLReport.failedShown) cases that failed and \(HTMLReport.othersShown) others have a \
    timeline above; these \(rows) have none. Run one of them alone, or with a filter, to see it.</p>
    <table><thead><tr><th scope=col>Status</th><th scope=col>Case</th><th scope=col>File</th><th scope=col>Result</th>\
    <th scope=col>Time</th></tr></thead><tbody>

    """
  }

  var foot: String {
    """
    </main>
    <p class=empty hidden>No case is like that.</p>
    <footer><p>Written by Poundkey. Times are those of the call\(header?.clock == .real ? "" : ", in virtual time"). \
    The page needs no network.</p></footer>
    <script>
    \(HTMLScript.javaScript)
    </script>
    </body>
    </html>

    """
  }
}
