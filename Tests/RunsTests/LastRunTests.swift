import Runs
import Testing

@Suite("The last run")
struct LastRunTests {
  @Test("is read as it was written, whatever is in a name")
  func roundTrip() {
    let ids = ["b.yaml::T[x]", "a.yaml::two\nlines\\n[\\]", "a.yaml::two\nlines\\n[\\]", "c.yaml", "é\r::\u{85}"]
    let read = LastRun(text: LastRun(failed: ids).text)
    #expect(read?.failed == Set(ids).sorted())
    #expect(LastRun(text: LastRun(failed: []).text)?.failed == [])
  }

  @Test(
    "is none where the file was cut, or is another",
    arguments: ["", "poundkey last run 1", "poundkey last run 2\n", "x\n", "poundkey last run 1\na.yaml::T"])
  func others(text: String) { #expect(LastRun(text: text) == nil) }

  @Test("has a name of its own for each folder")
  func names() {
    #expect(LastRun.fileName(ofFolder: "/a") == LastRun.fileName(ofFolder: "/a"))
    #expect(LastRun.fileName(ofFolder: "/a") != LastRun.fileName(ofFolder: "/b"))
    #expect(LastRun.fileName(ofFolder: "/a").count == 25)
  }
}

@Suite("Watched sources")
struct WatchedSourcesTests {
  private var watched: WatchedSources {
    var watched = WatchedSources()
    watched.add("a.yaml", madeOf: ["/w/a.yaml", "/w/parts/sign-in.yaml"])
    watched.add("b.yaml", madeOf: ["/w/b.yaml", "/w/parts/sign-in.yaml"])
    watched.add("broken.yaml", madeOf: nil)
    return watched
  }

  @Test("tell whom a change touches: who is made of it, and who cannot be read")
  func touched() {
    #expect(watched.touched(by: ["/w/a.yaml"]) == ["a.yaml", "broken.yaml"])
    #expect(watched.touched(by: ["/w/parts/sign-in.yaml"]) == ["a.yaml", "b.yaml", "broken.yaml"])
    #expect(watched.touched(by: ["/w/readme"]) == ["broken.yaml"])
    #expect(watched.touched(by: nil) == ["a.yaml", "b.yaml", "broken.yaml"])
  }

  @Test("forget a file that is gone")
  func removal() {
    var watched = watched
    watched.remove("broken.yaml")
    watched.remove("a.yaml")
    #expect(watched.touched(by: nil) == ["b.yaml"])
    #expect(watched.all == ["/w/b.yaml", "/w/parts/sign-in.yaml"])
  }
}
