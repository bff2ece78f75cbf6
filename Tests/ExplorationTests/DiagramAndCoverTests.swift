import Exploration
import Reports
import ScenarioModel
import ScenarioYAML
import Simulation
import TestSupport
import Testing
import VerificationCore

@Suite("The diagram of the voice call")
struct DiagramTests {
  private static func diagram() throws -> CallDiagram {
    let demo = ScenarioReader(files: DiskFiles(), greetings: KnownGreetings()).demoTenant
    return try CallDiagram(
      demo, user: #require(UPN("helga@larkspur.example")), behindExtension: #require(UPN("desk@larkspur.example")))
  }

  @Test("The committed diagram is the one that the machine draws; poundkey diagram voice writes it anew")
  func committed() throws {
    let bytes = try DiskFiles().load("\(Repository.root)/docs/diagrams/voice.mmd")
    #expect(try Self.diagram().mermaid == String(decoding: bytes, as: UTF8.self))
  }

  @Test("Every stage is drawn, and dot names the same ways as mermaid")
  func complete() throws {
    let diagram = try Self.diagram()
    let places = Set(diagram.edges.flatMap { [$0.from, $0.to] })
    #expect(places == Set(Place.allCases))
    for edge in diagram.edges {
      #expect(diagram.mermaid.contains("\(edge.from.name) --> \(edge.to.name): "))
      #expect(diagram.dot.contains("\(edge.from.name) -> \(edge.to.name) ["))
    }
  }

  @Test("The names of the stages are those that conditions use")
  func names() {
    #expect(Place.allCases.map(\.name) == ExplorationPlan.stages)
  }
}

@Suite("Runs that take every transition")
struct CoverTests {
  private static let text = """
    explore: T
    given: {user: omar@larkspur.example}
    alphabet:
      keys: ["#", "0", "1", "*", "A"]
      events: [silence, hangup, decline, drop, cancel, busy]
    """

  @Test("Together they take every transition, each replays, and each ends")
  func covers() throws {
    let exploration = try exploration(Self.text)
    let (findings, runs) = exploration.cover()
    var taken = CallCoverage()
    for run in runs {
      #expect(run.replays, "\(run.moves)")
      #expect(run.scenario.expect?.result?.value != nil)
      taken.add(run.scenario)
    }
    #expect(findings.isComplete && findings.transitions.count > 40)
    #expect(findings.transitions.filter { !taken.takes($0) }.map(\.description) == [])
    #expect(runs.count * 2 < findings.transitions.count)
  }

  @Test("What scenarios take already is left out")
  func except() throws {
    let exploration = try exploration(Self.text)
    let approved = try scenario(
      """
      scenario: T
      given: {user: omar@larkspur.example}
      steps: [signin, answer, press: "#"]
      """)
    var covered = CallCoverage()
    covered.add(approved)
    #expect(covered.transitions.map(\.description).contains("prompt + # -> closing (approved)"))
    var rest = covered
    for run in exploration.cover(except: covered).runs { rest.add(run.scenario) }
    #expect(exploration.cover(except: rest).runs.isEmpty)
  }

  @Test("The shortest way to a condition has the fewest moves; where there is none, none is made up")
  func shortest() throws {
    let exploration = try exploration(Self.text)
    var condition = ExplorationPlan.Condition()
    condition.isBlocked = true
    let found = try #require(exploration.shortest(to: condition).trace)
    #expect(found.moves.map(\.action) == [.dial, .answer, .key(.zero), .key(.pound), .key(.one)])
    #expect(found.replays)
    condition.result = .some(.approved)
    let none = exploration.shortest(to: condition)
    #expect(none.trace == nil && none.end == .complete)
  }

  @Test("Walks repeat by their seed, end, and find what must never be")
  func walks() throws {
    let exploration = try exploration(
      Self.text + "\nproperties: {never: [{result: cancelled}, {result: carrierFailed, stage: idle}]}")
    var (first, again, other) = (Chance(seed: 1), Chance(seed: 1), Chance(seed: 2))
    let walked = exploration.walk(200, depth: 500, by: &first)
    let repeated = exploration.walk(200, depth: 500, by: &again)
    #expect(walked.moves == repeated.moves)
    #expect(walked.ended == 200)
    #expect(walked.violations.map { "\($0.0.value)" } == ["never {result: cancelled}"])
    #expect(walked.violations[0].1.replays)
    #expect(exploration.walk(200, depth: 500, by: &other).moves != walked.moves)
  }
}

@Suite("Stand-ins for a PIN")
struct StandInTests {
  @Test(
    "CALL-9: a PIN that begins like the report code is walked like one, and is not told",
    arguments: [("4711", "0"), ("0417", "0"), ("4711", "471"), ("12345678901234567890", "1234"), ("7391", "7")])
  func likeness(pin: String, code: String) throws {
    let exploration = try exploration(
      """
      explore: T
      given:
        set: {pin.mode: true, fraudAlert.enabled: true, fraudAlert.code: "\(code)"}
        user: {upn: omar@larkspur.example, pin: "\(pin)"}
      alphabet: {keys: [pound], events: [rightPIN]}
      """)
    var approved = ExplorationPlan.Condition()
    approved.result = .some(.approved)
    let trace = try #require(exploration.shortest(to: approved).trace)
    #expect(trace.replays)
    #expect(!ScenarioWriter.text(trace.scenario).contains(pin))
  }
}
