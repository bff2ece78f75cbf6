import Exploration
import Testing
import VerificationCore

@testable import Console

@Suite("Places of the machines")
struct PlaceTests {
  @Test("Every place that the room's events name is in the diagram of its machine")
  func named() {
    let nodes = ["text": Diagram.sms, "challenge": .challenge].mapValues { Set($0.nodes.map(\.id)) }
    var named: [String: Set<String>] = [:]
    for state in texts + challenges { named[state.place.machine, default: []].insert(state.place.place) }
    #expect(named == nodes)
  }

  /// One after the other, as a text goes unanswered.
  private var texts: [PageState] {
    var (states, policy) = ([TextState.idle], TextPolicy())
    policy.resendAfter = .seconds(30)
    let code = CodeNumber(1)
    for input in [TextInput.begin, .timerFired(.resend(code)), .timerFired(.lifetime(code)), .cancelled] {
      states.append(next(states[states.count - 1], input, at: .virtualStart, policy: policy).state)
    }
    return states.map { .text($0, policy) }
  }

  private var challenges: [PageState] {
    [ChallengeState.idle, .waiting(wrongEntries: 0), .waiting(wrongEntries: 2), .ended(.approved), .ended(.codeWrong)]
      .map { .challenge($0, ChallengePolicy(.code)) }
  }
}
