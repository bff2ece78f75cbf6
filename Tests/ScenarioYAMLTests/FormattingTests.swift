import ScenarioModel
import ScenarioYAML
import Simulation
import TestSupport
import Testing

@Suite("The one layout of files")
struct FormattingTests {
  private func formatted(_ text: String) throws(FileFormat.Failure) -> String {
    try FileFormat(Array(text.utf8), path: "x.yaml").text
  }

  private static let paths = Repository.scenarios + Repository.explorations

  private static func text(_ path: String) throws -> String {
    String(decoding: try DiskFiles().load(path), as: UTF8.self)
  }

  @Test("Shipped files are in it", arguments: paths)
  func shipped(path: String) throws {
    let text = try Self.text(path)
    #expect(try formatted(text) == text)
  }

  @Test("Whatever is done to the layout of a shipped file, it comes back the same", arguments: paths)
  func mangled(path: String) throws {
    let text = try Self.text(path)
    for seed in 1...2 {
      var chance = Chance(seed: UInt64(seed))
      let mangled = Mangler.mangled(text, &chance)
      #expect(mangled != text)
      #expect(try formatted(mangled) == text, "seed \(seed)")
    }
  }

  struct Example: Sendable {
    let title: String
    let written: String
    let laidOut: String
  }

  static let examples: [Example] = [
    Example(
      title: "lists are indented under their key, by two", written: "steps:\n- signin\n-   press: \"#\"\n",
      laidOut: "steps:\n  - signin\n  - press: \"#\"\n"),
    Example(
      title: "runs of empty lines become one, at the top and the end none", written: "\n\na: b\n\n\n\nc: d\n\n\n",
      laidOut: "a: b\n\nc: d\n"),
    Example(
      title: "quotes are double, and dropped where nothing needs them",
      written: "a: 'x'\nb: \"y z\"\nc: '0#'\nd: \"0042\"\ne: 'no'\nf: \"a: b\"\ng: '${x}'\nh: 0042\n",
      laidOut: "a: x\nb: y z\nc: \"0#\"\nd: \"0042\"\ne: \"no\"\nf: \"a: b\"\ng: \"${x}\"\nh: 0042\n"),
    Example(
      title: "keys of a telephone get quotes, other texts none", written: "press: 0#\ntitle: With 0# in it\n'*': x\n",
      laidOut: "press: \"0#\"\ntitle: With 0# in it\n\"*\": x\n"),
    Example(
      title: "single quotes stay where double ones would need backslashes",
      written: "a: \"say \\\"x\\\"\"\nb: '\\d'\nc: \": \\\\ '\"\nd: \"tab\\there\"\n",
      laidOut: "a: say \"x\"\nb: \\d\nc: ': \\ '''\nd: \"tab\\there\"\n"),
    Example(
      title: "braces that fit stay, with one space behind colon and comma",
      written: "a: {  b : c,d: [ 1,2 , ], e: {} }\n", laidOut: "a: {b: c, d: [1, 2], e: {}}\n"),
    Example(
      title: "braces of several lines become one line where they fit", written: "a: {b: c,\n   d: e\n  }\n",
      laidOut: "a: {b: c, d: e}\n"),
    Example(
      title: "braces of 101 columns become a block, of 100 none",
      written: "a: {b: \(String(repeating: "x", count: 92))}\nc: {d: \(String(repeating: "x", count: 93))}\n",
      laidOut: "a: {b: \(String(repeating: "x", count: 92))}\nc:\n  d: \(String(repeating: "x", count: 93))\n"),
    Example(
      title: "comments stay with what they stand above, inside or behind",
      written:
        "# top\na:   # behind a\n    # above b\n    b: c # behind c\n    # end of a\n# above d\nd: [ # in\n  e, # behind e\n  # end\n]\n",
      laidOut:
        "# top\na:   # behind a\n  # above b\n  b: c   # behind c\n  # end of a\n# above d\nd:\n  # in\n  - e  # behind e\n  # end\n"
    ),
    Example(
      title: "texts of several lines keep their lines",
      written: "a: |-\n      one\n        two\n\n      three\nb: >\n x\n y\n",
      laidOut: "a: |-\n  one\n    two\n\n  three\nb: >\n  x\n  y\n"),
    Example(
      title: "a plain text over several lines becomes one line", written: "a: one\n  two\n   three\n",
      laidOut: "a: one two three\n"),
    Example(
      title: "anchors, aliases and tags stay",
      written: "a:   &x\n    b: c\nd:  *x\ne: !!str   5\nf: &y [1]\ng: &z 'w'\n",
      laidOut: "a: &x\n  b: c\nd: *x\ne: !!str 5\nf: &y [1]\ng: &z w\n"),
    Example(
      title: "lists of lists and of mappings begin in the line of their dash",
      written: "-\n  - a\n  - b\n-\n  c: d\n  e:\n  - f\n", laidOut: "- - a\n  - b\n- c: d\n  e:\n    - f\n"),
    Example(
      title: "nothing stays nothing", written: "a:\nb: ~\nc: null\nd: {e: , f: }\n",
      laidOut: "a:\nb: ~\nc: null\nd: {e: , f: }\n"),
    Example(
      title: "Windows line ends, the byte order mark and --- go", written: "\u{FEFF}---\r\na: b  \r\n# c\r\n",
      laidOut: "a: b\n# c\n"),
    Example(title: "a file of comments keeps them", written: "# only\n\n\n# this", laidOut: "# only\n\n# this\n"),
  ]

  @Test("Each matter of layout has its way", arguments: examples)
  func example(_ example: Example) throws {
    #expect(try formatted(example.written) == example.laidOut, "\(example.title)")
    #expect(try formatted(example.laidOut) == example.laidOut, "\(example.title), again")
  }

  @Test(
    "What is not followed is told with its place, and the file left alone",
    arguments: [
      ("? a\n: b\n", "a key behind ?", 1, 1), ("a: {? b : c}\n", "a key behind ?", 1, 5),
      ("[a]: b\n", "a key in brackets", 1, 1), ("%YAML 1.1\n---\na: b\n", "a directive", 1, 1),
      ("a: b\n...\n", "a document that is ended by ...", 2, 1),
    ])
  func notFollowed(text: String, what: String, line: Int, column: Int) {
    let failure = #expect(throws: FileFormat.Failure.self) { try formatted(text) }
    guard case .unfaithful(let problem, _)? = failure else {
      Issue.record("\(text) is followed")
      return
    }
    #expect(problem.message == "\(what) is nothing that fmt can lay out: the file is left as it is")
    #expect(problem.place?.span == SourceSpan(line: line, column: column))
  }

  @Test(
    "What is no YAML is told as the readers tell it",
    arguments: ["a: [\n", "a: \"b\n", "\ta: b\n", "a: b\n---\nc: d\n"])
  func invalid(text: String) {
    let failure = #expect(throws: FileFormat.Failure.self) { try formatted(text) }
    guard case .invalid(let source)? = failure else {
      Issue.record("\(text) is taken")
      return
    }
    #expect(source.problems.count == 1)
  }

  @Test("Random YAML is laid out the same twice, or left alone, and never traps")
  func random() {
    var chance = Chance(seed: 7)
    let pieces = [
      "a", "b: ", "- ", "\n", "\n  ", "\n    ", "{", "}", "[", "]", ", ", " # c", "\"q\"", "'s'", "|\n  x", "&x ", "*x",
      "!t ",
    ]
    var count = 0
    for _ in 1...3_000 {
      let text = (0..<Int.random(in: 1...12, using: &chance)).compactMap { _ in pieces.randomElement(using: &chance) }
        .joined()
      guard let once = try? formatted(text) else { continue }
      count += 1
      #expect((try? formatted(once)) == once, "\(text.debugDescription)")
    }
    #expect(count > 300)
  }

  @Test("Of random YAML nothing is left alone but what is said to be")
  func followed() {
    var chance = Chance(seed: 8)
    let pieces = ["a", "b: ", "- ", "\n", "\n  ", "\n    ", "{", "}", "[", "]", ", ", " # c", "\"q\"", "'s'", "c: d"]
    for _ in 1...3_000 {
      let text = (0..<Int.random(in: 1...12, using: &chance)).compactMap { _ in pieces.randomElement(using: &chance) }
        .joined()
      do throws(FileFormat.Failure) {
        _ = try FileFormat(Array(text.utf8), path: "x.yaml")
      } catch {
        if case .unfaithful(let problem, _) = error {
          #expect(problem.message.contains("brackets"), "\(text.debugDescription): \(problem.message)")
        }
      }
    }
  }
}

/// Changes the layout of a file and nothing that it says.
private enum Mangler {
  static func mangled(_ text: String, _ chance: inout Chance) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let hasTrailing = lines.contains { $0.contains(/\S +#/) }
    // A comment behind a value keeps its column, which deeper indents would move.
    if !hasTrailing, Bool.random(using: &chance) {
      let factor = Int.random(in: 2...3, using: &chance)
      lines = lines.map { deeper($0, by: factor) }
    }
    lines = lines.flatMap { line -> [String] in
      var line = line
      if Bool.random(using: &chance) { line = requoted(line) }
      if Bool.random(using: &chance) { line = loosened(line) }
      if Bool.random(using: &chance) { line += String(repeating: " ", count: Int.random(in: 1...3, using: &chance)) }
      return line.allSatisfy { $0 == " " } && Bool.random(using: &chance) ? [line, "", line] : [line]
    }
    lines.insert("", at: 0)
    lines.append("   ")
    return (Bool.random(using: &chance) ? "\u{FEFF}" : "")
      + lines.joined(separator: Bool.random(using: &chance) ? "\r\n" : "\n")
  }

  /// Two or three times the indent, dashes included.
  private static func deeper(_ line: String, by factor: Int) -> String {
    let indent = line.prefix { $0 == " " }
    var (rest, text) = (line.dropFirst(indent.count), String(repeating: " ", count: indent.count * factor))
    while rest.hasPrefix("- ") {
      text += "-" + String(repeating: " ", count: 2 * factor - 1)
      rest = rest.dropFirst(2)
    }
    return text + rest
  }

  private static func requoted(_ line: String) -> String {
    if let match = line.wholeMatch(of: /( *(?:- )?[\w.]+: +)"([^"'\\]*)"/) { return "\(match.1)'\(match.2)'" }
    if let match = line.wholeMatch(of: /( *(?:- )?[\w.]+: +)([A-Za-z][a-z]{3,}[A-Za-z ]*[a-z])/),
      !["true", "false", "null"].contains(String(match.2))
    {
      return "\(match.1)\"\(match.2)\""
    }
    return line
  }

  private static func loosened(_ line: String) -> String {
    guard let match = line.wholeMatch(of: /( *(?:- )?[\w.]+:) ([\[{][^"'#]*[\]}])/) else { return line }
    let inner = match.2.replacing(", ", with: " ,   ").replacing("{", with: "{  ").replacing("]", with: "  ]")
    return "\(match.1)   \(inner)"
  }
}
