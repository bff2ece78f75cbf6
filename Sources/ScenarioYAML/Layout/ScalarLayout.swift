// Texts in their five styles, anchors, tags and aliases.
extension LayoutParser {
  /// `&anchor` and `!tag`, with the blanks behind.
  mutating func properties() -> [String] {
    var found: [String] = []
    while let first = cursor.current, first == "&" || first == "!" {
      found.append(word())
      cursor.skipSpaces()
    }
    return found
  }

  /// Up to a blank, or what ends a value in brackets.
  mutating func word() -> String {
    let start = cursor
    cursor.advance()
    while let scalar = cursor.current, !cursor.isBlank(at: 0), !",[]{}".unicodeScalars.contains(scalar) {
      cursor.advance()
    }
    return cursor.text(since: start)
  }

  /// A text in quotes, over one line or several.
  mutating func quoted() throws(Failure) -> LayoutScalar {
    let start = cursor
    let quote = cursor.current
    cursor.advance()
    while let scalar = cursor.current {
      if quote == "\"", scalar == "\\" {
        cursor.advance()
      } else if scalar == quote {
        if quote == "\"" || cursor.peek(1) != "'" { break }
        cursor.advance()
      }
      cursor.advance()
    }
    cursor.advance()
    guard let text = Self.unquoted(cursor.text(since: start)) else { throw unsupported("this text in quotes") }
    return LayoutScalar(text: text, style: quote == "\"" ? .doubleQuoted : .singleQuoted)
  }

  /// What a text in quotes says; nil where it is more than that, or none.
  private static func unquoted(_ text: String) -> String? {
    var events = YAMLEvents(text)
    guard (try? events.next()) == .streamStart, (try? events.next()) == .documentStart,
      case .scalar(let scalar)? = try? events.next(), (try? events.next()) == .documentEnd,
      (try? events.next()) == .streamEnd
    else { return nil }
    return scalar.text
  }

  /// Passes a text without quotes, up to what ends it in its line.
  mutating func passPlainOfLine() {
    while !cursor.isAtLineEnd {
      if cursor.current == ":", cursor.isBlank(at: 1) { return }
      if cursor.current == "#", cursor.peek(-1) == " " || cursor.peek(-1) == "\t" { return }
      cursor.advance()
    }
  }

  /// A text without quotes; its further lines are deeper than `parent`.
  mutating func plain(deeperThan parent: Int) -> LayoutScalar {
    var text = plainLine()
    while cursor.isAtLineEnd, !cursor.isAtEnd {
      var ahead = self
      var breaks = 0
      while ahead.cursor.isAtLineEnd, !ahead.cursor.isAtEnd {
        ahead.cursor.advance()
        ahead.cursor.skipSpaces()
        breaks += 1
      }
      guard !ahead.cursor.isAtEnd, ahead.cursor.column > parent, ahead.cursor.current != "#" else { break }
      text += breaks == 1 ? " " : String(repeating: "\n", count: breaks - 1)
      text += ahead.plainLine()
      self = ahead
    }
    return LayoutScalar(text: text, style: .plain)
  }

  private mutating func plainLine() -> String {
    let start = cursor
    passPlainOfLine()
    return Self.trimmed(cursor.text(since: start))
  }

  static func trimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars
    let front = scalars.drop { $0 == " " || $0 == "\t" }
    var view = String.UnicodeScalarView(front)
    while view.last == " " || view.last == "\t" { view.removeLast() }
    return String(view)
  }

  /// `|` or `>` and the lines below it.
  mutating func blockScalar(deeperThan parent: Int) throws(Failure) -> (LayoutScalar, TrailingComment?) {
    let header = word()
    let comment = trailingComment()
    let digit = header.unicodeScalars.first { ("1"..."9").contains($0) }
    guard digit == nil || parent > 0 else { throw unsupported("a text with an indent of its own") }
    // Columns count from 1: the indent of the parent is one less.
    var indent = digit.map { max(parent, 1) - 1 + Int($0.value - 0x30) }
    var lines: [String] = []
    while !cursor.isAtEnd {
      let width = cursor.indent
      let isBlank = cursor.peek(width) == nil || cursor.peek(width) == "\n"
      if !isBlank {
        if indent == nil, width >= max(parent, 0) { indent = width }
        guard let indent, width >= indent else { break }
      }
      for _ in 0..<min(width, indent ?? width) { cursor.advance() }
      lines.append(cursor.restOfLine())
      cursor.advance()
    }
    if !header.contains("+") {
      while lines.last.map(Self.isBlank) == true {
        lines.removeLast()
        if pending.last?.line != .blank { pending.append(Pending(line: .blank, column: 0)) }
      }
    }
    let text = lines.joined(separator: "\n")
    return (LayoutScalar(text: text, style: .block(header: header, lines: lines)), comment)
  }

  private static func isBlank(_ line: String) -> Bool { line.unicodeScalars.allSatisfy { $0 == " " } }
}
