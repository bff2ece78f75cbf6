import ScenarioModel
import VerificationCore

/// One file being read: its text, and all that is wrong with it.
///
/// Readers go on after a problem, so that a file's problems are all told at once.
final class Reading {
  /// Nobody mends more at once.
  static let problemLimit = 50

  let text: YAMLText
  private var found: [Problem] = []
  /// PINs and the like that this file holds: no output may show them.
  private(set) var secrets: [String] = []

  /// Files that this one may name; nil where it may name none.
  let shelf: SourceShelf?

  init(_ text: YAMLText, secrets: [String] = [], shelf: SourceShelf? = nil) {
    self.text = text
    self.secrets = secrets
    self.shelf = shelf
  }

  /// - Throws: why it is no text.
  static func open(_ path: String, _ shelf: SourceShelf) throws(InvalidSource) -> Reading {
    var (bytes, secrets): ([UInt8], [String]) = ([], [])
    do {
      bytes = try load(path, shelf)
      secrets = YAMLText.secrets(in: bytes)
      let text = try YAMLText(path: path, bytes: bytes)
      shelf.keep(text.lines, of: path)
      return Reading(text, secrets: secrets, shelf: shelf)
    } catch {
      shelf.keep(SourceText.lines(String(validating: bytes, as: UTF8.self) ?? ""), of: path)
      throw InvalidSource(problems: [error], secrets: secrets, texts: shelf.texts)
    }
  }

  private static func load(_ path: String, _ shelf: SourceShelf) throws(Problem) -> [UInt8] {
    do {
      return try shelf.bytes(path)
    } catch {
      throw Problem("unreadable", "\(path) \(error.reason)", hint: error.hint)
    }
  }

  /// nil for an empty file.
  ///
  /// - Throws: why it is no YAML.
  func root() throws(InvalidSource) -> Node? {
    do {
      guard let root = try text.compose(), !isNull(root) else { return nil }
      return root
    } catch {
      throw InvalidSource(problems: [error], secrets: secrets, texts: shelf?.texts ?? SourceTexts())
    }
  }

  /// All that is wrong, with what to quote.
  var invalid: InvalidSource {
    InvalidSource(problems: problems, secrets: secrets, texts: shelf?.texts ?? SourceTexts())
  }

  /// `version: 1`, where it stands.
  func version(_ node: Node?) {
    guard let node, string(node, "version") != "1" else { return }
    report("wrong-version", "only version 1 is known", at: node)
  }

  var path: String { text.path }

  /// In the order of their places, those of other files last.
  var problems: [Problem] {
    let ranked = found.enumerated().sorted { left, right in rank(left) < rank(right) }
    return ranked.map(\.element)
  }

  private func rank(_ entry: (offset: Int, element: Problem)) -> (Int, Int, Int, Int) {
    guard let place = entry.element.place else { return (2, 0, 0, entry.offset) }
    return (place.path == path ? 0 : 1, place.span.line, place.span.column, entry.offset)
  }

  /// Where the fragments are used that are being read, the outermost first.
  var uses: [SourcePlace] = []

  func report(_ problem: Problem) {
    var problem = problem
    // What is wrong in a fragment may be so for one of those who use it.
    if let place = problem.place, place.path != path {
      for use in uses.reversed() where !problem.notes.contains(Problem.Note(.used, "\(use)")) {
        problem.notes.append(Problem.Note(.used, "\(use)"))
      }
    }
    // A value of a megabyte is quoted by its beginning.
    if problem.message.count > 200 { problem.message = problem.message.prefix(200) + "…" }
    if found.count < Self.problemLimit, !found.contains(problem) { found.append(problem) }
  }

  /// In the place of a PIN: there is one, which is not told.
  static let keptPIN = "kept"

  func keepSecret(_ text: String) { if text != Self.keptPIN { secrets.append(text) } }

  /// What is wrong with a value, where the value stands; and where it is used, if that is elsewhere.
  func report(_ id: String, _ message: String, at node: Node, hint: String? = nil) {
    if node.scalar?.isBroken == true { return }
    let place = node.place
    guard let site = node.site else { return report(Problem(id, message, at: place, hint: hint)) }
    let isFilledIn =
      site.path == place.path && (site.span.line, site.span.column) == (place.span.line, place.span.column)
    let used = isFilledIn ? [] : [Problem.Note(.used, "\(site)")]
    report(Problem(id, message, at: isFilledIn ? site : place, hint: hint, notes: used))
  }

  /// Where a node stands in the scenario: for a value that a `${name}` was replaced by, where that name stands.
  func place(of node: Node) -> SourcePlace { node.site ?? node.place }

  /// The line a node stands in, as it was written.
  func line(of node: Node) -> Substring { node.mark.file.line(node.mark.line) }

  // MARK: Values. Each reports what is wrong and answers nil.

  /// The text of a scalar exactly as written: `0042` keeps its zeros, `NO` is NO.
  func string(_ node: Node, _ what: String) -> String? { text(node, what, allowing: []) }

  /// What somebody is called or gave as a reason, in any words and on any number of lines.
  func words(_ node: Node, _ what: String) -> String? { text(node, what, allowing: [0x09, 0x0A, 0x0D]) }

  private func text(_ node: Node, _ what: String, allowing allowed: [UInt8]) -> String? {
    guard case .scalar(let scalar) = node else {
      report("expected-text", "\(what) must be a text", at: node)
      return nil
    }
    guard !isNull(node) else {
      report("missing-value", "\(what) has no value", at: node)
      return nil
    }
    // Escapes like "\\e[31m" would reach the reader's terminal.
    if let control = Self.controlCharacter(in: scalar.string, but: allowed) {
      report(
        "control-character",
        "\(what) holds the control character \(YAMLText.codePoint(control))",
        at: node, hint: "write plain text on one line")
      return nil
    }
    return scalar.string
  }

  private static func controlCharacter(in text: String, but allowed: [UInt8]) -> UInt8? {
    let bytes = text.utf8.span
    for index in bytes.indices where bytes[index] < 0x20 || bytes[index] == 0x7F {
      if !allowed.contains(bytes[index]) { return bytes[index] }
    }
    return nil
  }

  func isNull(_ node: Node) -> Bool { node.isNull }

  /// A scalar turned into a value.
  func value<Value>(_ node: Node, _ what: String, takes: String, _ convert: (String) -> Value?) -> Value? {
    guard let text = string(node, what) else { return nil }
    guard let value = convert(text) else {
      report("wrong-value", "\(what) cannot be \"\(text)\"", at: node, hint: "it takes \(takes)")
      return nil
    }
    return value
  }

  func flag(_ node: Node, _ what: String) -> Bool? {
    value(node, what, takes: "true or false") { Setting.flag($0) }
  }

  /// - Parameter limit: more is a mistake; the sum of what a file can ask for must stay countable.
  func length(_ node: Node, _ what: String, atMost limit: Milliseconds = .days(1)) -> Milliseconds? {
    let longest = limit > .days(1) ? "3650d" : "1d"
    return value(node, what, takes: "a length of time up to \(longest), as in 4s, 1.5s, 250ms, 2m, 3h") { text in
      Milliseconds(text).flatMap { $0 <= limit ? $0 : nil }
    }
  }

  func language(_ node: Node, _ what: String) -> Language? {
    value(node, what, takes: "a language tag, as in fr or fr-CA") { Language($0) }
  }

  func message(_ node: Node, _ what: String) -> MessageType? {
    guard let name = string(node, what) else { return nil }
    if let message = MessageType(rawValue: name) { return message }
    report(
      "unknown-message", "unknown message \"\(name)\"", at: node,
      hint: Suggestion.hint(for: name, among: MessageType.allCases.map(\.rawValue), what: "the messages are"))
    return nil
  }

  func upn(_ node: Node, _ what: String) -> UPN? {
    value(node, what, takes: "a user principal name, as in helga@larkspur.example") { UPN($0) }
  }

  func sequence(_ node: Node, _ what: String) -> [Node]? {
    guard case .sequence(let sequence) = node else {
      report("expected-list", "\(what) must be a list", at: node, hint: "begin each entry with \"- \"")
      return nil
    }
    return sequence.nodes
  }

  func fields(_ node: Node, _ what: String, keys: [String]) -> Fields? {
    guard case .mapping(let mapping) = node else {
      report(
        "expected-mapping", "\(what) must be a mapping", at: node, hint: "its keys are \(keys.joined(separator: ", "))")
      return nil
    }
    return Fields(mapping, self, what, keys)
  }
}

/// The keys of one mapping. Whatever is not one of the known keys is reported when it is made.
struct Fields {
  // A handful: found sooner by looking at each than by hashing.
  private var values: [(key: String, value: Node)] = []

  fileprivate init(_ mapping: Node.Mapping, _ reading: Reading, _ what: String, _ keys: [String]) {
    for (key, value) in mapping.entries {
      guard case .scalar(let scalar) = key else {
        reading.report("wrong-key", "a key of \(what) must be a word", at: key)
        continue
      }
      guard keys.contains(scalar.string) else {
        // A user's "pim" is its PIN all the same, and a token has no key here.
        if keys.contains("pin") || keys.contains("serial"), let text = value.scalar?.string { reading.keepSecret(text) }
        reading.report(
          "unknown-key", "unknown key \"\(scalar.string)\" in \(what)", at: key,
          hint: Suggestion.hint(for: scalar.string, among: keys, what: "its keys are"))
        continue
      }
      values.append((scalar.string, value))
    }
  }

  subscript(key: String) -> Node? { values.last { $0.key == key }?.value }
}
