/// The text of a source file, as its author sees it.
public enum SourceText {
  /// The lines, without their ends.
  ///
  /// Split by scalars: in Swift a carriage return and a line feed are one character, which is not a line feed.
  public static func lines(_ text: String) -> [Substring] {
    text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      Substring(line.last == "\r" ? line.dropLast() : line)
    }
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
