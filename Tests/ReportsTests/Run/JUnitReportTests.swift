import Reports
import Runs
import ScenarioModel
import TestSupport
import Testing

@Suite("JUnit")
struct JUnitReportTests {
  @Test("One testcase a case, with file and line; a failure has the place and the reasons; an invalid file is an error")
  func written() throws {
    #expect(
      try SampleRun.ofEachKind().text(JUnitReport()) == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites tests="4" failures="1" errors="1" skipped="1" time="3">
          <testsuite name="poundkey" tests="4" failures="1" errors="1" skipped="1" time="3">
            <properties>
              <property name="seed" value="7"/>
              <property name="plan" value="000000000000a1b2"/>
            </properties>
            <testcase name="It is busy" classname="a/b.yaml" file="a/b.yaml" line="1" time="1.5"/>
            <testcase name="Not &lt;busy&gt; &amp; &quot;gone&quot; \\#1, 100%" classname="a/b.yaml" file="a/b.yaml" line="1" time="1.5">
              <failure type="expected-result" message="expected busy, got rejected">a/b.yaml:5:18&#10;at 00:01.500, the call ended: rejected</failure>
            </testcase>
            <testcase name="It is busy" classname="a/d.yaml" file="a/d.yaml" line="1" time="0">
              <skipped message="see #12"/>
            </testcase>
            <testcase name="c.yaml" classname="c.yaml" file="c.yaml" time="0">
              <error type="empty-file" message="c.yaml is empty">c.yaml</error>
            </testcase>
          </testsuite>
        </testsuites>

        """)
  }

  @Test("Two cases that look alike because a secret is masked keep names of their own")
  func unique() throws {
    var run = SampleRun()
    try run.play(SampleRun.busy)
    try run.play(SampleRun.busy)
    run.finish()
    let xml = run.text(JUnitReport())
    #expect(xml.contains("name=\"It is busy\""))
    #expect(xml.contains("name=\"It is busy (2)\""))
  }

  @Test("A run that was stopped, or cut off, says so")
  func stopped() throws {
    var run = SampleRun()
    try run.play(SampleRun.busy)
    #expect(run.text(JUnitReport()).contains("<property name=\"stopped\" value=\"cut off\"/>"))
    run.finish(stopped: .maxFailures, notRun: 2)
    let xml = run.text(JUnitReport())
    #expect(xml.contains("<property name=\"stopped\" value=\"maxFailures\"/>"))
    #expect(xml.contains("<property name=\"notRun\" value=\"2\"/>"))
  }

  @Test("What XML cannot hold is replaced, not written")
  func controlCharacters() {
    var run = SampleRun()
    let problem = Problem("x", "bell \u{7} and \u{FFFE}")
    run.give(.invalid(InvalidFileRecord(path: "c.yaml", problems: [problem], secrets: [], lines: { _ in [] })))
    #expect(run.text(JUnitReport()).contains("message=\"bell \u{FFFD} and \u{FFFD}\""))
  }
}
