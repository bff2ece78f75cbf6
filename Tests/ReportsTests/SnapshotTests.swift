import Reports
import ScenarioModel
import Testing

@Suite("A file of snapshots")
struct SnapshotFileTests {
  private typealias Key = SnapshotFile.Key

  private static let text = """
    # Transcripts that a.yaml must give; poundkey run -u writes them anew.

    === at first
    00:00.000  one

    00:01.000  two

    === at first [language=fr]
    00:00.000  un

    === the end

    """

  private var file: SnapshotFile {
    var file = SnapshotFile()
    file[Key(name: "the end")] = []
    file[Key(name: "at first", caseName: "language=fr")] = ["00:00.000  un"]
    file[Key(name: "at first")] = ["00:00.000  one", "", "00:01.000  two"]
    return file
  }

  @Test("is written by heading, each transcript behind a line that names it and its case")
  func written() {
    #expect(file.text(for: "a.yaml") == Self.text)
  }

  @Test("is read as it was written, an empty line within a transcript too")
  func read() throws {
    let read = try SnapshotFile(Self.text)
    #expect(read == file)
    #expect(read[Key(name: "at first")] == ["00:00.000  one", "", "00:01.000  two"])
    #expect(read[Key(name: "at first", caseName: "language=fr")] == ["00:00.000  un"])
    #expect(read[Key(name: "the end")] == [])
    #expect(read[Key(name: "gone")] == nil)
    #expect(try SnapshotFile("").isEmpty)
    #expect(!read.isEmpty)
  }

  @Test("forgets what nothing asks for any more, and only that")
  func keep() {
    var file = file
    file.keep(only: [Key(name: "at first", caseName: "language=fr"), Key(name: "never kept")])
    #expect(file[Key(name: "at first")] == nil)
    #expect(file[Key(name: "the end")] == nil)
    #expect(file[Key(name: "at first", caseName: "language=fr")] == ["00:00.000  un"])
    #expect(!file.isEmpty)
    file.keep(only: [])
    #expect(file.isEmpty)
  }

  @Test(
    "has nothing but comments before its first transcript",
    arguments: [("x\n=== a\n", 1), ("# c\n\n 00:00\n=== a\n", 3), ("# c\n===a\n", 2), ("<<<<<<< HEAD\n", 1)])
  func mistaken(text: String, line: Int) {
    let mistake = #expect(throws: SnapshotFile.Mistake.self) { try SnapshotFile(text) }
    #expect(mistake?.line == line)
  }
}

@Suite("A transcript that is compared")
struct SnapshotDifferenceTests {
  private let name = Placed(
    "the end", at: SourcePlace(path: "a.yaml", span: SourceSpan(line: 7, column: 13, length: 7)))

  @Test("is the one that was kept, or there is nothing to tell")
  func same() {
    #expect(SnapshotDifference.problem(kept: ["a", "b"], now: ["a", "b"], name) == nil)
    #expect(SnapshotDifference.problem(kept: [], now: [], name) == nil)
  }

  @Test("that was never kept says how to keep it")
  func missing() {
    let problem = SnapshotDifference.problem(kept: nil, now: ["a"], name)
    #expect(problem?.id == "no-snapshot")
    #expect(problem?.message == "no transcript is kept as \"the end\" yet")
    #expect(problem?.place?.description == "a.yaml:7:13")
  }

  @Test(
    "shows the first line that is another one, or that it ends there",
    arguments: [
      (["a", "b"], ["a", "c"], "b", "c", 2), (["a"], ["a", "c"], "(it ends here)", "c", 2),
      (["a", "b", "c"], ["a"], "b", "(it ends here)", 2), (["x", "b"], ["y", "b"], "x", "y", 1),
    ] as [([String], [String], String, String, Int)])
  func other(kept: [String], now: [String], was: String, is: String, line: Int) {
    let problem = SnapshotDifference.problem(kept: kept, now: now, name)
    #expect(problem?.id == "snapshot-differs")
    #expect(problem?.label == "from line \(line) on")
    #expect(problem?.notes.filter { $0.kind == .kept } == [Problem.Note(.kept, was)])
    #expect(problem?.notes.filter { $0.kind == .now } == [Problem.Note(.now, `is`)])
  }
}
