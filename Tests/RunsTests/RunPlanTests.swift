import Runs
import ScenarioModel
import Testing

@Suite("A plan")
struct RunPlanTests {
  @Test(
    "has one name for a path",
    arguments: [
      ("a/b.yaml", "a/b.yaml"), ("./a//b.yaml", "a/b.yaml"), ("a/./b.yaml", "a/b.yaml"), ("a/../b.yaml", "a/../b.yaml"),
      ("//x/", "/x"), ("/", "/"), (".", "."), ("", "."), ("./", "."), ("é/ü.yaml", "é/ü.yaml"),
    ])
  func normalPath(path: String, expected: String) { #expect(NormalPath.of(path) == expected) }

  @Test("takes files by path, and their cases as written")
  func order() throws {
    let (b, a) = (try file("b.yaml"), try file("a.yaml", ["z", "y"], title: "T"))
    #expect(plan(b, a).ids == ["a.yaml::T[z]", "a.yaml::T[y]", "b.yaml::b.yaml"])
    #expect(plan(b, a).hash == plan(a, b).hash)
  }

  @Test("has another hash for other cases, other bytes, another seed, clock or number of rounds")
  func hash() throws {
    let same = try file("a.yaml", ["x", "y"], hash: 5)
    let plans = [
      plan(same), plan(try file("a.yaml", ["xy", ""], hash: 5)), plan(try file("a.yaml", ["x"], hash: 5)),
      plan(try file("a.yaml", ["x", "y"], hash: 6)), plan(try file("b.yaml", ["x", "y"], hash: 5)),
      plan(try file("a.yaml", ["x", "y"], hash: 5, title: "Other")),
      plan(same, options: RunPlan.Options(seed: 2)), plan(same, options: RunPlan.Options(clock: .real)),
      plan(same, options: RunPlan.Options(rounds: 2)), RunPlan([SelectedFile(same)], invalid: ["c.yaml"]),
    ]
    #expect(Set(plans.map(\.hash)).count == plans.count)
  }

  @Test("has a seed of its own for each round of a case")
  func rounds() throws {
    let plan = plan(try file("a.yaml", ["x", "y"]), options: RunPlan.Options(seed: UInt64.max, rounds: 3))
    #expect(plan.cases.map(\.round) == [1, 2, 3, 1, 2, 3])
    #expect(plan.cases.map(plan.seed) == [UInt64.max, 0, 1, UInt64.max, 0, 1])
    #expect(plan.ids == ["x", "x", "x", "y", "y", "y"].map { "a.yaml::a.yaml[\($0)]" })
  }

  @Test("shuffles the same way for the same seed, and loses nothing")
  func shuffle() throws {
    let plan = plan(try file("a.yaml", (1...50).map { "row\($0)" }))
    #expect(plan.shuffled(seed: 3) == plan.shuffled(seed: 3))
    #expect(plan.shuffled(seed: 3) != plan.shuffled(seed: 4))
    #expect(plan.shuffled(seed: 3).sorted() == Array(0..<50))
  }

  @Test("is cut into chunks that hold each case once, of 64 at most, small files together")
  func chunks() throws {
    let large = plan(try file("a.yaml", (1...200).map { "row\($0)" }))
    #expect(Chunks(Array(0..<200), of: large).ranges == [0..<64, 64..<128, 128..<192, 192..<200])
    let small = RunPlan(try (0..<40).map { SelectedFile(try file("\($0).yaml")) })
    #expect(Chunks(Array(0..<40), of: small).ranges == [0..<32, 32..<40])
    let two = plan(try file("a.yaml", (1...40).map { "row\($0)" }), try file("b.yaml", ["x"]))
    #expect(Chunks(Array(0..<41), of: two).ranges == [0..<40, 40..<41])
    #expect(Chunks(Array(0..<3), of: small, one: true).ranges == [0..<1, 1..<2, 2..<3])
    #expect(Chunks([], of: small).ranges.isEmpty)
  }
}
