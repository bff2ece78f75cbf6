import ScenarioModel

/// One walk over the bytes of a text: what is no text, and lines that only serve to exhaust the parser.
///
/// Bytes, since every character that is looked for is one byte, and no byte of a longer character looks like one.
struct TextWalk {
  /// Lines and columns count from 1, columns in Unicode scalars.
  typealias Spot = (line: Int, column: Int)

  // The first of each.
  private(set) var longLine: (line: Int, count: Int)?
  private(set) var controlCharacter: (spot: Spot, value: UInt8)?
  private(set) var tab: Spot?

  private var number = 0

  init(_ text: Span<UInt8>) {
    var start = 0
    while start <= text.count {
      var end = start
      while end < text.count, text[end] != .lineFeed { end += 1 }
      let next = end + 1
      if end > start, text[end - 1] == .carriageReturn { end -= 1 }
      number += 1
      read(text.extracting(start..<end))
      start = next
    }
  }

  private mutating func read(_ line: Span<UInt8>) {
    if line.count > YAMLText.lineLimit, longLine == nil { longLine = (number, line.count) }
    readIndent(line)
    for index in line.indices where line[index] < 0x20 && line[index] != .tab || line[index] == 0x7F {
      controlCharacter = controlCharacter ?? (spot(line, index), line[index])
    }
  }

  private mutating func readIndent(_ line: Span<UInt8>) {
    var (blanks, firstTab) = (0, Int?.none)
    while blanks < line.count, line[blanks] == .space || line[blanks] == .tab {
      if line[blanks] == .tab, firstTab == nil { firstTab = blanks }
      blanks += 1
    }
    if let firstTab, blanks < line.count { tab = tab ?? spot(line, firstTab) }
  }

  private func spot(_ line: Span<UInt8>, _ index: Int) -> Spot {
    var column = 1
    for before in 0..<index where !UTF8.isContinuation(line[before]) { column += 1 }
    return (number, column)
  }
}

/// The signs of YAML in one line, byte by byte: not in a quoted text, and none after a comment has begun.
struct YAMLSigns {
  enum Sign {
    case none
    /// `#` behind a space.
    case comment
    /// `*` where a value begins.
    case star
    /// `[` or `{`
    case opening
    /// `]` or `}`
    case closing
  }

  private var before = UInt8.space
  private var quote: UInt8?

  mutating func read(_ byte: UInt8) -> Sign {
    defer { before = byte }
    if let open = quote {
      if byte == open, before != UInt8(ascii: "\\") { quote = nil }
      return .none
    }
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      if beginsValue { quote = byte }
      return .none
    case UInt8(ascii: "#"): return before == .space ? .comment : .none
    case UInt8(ascii: "*"): return beginsValue ? .star : .none
    case UInt8(ascii: "["), UInt8(ascii: "{"): return .opening
    case UInt8(ascii: "]"), UInt8(ascii: "}"): return .closing
    default: return .none
    }
  }

  private var beginsValue: Bool {
    switch before {
    case .space, UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: ","), UInt8(ascii: ":"): true
    default: false
    }
  }

  /// The first `${name}` that stands within a bracket or brace of the line, and in no quotes.
  static func openReference(in line: Substring) -> Range<Substring.Index>? {
    var (signs, open, previous) = (YAMLSigns(), 0, UInt8.space)
    for index in line.utf8.indices {
      let byte = line.utf8[index]
      switch signs.read(byte) {
      case .none, .star: break
      case .comment: return nil
      case .opening where open > 0 && byte == UInt8(ascii: "{") && previous == UInt8(ascii: "$"):
        let end = line[index...].firstIndex(of: "}").map(line.index(after:)) ?? line.endIndex
        return line.utf8.index(before: index)..<end
      case .opening: open += 1
      case .closing: open -= 1
      }
      previous = byte
    }
    return nil
  }

  /// How many more brackets and braces a line opens than it closes.
  static func openings(in line: Substring) -> Int {
    var (signs, open) = (YAMLSigns(), 0)
    for byte in line.utf8 {
      switch signs.read(byte) {
      case .none, .star: continue
      case .comment: return open
      case .opening: open += 1
      case .closing: open -= 1
      }
    }
    return open
  }
}

extension UInt8 {
  static let tab = UInt8(ascii: "\t")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let space = UInt8(ascii: " ")
}
