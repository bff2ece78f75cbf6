/// Text that may hold colours.
public enum StyledText {
  /// The first `width` characters; what is cut ends with `…`. Colours take no room, and end with the text.
  public static func clipped(_ text: String, _ width: Int) -> String {
    guard length(text) > width else { return text }
    var (shown, count, isEscape, hasColour) = ("", 0, false, false)
    for character in text {
      if character == "\u{1B}" { (isEscape, hasColour) = (true, true) }
      if isEscape {
        shown.append(character)
        if character == "m" { isEscape = false }
      } else if count < width - 1 {
        shown.append(character)
        count += 1
      }
    }
    return width > 0 ? shown + "…" + (hasColour ? "\u{1B}[0m" : "") : ""
  }

  /// Blanks behind the text up to `width`; colours take no room.
  static func filled(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - length(text)))
  }

  /// A mark and a sentence, wrapped beside it.
  static func marked(_ mark: String, _ text: String, _ width: Int) -> [String] {
    Wrapping.wrap(text, width: width - 2).enumerated().map { ($0 == 0 ? "\(mark) " : "  ") + $1 }
  }

  /// Entries behind one another, as many on a line as there is room for.
  static func flowed(_ entries: [String], _ width: Int, gap: Int = 3) -> [String] {
    entries.reduce(into: []) { lines, entry in
      if let last = lines.last, length(last) + gap + length(entry) <= width {
        lines[lines.count - 1] = last + String(repeating: " ", count: gap) + entry
      } else {
        lines.append(entry)
      }
    }
  }

  private static func length(_ text: String) -> Int {
    var (count, isEscape) = (0, false)
    for character in text {
      if character == "\u{1B}" { isEscape = true }
      if !isEscape { count += 1 } else if character == "m" { isEscape = false }
    }
    return count
  }
}
