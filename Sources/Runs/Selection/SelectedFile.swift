public import ScenarioModel

/// A file, and which of its cases are to be run.
public struct SelectedFile: Sendable {
  public let file: ScenarioFile
  /// Indices of the file's cases, ascending.
  public internal(set) var cases: [Int32]

  /// All of its cases.
  public init(_ file: ScenarioFile) {
    self.file = file
    cases = file.cases.indices.map(Int32.init)
  }

  /// The cases of the rows at these lines; all of them for a line that belongs to no row.
  ///
  /// - Parameters:
  ///   - lines: from 1.
  ///   - text: the lines of the file, to see where a row ends that is written over several.
  public init(_ file: ScenarioFile, at lines: Set<Int>, of text: [Substring]) {
    self.init(file)
    let rows = file.cases.map { RowExtent(of: $0, in: file.path, text) }
    let chosen = lines.map { line in rows.indices.filter { rows[$0]?.lines.contains(line) == true } }
    guard !chosen.contains(where: \.isEmpty) else { return }
    cases = Set(chosen.joined()).sorted().map(Int32.init)
  }

  /// One case by its name; nil where the file has none of this name.
  public func only(_ name: String) -> SelectedFile? {
    var chosen = self
    chosen.cases.removeAll { file.cases[Int($0)].name != name }
    return chosen.cases.isEmpty ? nil : chosen
  }

  mutating func keep(where isWanted: (CaseID) -> Bool) { cases.removeAll { !isWanted(file.shownID(Int($0))) } }
}

/// The lines that a row of a matrix is written on.
private struct RowExtent {
  let lines: ClosedRange<Int>

  /// nil where the row is written elsewhere: in no matrix, in a table of its own.
  init?(of row: ScenarioFile.Case, in path: String, _ text: [Substring]) {
    guard let place = row.place, place.path == path else { return nil }
    let (first, indent) = (place.span.line, place.span.column - 1)
    var last = first
    // What is indented as far as the row's own first word belongs to it.
    for number in text.indices.dropFirst(first) {
      let spaces = text[number].prefix { $0 == " " }.count
      guard spaces < text[number].count else { continue }
      guard spaces >= indent, indent > 0 else { break }
      last = number + 1
    }
    lines = first...last
  }
}
