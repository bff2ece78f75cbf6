/// How a text is written: without quotes where it can be, else in double ones.
///
/// What stands for something else than text without its quotes (numbers, dates, `true`, `null`) keeps what it has.
enum ScalarText {
  static func text(of scalar: LayoutScalar, inFlow: Bool) -> String {
    let wasPlain = scalar.style == .plain
    // Nothing at all, as in `{key: }`.
    if wasPlain, scalar.text.isEmpty { return "" }
    if wasPlain, isTyped(scalar.text) { return scalar.text }
    let mayBePlain = !isTyped(scalar.text) && canBePlain(scalar.text, inFlow: inFlow) && !wantsQuotes(scalar.text)
    return mayBePlain ? scalar.text : quoted(scalar.text)
  }

  /// Keys of a telephone and look-ups, which YAML would take without quotes in some places and not in others.
  private static func wantsQuotes(_ text: String) -> Bool {
    let isKeypress = text.unicodeScalars.allSatisfy { "0123456789*# ".unicodeScalars.contains($0) }
    return isKeypress || Reference.isIn(text)
  }

  /// Whether some version of YAML takes it for no text: numbers, dates and times, flags, nothing. Also telephone
  /// numbers and addresses, which look like these to people.
  static func isTyped(_ text: String) -> Bool {
    let words = ["~", "null", "true", "false", "yes", "no", "on", "off", "y", "n", "<<", "=", ".inf", ".nan"]
    if words.contains(text.lowercased()) { return true }
    guard let first = text.unicodeScalars.first, "0123456789+-.".unicodeScalars.contains(first) else { return false }
    if [".inf", "+.inf", "-.inf"].contains(text.lowercased()) { return true }
    let numeric = "0123456789abcdefABCDEFxXoO_+-.:TtZz ".unicodeScalars
    return text.unicodeScalars.allSatisfy { numeric.contains($0) }
  }

  /// Whether YAML reads it back from itself, without quotes.
  private static func canBePlain(_ text: String, inFlow: Bool) -> Bool {
    let scalars = Array(text.unicodeScalars)
    guard let first = scalars.first, let last = scalars.last, first != " ", last != " ", last != ":" else {
      return false
    }
    if "-?:,[]{}#&*!|>'\"%@`".unicodeScalars.contains(first) { return false }
    if scalars.contains(where: { !isPrintable($0) }) { return false }
    // Scalar by scalar: a space and the accent behind it are one character, and a space to YAML.
    for (one, next) in zip(scalars, scalars.dropFirst()) where (one, next) == (":", " ") || (one, next) == (" ", "#") {
      return false
    }
    // Some libraries end a text at a ? in braces.
    return !inFlow || !scalars.contains { ",[]{}:?".unicodeScalars.contains($0) }
  }

  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: false
    case _: true
    }
  }

  /// In double quotes; in single ones where double ones would need backslashes and these would not.
  private static func quoted(_ text: String) -> String {
    let scalars = text.unicodeScalars
    if scalars.allSatisfy(isPrintable), scalars.contains(where: { $0 == "\"" || $0 == "\\" }) {
      return "'" + scalars.map { $0 == "'" ? "''" : String($0) }.joined() + "'"
    }
    return "\"" + scalars.map(escaped).joined() + "\""
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\"": return "\\\""
    case "\\": return "\\\\"
    case "\n": return "\\n"
    case "\t": return "\\t"
    case "\r": return "\\r"
    case "\0": return "\\0"
    case _ where isPrintable(scalar): return String(scalar)
    case _:
      let digits = String(scalar.value, radix: 16, uppercase: true)
      let width = scalar.value < 0x100 ? 2 : scalar.value < 0x10000 ? 4 : 8
      let letter = width == 2 ? "x" : width == 4 ? "u" : "U"
      return "\\" + letter + String(repeating: "0", count: width - digits.count) + digits
    }
  }
}
