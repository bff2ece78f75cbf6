import Reports
import Runs
import ScenarioModel
import ScenarioYAML
import TestSupport
import Testing
import VerificationCore

@Suite("The stream of a run")
struct StreamTests {
  /// All shipped scenarios, and cases of other kinds.
  private func everything() throws -> SampleRun {
    var run = try SampleRun.ofEachKind()
    let reader = ScenarioReader(files: DiskFiles(), greetings: KnownGreetings())
    for path in Repository.scenarios {
      guard let file = try? reader.file(at: path) else { continue }
      for index in file.cases.indices { run.play(file.scenario(index), trace: true) }
    }
    return run
  }

  @Test("What is written is read again as it was, every moment of every shipped scenario")
  func roundTrip() throws {
    let run = try everything()
    let lines = run.text(StreamWriter()).split(separator: "\n", omittingEmptySubsequences: true)
    #expect(lines.count == run.records.count)
    #expect(run.records.count > 150)
    for (line, record) in zip(lines, run.records) {
      #expect(try StreamReader.record(Array(line.utf8)) == record)
    }
  }

  @Test("Every kind of moment is written and read again")
  func moments() throws {
    let key = RecordingKey(message: "greetingPIN", language: "fr-CA", source: .custom(0xAB))
    let text = Moment.Text(
      sender: nil, language: "fr", encoding: "UCS-2", segments: 2, isReordered: true, words: "\"é\u{1}\\\n\u{2028}")
    let all: [Moment.What] = [
      .decided(who: "a@b.c", outcome: "duplicate"), .dial(who: "a", number: "b", callerID: "c"), .ring(shows: nil),
      .ring(shows: "+1"), .answer, .failed(reason: "carrier", sip: 503), .failed(reason: "busy", sip: nil), .unanswered,
      .message(key, until: nil, isCut: false), .message(key, until: Milliseconds(7), isCut: true),
      .spokenExtension(digits: "42", length: Milliseconds(900)), .dialledExtension, .key("#"), .key(nil),
      .wrong(reason: "empty", text: "t", number: 2), .ignored(reason: "r", text: "t"), .pin(isRight: true),
      .outcome("approved"), .record(kind: "audit", text: "t"), .hangUp(by: .network),
      .machine(does: "speaks", length: .seconds(3)), .machine(does: "beeps", length: nil), .cancel,
      .ask(who: "a", method: "text"), .textSent(number: "n", code: 2), .text(text), .textLost, .textRejected, .reply,
      .typed, .resend, .notify(device: "d"), .device(nil, answer: "declined"), .device("d", answer: "approved"),
      .codeExpired, .codeRefused, .pinIsReportCode(who: "a"), .refused(text: "t"),
    ]
    let moments = all.enumerated().map { Moment(at: Milliseconds(Int64($0)), verification: $0 % 3, $1) }
    let played = RunRecord.case(
      CaseRecord(
        number: 3, path: "p", title: "t", name: "n", round: 2, line: 4, tags: ["a"], rules: ["CALL-1"], seed: .max,
        status: .failed, result: "r", length: .seconds(1), moments: moments, skipReason: "s",
        trace: [TraceStep(at: .zero, lines: ["l"], state: "s")]))
    var (bytes, writer) = ([UInt8](), StreamWriter())
    writer.take(played, into: &bytes)
    #expect(try StreamReader.record(Array(bytes.dropLast())) == played)
  }

  @Test("A case line stands for itself, and each recording is told once, before the first case that plays it")
  func recordings() throws {
    let run = try everything()
    var told: Set<RecordingKey> = []
    for record in run.records {
      switch record {
      case .recording(let recording): #expect(told.insert(recording.key).inserted)
      case .case(let played):
        for case .message(let key, _, _) in played.moments.map(\.what) { #expect(told.contains(key)) }
      case .run, .plan, .invalid, .end: continue
      }
    }
    #expect(told.count > 20)
  }

  @Test("A PIN reaches no report: not by the title, the row, a tag, a record, a quoted line, a trace")
  func secrets() throws {
    let text = """
      scenario: The PIN 8362 in a title
      tags: ["8362"]
      given:
        set: {pin.mode: enabled}
        user: {upn: omar@larkspur.example, pin: "8362"}
      steps:
        - admin: {block: omar@larkspur.example, reason: "knows 8362"}
        - admin: {unblock: omar@larkspur.example, reason: "8362"}
        - signin
        - answer
        - press: "8362#"
      expect: {records: [{signin: "8362"}]}
      """
    var run = SampleRun()
    try run.play(text, trace: true)
    try run.skip(text, because: "8362 is no reason")
    run.finish()
    let reports: [any RunReport] = [StreamWriter(), JUnitReport(), TAPReport(), AnnotationReport(), HTMLReport()]
    for report in reports {
      let written = run.text(report)
      #expect(written.contains("••••"), "\(type(of: report)) has dots in its place")
      #expect(!written.contains("8362"), "\(type(of: report))")
    }
  }

  @Test("The same seed gives the same bytes, in every report")
  func deterministic() throws {
    let (first, second) = (try everything(), try everything())
    let reports: [any RunReport] = [StreamWriter(), JUnitReport(), TAPReport(), AnnotationReport(), HTMLReport()]
    for report in reports { #expect(first.text(report) == second.text(report)) }
  }

  @Test(
    "A line that cannot be read says what is wrong with it",
    arguments: [
      ("", "the line ends within its object"), ("{\"type\":\"end\"", "the line ends within an object"),
      ("{\"type\":tru}", "this is no JSON"), ("{\"type\":\"end\"} {}", "something follows the object"),
      ("{\"type\":\"run\",\"version\":7}", "this stream has version 7"),
      ("{\"type\":\"e\u{1}\"}", "a control character"),
      ("{\"type\":\"\\uD83D\"}", "half a character"), ("{\"type\":\"\\x\"}", "no such escape"),
      ("{\"type\":\"recording\",\"key\":\"a/b\",\"length\":1}", "is no key of a recording"),
      ("{\"type\":\"recording\",\"key\":\"a/b/default\",\"length\":1.5}", "a number out of range"),
      ("{\"type\":\"recording\",\"key\":\"a/b/default\",\"length\":01}", "this is no number"),
      ("{\"type\":\"recording\",\"key\":\"a/b/default\",\"length\":99999999999999999999}", "a number out of range"),
      ("{type:1}", "a key must stand here"), ("{\"type\" 1}", "a colon"), ("{\"a\":[1 2]}", "a comma or ]"),
    ])
  func malformed(line: String, says: String) {
    let error = #expect(throws: StreamMistake.self) { try StreamReader.record(Array(line.utf8)) }
    #expect(error?.message.contains(says) == true, "\(error?.message ?? "")")
  }

  @Test("Every control character is escaped, and read again as it was")
  func controlCharacters() throws {
    let title = String(String.UnicodeScalarView((0...0x20).compactMap(Unicode.Scalar.init)))
    let record = RunRecord.plan(PlannedFile(path: "p", title: title, cases: nil))
    var (bytes, writer) = ([UInt8](), StreamWriter())
    writer.take(record, into: &bytes)
    #expect(bytes.dropLast().allSatisfy { $0 >= 0x20 })
    #expect(String(decoding: bytes, as: UTF8.self).contains("\\u001e\\u001f \""))
    #expect(try StreamReader.record(Array(bytes.dropLast())) == record)
  }

  @Test(
    "Escapes of two halves are one character",
    arguments: [
      ("\\uD83D\\uDE00", "\u{1F600}"), ("\\ud800\\udc00", "\u{10000}"), ("\\uDBFF\\uDFFF", "\u{10FFFF}"),
      ("\\u001F", "\u{1F}"), ("\\uD7FF\\uE000", "\u{D7FF}\u{E000}"), ("\\/\\b\\f", "/\u{8}\u{C}"),
    ])
  func surrogates(escaped: String, text: String) throws {
    let line = "{\"type\":\"plan\",\"path\":\"p\",\"title\":\"\(escaped)\",\"cases\":null}"
    #expect(
      try StreamReader.record(Array(line.utf8)) == .plan(PlannedFile(path: "p", title: text, cases: nil)))
  }

  @Test(
    "Half a character is none", arguments: ["\\uDE00", "\\uD83D", "\\uD83D\\u0041", "\\uD83D\\uD83D", "\\uDE00\\uD83D"])
  func halves(escaped: String) {
    let line = "{\"type\":\"plan\",\"path\":\"p\",\"title\":\"\(escaped)\",\"cases\":null}"
    let error = #expect(throws: StreamMistake.self) { try StreamReader.record(Array(line.utf8)) }
    #expect(error?.message == "half a character")
  }

  @Test("No text of a file becomes a tag of the page: reasons, traces, titles, results, tags")
  func markup() {
    let evil = "<script>alert('1')</script>&\"'"
    var run = SampleRun()
    run.give(
      .case(
        CaseRecord(
          number: 1, path: evil, title: evil, name: evil, round: nil, line: 4, tags: [evil], rules: [], seed: 7,
          status: .skipped, result: evil, length: .zero, moments: [], skipReason: evil, trace: nil)))
    run.give(
      .case(
        CaseRecord(
          number: 2, path: "p", title: "t", name: nil, round: nil, line: 4, tags: [], rules: [], seed: 7,
          status: .failed, result: "r", length: .seconds(1),
          moments: [Moment(at: .zero, verification: 0, .record(kind: evil, text: evil))], skipReason: nil,
          trace: [TraceStep(at: .zero, lines: [evil, evil], state: evil)])))
    run.finish()
    let page = run.text(HTMLReport())
    let shown = "&lt;script&gt;alert("
    #expect(page.contains("Skipped: \(shown)"))
    #expect(page.contains("<br>\(shown)"))
    #expect(page.contains("<em>\(shown)"))
    #expect(!page.contains("<script>alert"))
  }

  @Test("No line of random bytes, and no line that was changed anywhere, traps")
  func hostile() throws {
    let run = try SampleRun.ofEachKind()
    let lines = run.text(StreamWriter()).split(separator: "\n").map { Array($0.utf8) }
    var seed: UInt64 = 1
    func random(_ bound: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(seed >> 33) % bound
    }
    for _ in 0..<4_000 {
      var line = lines[random(lines.count)]
      for _ in 0...random(3) { line[random(line.count)] = UInt8(random(256)) }
      guard let record = try? StreamReader.record(line) else { continue }
      var changed = SampleRun()
      changed.give(record)
      _ = changed.text(HTMLReport())
      _ = changed.text(JUnitReport())
    }
  }
}
