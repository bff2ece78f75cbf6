/// Columns of text, aligned.
public struct Table: Sendable {
  private var rows: [[String]]
  private let header: [String]

  public init(_ header: [String]) {
    self.header = header
    rows = []
  }

  public mutating func add(_ row: [String]) { rows.append(row) }

  /// The lines; the last column is wrapped to what `width` leaves for it, and never narrower than 16.
  public func lines(width: Int, style: Style = .plain) -> [String] {
    let widths = header.indices.dropLast().map { column in
      ([header] + rows).map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    let left = widths.reduce(0) { $0 + $1 + 2 }
    let last = max(16, width - left)
    let body = rows.flatMap { line($0, widths, last) }
    return line(header, widths, last).map(style.bold) + body
  }

  private func line(_ row: [String], _ widths: [Int], _ last: Int) -> [String] {
    let left = zip(row, widths).map { Self.filled($0, $1) + "  " }.joined()
    let wrapped = Wrapping.wrap(row.count > widths.count ? row[widths.count] : "", width: last)
    let indent = String(repeating: " ", count: left.count)
    let lines = wrapped.isEmpty ? [left] : wrapped.enumerated().map { ($0 == 0 ? left : indent) + $1 }
    return lines.map { String($0.reversed().drop { $0 == " " }.reversed()) }
  }

  private static func filled(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
