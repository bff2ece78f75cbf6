import Runs
import Testing
import VerificationCore

@Suite("A shard")
struct ShardTests {
  @Test("has an index from 1 to its count")
  func bounds() {
    #expect(Shard(7, of: 7)?.description == "7/7")
    #expect(Shard(0, of: 7) == nil)
    #expect(Shard(8, of: 7) == nil)
    #expect(Shard(1, of: 10_001) == nil)
  }

  @Test(
    "is written i/n and nothing else",
    arguments: ["0/3", "4/3", "a/b", "1", "1/", "/3", "1/2/3", "", "1/99999999999999999999"])
  func text(wrong: String) {
    #expect(Shard("2/7") == Shard(2, of: 7))
    #expect(Shard(wrong) == nil)
  }
}

@Suite("A split into shards")
struct ShardSplitTests {
  private func plan(of count: Int) throws -> RunPlan {
    RunPlan([SelectedFile(try file("a.yaml", (0..<count).map { "\($0)" }))])
  }

  private func timings(_ lengths: [Int64?]) -> [String: Milliseconds] {
    Dictionary(
      uniqueKeysWithValues: lengths.enumerated().compactMap { index, length in
        length.map { ("a.yaml::a.yaml[\(index)]", Milliseconds($0)) }
      })
  }

  @Test("gives each case to exactly one shard, round robin without timings", arguments: [1, 2, 7, 20])
  func roundRobin(count: Int) throws {
    let split = ShardSplit(of: try plan(of: 10), into: count)
    #expect(split.shards == (0..<10).map { $0 % count + 1 })
    let all = (1...count).flatMap { index in Shard(index, of: count).map(split.cases) ?? [] }
    #expect(all.sorted() == Array(0..<10))
  }

  @Test("gives the longest first to whoever has least")
  func longestFirst() throws {
    let split = ShardSplit(of: try plan(of: 5), into: 2, timings: timings([1, 9, 5, 4, 2]))
    // 9 -> 1, 5 -> 2, 4 -> 2 (9), 2 -> 1 (11), 1 -> 2 (10); equal loads go to whoever has fewer cases.
    #expect(split.shards == [2, 1, 2, 2, 1])
  }

  @Test("takes the median for a case it does not know")
  func unknown() throws {
    let split = ShardSplit(of: try plan(of: 4), into: 2, timings: timings([10, nil, 1, 10]))
    #expect(split.shards == [1, 2, 2, 1] || split.shards == [1, 2, 1, 1])
    #expect(split.shards == ShardSplit(of: try plan(of: 4), into: 2, timings: timings([10, nil, 1, 10])).shards)
  }

  @Test("spreads cases of no length, too")
  func zero() throws {
    let split = ShardSplit(of: try plan(of: 9), into: 3, timings: timings(Array(repeating: 0, count: 9)))
    #expect((1...3).map { index in split.shards.count { $0 == index } } == [3, 3, 3])
  }

  @Test("is balanced: the fullest shard, without what it got last, has no more than the emptiest")
  func balance() throws {
    let lengths: [Int64] = (0..<400).map { Int64(($0 * 7919) % 997 + 1) }
    let split = ShardSplit(of: try plan(of: 400), into: 7, timings: timings(lengths))
    let shares = (1...7).map { index in zip(split.shards, lengths).filter { $0.0 == index }.map(\.1) }
    let loads = shares.map { $0.reduce(0, +) }
    let fullest = try #require(shares.max { $0.reduce(0, +) < $1.reduce(0, +) })
    // Longest first: what came last is its shortest.
    #expect(try #require(loads.max()) - #require(fullest.min()) <= #require(loads.min()))
  }
}

@Suite("The shard that the environment says")
struct ShardVariablesTests {
  private func shard(_ variables: [String: String], count: Int? = nil) -> String {
    do {
      return try ShardVariables.shard(count: count) { variables[$0] }.description
    } catch {
      return error.message
    }
  }

  @Test(
    "counts as its system counts",
    arguments: [
      (["CI_NODE_INDEX": "1", "CI_NODE_TOTAL": "3"], "1/3"), (["CI_NODE_INDEX": "3", "CI_NODE_TOTAL": "3"], "3/3"),
      (["CIRCLE_NODE_INDEX": "0", "CIRCLE_NODE_TOTAL": "3"], "1/3"),
      (["BUILDKITE_PARALLEL_JOB": "2", "BUILDKITE_PARALLEL_JOB_COUNT": "3"], "3/3"),
      (["TEST_SHARD_INDEX": "1", "TEST_TOTAL_SHARDS": "3"], "2/3"),
      (["CI_NODE_INDEX": "2", "CI_NODE_TOTAL": "3", "CIRCLE_NODE_INDEX": "1", "CIRCLE_NODE_TOTAL": "3"], "2/3"),
      (["CI_NODE_INDEX": "", "CI_NODE_TOTAL": "", "CIRCLE_NODE_INDEX": "1", "CIRCLE_NODE_TOTAL": "3"], "2/3"),
    ])
  func kinds(variables: [String: String], expected: String) { #expect(shard(variables) == expected) }

  @Test("of an Indexed Job needs the number of its completions")
  func kubernetes() {
    #expect(shard(["JOB_COMPLETION_INDEX": "6"], count: 7) == "7/7")
    #expect(
      shard(["JOB_COMPLETION_INDEX": "6"])
        == "--shard auto: JOB_COMPLETION_INDEX is 6, and nothing says of how many; add --shards N, "
        + "the completions of the job")
    #expect(
      shard(["JOB_COMPLETION_INDEX": "7"], count: 7)
        == "--shard auto: JOB_COMPLETION_INDEX is 7, and with --shards 7 it counts from 0 to 6")
  }

  @Test(
    "is a mistake where it is unset, half set, wrong or contradicted",
    arguments: [
      (
        [:],
        "--shard auto: none of CI_NODE_INDEX, CIRCLE_NODE_INDEX, BUILDKITE_PARALLEL_JOB, TEST_SHARD_INDEX, "
          + "JOB_COMPLETION_INDEX is set; say --shard i/n where nothing else does"
      ),
      (["CI_NODE_INDEX": "1"], "--shard auto: CI_NODE_INDEX is set and CI_NODE_TOTAL is not; set both"),
      (["CIRCLE_NODE_TOTAL": "1"], "--shard auto: CIRCLE_NODE_TOTAL is set and CIRCLE_NODE_INDEX is not; set both"),
      (
        ["CI_NODE_INDEX": "0", "CI_NODE_TOTAL": "3"],
        "--shard auto: CI_NODE_INDEX is 0, and with CI_NODE_TOTAL 3 it counts from 1 to 3"
      ),
      (
        ["CI_NODE_INDEX": "one", "CI_NODE_TOTAL": "3"],
        "--shard auto: CI_NODE_INDEX is \"one\", which is no whole number"
      ),
      (
        ["CI_NODE_INDEX": "1", "CI_NODE_TOTAL": "9223372036854775807"],
        "--shard auto: CI_NODE_TOTAL is 9223372036854775807; it takes 1 to 10000"
      ),
      (
        ["CI_NODE_INDEX": "-9223372036854775808", "CI_NODE_TOTAL": "3"],
        "--shard auto: CI_NODE_INDEX is -9223372036854775808, and with CI_NODE_TOTAL 3 it counts from 1 to 3"
      ),
      (
        ["CI_NODE_INDEX": "1", "CI_NODE_TOTAL": "3", "CIRCLE_NODE_INDEX": "1", "CIRCLE_NODE_TOTAL": "3"],
        "--shard auto: CI_NODE_INDEX says 1/3, CIRCLE_NODE_INDEX says 2/3; unset one, or say --shard i/n"
      ),
    ])
  func mistakes(variables: [String: String], expected: String) { #expect(shard(variables) == expected) }

  @Test("and --shards must agree")
  func counts() {
    #expect(
      shard(["CI_NODE_INDEX": "1", "CI_NODE_TOTAL": "3"], count: 4)
        == "--shards 4: CI_NODE_TOTAL is 3; leave --shards out")
    #expect(shard([:], count: 4).hasPrefix("--shard auto: none of "))
  }
}
