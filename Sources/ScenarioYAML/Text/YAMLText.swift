import ScenarioModel

/// The text of a YAML file, checked before the parser sees it, and its nodes.
struct YAMLText {
  /// A scenario of 1 MiB is no scenario.
  static let sizeLimit = 1 << 20
  /// A tenant holds tens of thousands of people.
  static let tenantSizeLimit = 32 << 20
  /// More than any file of a megabyte can hold by itself.
  static let nodeLimit = 600_000
  static let tenantNodeLimit = 4_000_000
  /// Aliases of aliases multiply; 30 of them cannot make more than 59,049 (3 to the 10th) of anything.
  static let aliasLimit = 30
  /// The parser and the reader go down a level by a call each.
  static let depthLimit = 64
  /// Places are found by walking a line; nobody reads a longer one.
  static let lineLimit = 10_000

  let file: SourceFile
  private let text: String
  private let nodeLimit: Int

  var path: String { file.path }
  var lines: [Substring] { file.lines }

  /// - Throws: `Problem` for bytes that are no UTF-8 text, or that only serve to exhaust the parser.
  init(path: String, bytes: [UInt8]) throws(Problem) {
    guard bytes.count <= Self.tenantSizeLimit else {
      throw Self.tooLarge(path, bytes.count, Self.tenantSizeLimit, "of a tenant")
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw Problem("encoding", "\(path) is UTF-16", hint: "save it as UTF-8")
    }
    guard let decoded = String(validating: bytes, as: UTF8.self) else {
      throw Self.invalidUTF8(path, bytes)
    }
    text = decoded.first == "\u{FEFF}" ? String(decoded.dropFirst()) : decoded
    file = SourceFile(path: path, lines: SourceText.lines(text))
    let isLarge = bytes.count > Self.sizeLimit
    guard !isLarge || Self.isTenant(file.lines) else {
      throw Self.tooLarge(path, bytes.count, Self.sizeLimit, "of a scenario")
    }
    nodeLimit = isLarge ? Self.tenantNodeLimit : Self.nodeLimit
    if let problem = Self.problem(with: TextWalk(text.utf8.span), file) { throw problem }
  }

  /// The root node; nil for an empty file.
  func compose() throws(Problem) -> Node? {
    var composer = Composer(text, of: file, nodeLimit: nodeLimit)
    do {
      return try composer.root()
    } catch {
      throw problem(with: error)
    }
  }

  func place(_ line: Int, _ column: Int, length: Int = 1) -> SourcePlace {
    file.place(line, column, length: length)
  }
}

extension YAMLText {
  /// What stands behind `pin:` anywhere, found without parsing: also a file that is no YAML must not show its PINs.
  static func secrets(in bytes: [UInt8]) -> [String] {
    let span = bytes.span
    var secrets: [String] = []
    for start in span.indices.dropLast(3)
    where span[start] == UInt8(ascii: "p") && span[start + 1] == UInt8(ascii: "i")
      && span[start + 2] == UInt8(ascii: "n")
    {
      if let secret = secret(behind: bytes[(start + 3)...]) { secrets.append(secret) }
    }
    return secrets
  }

  private static func secret(behind name: ArraySlice<UInt8>) -> String? {
    let rest = name.drop { $0 == .space || isQuote($0) }
    guard rest.first == UInt8(ascii: ":") else { return nil }
    let value = rest.dropFirst().drop { $0 == .space || isQuote($0) || $0 == UInt8(ascii: "[") }
    let secret = String(decoding: value.prefix { $0 != .lineFeed }, as: UTF8.self)
      .prefix { $0.isLetter || $0.isNumber }
    // `press: {pin: right}` tells none, and these are words of every other message.
    let isWord = secret == Reading.keptPIN || PINEntry.What(rawValue: String(secret)) != nil
    return secret.isEmpty || isWord ? nil : String(secret)
  }

  private static func tooLarge(_ path: String, _ count: Int, _ limit: Int, _ what: String) -> Problem {
    Problem(
      "too-large", "\(path) holds \(count) bytes, more than the \(limit) \(what)",
      hint: "split it into several files")
  }

  /// Looked at before anything is parsed.
  private static func isTenant(_ lines: [Substring]) -> Bool {
    let begins = { (key: StaticString) in lines.contains { $0.utf8.starts(with: "\(key):".utf8) } }
    return begins("tenant") && !begins("scenario")
  }

  private static func isQuote(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") }

  private static func invalidUTF8(_ path: String, _ bytes: [UInt8]) -> Problem {
    let valid = SourceText.invalidByte(in: bytes) ?? 0
    let line = bytes[..<valid].count { $0 == 0x0A } + 1
    return Problem(
      "encoding", "\(path) is not UTF-8 text: byte \(valid + 1), in line \(line), fits no character",
      hint: "is this a YAML file? save it as UTF-8")
  }

  /// What the walk found, the worst first.
  private static func problem(with walk: TextWalk, _ file: SourceFile) -> Problem? {
    if let (line, count) = walk.longLine {
      return Problem(
        "line-too-long", "this line holds \(count) bytes, more than \(lineLimit)",
        at: file.place(line, 1), hint: "write lists one entry a line, each behind \"- \"")
    }
    if let (spot, value) = walk.controlCharacter {
      return Problem(
        "control-character", "there is a control character, \(codePoint(value)), in the text",
        at: file.place(spot.line, spot.column), hint: "is this a YAML file? remove the character")
    }
    if let tab = walk.tab {
      return Problem(
        "tab", "a tab indents this line", at: file.place(tab.line, tab.column),
        hint: "YAML indents with spaces: use two for each level")
    }
    return nil
  }

  private func problem(with failure: YAMLFailure) -> Problem {
    switch failure {
    case .syntax(let what, let spot):
      if let place = hiddenPound(before: spot.line) {
        return Problem(
          "unquoted-pound", "in YAML this # begins a comment, and the line is never closed", at: place,
          hint: "quote it, as in {keys: \"#\"}")
      }
      if let place = unquotedReference(in: spot.line) {
        return Problem(
          "unquoted-reference", "within { } and [ ] a ${name} must be quoted", at: place,
          hint: "as in {keys: \"${keys}\"}")
      }
      return Problem(
        "yaml", "this is not valid YAML: \(what)", at: place(inside: spot), hint: hint(for: what, spot.line))
    case .duplicateKeys(let keys, let spot):
      let names = keys.joined(separator: ", ")
      return Problem(
        "duplicate-key", "\(names) stands twice in the same mapping", at: place(inside: spot),
        hint: "remove one of them")
    case .tooManyAliases(let spot):
      return Problem(
        "alias-limit", "more than \(Self.aliasLimit) aliases (*name) in one file", at: place(spot.line, spot.column),
        hint: "write the values out, or move what is shared into a tenant file")
    case .tooDeep(let spot):
      return Problem(
        "too-deep", "nested more than \(Self.depthLimit) levels deep", at: place(spot.line, spot.column))
    case .unreadable(let what): return Problem("yaml", "the file cannot be read as YAML: \(what)", at: place(1, 1))
    case .tooMany(let spot):
      return Problem(
        "alias-limit", "the file unfolds to more than \(nodeLimit) values", at: place(spot.line, spot.column))
    }
  }

  /// A # in an open { or [ of the line of an error or one of the two before: what it hides is likely what is missing.
  private func hiddenPound(before line: Int) -> SourcePlace? {
    for number in stride(from: min(line, lines.count), to: max(0, line - 3), by: -1) {
      let line = lines[number - 1]
      guard YAMLSigns.openings(in: line) > 0, let pound = line.firstRange(of: " #") else { continue }
      return place(number, line.unicodeScalars.distance(from: line.startIndex, to: pound.upperBound))
    }
    return nil
  }

  /// A ${name} behind an open { or [ that no quotes stand around.
  private func unquotedReference(in line: Int) -> SourcePlace? {
    let text = file.line(line)
    guard let found = YAMLSigns.openReference(in: text) else { return nil }
    let column = text.unicodeScalars.distance(from: text.startIndex, to: found.lowerBound) + 1
    return place(line, column, length: text[found].unicodeScalars.count)
  }

  private func hint(for what: String, _ line: Int) -> String? {
    let shown = lines.indices.contains(line - 1) ? lines[line - 1] : ""
    if what.contains("undefined alias") { return "a * at the start of a value is an alias: quote it, as in \"*\"" }
    if what.contains("end of stream") { return "is a quote or a bracket still open?" }
    if what.contains("another document") { return "one file holds one scenario: remove the line ---" }
    if shown.contains("press:") { return "quote the keys, as in press: \"0#\"" }
    return nil
  }

  /// The parser's place, moved into the file: it may point past the last line.
  private func place(inside spot: TextWalk.Spot) -> SourcePlace {
    let line = min(max(1, spot.line), max(1, lines.count))
    return place(line, min(max(1, spot.column), lines[line - 1].unicodeScalars.count + 1))
  }

  /// `U+000A`
  static func codePoint(_ value: UInt8) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
