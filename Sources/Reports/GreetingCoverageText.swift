public import VerificationCore

/// The messages of a tenant against its languages, as a table; then what is missing, and what nobody hears.
public struct GreetingCoverageText: Sendable {
  private let style: Style
  private let width: Int

  public init(style: Style = .plain, width: Int = 80) {
    self.style = style
    self.width = width
  }

  public func lines(_ coverage: GreetingCoverage) -> [String] {
    let blocks = blocks(coverage).map { table(coverage, $0) }
    return [style.bold(Printable.text(coverage.tenant))] + blocks.joined(separator: [""]) + legend(coverage)
      + gaps(coverage) + unheard(coverage) + verdict(coverage)
  }

  private func verdict(_ coverage: GreetingCoverage) -> [String] {
    guard coverage.gaps.isEmpty else { return [] }
    guard coverage.rows.contains(where: \.plays) else { return ["", "Nobody is called: no message plays."] }
    return [""]
      + StyledText.marked(style.green("✓"), "everybody hears every message in the language stored for them", width)
  }
}

// The table: as many languages side by side as there is room for.
extension GreetingCoverageText {
  private static let gap = 3
  private static let nameWidth = 2 + (MessageType.allCases.map(\.rawValue.count).max() ?? 0)

  private func blocks(_ coverage: GreetingCoverage) -> [Range<Int>] {
    let widths = coverage.columns.indices.map { columnWidth(coverage, $0) }
    var blocks: [Range<Int>] = []
    var (start, room) = (0, width - Self.nameWidth)
    for (column, needed) in widths.enumerated() {
      if column > start, room < needed + Self.gap {
        blocks.append(start..<column)
        (start, room) = (column, width - Self.nameWidth)
      }
      room -= needed + Self.gap
    }
    return blocks + [start..<widths.count]
  }

  private func columnWidth(_ coverage: GreetingCoverage, _ column: Int) -> Int {
    let head = [coverage.columns[column].language.tag, "\(coverage.columns[column].speakers.count)"]
    return (head + coverage.rows.map { Self.text($0.cells[column]) }).map(\.count).max() ?? 0
  }

  private func table(_ coverage: GreetingCoverage, _ columns: Range<Int>) -> [String] {
    func line(_ name: String, _ cells: [String], _ style: (String) -> String = { $0 }) -> String {
      let filled = zip(columns, cells).map { column, cell in
        String(repeating: " ", count: Self.gap) + StyledText.filled(cell, columnWidth(coverage, column))
      }
      return style((StyledText.filled(name, Self.nameWidth) + filled.joined()).withoutBlanksBehind)
    }
    let shown = coverage.columns[columns]
    let heads = [
      line("", shown.map(\.language.tag), style.bold),
      line("people who speak it", shown.map { $0.speakers.isEmpty ? "-" : "\($0.speakers.count)" }, style.dim),
    ]
    let groups = [(true, "heard in calls"), (false, "never played here")].flatMap { plays, title -> [String] in
      let rows = coverage.rows.filter { $0.plays == plays }
      guard !rows.isEmpty else { return [] }
      return [style.bold(title)]
        + rows.map { row in
          let name = "  \(row.message.rawValue)"
          return line(plays ? name : style.dim(name), columns.map { cell(row.cells[$0], row.plays) })
        }
    }
    return heads + groups
  }

  private func cell(_ cell: GreetingCoverage.Cell, _ plays: Bool) -> String {
    let text = Self.text(cell)
    if cell.isGap { return style.red(text) }
    switch (plays, cell.isCovered, cell.recording.source) {
    case (true, true, .custom): return style.green(text)
    case (true, true, .default): return text
    case (false, true, .custom): return style.yellow(text)
    case (_, false, _), (false, true, .default): return style.dim(text)
    }
  }

  /// `●`, `○ fr`, `✗ en`: what there is, with the language that is heard where it is another one.
  private static func text(_ cell: GreetingCoverage.Cell) -> String {
    let mark =
      switch (cell.isCovered, cell.recording.source) {
      case (true, .custom): "●"
      case (true, .default): "○"
      case (false, _): cell.isGap ? "✗" : "→"
      }
    return cell.recording.language == cell.language ? mark : "\(mark) \(cell.recording.language)"
  }
}

// What the marks mean: those that the table has.
extension GreetingCoverageText {
  private func legend(_ coverage: GreetingCoverage) -> [String] {
    let cells = coverage.rows.flatMap(\.cells)
    let covered = cells.filter(\.isCovered)
    var entries: [String] = []
    if covered.contains(where: { $0.recording.source == .custom }) { entries.append("\(style.green("●")) custom") }
    if covered.contains(where: { $0.recording.source == .default }) { entries.append("○ default") }
    if let parent = covered.first(where: { $0.recording.language != $0.language }) {
      let mark = parent.recording.source == .custom ? style.green("●") : "○"
      entries.append("\(mark) \(parent.recording.language) the parent language's")
    }
    if let gap = cells.first(where: \.isGap) {
      entries.append("\(style.red("✗ \(gap.recording.language)")) missing: \(gap.recording.language) is heard")
    }
    if let other = cells.first(where: { !$0.isCovered && !$0.isGap }) {
      entries.append("\(style.dim("→ \(other.recording.language)")) missing, but heard by nobody")
    }
    return [""] + StyledText.flowed(entries, width)
  }

  private func gaps(_ coverage: GreetingCoverage) -> [String] {
    coverage.gaps.flatMap { gap -> [String] in
      let count = "\(gap.messages.count) \(gap.messages.count == 1 ? "message" : "messages")"
      let people = Self.listed(gap.hearers.map(\.text))
      return [""]
        + StyledText.marked(
          style.red("✗"),
          "\(gap.language): \(count) missing; \(people) \(gap.hearers.count == 1 ? "hears" : "hear") \(gap.heard)",
          width)
        + Wrapping.wrap(gap.messages.map(\.rawValue).joined(separator: ", "), width: width - 4).map {
          "    \(style.dim($0))"
        }
    }
  }

  private func unheard(_ coverage: GreetingCoverage) -> [String] {
    guard !coverage.unheard.isEmpty else { return [] }
    let title =
      coverage.unheard.count == 1
      ? "1 custom greeting never plays:" : "\(coverage.unheard.count) custom greetings never play:"
    return ["", style.bold(title)]
      + coverage.unheard.flatMap { StyledText.marked(style.yellow("!"), Self.sentence($0), width) }
  }

  private static func sentence(_ unheard: UnheardGreeting) -> String {
    let greeting = unheard.greeting
    let file = greeting.file.map { " (\(Printable.text($0)))" } ?? ""
    let why =
      switch unheard.reason {
      case .neverPlays(let instead?): "\(instead.rawValue) plays in its place; record it as that"
      case .neverPlays(nil): "no call has this message with the settings and users as they are"
      case .replaced: "another one for it stands further down, and plays; remove one of them"
      }
    return "\(greeting.message.rawValue) in \(greeting.language)\(file): \(why)"
  }

  /// The first three; the rest as a number.
  private static func listed(_ names: [String]) -> String {
    let shown = names.prefix(3).joined(separator: ", ")
    return names.count > 3 ? "\(shown) and \(names.count - 3) more" : shown
  }
}

extension String {
  fileprivate var withoutBlanksBehind: String { String(reversed().drop { $0 == " " }.reversed()) }
}
