import Runs
import ScenarioModel
import ScenarioYAML
import Simulation
import TestSupport
import Testing

@Suite("Moments one by one")
struct MomentLogTests {
  @Test("are those of the case, each once, and each when it is over", arguments: ["voice", "fraud", "sms", "pin"])
  func same(folder: String) throws {
    let reader = ScenarioReader(files: DiskFiles(), greetings: KnownGreetings())
    let paths = Repository.scenarios.filter { $0.contains("/scenarios/\(folder)/") }
    #expect(!paths.isEmpty)
    for path in paths {
      let verdict = VirtualDriver.play(try reader.scenario(at: path))
      let given = verdict.scenario.given
      var log = MomentLog(start: given.start, zone: given.zone, mask: given.mask)
      var moments: [Moment] = []
      for entry in verdict.journal { moments += log.take(entry) }
      moments += log.rest()
      let played = PlayedCase(verdict, at: PlayedCase.Position(number: 1, line: 1), seed: 1) { _ in [] }
      #expect(moments.count == played.record.moments.count, "\(path)")
      #expect(Set(moments) == Set(played.record.moments), "\(path)")
    }
  }

  @Test("are the same however long the log has been written: it forgets what is over, and nothing that goes on")
  func endless() throws {
    let reader = ScenarioReader(files: DiskFiles(), greetings: KnownGreetings())
    let path = try #require(Repository.scenarios.first { $0.contains("/scenarios/fraud/") })
    let verdict = VirtualDriver.play(try reader.scenario(at: path))
    var log = MomentLog(start: verdict.scenario.given.start)
    let first = verdict.journal.flatMap { log.take($0) }
    #expect(first.count > 5)
    for _ in 0..<300 { #expect(verdict.journal.flatMap { log.take($0) } == first) }
    #expect(log.rest() == [])
  }
}
