/// The text of a source file, as its author sees it.
public enum SourceText {
  /// The lines, without their ends.
  ///
  /// Split by bytes: in Swift a carriage return and a line feed are one character, which is not a line feed.
  public static func lines(_ text: String) -> [Substring] {
    let (units, bytes) = (text.utf8, text.utf8.span)
    var lines: [Substring] = []
    var start = 0
    var index = 0
    while index <= bytes.count {
      defer { index += 1 }
      guard index == bytes.count || bytes[index] == UInt8(ascii: "\n") else { continue }
      let hasReturn = index > start && bytes[index - 1] == UInt8(ascii: "\r")
      let from = units.index(units.startIndex, offsetBy: start)
      let to = units.index(from, offsetBy: index - start - (hasReturn ? 1 : 0))
      lines.append(text[from..<to])
      start = index + 1
    }
    return lines
  }

  /// The number of bytes before the first that fits no UTF-8 character; nil where all do.
  public static func invalidByte(in bytes: [UInt8]) -> Int? {
    var parser = UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var valid = 0
    while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let scalar): valid += scalar.count
      case .emptyInput: return nil
      case .error: return valid
      }
    }
  }
}
