public import VerificationCore

/// A greeting drawn as an SVG that stands alone: light or dark as the reader's system is, no script, no font of its own.
public struct WaveformSVG: Sendable {
  private let width: Double
  private let limit: Duration

  static let margin = 28.0
  static let plotTop = 112.0
  static let plotHeight = 208.0
  /// Room for the levels.
  static let gutter = 60.0
  /// Of the font, in the smaller of its two sizes.
  static let characterWidth = 7.82
  static let lineHeight = 19.0

  /// - Parameters:
  ///   - width: in pixels, brought to between 480 and 4,000; the height follows from what there is to tell.
  ///   - limit: where a greeting gets too long.
  public init(width: Int = 960, limit: Duration = .seconds(20)) {
    self.width = Double(min(max(width, 480), 4_000))
    self.limit = limit
  }

  /// The document, with a line break at its end.
  public func text(_ portrait: GreetingPortrait) -> String {
    var body = header(portrait.report)
    var bottom = 88.0
    var findings = portrait.report.findings.map { (number: Int?.none, finding: $0) }
    if let waveform = portrait.waveform {
      let scale = WaveformScale(portrait, waveform, limit: limit)
      body += plot(waveform, scale)
      bottom = Self.plotTop + Self.plotHeight + 76
      body.append(line(waveform.summary, Self.margin, bottom - 16, "dim"))
      findings = scale.placed.map { ($0.number, $0.finding) } + scale.unplaced.map { (nil, $0) }
    }
    body += legend(findings, from: &bottom)
    let height = Self.pixels(bottom + 8)
    return
      ([
        #"<svg xmlns="http://www.w3.org/2000/svg" class="greeting" viewBox="0 0 \#(Self.pixels(width)) \#(height)" width="\#(Self.pixels(width))" height="\#(height)" role="img">"#,
        "<title>\(XML.escaped(title(portrait.report)))</title>",
        "<desc>\(XML.escaped(description(portrait)))</desc>", "<style>\(WaveformColours.css)</style>",
        #"<rect class="ground" x="0.5" y="0.5" width="\#(Self.pixels(width - 1))" height="\#(Self.pixels(bottom + 7))" rx="10"/>"#,
      ] + body + ["</svg>", ""]).joined(separator: "\n")
  }

  // Words

  private func title(_ report: GreetingReport) -> String {
    let length = report.duration.map { ", \(GreetingText.seconds($0)) s" } ?? ""
    return "\(report.file): \(report.verdict.rawValue)\(length)"
  }

  private func description(_ portrait: GreetingPortrait) -> String {
    let findings = portrait.report.findings.map { finding in
      "\(finding.id.rawValue)\(finding.at.map { " at \(GreetingText.seconds($0)) s" } ?? ""): \(finding.message)."
    }
    let summary = portrait.waveform.map { ["The waveform of a greeting: \($0.summary)."] } ?? ["No sound was decoded."]
    return (summary + findings).joined(separator: " ")
  }

  private func header(_ report: GreetingReport) -> [String] {
    let verdict = report.verdict == .rejected ? "rejected" : report.findings.isEmpty ? "accepted" : "with warnings"
    let kind = report.verdict == .rejected ? "reject" : report.findings.isEmpty ? "good" : "warn"
    let pill = Double(verdict.count) * Self.characterWidth + 24
    let room = Int((width - 2 * Self.margin - pill - 16) / 10.2)
    return [
      #"<text class="name" x="\#(Self.pixels(Self.margin))" y="42">\#(XML.escaped(Self.shortened(report.file, room)))</text>"#,
      #"<rect class="pill \#(kind)" x="\#(Self.pixels(width - Self.margin - pill))" y="22" width="\#(Self.pixels(pill))" height="28" rx="14"/>"#,
      #"<text class="onpill" x="\#(Self.pixels(width - Self.margin - pill / 2))" y="41" text-anchor="middle">\#(verdict)</text>"#,
      line(GreetingText().facts(report), Self.margin, 66, "dim"),
    ]
  }

  /// The end of a path tells more than its start.
  private static func shortened(_ name: String, _ room: Int) -> String {
    name.count > room ? "…" + name.suffix(max(0, room - 1)) : name
  }

  private func line(_ text: String, _ x: Double, _ y: Double, _ kind: String) -> String {
    #"<text class="\#(kind)" x="\#(Self.pixels(x))" y="\#(Self.pixels(y))">\#(XML.escaped(text))</text>"#
  }

  private func legend(_ findings: [(number: Int?, finding: Finding)], from bottom: inout Double) -> [String] {
    let left = Self.margin + 32
    let room = Int((width - left - Self.margin) / Self.characterWidth)
    var parts: [String] = []
    for (number, finding) in findings {
      bottom += 14
      let y = bottom + Self.lineHeight - 5
      parts.append(mark(number, finding.severity, Self.margin + 9, y - 4.5))
      let place = finding.at.map { " at \(GreetingText.seconds($0)) s" } ?? ""
      parts.append(
        #"<text x="\#(Self.pixels(left))" y="\#(Self.pixels(y))"><tspan class="\#(Self.kind(finding.severity)) strong">\#(finding.id.rawValue)</tspan>\#(place)</text>"#
      )
      bottom += Self.lineHeight
      let message = Wrapping.wrap(finding.message, width: room).map { ($0, "") }
      let remedy = Wrapping.wrap(finding.remedy, width: room - 2).enumerated().map {
        (($0 == 0 ? "→ " : "  ") + $1, "dim")
      }
      for (text, kind) in message + remedy {
        parts.append(line(text, left, bottom + Self.lineHeight - 5, kind))
        bottom += Self.lineHeight
      }
    }
    if !findings.isEmpty { bottom += 12 }
    return parts
  }

  private static func kind(_ severity: Finding.Severity) -> String { severity == .reject ? "reject" : "warn" }

  /// A disc with the number that the legend explains; a smaller one for what has no place.
  private func mark(_ number: Int?, _ severity: Finding.Severity, _ x: Double, _ y: Double) -> String {
    let kind = Self.kind(severity)
    guard let number else {
      return #"<circle class="pill \#(kind)" cx="\#(Self.pixels(x))" cy="\#(Self.pixels(y))" r="4"/>"#
    }
    return #"<circle class="pill \#(kind)" cx="\#(Self.pixels(x))" cy="\#(Self.pixels(y))" r="9.5"/>"#
      + #"<text class="onpill" x="\#(Self.pixels(x))" y="\#(Self.pixels(y + 4.5))" text-anchor="middle">\#(number)</text>"#
  }

  // The drawing

  private var plotLeft: Double { Self.margin + Self.gutter }
  private var plotWidth: Double { width - Self.margin - plotLeft }
  private var middle: Double { Self.plotTop + Self.plotHeight / 2 }

  private func x(_ seconds: Double, _ scale: WaveformScale) -> Double { plotLeft + seconds / scale.span * plotWidth }

  private func plot(_ waveform: Waveform, _ scale: WaveformScale) -> [String] {
    grid(scale) + speech(waveform, scale) + tooLong(scale) + wave(waveform, scale) + marks(scale)
  }

  /// The levels to the left, the time below.
  private func grid(_ scale: WaveformScale) -> [String] {
    var parts: [String] = []
    for (share, level) in [(1.0, scale.topLevel), (0.5, scale.topLevel - 6)] {
      for y in [middle - share * Self.plotHeight / 2, middle + share * Self.plotHeight / 2] {
        parts.append(segment("grid", plotLeft, y, plotLeft + plotWidth, y))
        parts.append(
          #"<text class="small dim" x="\#(Self.pixels(plotLeft - 10))" y="\#(Self.pixels(y + 4))" text-anchor="end">\#(level) dB</text>"#
        )
      }
    }
    let bottom = Self.plotTop + Self.plotHeight
    let step = scale.step(least: 56 * scale.span / plotWidth)
    for milliseconds in stride(from: 0, through: Int(scale.span * 1_000), by: step) {
      let seconds = Double(milliseconds) / 1_000
      let x = x(seconds, scale)
      parts.append(segment("grid", x, Self.plotTop, x, bottom + 5))
      let unit = milliseconds == 0 ? " s" : ""
      parts.append(
        #"<text class="small \#(seconds == scale.limit ? "reject" : "dim")" x="\#(Self.pixels(x))" y="\#(Self.pixels(bottom + 20))" text-anchor="middle">\#(Milliseconds(Int64(milliseconds)).decimalSeconds)\#(unit)</text>"#
      )
    }
    return parts
  }

  private func segment(_ kind: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> String {
    #"<line class="\#(kind)" x1="\#(Self.pixels(x1))" y1="\#(Self.pixels(y1))" x2="\#(Self.pixels(x2))" y2="\#(Self.pixels(y2))"/>"#
  }

  private func speech(_ waveform: Waveform, _ scale: WaveformScale) -> [String] {
    // What is too long has a ground of its own.
    let end = scale.limit ?? scale.span
    return waveform.speech.filter { $0.lowerBound / .seconds(1) < end }.map { span in
      let left = x(span.lowerBound / .seconds(1), scale)
      let right = x(min(end, span.upperBound / .seconds(1)), scale)
      return
        #"<rect class="speech" x="\#(Self.pixels(left))" y="\#(Self.pixels(Self.plotTop))" width="\#(Self.pixels(right - left))" height="\#(Self.pixels(Self.plotHeight))"/>"#
    }
  }

  private func tooLong(_ scale: WaveformScale) -> [String] {
    guard let limit = scale.limit else { return [] }
    let left = x(limit, scale)
    return [
      #"<rect class="over" x="\#(Self.pixels(left))" y="\#(Self.pixels(Self.plotTop))" width="\#(Self.pixels(plotLeft + plotWidth - left))" height="\#(Self.pixels(Self.plotHeight))"/>"#,
      segment("limit", left, Self.plotTop, left, Self.plotTop + Self.plotHeight),
    ]
  }

  /// Peaks pale, the root of the mean square strong; a shape for each stretch of speech, of pause, and beyond the limit.
  private func wave(_ waveform: Waveform, _ scale: WaveformScale) -> [String] {
    let share = min(1, waveform.duration / .seconds(1) / scale.span)
    let columns = waveform.columns(max(2, Int(plotWidth * share)))
    let step = plotWidth * share / Double(max(1, columns.count))
    let kinds = columns.indices.map { index in
      let seconds = (Double(index) + 0.5) * step / plotWidth * scale.span
      return scale.limit.map { seconds >= $0 } ?? false ? "long" : waveform.isSpeech(at: seconds) ? "voice" : "pause"
    }
    var parts: [String] = []
    var start = 0
    for index in kinds.indices.map({ $0 + 1 }) where index == kinds.count || kinds[index] != kinds[start] {
      // One column more, so that no gap shows between two shapes.
      let run = start..<min(index + 1, kinds.count)
      let points = run.map { (plotLeft + (Double($0) + 0.5) * step, columns[$0]) }
      let kind = kinds[start]
      parts.append(shape("peak \(kind)", points.map { ($0, $1.high, $1.low) }, scale))
      parts.append(
        shape("mean \(kind)", points.map { ($0, min($1.high, $1.mean + $1.rms), max($1.low, $1.mean - $1.rms)) }, scale)
      )
      start = index
    }
    return parts
  }

  private func shape(_ kind: String, _ points: [(x: Double, high: Float, low: Float)], _ scale: WaveformScale) -> String
  {
    // Silence stays visible as a line.
    let upper = points.map { "\(Self.pixels($0.x)) \(Self.pixels(y($0.high, scale) - 0.4))" }
    let lower = points.reversed().map { "\(Self.pixels($0.x)) \(Self.pixels(y($0.low, scale) + 0.4))" }
    return #"<path class="\#(kind)" d="M\#((upper + lower).joined(separator: "L"))Z"/>"#
  }

  private func y(_ sample: Float, _ scale: WaveformScale) -> Double {
    let part = sample.isFinite ? max(-1, min(1, sample / scale.top)) : 0
    return middle - Double(part) * Self.plotHeight / 2
  }

  /// Discs that have no room move to the right, with a line to their place.
  private func marks(_ scale: WaveformScale) -> [String] {
    var parts: [String] = []
    let bottom = Self.plotTop + Self.plotHeight
    var free = plotLeft - 10
    let placed = scale.placed.map { placed in
      let place = x(placed.at, scale)
      let disc = min(max(place, free), plotLeft + plotWidth + 12)
      free = disc + 22
      return (placed, place, disc)
    }
    for (found, place, disc) in placed {
      let kind = Self.kind(found.finding.severity)
      parts.append(
        #"<path class="lead \#(kind)" d="M\#(Self.pixels(disc)) 96L\#(Self.pixels(place)) \#(Self.pixels(Self.plotTop))V\#(Self.pixels(bottom))"/>"#
      )
      parts.append(mark(found.number, found.finding.severity, disc, 92))
    }
    if let limit = scale.limit, free < x(limit, scale) - 80 {
      parts.append(
        #"<text class="small reject" x="\#(Self.pixels(plotLeft + plotWidth))" y="\#(Self.pixels(Self.plotTop - 8))" text-anchor="end">too long from \#(Milliseconds(nearest: self.limit).decimalSeconds) s on</text>"#
      )
    }
    return parts
  }

  /// To a tenth of a pixel, without a useless zero.
  static func pixels(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    let whole = "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10)"
    return tenths % 10 == 0 ? whole : "\(whole).\(abs(tenths) % 10)"
  }
}
