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

  private static func length(_ text: String) -> Int {
    var (count, isEscape) = (0, false)
    for character in text {
      if character == "\u{1B}" { isEscape = true }
      if !isEscape { count += 1 } else if character == "m" { isEscape = false }
    }
    return count
  }
}
