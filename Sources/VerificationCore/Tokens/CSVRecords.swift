/// Records of comma-separated values, RFC 4180.
///
/// Written here because the core imports nothing: the Swift packages for CSV need Foundation, Debian's libcsv would need a
/// shell of its own and forgets line numbers, and what a token file needs of the format is this page.
///
/// Lines end with LF, CRLF or CR; blank lines are no records; a byte order mark is passed over. The whole of RFC 4180's
/// quoting is read, and what is not of it is a problem with its line, never a guess. After a problem the reading goes on
/// in the line below the one where the record began: a quote that never ends takes no other record with it. Every line is
/// read at most twice, whatever stands in it: within one record the quotes of each line that is passed over are even in
/// number, so that none of these lines, read by itself, goes on below.
public struct CSVRecords: Sendable {
  public struct Record: Hashable, Sendable {
    /// Of its first character, from 1; quoted fields may go on below.
    public let line: Int
    public let fields: [String]
    /// Where each field begins in its line, from 1, in Unicode scalars.
    public let columns: [Int]
  }

  public enum Problem: Error, Hashable, Sendable {
    /// A quoted field of the record at `line` never ends; what follows cannot be told apart.
    case unclosedQuote(line: Int)
    /// Something follows a closing quote.
    case afterQuote(line: Int, column: Int)
    /// A quote within a field that does not begin with one.
    case strayQuote(line: Int, column: Int)
  }

  /// Where a field stands in the bytes.
  struct Field {
    /// Between its quotes, if it has any.
    let range: Range<Int>
    let isQuoted: Bool
    /// Some of its quotes are written twice.
    let hasTwins: Bool
  }

  let bytes: [UInt8]
  /// Of the record that was taken last.
  private(set) var fields: [Field] = []
  private(set) var line = 0
  private(set) var problem: Problem?
  /// The first byte behind the first line of a record that goes on below; nil for all others.
  private(set) var secondLine: Int?
  /// What has been read, in bytes.
  private(set) var position = 0
  private var lineHere = 1

  public init(_ text: String) { self.init(Array(text.utf8)) }

  /// - Parameter bytes: UTF-8; what is not is in `next()` replaced by U+FFFD.
  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// The next record or what is wrong with it; nil at the end.
  public mutating func next() -> Result<Record, Problem>? {
    guard advance() else { return nil }
    return problem.map { .failure($0) } ?? .success(Record(line: line, fields: fields.map(text), columns: columns))
  }

  /// The content of a field, quotes written twice halved.
  func content(_ field: Field) -> ArraySlice<UInt8> {
    guard field.hasTwins else { return bytes[field.range] }
    var content: [UInt8] = []
    var isTwin = false
    for byte in bytes[field.range] {
      isTwin = byte == Byte.quote && !isTwin
      if !isTwin { content.append(byte) }
    }
    return content[...]
  }

  private func text(_ field: Field) -> String { String(decoding: content(field), as: UTF8.self) }

  /// Of each field of the record, in one walk.
  private var columns: [Int] {
    var columns: [Int] = []
    var (place, column) = (fields.first.map(Self.start) ?? 0, 1)
    for field in fields {
      let start = Self.start(field)
      while place < start {
        if isLineEnd(place) { column = 1 } else if !UTF8.isContinuation(bytes[place]) { column += 1 }
        place += 1
      }
      columns.append(column)
    }
    return columns
  }

  private static func start(_ field: Field) -> Int { field.range.lowerBound - (field.isQuoted ? 1 : 0) }

  /// Whether a line ends with this byte; of CRLF it is the second.
  private func isLineEnd(_ place: Int) -> Bool {
    switch bytes[place] {
    case Byte.lineFeed: true
    case Byte.carriageReturn: place + 1 == bytes.count || bytes[place + 1] != Byte.lineFeed
    default: false
    }
  }
}

enum Byte {
  static let quote = UInt8(ascii: "\"")
  static let comma = UInt8(ascii: ",")
  static let space = UInt8(ascii: " ")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
}

// Taking records without making anything of them.
extension CSVRecords {
  /// Takes the next record, or what is wrong with it, into `fields`, `line` and `problem`; false at the end.
  mutating func advance() -> Bool {
    while takeLineEnd() {}
    guard position < bytes.count else { return false }
    fields.removeAll(keepingCapacity: true)
    (line, problem, secondLine) = (lineHere, nil, nil)
    do throws(Problem) {
      while true {
        try takeField()
        guard position < bytes.count, bytes[position] == Byte.comma else { break }
        position += 1
      }
      _ = takeLineEnd()
    } catch {
      problem = error
      leaveRest()
    }
    return true
  }

  /// Goes back to the line below the one where the record began.
  mutating func leaveRest() {
    if let secondLine {
      (position, lineHere) = (secondLine, line + 1)
    } else if lineHere == line {
      while position < bytes.count, !isLineEnd(position) { position += 1 }
      _ = takeLineEnd()
    }
  }

  private mutating func takeField() throws(Problem) {
    let start = position
    guard start < bytes.count, bytes[start] == Byte.quote else {
      let hasQuote = takePlain()
      if hasQuote { throw .strayQuote(line: line, column: fields.count) }
      return fields.append(Field(range: start..<position, isQuoted: false, hasTwins: false))
    }
    position += 1
    let field = try takeQuoted()
    guard position == bytes.count || endsField(bytes[position]) else {
      throw .afterQuote(line: line, column: fields.count)
    }
    fields.append(field)
  }

  /// - Returns: whether a quote is in it.
  private mutating func takePlain() -> Bool {
    var (place, hasQuote) = (position, false)
    while place < bytes.count {
      let byte = bytes[place]
      if endsField(byte) { break }
      if byte == Byte.quote { hasQuote = true }
      place += 1
    }
    position = place
    return hasQuote
  }

  /// From behind the opening quote to behind the closing one.
  private mutating func takeQuoted() throws(Problem) -> Field {
    let start = position
    var hasTwins = false
    while position < bytes.count {
      let place = position
      position += 1
      if bytes[place] == Byte.quote {
        guard position < bytes.count, bytes[position] == Byte.quote else {
          return Field(range: start..<place, isQuoted: true, hasTwins: hasTwins)
        }
        hasTwins = true
        position += 1
      } else if isLineEnd(place) {
        lineHere += 1
        secondLine = secondLine ?? position
      }
    }
    throw .unclosedQuote(line: line)
  }

  private func endsField(_ byte: UInt8) -> Bool {
    byte == Byte.comma || byte == Byte.lineFeed || byte == Byte.carriageReturn
  }

  private mutating func takeLineEnd() -> Bool {
    guard position < bytes.count, bytes[position] == Byte.lineFeed || bytes[position] == Byte.carriageReturn else {
      return false
    }
    position += isLineEnd(position) ? 1 : 2
    lineHere += 1
    return true
  }
}
