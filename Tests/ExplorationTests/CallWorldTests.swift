import Exploration
import ScenarioModel
import ScenarioYAML
import TestSupport
import Testing
import VerificationCore

/// An exploration from its text, as if it were a file.
func plan(_ text: String) throws -> ExplorationPlan {
  let reader = ScenarioReader(files: MemoryFiles(["test.yaml": text]), greetings: KnownGreetings())
  guard case .call(let plan) = try reader.exploration(at: "test.yaml") else { throw NotAboutOneCall() }
  return plan
}

struct NotAboutOneCall: Error {}

func exploration(_ text: String, reduces: Bool = true) throws -> CallExploration {
  try CallExploration(plan(text), reduces: reduces)
}

/// Collects the states of a search.
private struct Collector: Visitor {
  typealias Explored = CallWorld
  var states: [CallMoment] = []
  var transitions: Set<CallTransition> = []
  var heard: UInt32 = 0
  var isSatisfied: Bool { false }

  mutating func expand(_ index: Int, _ state: borrowing CallMoment) { states.append(copy state) }

  mutating func see(
    _ move: Move, from index: Int, to state: borrowing CallMoment, at reached: Int, _ seen: borrowing CallObservation
  ) {
    heard |= seen.heard
    for transition in seen.taken { transitions.insert(transition) }
  }
}

@Suite("The world of one call")
struct CallWorldTests {
  private static let mixed = """
    explore: T
    given:
      set: {pin.mode: true, fraudAlert.code: "47"}
      user: {upn: helga@larkspur.example, pin: "4711"}
    alphabet:
      keys: ["4", "7", "1", "9", star, pound]
      events: [silence, hangup, rightPIN, wrongPIN]
      settings: [pin.mode, fraudAlert.enabled, {call.answerGrace: [0s, 2s]}]
    """

  private func collect(_ exploration: CallExploration, depth: Int) -> Collector {
    var (search, collector) = (Search(exploration.world), Collector())
    search.run(&collector, bound: SearchBound(depth: depth))
    return collector
  }

  @Test("Entries of one class have one future: with and without reduction the same states, messages and transitions")
  func bisimulation() throws {
    let (all, reduced) = try (exploration(Self.mixed, reduces: false), exploration(Self.mixed))
    let (full, few) = (collect(all, depth: 8), collect(reduced, depth: 8))
    let folded = Set(full.states.map { reduced.world.representative(of: $0) })
    #expect(folded == Set(few.states))
    #expect(full.heard == few.heard)
    #expect(full.transitions == few.transitions)
    #expect(few.states.count * 2 < full.states.count)
  }

  @Test("A packed state is the whole state")
  func packing() throws {
    for text in [Self.mixed, Self.dawdlers] {
      let world = try exploration(text, reduces: false).world
      for moment in collect(try exploration(text, reduces: false), depth: 7).states {
        #expect(world.state(of: world.key(of: moment)) == moment)
      }
    }
  }

  @Test("A packed entry of 20 keys is the whole entry")
  func packedEntries() throws {
    let world = try exploration(Self.mixed, reduces: false).world
    var seen = CallWorld.nothingSeen
    for first in ["4", "*", "9"] {
      var moment = world.initialStates[0]
      let keys = first + "9*47110123456789*12*"
      for action in [CallMove.Action.dial, .answer] + keys.prefix(20).compactMap({ Key($0).map { .key($0) } }) {
        moment = world.apply(CallMove(action).move, to: moment, &seen)
        #expect(world.state(of: world.key(of: moment)) == moment)
      }
      guard case .listening(.digits(let entry, _), _) = moment.call.stage else {
        Issue.record("no entry of 20 keys")
        return
      }
      #expect(entry.isFull)
    }
  }

  private static let dawdlers = """
    explore: T
    given: {user: omar@larkspur.example}
    alphabet:
      keys: [pound, "0", "1", star]
      events: [silence, hangup, decline, drop, cancel, busy, rejected, unreachable, invalidNumber, carrier]
      pace: [atOnce, lastMoment]
      settings: [fraudAlert.block, {call.answerGrace: [0s, 5s]}]
    """

  @Test(
    "What the explorer finds, a scenario plays: the same messages and outcome at the same times",
    arguments: [mixed, dawdlers, extensions])
  func replays(text: String) throws {
    let exploration = try exploration(text)
    var (search, collector) = (Search(exploration.world), Collector())
    search.run(&collector, bound: SearchBound(depth: 12, states: 20_000))
    for index in stride(from: 1, to: search.unique, by: 97) {
      let path = search.path(to: index)
      let trace = exploration.trace(path.moves, configuration: Int(search.state(at: path.start).configuration))
      #expect(trace.replays, "\(trace.moves)")
    }
  }

  private static let extensions = """
    explore: T
    given: {user: desk@larkspur.example}
    alphabet:
      keys: [pound, "1"]
      events: [silence, hangup, cancel]
      pace: [atOnce, lastMoment]
      settings: [extension.operatorRequired, {call.answerGrace: [0s, 5s]}]
    """

  @Test("LOCK-3: as many wrong PINs as lock an account end the call, and no trace tells the PIN")
  func locks() throws {
    let findings = try exploration(
      """
      explore: T
      given:
        set: {pin.mode: true, lockout.denials: 2}
        user: {upn: omar@larkspur.example, pin: "86420"}
      alphabet: {keys: [pound], events: [silence, wrongPIN, rightPIN]}
      properties:
        never: [{result: approved}]
        possible: [{result: denied, pin: wrong}]
      """
    ).exhaust()
    #expect(findings.isComplete)
    #expect(findings.transitions.contains { $0.input == .pinMismatchedAndLocked })
    let approved = try #require(findings.verdicts[0].trace)
    #expect(approved.replays)
    let text = ScenarioWriter.text(approved.scenario)
    #expect(!text.contains("86420"))
    #expect(try #require(findings.verdicts[1].trace).replays)
  }

  @Test("CALL-19: the longest call lasts as long as a call may")
  func longest() throws {
    let findings = try exploration(
      """
      explore: T
      given: {user: omar@larkspur.example, set: {call.limit: 90s}}
      alphabet: {keys: [pound, "5"], events: [silence], pace: [lastMoment]}
      properties: {alwaysEnds: {within: 80s}}
      """
    ).exhaust()
    #expect(findings.longest?.length == .seconds(90))
    #expect(findings.longest?.trace.replays == true)
    #expect(findings.verdicts.map(\.ruling) == [.violated])
  }

  @Test("Properties hold, are violated with the shortest way, are shown, or are not met")
  func rulings() throws {
    let text = """
      explore: T
      given: {user: omar@larkspur.example}
      alphabet: {keys: [pound, "0"], events: [silence]}
      properties:
        never: [{result: userHungUp}, {result: fraudReported}]
        possible: [{result: approved}, {result: userHungUp}]
        alwaysEnds: {within: 5m}
        always: [oneOutcome, oneRecord, namedAnswers, staleIgnored, oneDeadline]
      """
    let all = try exploration(text).exhaust()
    #expect(all.verdicts.map(\.ruling) == [.holds, .violated, .shown, .violated] + Array(repeating: .holds, count: 6))
    let report = try #require(all.verdicts[1].trace)
    #expect(report.moves.map(\.action) == [.dial, .answer, .key(.zero), .key(.pound)])
    #expect(report.replays)
    #expect(report.lines.last?.heard == [.fraudConfirmation])
    #expect(all.verdicts[3].trace == nil)
    let few = try exploration(text).exhaust(bound: SearchBound(depth: 2))
    #expect(few.end == .depth(2))
    #expect(few.verdicts.prefix(4).map(\.ruling) == [.holdsSoFar, .holdsSoFar, .notMet, .notMet])
    #expect(few.verdicts[4].ruling == .holdsSoFar)
  }
}

@Suite("Written scenarios")
struct ScenarioWriterTests {
  @Test("Every shipped scenario, written and read again, goes the same way")
  func roundTrip() throws {
    let reader = ScenarioReader(files: DiskFiles(), greetings: KnownGreetings())
    var count = 0
    for path in Repository.scenarios {
      // Those with greeting files are not written with their files.
      guard let original = try? reader.scenario(at: path) else { continue }
      let files = MemoryFiles(["test.yaml": ScenarioWriter.text(original)], orElse: DiskFiles())
      guard let written = try? ScenarioReader(files: files, greetings: KnownGreetings()).scenario(at: "test.yaml")
      else {
        Issue.record("\(path) cannot be read again: \(ScenarioWriter.text(original))")
        continue
      }
      #expect(VirtualRun.journal(of: written) == VirtualRun.journal(of: original), "\(path)")
      count += 1
    }
    #expect(count > 40)
  }
}
