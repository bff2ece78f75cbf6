import ScenarioModel

/// The file that nodes stand in.
final class SourceFile: Sendable {
  let path: String
  let lines: [Substring]
  /// Lines, from 0, with a # behind a space.
  private let poundLines: [Bool]

  init(path: String, lines: [Substring]) {
    self.path = path
    self.lines = lines
    poundLines = lines.map(Self.holdsPound)
  }

  /// Whether there may be a comment in a line, from 1; it may also be no comment.
  func mayHoldComment(_ number: Int) -> Bool { poundLines.indices.contains(number - 1) && poundLines[number - 1] }

  private static func holdsPound(_ line: Substring) -> Bool {
    let bytes = line.utf8.span
    for index in bytes.indices where bytes[index] == UInt8(ascii: "#") {
      if index == 0 || bytes[index - 1] == .space { return true }
    }
    return false
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
