public import VerificationCore

/// A greeting drawn for a terminal: the waveform in braille dots, where somebody speaks, what was found and where.
public struct WaveformText: Sendable {
  private let style: Style
  private let width: Int
  private let limit: Duration

  /// Lines of dots.
  static let rows = 8
  /// Columns left of the drawing.
  static let gutter = 7

  /// - Parameters:
  ///   - width: columns, brought to between 40 and 400.
  ///   - limit: where a greeting gets too long.
  public init(style: Style = .plain, width: Int = 80, limit: Duration = .seconds(20)) {
    self.style = style
    self.width = min(max(width, 40), 400)
    self.limit = limit
  }

  public func lines(_ portrait: GreetingPortrait) -> [String] {
    let text = GreetingText(style: style)
    let facts = Wrapping.wrap(text.facts(portrait.report), width: width - 2).map { "  \(style.dim($0))" }
    let head = [text.head(portrait.report)] + facts
    guard let waveform = portrait.waveform else {
      return head + legend(portrait.report.findings.map { (nil, $0) })
    }
    let scale = WaveformScale(portrait, waveform, limit: limit)
    let findings = scale.placed.map { (Optional($0.number), $0.finding) } + scale.unplaced.map { (nil, $0) }
    let summary = Wrapping.wrap(waveform.summary, width: width - 2).map { "  \($0)" }
    return head + [""] + drawing(waveform, scale) + [""] + summary + legend(findings)
  }

  // The drawing

  private var plotWidth: Int { width - Self.gutter - 1 }

  private func drawing(_ waveform: Waveform, _ scale: WaveformScale) -> [String] {
    let cells = BrailleWave(waveform, scale, width: plotWidth, rows: Self.rows).cells
    let body = cells.enumerated().map { row, line in
      level(row, scale) + dressed(line.enumerated().map { cell($1, column: $0, waveform, scale) })
    }
    return marks(scale) + body + axis(waveform, scale)
  }

  private enum Look: Hashable { case plain, dim, sound, warning, rejection }

  private func column(_ seconds: Double, _ scale: WaveformScale) -> Int {
    min(max(Int(seconds / scale.span * Double(plotWidth)), 0), plotWidth - 1)
  }

  private func look(_ severity: Finding.Severity) -> Look { severity == .reject ? .rejection : .warning }

  /// A cell without dots shows the lines that stand behind the sound.
  private func cell(
    _ dots: UInt8, column: Int, _ waveform: Waveform, _ scale: WaveformScale
  ) -> (Character, Look) {
    guard dots == 0 else {
      let seconds = (Double(column) + 0.5) / Double(plotWidth) * scale.span
      let isOver = scale.limit.map { seconds >= $0 } ?? false
      let braille = Unicode.Scalar(0x2800 + UInt32(dots)).map { Character($0) } ?? " "
      return (braille, isOver ? .rejection : waveform.isSpeech(at: seconds) ? .sound : .dim)
    }
    if let found = scale.placed.first(where: { self.column($0.at, scale) == column }) {
      return ("┊", look(found.finding.severity))
    }
    if let limit = scale.limit, self.column(limit, scale) == column { return ("│", .rejection) }
    return (" ", .plain)
  }

  /// `  -6 dB` at the upper edge, 6 dB less halfway to the middle.
  private func level(_ row: Int, _ scale: WaveformScale) -> String {
    let label =
      switch row {
      case 0: "\(scale.topLevel) dB"
      case Self.rows / 4: "\(scale.topLevel - 6) dB"
      default: ""
      }
    return style.dim(String(repeating: " ", count: max(0, Self.gutter - 1 - label.count)) + label) + " "
  }

  /// The numbers above the places; one that has no room moves to the right, or is left to the legend.
  private func marks(_ scale: WaveformScale) -> [String] {
    var line = [(Character, Look)](repeating: (" ", .plain), count: plotWidth)
    var free = 0
    for placed in scale.placed {
      let digits = Array(String(placed.number))
      let start = max(free, column(placed.at, scale))
      guard start + digits.count <= plotWidth else { continue }
      for (offset, digit) in digits.enumerated() { line[start + offset] = (digit, look(placed.finding.severity)) }
      free = start + digits.count + 1
    }
    if let limit = scale.limit {
      let label = Array("too long")
      let start = min(column(limit, scale) - label.count / 2, plotWidth - label.count)
      if start > free { for (offset, letter) in label.enumerated() { line[start + offset] = (letter, .rejection) } }
    }
    let isEmpty = line.allSatisfy { $0.0 == " " }
    return isEmpty ? [] : [String(repeating: " ", count: Self.gutter) + dressed(line)]
  }

  private func axis(_ waveform: Waveform, _ scale: WaveformScale) -> [String] {
    let step = scale.step(least: 6 * scale.span / Double(plotWidth))
    var line = (0..<plotWidth).map { column -> (Character, Look) in
      let seconds = (Double(column) + 0.5) / Double(plotWidth) * scale.span
      return waveform.isSpeech(at: seconds) ? ("━", .sound) : ("─", .dim)
    }
    var labels = [(Character, Look)](repeating: (" ", .dim), count: plotWidth)
    for milliseconds in stride(from: 0, through: Int(scale.span * 1_000), by: step) {
      let seconds = Double(milliseconds) / 1_000
      let place = column(seconds, scale)
      let isSpoken = line[place].1 == .sound
      line[place].0 = isSpoken ? "┯" : "┬"
      let look: Look = seconds == scale.limit ? .rejection : .dim
      let label = Array(Milliseconds(Int64(milliseconds)).decimalSeconds + (milliseconds == 0 ? " s" : ""))
      let start = milliseconds == 0 ? 0 : place - (label.count - 1) / 2
      guard start >= 0, start + label.count <= plotWidth else { continue }
      for (offset, letter) in label.enumerated() { labels[start + offset] = (letter, look) }
    }
    let indent = String(repeating: " ", count: Self.gutter)
    return [indent + dressed(line), indent + dressed(labels)]
  }

  /// One escape sequence a run of cells that look the same; no blanks at the end.
  private func dressed(_ cells: [(Character, Look)]) -> String {
    let last = cells.lastIndex { $0.0 != " " } ?? -1
    var (text, run, look) = ("", "", Look.plain)
    for cell in cells[...last] {
      if cell.1 != look {
        text += dressed(run, look)
        (run, look) = ("", cell.1)
      }
      run.append(cell.0)
    }
    return text + dressed(run, look)
  }

  private func dressed(_ text: String, _ look: Look) -> String {
    guard !text.isEmpty else { return "" }
    return switch look {
    case .plain: text
    case .dim: style.dim(text)
    case .sound: style.blue(text)
    case .warning: style.yellow(text)
    case .rejection: style.red(text)
    }
  }

  // The legend

  private func legend(_ findings: [(number: Int?, finding: Finding)]) -> [String] {
    findings.flatMap { number, finding -> [String] in
      let dress = finding.severity == .reject ? style.red : style.yellow
      let mark = number.map(String.init) ?? "·"
      let indent = String(repeating: " ", count: 5)
      let head = "\(String(repeating: " ", count: max(0, 3 - mark.count)))\(dress(mark))  \(dress(finding.id.rawValue))"
      let place = finding.at.map { " at \(GreetingText.seconds($0)) s" } ?? ""
      let message = Wrapping.wrap(Printable.text(finding.message), width: width - indent.count).map { indent + $0 }
      let remedy = Wrapping.wrap(Printable.text(finding.remedy), width: width - indent.count - 2).enumerated()
        .map { indent + ($0 == 0 ? "→ " : "  ") + $1 }
      return ["", head + place] + message + remedy
    }
  }
}
