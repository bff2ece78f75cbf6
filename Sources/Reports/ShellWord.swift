/// A word as a shell takes it, on one line.
public enum ShellWord {
  /// As it is, in single quotes, or as bash, zsh and ksh write what cannot be seen: `$'y\n.yaml'`.
  public static func quoted(_ word: String) -> String {
    if Printable.text(word) != word { return ansi(word) }
    let isPlain =
      !word.isEmpty && word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) || "/._-+:@%".contains($0) }
    return isPlain
      ? word : "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }

  /// Bytes in octal need no locale, and always end after three digits.
  private static func ansi(_ word: String) -> String {
    let inside = word.unicodeScalars.reduce(into: "") { text, scalar in
      switch scalar {
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "'", "\\": text += "\\\(scalar)"
      case _ where Printable.isControl(scalar):
        for byte in String(scalar).utf8 { text += "\\" + octal(byte) }
      default: text.unicodeScalars.append(scalar)
      }
    }
    return "$'\(inside)'"
  }

  private static func octal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 8)
    return String(repeating: "0", count: 3 - digits.count) + digits
  }
}
