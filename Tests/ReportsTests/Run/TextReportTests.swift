import Reports
import Runs
import ScenarioModel
import TestSupport
import Testing

@Suite("TAP and annotations")
struct TextReportTests {
  @Test("TAP 14: version, a line a case with # and \\ escaped, a YAML block for what failed, SKIP, the plan at the end")
  func tap() throws {
    #expect(
      try SampleRun.ofEachKind().text(TAPReport()) == ##"""
        TAP version 14
        # seed 7 plan 000000000000a1b2
        not ok 1 - c.yaml
          ---
          message: "c.yaml is empty"
          severity: error
          problems:
            - id: "empty-file"
              message: "c.yaml is empty"
              file: "c.yaml"
          ...
        ok 2 - a/b.yaml::It is busy
        not ok 3 - a/b.yaml::Not <busy> & "gone" \\\#1, 100%
          ---
          message: "expected busy, got rejected"
          severity: fail
          problems:
            - id: "expected-result"
              message: "expected busy, got rejected"
              file: "a/b.yaml"
              line: 5
              column: 18
              label: "at 00:01.500, the call ended: rejected"
          ...
        ok 4 - a/d.yaml::It is busy # SKIP see \#12
        1..4

        """##)
  }

  @Test("TAP: an interrupted run, a cut one and one that lacks cases bail out; one that stopped by itself has its plan")
  func bailOut() throws {
    func last(_ stopped: RunEnd.Cause?) throws -> String {
      var run = SampleRun(cases: 3)
      try run.play(SampleRun.busy)
      run.finish(stopped: stopped, notRun: 2)
      return String(run.text(TAPReport()).split(separator: "\n").last ?? "")
    }
    #expect(try last(.interrupted) == "Bail out! interrupted, 2 of 3 cases were not run")
    #expect(try last(.incomplete) == "Bail out! incomplete, 2 of 3 cases are missing")
    #expect(try last(.maxFailures) == "1..1")
    #expect(SampleRun().text(TAPReport()).hasSuffix("Bail out! the run was cut off\n"))
  }

  @Test("TAP: control characters stay on their line, and YAML gets them escaped")
  func control() {
    var run = SampleRun()
    let problem = Problem("x", "a\u{85}b\nc\u{1}\u{FEFF}\"\\")
    run.give(.invalid(InvalidFileRecord(path: "a\n1..9", problems: [problem], secrets: [], lines: { _ in [] })))
    let text = run.text(TAPReport())
    #expect(text.contains("not ok 1 - a\\\\u{A}1..9\n"))
    #expect(text.contains(#"message: "a\U00000085b\nc\U00000001\U0000feff\"\\""#))
  }

  @Test("Annotations: file, line, columns and title; %, line ends, and in properties : and , are escaped")
  func annotations() throws {
    #expect(
      try SampleRun.ofEachKind().text(AnnotationReport()) == """
        ::error file=c.yaml,line=1,title=cannot be run::c.yaml is empty (empty-file)
        ::error file=a/b.yaml,line=5,col=18,endColumn=21,title=Not <busy> & "gone" \\#1%2C 100%25::expected busy, got rejected (expected-result)%0Aat 00:01.500, the call ended: rejected
        ::notice title=poundkey::1 passed, 1 failed, 1 skipped, 1 invalid

        """)
  }

  @Test("Annotations: nothing is said of a run that went well, and a path cannot end its property")
  func quiet() throws {
    var run = SampleRun()
    try run.play(SampleRun.busy)
    run.finish()
    #expect(run.text(AnnotationReport()) == "")
    var odd = SampleRun()
    odd.give(
      .invalid(
        InvalidFileRecord(
          path: "a:b,c\r\n::error::d\u{1B}", problems: [Problem("x", "y")], secrets: [], lines: { _ in [] })))
    #expect(
      odd.text(AnnotationReport()).hasPrefix("::error file=a%3Ab%2Cc%0D%0A%3A%3Aerror%3A%3Ad\u{FFFD},line=1,"))
  }
}
