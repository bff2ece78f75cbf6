import Runs
import ScenarioModel
import ScenarioYAML
import TestSupport
import Testing

@Suite("A selection")
struct SelectionTests {
  private func files() throws -> [SelectedFile] {
    [
      try file(
        "pin.yaml", ["language=fr,country=FR", "language=fr,country=CA", "language=de,country=DE"], tags: ["pin"]),
      try file("fraud.yaml", ["blocks", "reports"], tags: ["fraud", "slow"]), try file("busy.yaml"),
    ].map { SelectedFile($0) }
  }

  private func chosen(_ selection: Selection) throws -> [String] { RunPlan(try selection.chosen(from: files())).ids }

  private func message(_ selection: Selection) -> String? {
    do {
      _ = try chosen(selection)
      return nil
    } catch {
      return (error as? Selection.Emptied)?.message ?? "\(error)"
    }
  }

  @Test("by tag takes any of those named and none of those behind a !")
  func tags() throws {
    #expect(try chosen(Selection(tags: TagFilter("pin,fraud"))).count == 5)
    #expect(try chosen(Selection(tags: TagFilter("!slow"))).count == 4)
    #expect(try chosen(Selection(tags: TagFilter("pin, fraud, ! slow"))).count == 3)
    #expect(TagFilter("a,,b") == nil)
    #expect(TagFilter("!") == nil)
    #expect(TagFilter("") == nil)
  }

  @Test("by case takes a name, a whole id, or all of some pairs")
  func named() throws {
    #expect(try chosen(Selection(named: CaseFilter("blocks"))) == ["fraud.yaml::fraud.yaml[blocks]"])
    #expect(try chosen(Selection(named: CaseFilter("language=fr"))).count == 2)
    #expect(
      try chosen(Selection(named: CaseFilter("country=CA,language=fr"))) == [
        "pin.yaml::pin.yaml[language=fr,country=CA]"
      ])
    #expect(try chosen(Selection(named: CaseFilter("busy.yaml::busy.yaml"))) == ["busy.yaml::busy.yaml"])
    #expect(try chosen(Selection(named: CaseFilter("fraud.yaml::fraud.yaml[reports]"))).count == 1)
    #expect(message(Selection(named: CaseFilter("language=f"))) != nil)
    #expect(message(Selection(named: CaseFilter(""))) != nil)
    #expect(message(Selection(named: CaseFilter(","))) != nil)
  }

  @Test("by pattern searches the id, and takes no pattern that could search without end")
  func pattern() throws {
    #expect(try chosen(Selection(pattern: IDPattern("country=(FR|DE)\\]$"))).count == 2)
    #expect(throws: Matcher.Mistake.endless) { try IDPattern("(a+)+$") }
    #expect(throws: Matcher.Mistake.noPattern) { try IDPattern("(") }
  }

  @Test("by what failed last time takes those ids")
  func lastFailed() throws {
    #expect(try chosen(Selection(failed: ["busy.yaml::busy.yaml", "gone.yaml::T"])) == ["busy.yaml::busy.yaml"])
  }

  @Test("combines its filters, and keeps all without any")
  func combined() throws {
    #expect(try chosen(Selection()).count == 6)
    let both = Selection(tags: TagFilter("pin"), pattern: try IDPattern("CA"))
    #expect(try chosen(both) == ["pin.yaml::pin.yaml[language=fr,country=CA]"])
  }

  @Test("that leaves nothing says which filter took the last, and what was meant")
  func emptied() throws {
    #expect(
      message(Selection(tags: TagFilter("fruad"))) == "--tags fruad leaves none of the 6 cases; did you mean \"fraud\"?"
    )
    #expect(
      message(Selection(tags: TagFilter("x"))) == "--tags x leaves none of the 6 cases; the tags are: fraud, pin, slow")
    #expect(
      message(Selection(tags: TagFilter("fraud,!slow")))
        == "--tags fraud,!slow leaves none of the 6 cases; all that have one have an excluded one too")
    #expect(
      message(Selection(tags: TagFilter("fraud"), named: CaseFilter("block")))
        == "--case 'block' is none of the 2 cases; did you mean 'blocks'?")
    #expect(
      message(Selection(named: CaseFilter("zzz")))
        == "--case 'zzz' is none of the 6 cases; there is for example 'language=fr,country=FR'")
    #expect(
      message(Selection(pattern: try IDPattern("zzz")))
        == "--grep 'zzz' is found in the id of none of the 6 cases, as in pin.yaml::pin.yaml[language=fr,country=FR]")
    #expect(
      message(Selection(tags: TagFilter("fraud"), failed: ["busy.yaml::busy.yaml"]))
        == "--last-failed: none of the 1 that failed last time is among the 2 cases")
  }
}

@Suite("What is told of a file")
struct ShownFileTests {
  private func secretive() throws -> ScenarioFile {
    try ScenarioReader(
      files: MemoryFiles([
        "s.yaml": """
        scenario: S
        tags: [fraud, "8362"]
        skip: until 8362 is another
        given: {set: {pin.mode: true}, user: {upn: a@b.example, phone: "+33 612345678", pin: "8362"}}
        steps: [signin]

        """
      ]), greetings: KnownGreetings()
    ).file(at: "s.yaml")
  }

  @Test("hides its PINs: in tags, in the reason why it is skipped")
  func masked() throws {
    let file = try secretive()
    #expect(file.shownTags == ["fraud", "••••"])
    #expect(file.shownSkip == "until •••• is another")
  }

  @Test("hides its PINs in the hint to what tags there are")
  func hint() throws {
    let file = SelectedFile(try secretive())
    let emptied = #expect(throws: Selection.Emptied.self) {
      try Selection(tags: TagFilter("zzz")).chosen(from: [file])
    }
    #expect(emptied?.message == "--tags zzz leaves none of the 1 case; the tags are: fraud, ••••")
    let near = #expect(throws: Selection.Emptied.self) {
      try Selection(tags: TagFilter("8363")).chosen(from: [file])
    }
    #expect(near?.message.contains("8362") == false)
  }
}

@Suite("A line of a file")
struct LineSelectionTests {
  private func picked(_ lines: Set<Int>, _ text: String = "") throws -> [String] {
    let file = try file("a.yaml", ["x", "y", "z"])
    return RunPlan([SelectedFile(file, at: lines, of: text.split(separator: "\n", omittingEmptySubsequences: false))])
      .cases.map { file.cases[Int($0.index)].name ?? "" }
  }

  @Test("selects the row that is written there, else the whole file")
  func rows() throws {
    #expect(try picked([11]) == ["y"])
    #expect(try picked([12, 10]) == ["x", "z"])
    #expect(try picked([3]) == ["x", "y", "z"])
    #expect(try picked([11, 3]) == ["x", "y", "z"])
  }

  @Test("may be any of those a row is written on, to the last that is indented as far")
  func longRow() throws {
    let head = String(repeating: "k: v\n", count: 11)
    #expect(try picked([13], head + "    - id: z\n      a: 1\nsteps: []\n") == ["z"])
    #expect(try picked([14], head + "    - id: z\n\n      a: 1\nsteps: []\n") == ["z"])
    #expect(try picked([13], head + "    - id: z\nsteps: []\n") == ["x", "y", "z"])
  }
}
