import ScenarioModel

/// The file that nodes stand in.
final class SourceFile: Sendable {
  let path: String
  let lines: [Substring]

  init(path: String, lines: [Substring]) {
    self.path = path
    self.lines = lines
  }

  /// The line of this number, from 1; empty where there is none.
  func line(_ number: Int) -> Substring { lines.indices.contains(number - 1) ? lines[number - 1] : "" }

  func place(_ line: Int, _ column: Int, length: Int = 1) -> SourcePlace {
    SourcePlace(path: path, span: SourceSpan(line: line, column: column, length: length))
  }
}

/// Where a node begins; line and column from 1, columns in Unicode scalars.
struct Mark: Sendable {
  let file: SourceFile
  let line: Int
  let column: Int
}
