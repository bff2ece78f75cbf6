extension QRSymbol {
  /// For a terminal, two rows of modules a line; quiet zone included.
  ///
  /// Dark on light whatever the colours of the terminal are, where it knows ANSI colours; without, light modules are drawn
  /// and dark ones left, which is right for the usual terminal, light on dark.
  public func terminalLines(isColoured: Bool) -> [String] {
    let range = -Self.quietZone..<(side + Self.quietZone)
    return stride(from: range.lowerBound, to: range.upperBound, by: 2).map { row in
      let line = range.map { column in
        Self.halfBlock(above: isDark(column: column, row: row), below: isDark(column: column, row: row + 1))
      }
      return isColoured ? "\u{1B}[38;5;231;48;5;16m\(line.joined())\u{1B}[0m" : line.joined()
    }
  }

  /// What is drawn is light.
  private static func halfBlock(above: Bool, below: Bool) -> String {
    switch (above, below) {
    case (true, true): " "
    case (true, false): "▄"
    case (false, true): "▀"
    case (false, false): "█"
    }
  }

  /// An image of its own, a unit a module, quiet zone included: dark modules of a row that touch are one piece.
  public var svg: String {
    let size = side + 2 * Self.quietZone
    var path = ""
    for row in 0..<side {
      var column = 0
      while column < side {
        guard isDark(column: column, row: row) else {
          column += 1
          continue
        }
        let start = column
        while isDark(column: column, row: row) { column += 1 }
        path += "M\(start + Self.quietZone) \(row + Self.quietZone)h\(column - start)v1h-\(column - start)z"
      }
    }
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(size) \(size)" shape-rendering="crispEdges">\
      <rect width="\(size)" height="\(size)" fill="#fff"/><path d="\(path)" fill="#000"/></svg>

      """
  }
}
