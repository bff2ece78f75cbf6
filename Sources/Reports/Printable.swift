/// Texts from outside, such as file names, made fit for a terminal.
public enum Printable {
  /// Control characters, those of the writing direction too, become `\\u{1B}`: a name must not draw on the screen,
  /// break a line, or read backwards.
  public static func text(_ text: String) -> String {
    guard !isPlain(text), text.unicodeScalars.contains(where: isControl) else { return text }
    return text.unicodeScalars.reduce(into: "") { shown, scalar in
      shown += isControl(scalar) ? "\\u{\(String(scalar.value, radix: 16, uppercase: true))}" : String(scalar)
    }
  }

  /// Whether it is all of ASCII that can be seen; most texts are.
  private static func isPlain(_ text: String) -> Bool {
    let bytes = text.utf8.span
    for index in bytes.indices where bytes[index] < 0x20 || bytes[index] > 0x7E { return false }
    return true
  }

  static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.properties.isBidiControl
  }
}
