import Files
import Reports
import ScenarioModel
import TestSupport
import Testing
import VerificationCore

@testable import ScenarioYAML

/// Pairs of a file and what is said of it, side by side in Fixtures/suspect.
@Suite("What is valid and suspect")
struct LintTests {
  private static let folder = "\(Repository.root)/Tests/ScenarioYAMLTests/Fixtures/suspect"

  static let names: [String] = {
    let files = Folder.files(below: folder, endings: ["yaml"])?.files ?? []
    return files.map { String($0.dropFirst(folder.count + 1).dropLast(5)) }
  }()

  private func text(_ name: String) throws -> String {
    String(decoding: try DiskFiles().load("\(Self.folder)/\(name)"), as: UTF8.self)
  }

  /// What is suspect in a file, whether or not its grammar is read yet.
  private func findings(_ text: String, path: String = "x.yaml", files: [String: String] = [:]) throws -> [Problem] {
    let lines = SourceText.lines(text)
    let kind = try #require(SourceKind(lines: lines))
    let file = try #require(LintedFile(path: path, bytes: Array(text.utf8), kind: kind))
    let reader = ScenarioReader(files: MemoryFiles(files), greetings: KnownGreetings())
    return ScenarioReader.byPlace(reader.findings(in: file))
  }

  @Test("Whatever is suspect in a file is told at its place, with what to do", arguments: names)
  func told(name: String) throws {
    let text = try text("\(name).yaml")
    let problems = try findings(text, path: "\(name).yaml")
    let shown = problems.map { ProblemText().render($0, lines: SourceText.lines(text)) }.joined()
    #expect(try shown == self.text("\(name).txt"))
  }

  @Test("Every finding within a file stands in such a pair, and the clean file has none")
  func complete() throws {
    let told = try Self.names.map { try text("\($0).txt") }.joined()
    for finding in SourceFinding.allCases where ![.sameTitle, .similarTag].contains(finding) {
      #expect(told.contains("[\(finding.rawValue)]"), "\(finding)")
    }
    #expect(try text("clean.txt").isEmpty)
  }

  @Test("The columns of a CSV file are columns; its id names the rows")
  func csv() throws {
    let text = "# yaml-language-server: $schema=s\nscenario: T\nmatrix: {csv: t.csv}\nsteps: [hear: \"${b}\"]\n"
    let found = try findings(text, path: "d/x.yaml", files: ["d/t.csv": "\u{FEFF}id,a,\"b\", c\r\n1,2,3,4\r\n"])
    #expect(
      found.map(\.message) == [
        "nothing looks up ${a}: its values change nothing", "nothing looks up ${c}: its values change nothing",
      ])
    #expect(found.first?.place?.span == SourceSpan(line: 3, column: 15, length: 5))
  }

  private func lint(_ files: [String: String]) -> [LintReport] {
    let reader = ScenarioReader(files: MemoryFiles(files), greetings: KnownGreetings())
    let sources = files.sorted { $0.key < $1.key }.map { path, text in
      LintSource(
        path: path, bytes: Array(text.utf8), kind: SourceKind(lines: SourceText.lines(text)) ?? .scenario)
    }
    return reader.lint(sources, now: .virtualStart)
  }

  private func file(_ title: String, tags: String = "[]") -> String {
    "# yaml-language-server: $schema=s\nscenario: \(title)\ntags: \(tags)\nsteps: [signin]\nexpect: {result: noAnswer}\n"
  }

  @Test("A title is told where it stands a second time in a folder, not in another folder or kind")
  func titles() {
    let reports = lint([
      "a/1.yaml": file("One"), "a/2.yaml": file("\"One\""), "b/1.yaml": file("One"), "a/3.yaml": file("Two"),
      "a/4.yaml": "# yaml-language-server: $schema=s\nexplore: Two\nalphabet: {keys: all}\n",
    ])
    #expect(reports.flatMap(\.problems).map(\.message) == ["a/1.yaml has this title too"])
    #expect(reports.first { !$0.problems.isEmpty }?.path == "a/2.yaml")
    #expect(reports.flatMap(\.problems).first?.place?.span == SourceSpan(line: 2, column: 11, length: 5))
  }

  @Test(
    "Tags that differ by their case or by a letter are told once, at the rarer one",
    arguments: [
      ("[voice, fraud]", "[fraud]", "[Fraud]", ["Fraud", "fraud"]),
      ("[fraud]", "[fraud]", "[frauds]", ["frauds", "fraud"]),
      ("[fraud]", "[fraud]", "[frued]", nil), ("[fraud]", "[fraud]", "[freud]", ["freud", "fraud"]),
      ("[pin]", "[pin]", "[pan]", nil), ("[code]", "[code]", "[core]", ["core", "code"]),
      ("[pass]", "[pass]", "[passkey]", nil),
    ] as [(String, String, String, [String]?)])
  func tags(one: String, two: String, three: String, told: [String]?) {
    let reports = lint([
      "1.yaml": file("A", tags: one), "2.yaml": file("B", tags: two), "3.yaml": file("C", tags: three),
    ])
    let found = reports.flatMap(\.problems)
    #expect(found.map(\.id) == (told == nil ? [] : ["similar-tag"]))
    if let told {
      #expect(found.first?.message.hasPrefix("the tag \(told[0]) is almost \(told[1]), which stands in ") == true)
      #expect(found.first?.place?.path == "3.yaml")
    }
  }

  @Test("A file that is invalid is told with its mistakes, and with what is suspect in it")
  func invalid() {
    let reports = lint(["x.yaml": "scenario: T\nsteps: [signin, hangupp]\n", "y.yaml": "scenario: [\n"])
    #expect(reports.map(\.isInvalid) == [true, true])
    #expect(reports[0].problems.map(\.id) == ["unknown-step", "no-modeline", "no-check"])
    #expect(reports[1].problems.map(\.id) == ["yaml"])
  }

  @Test("Of a tenant it says what tenant lint says, and what is the default anyway")
  func tenant() {
    let reports = lint([
      "t.yaml": "tenant: T\nsettings: {pin.mode: false}\nusers: [{upn: a@t.example, pin: \"8362\"}]\n"
    ])
    #expect(reports.map(\.isInvalid) == [false])
    let ids = reports.flatMap(\.problems).map(\.id)
    #expect(ids.contains("user.no-method") && ids.contains("given-anyway") && ids.contains("no-modeline"))
    #expect(reports[0].secrets.contains("8362"))
    #expect(lint(["t.yaml": "tenant: T\n"]).map(\.isInvalid) == [true])
  }

  @Test("Shipped files have no errors and no warnings")
  func shipped() throws {
    let paths = Repository.scenarios + Repository.explorations
    let sources = try paths.map { path in
      let bytes = try DiskFiles().load(path)
      let kind = try #require(SourceKind(lines: SourceText.lines(String(decoding: bytes, as: UTF8.self))))
      return LintSource(path: path, bytes: bytes, kind: kind)
    }
    let reports = ScenarioReader(files: DiskFiles(), greetings: KnownGreetings()).lint(sources, now: .virtualStart)
    #expect(reports.count > 150)
    #expect(reports.flatMap(\.problems).filter { $0.severity != .note }.map(\.message) == [])
  }
}

@Suite("Files to start from")
struct StarterTests {
  @Test("Each is in the one layout, and nothing is suspect in it", arguments: Starter.allCases)
  func clean(starter: Starter) throws {
    let text = starter.text(title: nil, schema: "s.json")
    #expect(text.hasPrefix("# yaml-language-server: $schema=s.json\n"))
    #expect(try FileFormat(Array(text.utf8), path: "x.yaml").text == text)
    #expect(SourceKind(lines: SourceText.lines(text)) == starter.kind)
    let file = try #require(LintedFile(path: "x.yaml", bytes: Array(text.utf8), kind: starter.kind))
    let reader = ScenarioReader(files: MemoryFiles([:]), greetings: KnownGreetings())
    #expect(reader.findings(in: file).filter { $0.severity == .warning }.map(\.message) == [])
  }

  @Test(
    "A title is written with the quotes that it needs",
    arguments: [
      ("Plain", "Plain"), ("Is it # 5: no", "\"Is it # 5: no\""), ("42", "\"42\""), ("say \"x\": y", "'say \"x\": y'"),
    ])
  func title(title: String, written: String) throws {
    let text = Starter.voice.text(title: title, schema: "s.json")
    #expect(text.contains("\nscenario: \(written)\n"))
    #expect(try scenario(text).title.value == title)
  }

  @Test("Those whose grammar is read are valid", arguments: Starter.allCases)
  func valid(starter: Starter) throws {
    let text = starter.text(title: "Mine", schema: "s.json")
    let reader = ScenarioReader(files: MemoryFiles(["x.yaml": text]), greetings: KnownGreetings())
    switch starter {
    case .voice, .pin, .fraud, .sms, .app: #expect(try reader.file(at: "x.yaml").title.value == "Mine")
    case .tenant: #expect(try reader.tenant(at: "x.yaml").tenant.name == "Mine")
    case .explore: #expect(try reader.exploration(at: "x.yaml").path == "x.yaml")
    case .matrix, .fragment: break  // the grammar is to come
    }
  }
}
