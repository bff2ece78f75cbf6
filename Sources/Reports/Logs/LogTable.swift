import VerificationCore

/// A log for people: columns that are as wide as the first rows need, then row after row without end.
public struct LogTable: Sendable {
  private let kind: LogKind
  private let style: Style
  private let width: Int
  private let showsWhy: Bool
  private var widths: [Int]
  private var isBegun = false

  /// - Parameters:
  ///   - width: the last column is wrapped to what it leaves.
  ///   - why: the reasons of a sign-in record below it.
  public init(_ kind: LogKind, style: Style = .plain, width: Int = 80, why: Bool = false) {
    (self.kind, self.style, self.width, showsWhy) = (kind, style, width, why)
    widths = kind.header.map(\.count)
  }

  /// The lines of these rows; those of the first call begin with the header.
  ///
  /// A column that was too narrow gets wider from there on.
  public mutating func lines(_ items: [LogItem]) -> [String] {
    let rows = items.map { (item: $0, cells: $0.cells) }
    for row in rows {
      for (column, cell) in row.cells.enumerated() { widths[column] = max(widths[column], cell.text.count) }
    }
    let lines = rows.flatMap { line($0.cells) + why($0.item) }
    if isBegun { return lines }
    isBegun = true
    return line(kind.header.map { LogCell($0) }).map(style.bold) + lines
  }

  private func line(_ cells: [LogCell]) -> [String] {
    let left = zip(cells.dropLast(), widths)
      .map { cell, width in cell.dressed(style) + String(repeating: " ", count: width - cell.text.count + 2) }.joined()
    let indent = widths.dropLast().reduce(0) { $0 + $1 + 2 }
    guard let last = cells.last else { return [left] }
    let wrapped = Wrapping.wrap(last.text, width: max(16, width - indent))
    guard let first = wrapped.first else { return [left.trimmingBlanks] }
    return [left + LogCell(first, last.tone).dressed(style)]
      + wrapped.dropFirst().map { String(repeating: " ", count: indent) + LogCell($0, last.tone).dressed(style) }
  }

  private func why(_ item: LogItem) -> [String] {
    guard showsWhy, case .signIn(let record) = item.what else { return [] }
    return DecisionText(style: style, width: width - 2).lines(record.why).map { "  \($0)" } + [""]
  }
}

/// A cell of the table for people.
struct LogCell {
  enum Tone { case plain, good, bad, refused, quiet }

  let text: String
  let tone: Tone

  init(_ text: String, _ tone: Tone = .plain) {
    self.text = Printable.text(text)
    self.tone = tone
  }

  func dressed(_ style: Style) -> String {
    switch tone {
    case .plain: text
    case .good: style.green(text)
    case .bad: style.red(text)
    case .refused: style.yellow(text)
    case .quiet: style.dim(text)
    }
  }
}

extension String {
  fileprivate var trimmingBlanks: String { String(reversed().drop { $0 == " " }.reversed()) }
}
