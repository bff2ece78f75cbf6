import ScenarioModel
import Yams

/// The text of a YAML file, checked before the parser sees it, and its nodes.
struct YAMLText {
  /// A scenario of 1 MiB is no scenario.
  static let sizeLimit = 1 << 20
  /// Aliases of aliases multiply; 30 of them cannot make more than 59,049 (3 to the 10th) of anything.
  static let aliasLimit = 30
  /// The parser and the reader go down a level by a call each.
  static let depthLimit = 64
  /// Places are found by walking a line; nobody reads a longer one.
  static let lineLimit = 10_000

  let path: String
  let lines: [Substring]
  private let text: String

  /// - Throws: `Problem` for bytes that are no UTF-8 text, or that only serve to exhaust the parser.
  init(path: String, bytes: [UInt8]) throws(Problem) {
    self.path = path
    guard bytes.count <= Self.sizeLimit else {
      throw Problem(
        "too-large", "\(path) holds \(bytes.count) bytes, more than the \(Self.sizeLimit) of a scenario",
        hint: "split it into several files")
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw Problem("encoding", "\(path) is UTF-16", hint: "save it as UTF-8")
    }
    guard let decoded = String(validating: bytes, as: UTF8.self) else {
      throw Self.invalidUTF8(path, bytes)
    }
    text = decoded.first == "\u{FEFF}" ? String(decoded.dropFirst()) : decoded
    lines = SourceText.lines(text)
    try refuseLongLines()
    try refuseControlCharacters()
    try refuseTabs()
    try refuseManyAliases()
    try refuseDeepNesting()
  }

  /// The root node; nil for an empty file.
  func compose() throws(Problem) -> Node? {
    do {
      return try Yams.compose(yaml: text)
    } catch {
      throw problem(with: error)
    }
  }

  func place(_ line: Int, _ column: Int, length: Int = 1) -> SourcePlace {
    SourcePlace(path: path, span: SourceSpan(line: line, column: column, length: length))
  }
}

extension YAMLText {
  /// What stands behind `pin:` anywhere, found without parsing: also a file that is no YAML must not show its PINs.
  static func secrets(in bytes: [UInt8]) -> [String] {
    SourceText.lines(String(decoding: bytes, as: UTF8.self)).flatMap { line in
      line.ranges(of: "pin").compactMap { found in
        let rest = line[found.upperBound...].drop { "\"' ".contains($0) }
        guard rest.first == ":" else { return nil }
        let value = rest.dropFirst().drop { "\"' [".contains($0) }
        let secret = value.prefix { $0.isLetter || $0.isNumber }
        // `press: {pin: right}` tells none, and these are words of every other message.
        return secret.isEmpty || PINEntry.What(rawValue: String(secret)) != nil ? nil : String(secret)
      }
    }
  }

  private static func invalidUTF8(_ path: String, _ bytes: [UInt8]) -> Problem {
    let valid = SourceText.invalidByte(in: bytes) ?? 0
    let line = bytes[..<valid].count { $0 == 0x0A } + 1
    return Problem(
      "encoding", "\(path) is not UTF-8 text: byte \(valid + 1), in line \(line), fits no character",
      hint: "is this a YAML file? save it as UTF-8")
  }

  private func refuseLongLines() throws(Problem) {
    for (number, line) in lines.enumerated() where line.utf8.count > Self.lineLimit {
      throw Problem(
        "line-too-long", "this line holds \(line.utf8.count) bytes, more than \(Self.lineLimit)",
        at: place(number + 1, 1), hint: "write lists one entry a line, each behind \"- \"")
    }
  }

  private func refuseControlCharacters() throws(Problem) {
    for (number, line) in lines.enumerated() {
      for (column, scalar) in line.unicodeScalars.enumerated()
      where scalar.value < 0x20 && scalar != "\t" || scalar.value == 0x7F {
        throw Problem(
          "control-character", "there is a control character, U+\(hex(scalar.value)), in the text",
          at: place(number + 1, column + 1), hint: "is this a YAML file? remove the character")
      }
    }
  }

  private func refuseTabs() throws(Problem) {
    for (number, line) in lines.enumerated() {
      let indent = line.prefix { $0 == " " || $0 == "\t" }
      if let tab = indent.firstIndex(of: "\t"), indent.count < line.count {
        throw Problem(
          "tab", "a tab indents this line",
          at: place(number + 1, line.distance(from: line.startIndex, to: tab) + 1),
          hint: "YAML indents with spaces: use two for each level")
      }
    }
  }

  private func refuseManyAliases() throws(Problem) {
    var aliases = 0
    for (number, line) in lines.enumerated() {
      for mark in Self.structure(of: line) where mark.character == "*" && mark.beginsValue {
        aliases += 1
        if aliases > Self.aliasLimit {
          throw Problem(
            "alias-limit", "more than \(Self.aliasLimit) aliases (*name) in one file",
            at: place(number + 1, mark.column),
            hint: "write the values out, or move what is shared into a tenant file")
        }
      }
    }
  }

  private func refuseDeepNesting() throws(Problem) {
    var depth = 0
    for (number, line) in lines.enumerated() {
      let indent = line.prefix { $0 == " " || $0 == "-" }.count
      if indent / 2 > Self.depthLimit, indent < line.count { throw tooDeep(number + 1, indent + 1) }
      for mark in Self.structure(of: line) {
        if mark.character == "[" || mark.character == "{" { depth += 1 }
        if mark.character == "]" || mark.character == "}" { depth = max(0, depth - 1) }
        if depth > Self.depthLimit { throw tooDeep(number + 1, mark.column) }
      }
    }
  }

  /// A character that may mean something to YAML: not in a quoted text, not in a comment.
  struct Structural {
    let character: Character
    /// From 1.
    let column: Int
    /// Whether it stands where a value begins, with something behind it.
    let beginsValue: Bool
  }

  static func structure(of line: Substring) -> [Structural] {
    let characters = Array(line)
    var (found, quote): ([Structural], Character?) = ([], nil)
    for (index, character) in characters.enumerated() {
      let before = index > 0 ? characters[index - 1] : " "
      if let open = quote {
        if character == open, before != "\\" { quote = nil }
        continue
      }
      let begins = " [{,:".contains(before)
      if begins, character == "\"" || character == "'" { quote = character }
      if before == " ", character == "#" { break }
      guard "*[]{}".contains(character) else { continue }
      let following = index + 1 < characters.count ? characters[index + 1] : " "
      let isName = following.isLetter || following.isNumber || following == "_"
      found.append(Structural(character: character, column: index + 1, beginsValue: begins && isName))
    }
    return found
  }

  private func tooDeep(_ line: Int, _ column: Int) -> Problem {
    Problem("too-deep", "nested more than \(Self.depthLimit) levels deep", at: place(line, column))
  }

  private func problem(with error: any Error) -> Problem {
    guard let error = error as? YamlError else {
      return Problem("yaml", "the file cannot be read as YAML: \(error)", at: place(1, 1))
    }
    switch error {
    case .scanner(_, let what, let mark, _), .parser(_, let what, let mark, _), .composer(_, let what, let mark, _):
      if let place = hiddenPound(before: mark.line) {
        return Problem(
          "unquoted-pound", "in YAML this # begins a comment, and the line is never closed", at: place,
          hint: "quote it, as in {keys: \"#\"}")
      }
      return Problem(
        "yaml", "this is not valid YAML: \(what)", at: place(inside: mark), hint: hint(for: what, mark.line))
    case .duplicatedKeysInMapping(let keys, let context):
      let names = keys.joined(separator: ", ")
      return Problem(
        "duplicate-key", "\(names) stands twice in the same mapping", at: place(inside: context.mark),
        hint: "remove one of them")
    case .reader(let what, _, _, _): return Problem("yaml", "the file cannot be read as YAML: \(what)", at: place(1, 1))
    default: return Problem("yaml", "the file cannot be read as YAML", at: place(1, 1))
    }
  }

  /// A # in an open { or [ of the line of an error or one of the two before: what it hides is likely what is missing.
  private func hiddenPound(before line: Int) -> SourcePlace? {
    for number in stride(from: min(line, lines.count), to: max(0, line - 3), by: -1) {
      let marks = Self.structure(of: lines[number - 1])
      let open = marks.count { "{[".contains($0.character) } - marks.count { "}]".contains($0.character) }
      guard open > 0, let pound = lines[number - 1].firstRange(of: " #") else { continue }
      return place(number, lines[number - 1].distance(from: lines[number - 1].startIndex, to: pound.upperBound))
    }
    return nil
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
  private func place(inside mark: Mark) -> SourcePlace {
    let line = min(max(1, mark.line), max(1, lines.count))
    return place(line, min(max(1, mark.column), lines[line - 1].unicodeScalars.count + 1))
  }

  private func hex(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
