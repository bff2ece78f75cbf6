import Files
import Reports
import ScenarioModel
import ScenarioYAML
import Simulation
import TestSupport
import Testing
import VerificationCore

/// Pairs of a broken file and what is said of it, side by side in Fixtures/broken.
@Suite("Files with mistakes")
struct BrokenFileTests {
  private static let folder = "\(Repository.root)/Tests/ScenarioYAMLTests/Fixtures/broken"

  static let names: [String] = {
    let files = Folder.files(below: folder, endings: ["yaml"])?.files ?? []
    // What lies in folders is used by those that are broken.
    return files.map { String($0.dropFirst(folder.count + 1).dropLast(5)) }.filter { !$0.contains("/") }
  }()

  @Test("Every mistake of a file is told at its place, with what to do", arguments: names)
  func told(name: String) throws {
    let files = DiskFiles(in: Self.folder)
    let expected = try String(validating: files.load("\(name).txt"), as: UTF8.self)
    let reader = ScenarioReader(files: files, greetings: KnownGreetings())
    let error = #expect(throws: InvalidSource.self) { try reader.file(at: "\(name).yaml") }
    let render = ProblemText(secrets: error?.secrets ?? [])
    let told = error?.problems.map { problem in
      let bytes = problem.place.flatMap { try? files.load($0.path) } ?? []
      return render.render(problem, lines: SourceText.lines(String(decoding: bytes, as: UTF8.self)))
    }
    #expect(told?.joined() == expected)
  }

  @Test("There are such pairs")
  func some() {
    #expect(Self.names.count >= 75)
  }
}

/// The same of explorations, in Fixtures/explore.
@Suite("Explorations with mistakes")
struct BrokenExplorationTests {
  private static let folder = "\(Repository.root)/Tests/ScenarioYAMLTests/Fixtures/explore"

  static let names: [String] = {
    let files = Folder.files(below: folder, endings: ["yaml"])?.files ?? []
    return files.map { String($0.dropFirst(folder.count + 1).dropLast(5)) }
  }()

  @Test("Every mistake of an exploration is told at its place, with what to do", arguments: names)
  func told(name: String) throws {
    let text = try String(validating: DiskFiles().load("\(Self.folder)/\(name).yaml"), as: UTF8.self) ?? ""
    let expected = try String(validating: DiskFiles().load("\(Self.folder)/\(name).txt"), as: UTF8.self)
    let reader = ScenarioReader(files: MemoryFiles(["\(name).yaml": text]), greetings: KnownGreetings())
    let error = #expect(throws: InvalidSource.self) { try reader.exploration(at: "\(name).yaml") }
    let render = ProblemText(secrets: error?.secrets ?? [])
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(error?.problems.map { render.render($0, lines: lines) }.joined() == expected)
  }

  @Test("There are such pairs")
  func some() {
    #expect(Self.names.count >= 9)
  }

  @Test("The shipped explorations are read", arguments: Repository.explorations)
  func shipped(path: String) throws {
    switch try ScenarioReader(files: DiskFiles(), greetings: KnownGreetings()).exploration(at: path) {
    case .call(let plan): #expect(!plan.properties.isEmpty)
    case .service(let plan): #expect(!plan.properties.isEmpty)
    }
  }
}

@Suite("Files that are no scenario at all")
struct HostileFileTests {
  private func problem(_ bytes: [UInt8]) -> Problem? {
    let error = #expect(throws: InvalidSource.self) {
      try ScenarioReader(files: OneFile(bytes: bytes), greetings: KnownGreetings()).scenario(at: "x.yaml")
    }
    return error?.problems.first
  }

  private struct OneFile: SourceLoading {
    let bytes: [UInt8]

    func load(_ path: String) throws(SourceFailure) -> [UInt8] { bytes }
  }

  @Test("Random bytes are refused, and never trap")
  func random() {
    var chance = Chance(seed: 3)
    for length in 1...300 {
      let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &chance) }
      #expect(problem(bytes)?.message.isEmpty == false)
    }
  }

  @Test("Random punctuation of YAML is refused, and never traps")
  func punctuation() {
    var chance = Chance(seed: 4)
    let alphabet = Array("&*!|>'\"%@`{}[],:-? \n#ab0".utf8)
    for _ in 1...2_000 {
      let bytes = (0..<40).map { _ in alphabet.randomElement(using: &chance) ?? 0 }
      #expect(problem(bytes) != nil)
    }
  }

  @Test("UTF-16 and other encodings are named")
  func encodings() {
    #expect(problem([0xFF, 0xFE, 0x73, 0x00])?.message == "x.yaml is UTF-16")
    let latin = problem(Array("scenario: caf".utf8) + [0xE9, 0x0A])
    #expect(latin?.message == "x.yaml is not UTF-8 text: byte 14, in line 1, fits no character")
  }

  @Test("A byte order mark is no mistake")
  func byteOrderMark() throws {
    #expect(try scenario("\u{FEFF}scenario: T\nsteps: [signin]\n").title.value == "T")
  }

  @Test("Windows line ends are no mistake")
  func windowsLineEnds() throws {
    #expect(try scenario("scenario: T\r\nsteps:\r\n  - signin\r\n").steps.count == 1)
  }

  @Test("Control characters are named with their place")
  func controlCharacters() {
    let found = problem(Array("scenario: T\nsteps: [\u{7}]\n".utf8))
    #expect(found?.message == "there is a control character, U+0007, in the text")
    #expect(found?.place?.span == SourceSpan(line: 2, column: 9))
  }

  @Test("A file of more than 1 MiB is no scenario")
  func large() {
    let found = problem(Array(repeating: UInt8(ascii: "a"), count: 1_048_577))
    #expect(found?.message == "x.yaml holds 1048577 bytes, more than the 1048576 of a scenario")
  }

  @Test(
    "Aliases of aliases end, in values and in keys",
    arguments: [
      (bomb(of: 2, doubled: 16), "more than 30 aliases (*name) in one file"),
      (bomb(of: 30, doubled: 14), "the file unfolds to more than 600000 values"),
      (bomb(of: 13, doubled: 14) + "b: *a14\n", "the file unfolds to more than 600000 values"),
      (bomb(of: 13, doubled: 14) + "? *a14\n: x\n", "the file unfolds to more than 600000 values"),
      (
        "scenario: T\nsteps: &s [" + Array(repeating: "signin", count: 9_000).joined(separator: ",\n ")
          + "]\nt: &t [*s,*s,*s,*s,*s,*s,*s,*s]\nu: [*t,*t,*t,*t,*t,*t,*t,*t]\n",
        "the file unfolds to more than 600000 values"
      ),
    ])
  func aliasBombs(text: String, message: String) {
    let found = problem(Array(text.utf8))
    #expect(found?.id == "alias-limit")
    #expect(found?.message == message)
  }

  /// A list that is twice as long with each line.
  private static func bomb(of length: Int, doubled: Int) -> String {
    "a0: &a0 [\(Array(repeating: "x", count: length).joined(separator: ", "))]\n"
      + (1...doubled).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]\n" }.joined()
  }

  @Test("What unfolds to fewer values is no bomb")
  func manyAliases() {
    #expect(problem(Array(Self.bomb(of: 13, doubled: 14).utf8))?.id != "alias-limit")
  }

  @Test("An alias bomb in the steps is refused by what it unfolds to")
  func unfolding() {
    var text = "scenario: T\ngiven:\n  users: &a0 [{upn: a@b.c}, {upn: a@b.c}, {upn: a@b.c}]\n"
    text += "steps: [signin]\ntags: [" + (0..<29).map { _ in "*a0" }.joined(separator: ",") + "]\n"
    #expect(problem(Array(text.utf8))?.id == "expected-text")
    let many =
      "scenario: T\ntags: &a [x]\nsteps: [signin]\nrules: [" + Array(repeating: "*a", count: 31).joined(separator: ", ")
      + "]\n"
    #expect(problem(Array(many.utf8))?.message == "more than 30 aliases (*name) in one file")
  }

  @Test(
    "Brackets and stars in comments and texts are not counted",
    arguments: [
      "# " + String(repeating: "[", count: 200), "tags: [\"" + String(repeating: "{", count: 200) + "\"]",
      "# " + String(repeating: "*a ", count: 50), "tags: ['" + String(repeating: "*a ", count: 50) + "']",
    ])
  func notCounted(line: String) throws {
    #expect(try scenario("scenario: T\n\(line)\nsteps: [signin]\n").steps.count == 1)
  }

  @Test(
    "Brackets and stars in the names of many people are their names",
    arguments: ["smile [", "{", "it's \"a\" *b", "'it''s \"a\" *b {[ #c'", "\"a\\nb \\\\\"", "a: *b [c"])
  func namesOfMany(name: String) throws {
    let isQuoted = name.hasPrefix("\"") || name.hasPrefix("'")
    let written = isQuoted ? name : "'\(name.split(separator: "'").joined(separator: "''"))'"
    let users = (0..<100).map { "  - {upn: u\($0)@t.example, name: \(written)}\n" }.joined()
    let text =
      "scenario: T\ngiven:\n  tenant:\n    users:\n\(users.split(separator: "\n").map { "    \($0)\n" }.joined())"
    #expect(try scenario(text + "steps: [signin]\n").given.tenant.users.count == 100)
  }

  @Test(
    "Deep nesting is refused before the parser goes down",
    arguments: [
      String(repeating: "[\n", count: 100_000), String(repeating: "{a: ", count: 2_000),
      (0..<200).map { String(repeating: "  ", count: $0) + "a:\n" }.joined(),
      String(repeating: "- ", count: 4_000) + "x",
    ])
  func deep(text: String) {
    #expect(problem(Array(text.utf8))?.message == "nested more than 64 levels deep")
  }

  @Test("A line of a million characters is refused, and told of in one screen")
  func longLine() {
    let text = "scenario: T\nsteps: [" + String(repeating: "x", count: 1_000_000) + "]"
    let found = problem(Array(text.utf8))
    #expect(found?.message == "this line holds 1000009 bytes, more than 10000")
    let lines: [Substring] = text.split(separator: "\n")
    let shown: [Substring] = found.map { ProblemText().render($0, lines: lines).split(separator: "\n") } ?? []
    #expect(shown.count < 9)
    #expect(shown.allSatisfy { $0.count < 300 })
  }
}

@Suite("Tenants")
struct TenantFileTests {
  private func read(_ text: String, greetings: KnownGreetings = KnownGreetings()) throws(InvalidSource) -> Given {
    try ScenarioReader(files: MemoryFiles(["dir/t.yaml": text]), greetings: greetings).tenant(at: "dir/t.yaml")
  }

  @Test("The tenant that is written out reads back, without a problem")
  func template() throws {
    let given = try read(TenantTemplate.text)
    #expect(given.tenant.name == "Larkspur")
    #expect(
      given.tenant.users.map(\.upn.text) == [
        "helga@larkspur.example", "omar@larkspur.example", "desk@larkspur.example", "valentina@larkspur.example",
      ])
    #expect(given.tenant.settings.fraudAlert.enabled)
    #expect(given.pins.count == 2)
    // Somebody with whom the number of the app can be tried.
    #expect(given.tenant.users.last?.apps.map(\.device) == ["phone"])
  }

  @Test("MSG-7: a greeting lasts what was measured, its path relative to the tenant's file")
  func measured() throws {
    let given = try read(
      "tenant: T\nusers: [{upn: a@b.example}]\ngreetings: [{message: greetingPIN, language: de, file: g/w.wav}]\n",
      greetings: KnownGreetings(["dir/g/w.wav": .accepted(Milliseconds(6_120))]))
    #expect(
      given.tenant.greetings == [
        CustomGreeting(
          message: .greetingPIN, language: try #require(Language("de")), length: Milliseconds(6_120),
          file: "dir/g/w.wav")
      ])
  }

  @Test("MSG-6: a greeting that would be rejected is a problem of the tenant")
  func rejected() {
    let error = #expect(throws: InvalidSource.self) {
      try read(
        "tenant: T\nusers: [{upn: a@b.example}]\ngreetings: [{message: greetingPIN, language: de, file: w.wav}]\n",
        greetings: KnownGreetings(["dir/w.wav": .rejected(reason: "duration.limit, 26.00 s", remedy: "Cut it.")]))
    }
    #expect(error?.problems.map(\.message) == ["w.wav would be rejected: duration.limit, 26.00 s"])
    #expect(error?.problems.first?.notes == [Problem.Note(.hint, "Cut it.; poundkey greeting check tells more")])
  }

  @Test("Problems of a tenant file are told in that file, from the scenario too")
  func places() {
    let error = #expect(throws: InvalidSource.self) {
      try scenario(
        "scenario: T\ngiven: {tenant: t/a.yaml}\nsteps: [signin]\n", path: "s/x.yaml",
        files: ["s/t/a.yaml": "tenant: A\nusers:\n  - {upn: nobody}\n"])
    }
    #expect(error?.problems.map { $0.place?.description } == ["s/t/a.yaml:3:11"])
  }

  @Test(
    "A PIN is never shown, whatever is wrong with it or beside it",
    arguments: [
      "  - {upn: a@b.example, pin: 8362x}", "  - {upn: nobody, pin: \"8362\"}", "  - {upn: a@b.example, pim: \"8362\"}",
      "  - {upn: a@b.example, pin: [8362]}", "  - {upn: a@b.example, pin: \"8362\", pin: \"8362\"}",
      "  - {upn: a@b.example, pin: \"8362\"", "  - {upn: a@b.example, \"pin\" : '8362', phone: 8362}",
      "\t- {upn: a@b.example, pin: 8362}", "  - upn: a@b.example\n    pin: 8362\n    phone: no",
    ])
  func secret(user: String) {
    let text = "tenant: T\nusers:\n\(user)\n"
    let error = #expect(throws: InvalidSource.self) { try read(text) }
    let render = ProblemText(secrets: error?.secrets ?? [])
    let shown = error?.problems.map { render.render($0, lines: SourceText.lines(text)) }.joined() ?? ""
    #expect(shown.contains("|"))
    #expect(!shown.contains("8362"))
  }

  @Test("CALL-9: a PIN that is the report code is refused in a tenant's own file too")
  func reportCodeAsPIN() {
    let error = #expect(throws: InvalidSource.self) {
      try read("tenant: T\nsettings: {fraudAlert.code: \"4711\"}\nusers: [{upn: a@b.example, pin: \"4711\"}]\n")
    }
    #expect(error?.problems.map(\.message) == ["the pin of a@b.example equals the report code"])
  }

  @Test(
    "A user in a scenario completes the one of the tenant",
    arguments: [
      ("{upn: OMAR@larkspur.example, language: fr}", "Omar Haddad", "+44 7700900123"),
      ("{upn: new@larkspur.example, name: New, phone: \"+1 4255550101\"}", "New", "+1 4255550101"),
    ])
  func completed(user: String, name: String, phone: String) throws {
    let given = try scenario("scenario: T\ngiven: {user: \(user)}\nsteps: [signin]\n").given
    let merged = try #require(given.tenant.user(given.user))
    #expect(merged.name == name)
    #expect(merged.phone?.full == phone)
  }
}

@Suite("Texts as they are written")
struct RawTextTests {
  @Test(
    "Keys are text: zeros, signs and words",
    arguments: [
      ("\"0#\"", "0#"), ("0417", "0417"), ("pound", "#"), ("0 pound", "0#"), ("\"1 2 star\"", "12*"), ("'*0#'", "*0#"),
      ("\"abcd\"", "ABCD"), ("0x", nil),
    ] as [(String, String?)])
  func keys(written: String, keys: String?) throws {
    let read = try? scenario("scenario: T\nsteps: [signin, {press: \(written)}]\n")
    guard case .press(let press)? = read?.steps.last?.verb else { return #expect(keys == nil) }
    #expect(String(press.keys.map(\.character)) == keys)
  }

  @Test("NO is a title, 0042 a PIN, +1 a number")
  func scalars() throws {
    let read = try scenario(
      "scenario: NO\ngiven: {user: {upn: a@b.example, pin: 0042, phone: +1 4255550100}}\nsteps: [signin]\n")
    #expect(read.title.value == "NO")
    #expect(read.given.pins[read.given.user]?.revealed == "0042")
    #expect(read.given.tenant.user(read.given.user)?.phone?.full == "+1 4255550100")
  }
}
