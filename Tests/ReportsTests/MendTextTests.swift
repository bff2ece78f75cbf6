import Reports
import Testing
import VerificationCore

@Suite("What mending did, as people and scripts read it")
struct MendTextTests {
  private let clip = Finding(.clip, .warn, "was in the original and stays: cut", remedy: "Record it again.")

  private var mended: MendedGreeting {
    var after = GreetingReport(file: "a.wav", bytes: 44, findings: [clip])
    after.duration = .seconds(3)
    let before = GreetingReport(
      file: "a.mp3", bytes: 99, findings: [Finding(.offset, .warn, "m", remedy: "r"), clip, clip])
    return MendedGreeting(
      bytes: [1], changes: [Mend(.level, "louder"), Mend(.lead, "cut")], before: before, after: after)
  }

  @Test("The copy, what it came from, what changed, what stays")
  func written() {
    #expect(
      MendText().lines(mended, target: "b.wav") == [
        "! b.wav  3.00 s · 44 bytes",
        "    from a.mp3, accepted with warnings: dc.offset, clip",
        "    level         louder",
        "    silence.lead  cut",
        "    clip: was in the original and stays: cut",
        "      → Record it again.",
      ])
  }

  @Test("A file that was left alone says why")
  func untouched() {
    var mended = mended
    #expect(MendText().lines(untouched: mended).last == "    nothing of this can be mended: nothing was written")
    mended.before.findings = []
    #expect(
      MendText().lines(untouched: mended) == ["✓ a.mp3  99 bytes", "    fine as it is: nothing was written"])
  }

  @Test("A refusal names what stands in the way")
  func refused() {
    let unmendable = UnmendableGreeting(
      before: GreetingReport(file: "a.wav", bytes: 5),
      findings: [Finding(.levelSilent, .reject, "silent", remedy: "Again.")])
    #expect(
      MendText().lines(unmendable) == ["✗ a.wav  cannot be mended", "    level.silent: silent", "      → Again."])
    #expect(
      MendJSON.line(unmendable).hasPrefix(
        #"{"file":"a.wav","written":null,"changes":[],"refused":[{"id":"level.silent","severity":"reject","#))
    #expect(MendJSON.line(unmendable).hasSuffix(#""after":null}"#))
  }

  @Test("JSON has the changes where a copy was written, and none where not")
  func json() {
    let line = MendJSON.line(mended, written: "b.wav")
    #expect(
      line.hasPrefix(
        #"{"file":"a.mp3","written":"b.wav","changes":[{"what":"level","message":"louder"},{"what":"silence.lead","message":"cut"}],"refused":[],"before":{"file":"a.mp3","#
      ))
    #expect(line.contains(#""after":{"file":"b.wav","verdict":"accepted","#))
    #expect(MendJSON.line(mended, written: nil).contains(#""written":null,"changes":[],"#))
  }
}
