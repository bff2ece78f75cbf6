import Reports
import ScenarioModel
import Simulation
import TestSupport
import Testing
import VerificationCore

@Suite("A problem as people read it")
struct ProblemTextTests {
  private func lines(_ text: String) -> [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

  private func problem(line: Int, column: Int, length: Int) -> Problem {
    Problem(
      "unknown-step", "unknown step \"hangupp\"",
      at: SourcePlace(path: "busy.yaml", span: SourceSpan(line: line, column: column, length: length)),
      label: "here", hint: "did you mean \"hangup\"?")
  }

  @Test("Message, place, the line before, the line, a caret with its label, and what to do")
  func rendered() {
    let text = ProblemText().render(
      problem(line: 2, column: 5, length: 7), lines: lines("steps:\n  - hangupp"))
    #expect(
      text == """
        error[unknown-step]: unknown step "hangupp"
         --> busy.yaml:2:5
          |
        1 | steps:
        2 |   - hangupp
          |     ^^^^^^^ here
          = hint: did you mean "hangup"?


        """)
  }

  @Test("Line numbers of different width stay in one column")
  func aligned() {
    let source = lines((1...9).map { "line \($0)" }.joined(separator: "\n") + "\n  - hangupp")
    let text = ProblemText().render(problem(line: 10, column: 5, length: 7), lines: source)
    #expect(text.contains("\n 9 | line 9\n10 |   - hangupp\n   |     ^^^^^^^ here\n"))
  }

  @Test("A very long line is shown around its place, the caret still under it")
  func longLine() {
    let source = String(repeating: "a", count: 1_000) + "HERE" + String(repeating: "b", count: 1_000)
    let text = ProblemText().render(problem(line: 1, column: 1_001, length: 4), lines: [Substring(source)])
    let shown = text.split(separator: "\n")
    #expect(shown.allSatisfy { $0.count < 200 })
    let (line, caret) = (Array(shown[3]), Array(shown[4]))
    #expect(caret.indices.filter { caret[$0] == "^" }.map { line[$0] } == Array("HERE"))
  }

  @Test("A secret is dots, wherever it would be shown, and the caret does not move")
  func masked() {
    let source = lines("  pin: \"4711\"\n  - press: \"4711#\"")
    let text = ProblemText(secrets: ["4711"]).render(problem(line: 2, column: 12, length: 7), lines: source)
    #expect(!text.contains("4711"))
    #expect(text.contains("2 |   - press: \"••••#\"\n  |            ^^^^^^^ here"))
  }

  @Test("A secret is a whole word: a number that holds the PIN does not give it away, and our words stay ours")
  func wholeWords() {
    let mask = SecretMask(["1234", "0"])
    #expect(mask("call +33 6123456, \"1234#\" and 1234") == "call +33 6123456, \"••••#\" and ••••")
    #expect(mask("4 to 20 digits, 0# reports") == "4 to 20 digits, •# reports")
  }

  @Test("A secret is masked before a long line is cut, so that no part of it stays")
  func maskedBeforeCut() {
    let source = String(repeating: "a ", count: 57) + "8362" + String(repeating: " b", count: 300)
    for column in 100...200 {
      let found = problem(line: 1, column: column, length: 1)
      let text = ProblemText(secrets: ["8362"]).render(found, lines: [Substring(source)])
      let line = text.split(separator: "\n").first { $0.hasPrefix("1 |") } ?? ""
      #expect(line.allSatisfy { !"8362".contains($0) })
    }
  }

  @Test("A place outside the file, or no place, gives no excerpt and no trap")
  func noExcerpt() {
    #expect(ProblemText().render(problem(line: 9, column: 1, length: 1), lines: []).contains("--> busy.yaml:9:1\n"))
    #expect(ProblemText().render(Problem("x", "y"), lines: []) == "error[x]: y\n\n")
  }

  @Test("Colour only where it is asked for")
  func coloured() {
    let plain = ProblemText().render(Problem("x", "y"), lines: [])
    let coloured = ProblemText(style: Style(isColoured: true)).render(Problem("x", "y"), lines: [])
    #expect(!plain.contains("\u{1B}"))
    #expect(coloured.contains("\u{1B}[31m"))
  }
}

@Suite("Text for people")
struct TextTests {
  @Test(
    "Words wrap at spaces; a longer word stands alone",
    arguments: [
      ("one two three", 7, ["one two", "three"]), ("unbreakable x", 4, ["unbreakable", "x"]), ("", 10, []),
      ("a", 0, ["a"]),
    ] as [(String, Int, [String])])
  func wrapped(text: String, width: Int, lines: [String]) {
    #expect(Wrapping.wrap(text, width: width) == lines)
  }

  @Test("Text is cut to a width without cutting its colours")
  func clipped() {
    #expect(StyledText.clipped("\u{1B}[31mabcdef\u{1B}[0m", 4) == "\u{1B}[31mabc\u{1B}[0m…\u{1B}[0m")
    #expect(StyledText.clipped("\u{1B}[31mabcd\u{1B}[0m", 4) == "\u{1B}[31mabcd\u{1B}[0m")
    #expect(StyledText.clipped("abc", 0) == "")
  }

  @Test("A name with control characters does not draw on the screen")
  func printable() {
    #expect(Printable.text("a\u{1B}[31m\nb é") == "a\\u{1B}[31m\\u{A}b é")
  }

  @Test("Columns line up, and the last one wraps under itself")
  func table() {
    var table = Table(["a", "long", "last"])
    table.add(["1", "22", "some words that do not fit into"])
    #expect(table.lines(width: 25) == ["a  long  last", "1  22    some words that", "         do not fit into"])
  }

  @Test("A JSON line escapes what it must and keeps its order")
  func json() {
    let line = JSONLine([
      ("b", .text("a\"\\\n\u{1}é")), ("a", .list([.number(-1), .flag(true), .null, .object(JSONLine([]))])),
    ])
    #expect(line.text == #"{"b":"a\"\\\n\u0001é","a":[-1,true,null,{}]}"#)
  }

  @Test("A fraud report reads as a transcript")
  func transcript() throws {
    let verdict = VirtualDriver.play(
      try scenario(
        """
        scenario: Report
        given: {user: omar@larkspur.example}
        steps:
          - signin
          - answer: {after: 1s}
          - press: {keys: "0#", during: fraudGreetingStandard, after: 500ms}
          - press: {keys: "1", during: fraudConfirmation}
          - hangup
        """))
    let text = JournalText(start: verdict.scenario.given.start)
    let lines = verdict.journal.flatMap(text.lines).filter { !$0.hasPrefix("     ") }
    #expect(
      lines == [
        "00:00.000  ☎ calling omar@larkspur.example at +XX XXXXXXXX23 from +1 8553308653",
        "00:00.000    the telephone rings and shows +1 8553308653",
        "00:01.000    answered",
        "00:01.000  ♪ fraudGreetingStandard (en, default, 12.697 s)",
        "00:01.500  ⌨ key 0",
        "00:01.500    the message stops",
        "00:01.700  ⌨ key #",
        "00:01.700  ■ fraudReported",
        "00:01.700  ▤ sign-in record: MFA denied; fraud code entered (500121)",
        "00:01.700  ▤ fraud reported by omar@larkspur.example",
        "00:01.700  ♪ fraudConfirmation (en, default, 10.028 s)",
        "00:01.800  ⌨ key 1",
        "00:01.800    the message stops",
        "00:01.800  ▤ omar@larkspur.example is blocked until 2025-04-15T09:00:01.800Z: Reported fraud by phone",
        "00:01.800  ▤ audit record: Fraud reported - user is blocked for MFA",
        "00:01.800  ♪ fraudReported (en, default, 7.244 s)",
        "00:01.900    the person hangs up",
        "00:01.900    the message stops",
      ])
  }

  @Test("A greeting's report: a line, then each reason with its remedy")
  func greeting() {
    var report = GreetingReport(file: "a.wav", bytes: 9)
    report.duration = .milliseconds(20_319)
    report.container = "WAV"
    report.sampleRate = 22_050
    report.channels = 1
    report.findings = [Finding(.durationLimit, .reject, "20.31 s: cut 0.4 s", remedy: "Cut it.", at: .seconds(20))]
    #expect(
      GreetingText().lines(report) == [
        "✗ a.wav  rejected  20.31 s · WAV, 22.05 kHz mono · 9 bytes",
        "    duration.limit at 20.00 s: 20.31 s: cut 0.4 s",
        "      → Cut it.",
      ])
  }
}
