import ScenarioModel
import ScenarioYAML
import Simulation
import TestSupport
import Testing
import VerificationCore

private func file(
  _ text: String, files: [String: String] = [:]
) throws(InvalidSource) -> ScenarioFile {
  var all = files
  all["dir/test.yaml"] = text
  return try ScenarioReader(files: MemoryFiles(all), greetings: KnownGreetings()).file(at: "dir/test.yaml")
}

private func names(_ file: ScenarioFile) -> [String?] { file.cases.map(\.name) }

private let call = "steps:\n  - signin: call\n  - answer\n"

@Suite("A matrix")
struct MatrixTests {
  @Test("makes a case of each combination of its axes, the last turning fastest")
  func axes() throws {
    let file = try file("scenario: T\nmatrix: {axes: {language: [en, fr], country: [US, FR]}}\n" + call)
    #expect(
      names(file) == [
        "language=en,country=US", "language=en,country=FR", "language=fr,country=US", "language=fr,country=FR",
      ])
    #expect("\(file.id(3))" == "dir/test.yaml::T[language=fr,country=FR]")
  }

  @Test("leaves out what is excluded and adds what is included")
  func includeExclude() throws {
    let file = try file(
      """
      scenario: T
      matrix:
        axes: {language: [en, fr], country: [US, FR]}
        exclude: [{language: fr, country: US}]
        include: [{id: swiss, language: de, country: CH}]

      """ + call)
    #expect(names(file) == ["language=en,country=US", "language=en,country=FR", "language=fr,country=FR", "swiss"])
  }

  @Test("picked pairwise has fewer cases, and none that is excluded")
  func pairwise() throws {
    let file = try file(
      """
      scenario: T
      matrix:
        axes: {a: [1, 2, 3], b: [1, 2, 3], c: [1, 2, 3], d: [1, 2, 3]}
        exclude: [{a: 1, b: 1}]
        pick: pairwise

      """ + call)
    #expect(file.cases.count < 20)
    #expect(!names(file).contains { $0?.hasPrefix("a=1,b=1,") == true })
  }

  @Test("has its values read as text: 0042, NO, +1 and # stay what they are")
  func rawText() throws {
    let file = try file("scenario: T\nmatrix: {axes: {x: [0042, NO, +1, \"#\", 1e3, ~]}}\n" + call)
    #expect(names(file) == ["x=0042", "x=NO", "x=+1", "x=#", "x=1e3", "x=~"])
  }

  @Test("comes from a table too, with quotes, empty fields and ids")
  func table() throws {
    let rows = "id,keys,title\r\nplain,0#,\"a, b\"\r\nempty,#,\r\n"
    let file = try file(
      "scenario: T\nmatrix: {csv: rows.csv}\nsteps:\n  - signin: call\n  - press: \"${keys}\"\n",
      files: ["dir/rows.csv": rows])
    #expect(names(file) == ["plain", "empty"])
    #expect(file.cases[1].place == SourcePlace(path: "dir/rows.csv", span: SourceSpan(line: 3, column: 1, length: 8)))
    #expect(file.sources.map(\.path) == ["dir/test.yaml", "dir/rows.csv"])
  }

  @Test("from a table takes ids as rows do; an empty one is none")
  func tableIDs() throws {
    let text = "scenario: T\nmatrix: {csv: rows.csv}\nsteps:\n  - signin: call\n  - press: \"${keys}\"\n"
    let some = try file(text, files: ["dir/rows.csv": "id,keys\n,1#\n,2#\nlast,3#\n"])
    #expect(names(some) == ["keys=1#", "keys=2#", "last"])
    #expect(some.cases.map(\.values) == [nil, nil, "keys=3#"])
    let long = String(repeating: "x", count: 60)
    #expect(names(try file(text, files: ["dir/rows.csv": "id,keys\n\(long),#\n"])) == [long])
    for id in ["a[b", "a]b", long + "x"] {
      let error = #expect(throws: InvalidSource.self) {
        try file(text, files: ["dir/rows.csv": "id,keys\na,#\n\(id),1\n"])
      }
      #expect(error?.problems.map(\.message) == ["id cannot be \"\(id)\""])
      #expect(error?.problems.first?.place?.description == "dir/rows.csv:3:1")
      #expect(
        error?.problems.first?.notes.first == Problem.Note(.hint, "it takes 1 to 60 characters, without [ and ]"))
    }
  }

  @Test("of which only some rows have an id names the others by their values", arguments: [true, false])
  func someIDs(isFirst: Bool) throws {
    let rows = ["{id: one, keys: 1#}", "{keys: 2#}"]
    let text = "scenario: T\nmatrix: {rows: [\((isFirst ? rows : rows.reversed()).joined(separator: ", "))]}\n" + call
    #expect(Set(names(try file(text.replacing("#", with: "")))) == ["one", "keys=2"])
    #expect(
      names(try file("scenario: T\nmatrix: {axes: {id: [a, b]}}\n" + call)) == ["id=a", "id=b"])
  }

  @Test(
    "from a table has in each line as many fields as in the first",
    arguments: [
      ("a,b\n1,2,3\n", "this line has 3 fields, the first only 2"),
      ("a,b\n1\n", "this line has 1 of the 2 fields of the first"),
      ("a,b\n1,2,\n", "this line has 3 fields, the first only 2"),
    ])
  func fields(rows: String, message: String) {
    let error = #expect(throws: InvalidSource.self) {
      try file("scenario: T\nmatrix: {csv: rows.csv}\n" + call, files: ["dir/rows.csv": rows])
    }
    #expect(error?.problems.map(\.message) == [message])
    #expect(error?.problems.first?.place?.description == "dir/rows.csv:2:1")
  }

  @Test("of more than 100,000 rows is refused, wherever they are written", arguments: ["rows", "csv"])
  func tooManyRows(kind: String) {
    let values = (0...100_000).map { String($0, radix: 36) }
    let rows = values.enumerated().map { "{x: \($1)}" + ($0 % 100 == 0 ? ",\n" : ",") }.joined()
    let matrix = kind == "csv" ? "csv: rows.csv" : "rows: [\n\(rows)]"
    let table = "x\n" + values.joined(separator: "\n") + "\n"
    let error = #expect(throws: InvalidSource.self) {
      try file("scenario: T\nmatrix: {\(matrix)}\n" + call, files: ["dir/rows.csv": table])
    }
    #expect(error?.problems.map(\.message) == ["the matrix makes 100001 cases, more than 100000"])
  }

  @Test("puts its values into given, steps and expect, whole or within a text")
  func values() throws {
    let file = try file(
      """
      scenario: T
      matrix:
        rows:
          - {id: block, block: true, message: fraudConfirmation, first: 0, result: fraudReported}
          - {id: report, block: false, message: fraudReported, first: 9, result: approved}
      given:
        set: {fraudAlert.enabled: true, fraudAlert.block: "${block}"}
      steps:
        - signin: call
        - answer
        - press: "${first}#"
        - hear: ${message}
      expect:
        result: ${result}
      """)
    let (first, second) = (file.scenario(0), file.scenario(1))
    #expect(first.given.tenant.settings.fraudAlert.block)
    #expect(!second.given.tenant.settings.fraudAlert.block)
    guard case .press(let press) = second.steps[2].verb, case .hear(let hear) = second.steps[3].verb else {
      Issue.record("these are other steps")
      return
    }
    #expect(press.keys.map(\.description).joined() == "9#")
    #expect(hear.message == .fraudReported)
    #expect(first.expect?.result?.value == .fraudReported)
    // A failure points at the line of the step, not at the row.
    #expect(second.steps[3].place.span == SourceSpan(line: 12, column: 11, length: 10))
  }

  @Test("decides with when which steps a case has, beside the verb or within it")
  func when() throws {
    let file = try file(
      """
      scenario: T
      matrix: {axes: {block: [true, false]}}
      steps:
        - signin: call
        - answer
        - press: {keys: "1", when: "${block}"}
        - press: "2"
          when: ${block}
        - {use: x.yaml, when: "${block}"}
      """, files: ["dir/x.yaml": "fragment: X\nsteps: [hangup]\n"])
    #expect(file.scenario(0).steps.count == 5)
    #expect(file.scenario(1).steps.count == 2)
  }

  @Test("tells rows apart by every column that a step looks up")
  func severalColumns() throws {
    let file = try file(
      """
      scenario: T
      matrix: {rows: [{a: 1, b: 2}, {a: 1, b: 3}, {a: 2, b: 2}]}
      steps:
        - signin: call
        - press: "${a}${b}#"
      """)
    let keys = (0..<3).map { index -> String in
      guard case .press(let press) = file.scenario(index).steps[1].verb else { return "" }
      return press.keys.map(\.description).joined()
    }
    #expect(keys == ["12#", "13#", "22#"])
  }

  @Test("with two conditions on a step does it where both hold")
  func twoConditions() throws {
    let file = try file(
      """
      scenario: T
      matrix: {axes: {a: [true, false], b: [true, false]}}
      steps:
        - signin: call
        - press: {keys: "1", when: "${a}"}
          when: "${b}"
      """)
    #expect((0..<4).map { file.scenario($0).steps.count } == [2, 1, 1, 1])
  }

  @Test("and rounds together are limited in what they hold")
  func unfolded() {
    let rows = (1...200).map { "    - {n: \($0)}" }.joined(separator: "\n")
    let error = #expect(throws: InvalidSource.self) {
      try file(
        "scenario: T\nmatrix:\n  rows:\n\(rows)\nsteps:\n"
          + "  - repeat: {times: 1000, steps: [{wait: \"${n}s\"}, {wait: 1s}, {wait: 2s}, {wait: 3s}, {wait: 4s}, {wait: 5s}]}\n"
      )
    }
    #expect(
      error?.problems.map(\.message) == ["all cases together make more than 1000000 different steps"])
  }

  @Test("never shows a PIN in the name of a case")
  func secrets() throws {
    let file = try file(
      """
      scenario: T
      matrix: {rows: [{pin: 8362, who: a}, {pin: 9471, who: a}]}
      given:
        set: {pin.mode: true}
        user: {upn: helga@larkspur.example, pin: "${pin}"}
      steps:
        - signin: call
        - press: "${pin}#"
      """)
    #expect(names(file) == ["who=a", "who=a #2"])
    #expect(file.scenario(0).given.secrets.contains("9471"))
    #expect(file.scenario(1).given.pins.values.map(\.revealed).contains("9471"))
  }

  @Test("with a PIN for each of thousands of rows is read once, with one mask for all")
  func manySecrets() throws {
    let rows = (0..<3_000).map { "    - {id: r\($0), pin: \"\(100_000 + $0)\"}" }.joined(separator: "\n")
    let file = try file(
      "scenario: T\nmatrix:\n  rows:\n\(rows)\n"
        + "given: {user: {upn: helga@larkspur.example, pin: \"${pin}\"}}\nsteps:\n  - signin: call\n")
    #expect(file.cases.count == 3_000)
    #expect(file.scenario(7).given.pins.values.map(\.revealed).contains("100007"))
    // That of another row is no less secret.
    #expect(file.mask(7)("100007 102999 103000") == "•••••• •••••• 103000")
  }

  @Test("has names that are unique with their dots, also where a column holds the PIN of the tenant")
  func maskedNames() throws {
    let file = try file(
      """
      scenario: T
      matrix: {axes: {entry: ["2580#", "4711#", 1111#]}}
      steps:
        - signin: call
        - press: "${entry}"
      """)
    #expect(names(file) == ["entry=••••#", "entry=••••# #2", "entry=1111#"])
  }

  @Test("of one file does not reach the tenant file that it names")
  func tenantFile() {
    let error = #expect(throws: InvalidSource.self) {
      try file(
        "scenario: T\nmatrix: {axes: {a: [1]}}\ngiven: {tenant: t.yaml}\n" + call,
        files: ["dir/t.yaml": "tenant: ${a}\nusers: [{upn: a@b.example}]\n"])
    }
    #expect(error?.problems.first?.message == "there is no matrix, and so no a")
  }

  @Test("of 100,000 rows is read in one go, and one more is refused")
  func large() throws {
    let axis = { (name: String, count: Int) in "\(name): [\((0..<count).map(String.init).joined(separator: ", "))]" }
    let text = { (last: Int) in
      "scenario: T\nmatrix:\n  axes:\n    \(axis("a", 100))\n    \(axis("b", 100))\n    \(axis("c", last))\n" + call
    }
    #expect(try file(text(10)).cases.count == 100_000)
    let error = #expect(throws: InvalidSource.self) { try file(text(11)) }
    #expect(error?.problems.first?.message == "the axes make 110000 cases, more than 100000")
    #expect(error?.problems.first?.notes.first?.text == "pick: pairwise shows each two values together in far fewer")
  }

  @Test(
    "that is too large is told of pick: pairwise only where that is taken",
    arguments: [["a": 100_001], ["a": 400, "b": 400]])
  func tooLarge(counts: [String: Int]) throws {
    let axes = counts.sorted { $0.key < $1.key }.map { name, count in
      let values = (0..<count).map { $0 % 100 == 99 ? "\n      \($0)" : "\($0)" }
      return "    \(name): [\(values.joined(separator: ","))]\n"
    }
    let text = "scenario: T\nmatrix:\n  axes:\n\(axes.joined())" + call
    let problem = #expect(throws: InvalidSource.self) { try file(text) }?.problems.first
    #expect(problem?.id == "matrix-too-large")
    #expect(problem?.notes.first?.text == "split the file, or leave values out")
  }
}

@Suite("Damaged files with a matrix, fragments and rounds")
struct DamagedMatrixTests {
  private static let sound = """
    scenario: T
    skip: Not yet
    use: {greet: greet.yaml}
    matrix:
      axes: {keys: ["#", "0#"], flag: [true, false]}
      include: [{id: one, keys: "1", flag: true}]
      exclude: [{keys: "#", flag: false}]
      pick: pairwise
    given: {set: {fraudAlert.block: "${flag}"}, start: 2025-01-01T00:00:00, zone: Europe/Paris}
    steps:
      - signin: call
      - use: {fragment: greet, with: {keys: "${keys}"}}
      - repeat: {times: 2, steps: [{wait: 1s, when: "${flag}"}, {press: "1${keys}"}]}
      - text: {absent: true, within: 5s}
    expect: {result: {not: approved}, length: {min: 1s, max: 2m}, records: [{audit: {contains: x, times: {max: 2}}}]}
    """
  private static let greet = "fragment: G\nparameters: {keys: null}\nsteps: [answer, {press: \"${keys}\"}]\n"

  @Test("are read or refused with a reason, whatever characters change, vanish or come twice")
  func damaged() {
    var chance = Chance(seed: 5)
    let alphabet = Array("${}[]:,-#\"' \n&*|>?!%@`\\0az\t~".utf8)
    var (read, refused) = (0, 0)
    #expect(throws: Never.self) { try file(Self.sound, files: ["dir/greet.yaml": Self.greet]) }
    for _ in 1...1_500 {
      var bytes = Array(Self.sound.utf8)
      for _ in 0..<Int.random(in: 1...3, using: &chance) {
        let index = Int.random(in: bytes.indices, using: &chance)
        switch Int.random(in: 0...3, using: &chance) {
        case 0: bytes[index] = alphabet.randomElement(using: &chance) ?? 0
        case 1: bytes.remove(at: index)
        case 2: bytes.insert(alphabet.randomElement(using: &chance) ?? 0, at: index)
        default:
          let end = min(bytes.count, index + Int.random(in: 1...40, using: &chance))
          bytes.insert(contentsOf: bytes[index..<end], at: index)
        }
      }
      do {
        let file = try file(String(decoding: bytes, as: UTF8.self), files: ["dir/greet.yaml": Self.greet])
        for index in file.cases.indices { _ = VirtualDriver.play(file.scenario(index)) }
        read += 1
      } catch {
        #expect(!error.problems.isEmpty && error.problems.allSatisfy { !$0.message.isEmpty })
        refused += 1
      }
    }
    #expect(read > 10)
    #expect(refused > 100)
  }
}

@Suite("Fragments and rounds")
struct FragmentTests {
  private static let greet = """
    fragment: Answer and press
    parameters: {keys: null, after: 2s}
    steps:
      - answer: {after: "${after}"}
      - press: "${keys}"
    """

  @Test("A fragment's steps stand in the case, with what is given for its parameters")
  func unfolded() throws {
    let file = try file(
      """
      scenario: T
      use: {greet: parts/greet.yaml}
      matrix: {axes: {keys: ["#", "0#"]}}
      steps:
        - signin: call
        - use: {fragment: greet, with: {keys: "${keys}"}}
      """, files: ["dir/parts/greet.yaml": Self.greet])
    let steps = file.scenario(1).steps
    #expect(steps.count == 3)
    guard case .answer(.seconds(2)) = steps[1].verb, case .press(let press) = steps[2].verb else {
      Issue.record("these are other steps")
      return
    }
    #expect(press.keys == [.zero, .pound])
    #expect(steps[2].place.path == "dir/parts/greet.yaml")
    #expect(
      steps[2].trail == [
        .fragment(
          usedAt: SourcePlace(path: "dir/test.yaml", span: SourceSpan(line: 6, column: 21, length: 5)))
      ])
  }

  @Test("A failure in a fragment shows both places, and the round")
  func bothPlaces() throws {
    let file = try file(
      """
      scenario: T
      steps:
        - repeat:
            times: 2
            steps:
              - signin: call
              - use: greet.yaml
              - wait: 1m
      """,
      files: ["dir/greet.yaml": "fragment: F\nsteps:\n  - {hear: retryPIN, within: 1s, name: Hear it again}\n"])
    let problem = try #require(VirtualDriver.play(file.scenario(0)).problems.first)
    #expect(problem.place?.description == "dir/greet.yaml:3:12")
    #expect(problem.label?.hasPrefix("in \"Hear it again\", at 00:01") == true)
    #expect(
      problem.notes.filter { $0.kind == .used || $0.kind == .round } == [
        Problem.Note(.used, "dir/test.yaml:7:16"), Problem.Note(.round, "1 of 2"),
      ])
  }

  @Test("Fragments that use fragments many times come to an end, also where no step comes of it")
  func wide() {
    var files: [String: String] = ["dir/f8.yaml": "fragment: F\nsteps:\n  - {wait: 1s, when: false}\n"]
    for depth in 0..<8 {
      let uses = String(repeating: "  - use: f\(depth + 1).yaml\n", count: 8)
      files["dir/f\(depth).yaml"] = "fragment: F\nsteps:\n\(uses)"
    }
    let error = #expect(throws: InvalidSource.self) {
      try file("scenario: T\nsteps:\n  - signin: call\n  - use: f0.yaml\n", files: files)
    }
    #expect(error?.problems.map(\.message) == ["fragments and rounds unfold to more than 50000 entries"])
  }

  @Test("Fragments use fragments 16 deep, and no deeper")
  func deep() throws {
    func files(_ count: Int) -> [String: String] {
      Dictionary(
        uniqueKeysWithValues: (1...count).map { number in
          let step = number == count ? "answer" : "use: f\(number + 1).yaml"
          return ("dir/f\(number).yaml", "fragment: F\nsteps:\n  - \(step)\n")
        })
    }
    let text = "scenario: T\nsteps:\n  - signin: call\n  - use: f1.yaml\n"
    let file = try file(text, files: files(16))
    #expect(file.scenario(0).steps.count == 2)
    #expect(file.scenario(0).steps[1].trail.count == 16)
    let error = #expect(throws: InvalidSource.self) { try ScenarioYAMLTests.file(text, files: files(17)) }
    #expect(error?.problems.map(\.message) == ["fragments use fragments more than 16 deep"])
  }

  @Test("Rounds within rounds multiply")
  func rounds() throws {
    let file = try file(
      "scenario: T\nsteps:\n  - repeat: {times: 3, steps: [signin: call, repeat: {times: 2, steps: [wait: 1s]}]}\n")
    #expect(file.scenario(0).steps.count == 9)
    #expect(file.scenario(0).steps[8].trail == [.round(3, of: 3), .round(2, of: 2)])
  }

  @Test("A tenant and a fragment that several scenarios name are read once")
  func readOnce() throws {
    let files = CountedFiles([
      "t.yaml": "tenant: T\nusers: [{upn: a@b.example, phone: \"+33 612345678\"}]\n",
      "f.yaml": "fragment: F\nsteps: [signin: call]\n",
      "a.yaml": "scenario: A\ngiven: {tenant: t.yaml}\nsteps:\n  - use: f.yaml\n",
      "b.yaml": "scenario: B\ngiven: {tenant: t.yaml}\nsteps:\n  - use: f.yaml\n",
    ])
    let reader = ScenarioReader(files: files, greetings: KnownGreetings())
    let (first, second) = (try reader.file(at: "a.yaml"), try reader.file(at: "b.yaml"))
    #expect(files.loads == ["a.yaml": 1, "b.yaml": 1, "t.yaml": 1, "f.yaml": 1])
    #expect(first.sources.map(\.path) == ["a.yaml", "t.yaml", "f.yaml"])
    #expect(second.sources.map(\.path) == ["b.yaml", "t.yaml", "f.yaml"])
    #expect(first.sources[1] == second.sources[1] && first.sources[1].hash != 0)
  }

  private final class CountedFiles: SourceLoading {
    private let files: MemoryFiles
    private(set) var loads: [String: Int] = [:]

    init(_ files: [String: String]) { self.files = MemoryFiles(files) }

    func load(_ path: String) throws(SourceFailure) -> [UInt8] {
      loads[path, default: 0] += 1
      return try files.load(path)
    }
  }
}

@Suite("Times and zones of a scenario")
struct ScenarioClockTests {
  private func start(_ given: String) throws -> Given {
    try file("scenario: T\ngiven: {\(given)}\n" + call).scenario(0).given
  }

  @Test("A start without an offset is what the clocks of its zone show")
  func local() throws {
    let given = try start("start: 2025-07-01T09:00:00, zone: Europe/Berlin")
    #expect(given.start == Instant(iso8601: "2025-07-01T07:00:00Z"))
    #expect(given.zone?.text(given.start) == "2025-07-01T09:00:00+02:00")
    #expect(given.zone?.text(given.start + .days(150)) == "2025-11-28T08:00:00+01:00")
  }

  @Test("A start with an offset is that instant, shown in the zone")
  func absolute() throws {
    let given = try start("start: 2025-01-15T09:00:00Z, zone: America/St_Johns")
    #expect(given.zone?.text(given.start) == "2025-01-15T05:30:00-03:30")
  }

  @Test("A time that the clocks leave out is after the gap, one that they show twice the first")
  func summerTime() throws {
    #expect(
      try start("start: 2025-03-30T02:30:00, zone: Europe/Berlin").start == Instant(iso8601: "2025-03-30T01:30:00Z"))
    #expect(
      try start("start: 2025-10-26T02:30:00, zone: Europe/Berlin").start == Instant(iso8601: "2025-10-26T00:30:00Z"))
  }
}

@Suite("What must and must not be")
struct MatcherStepTests {
  private func problems(_ steps: String, _ expect: String = "") throws -> [String] {
    let text = "scenario: T\nsteps:\n\(steps)\n\(expect.isEmpty ? "" : "expect: \(expect)\n")"
    return VirtualDriver.play(try file(text).scenario(0)).problems.map(\.message)
  }

  private let approved = """
      - signin: call
      - answer
      - press: {keys: "#", during: fraudGreetingStandard}
      - hear: authenticationSuccessful
    """

  @Test("A result can be any but one")
  func notResult() throws {
    #expect(try problems(approved, "{result: {not: denied}}") == [])
    #expect(try problems(approved, "{result: {not: approved}}") == ["expected any result but approved"])
  }

  @Test("Texts can contain, and not contain")
  func contains() throws {
    #expect(try problems(approved, "{records: [{signin: {contains: completed, not: denied}}]}") == [])
    #expect(try problems(approved, "{records: [{signin: {not: {contains: completed}}}]}").count == 1)
  }

  @Test("Counts can be ranges, and absent is none")
  func counts() throws {
    #expect(
      try problems(approved, "{records: [{signin: /./, times: {min: 1, max: 2}}, {risk: /./, absent: true}]}") == [])
    #expect(
      try problems(approved, "{records: [{signin: /./, absent: true}]}")
        == ["expected 0 sign-in records /./, found 1"])
    #expect(
      try problems(approved, "{records: [{signin: {contains: e, times: {min: 2}}}]}")
        == ["expected at least 2 sign-in records containing \"e\", found 1"])
  }

  @Test("A length has a least and a most")
  func length() throws {
    #expect(try problems(approved, "{length: {max: 1m}}") == [])
    #expect(
      try problems(approved, "{length: {min: 1m}}").first?.hasPrefix("expected a length of at least 60 s") == true)
  }

  @Test("Silence is heard where nothing plays, and broken by a message")
  func silence() throws {
    #expect(try problems(approved + "\n  - hear: {absent: true, within: 20s}") == [])
    #expect(
      try problems("  - signin: call\n  - answer\n  - hear: {absent: true, within: 5s}")
        == ["expected silence, heard fraudGreetingStandard"])
  }

  @Test("No text comes to whom none is sent, or one comes")
  func noText() throws {
    #expect(try problems("  - signin: call\n  - text: {absent: true, within: 20s}") == [])
    #expect(
      try problems("  - signin: text\n  - text: {absent: true, within: 20s}")
        == ["expected no text message, one came"])
  }

  @Test("A skipped step is left out and stays in the case with its reason")
  func skipped() throws {
    let text = "scenario: T\nskip: Not yet\nsteps:\n  - signin: call\n  - {press: \"#\", skip: The telephone is lost}\n"
    let file = try file(text)
    #expect(file.skip?.value == "Not yet")
    guard case .skipped(reason: "The telephone is lost") = file.scenario(0).steps[1].verb else {
      Issue.record("this is another step")
      return
    }
    #expect(VirtualDriver.play(file.scenario(0)).passed)
  }
}
