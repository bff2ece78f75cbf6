import Exploration
import Testing
import VerificationCore

@Suite("The diagram of a challenge")
struct ChallengeDiagramTests {
  private static let kinds: [ChallengePolicy.Kind] = [
    .app(matchesNumber: true), .app(matchesNumber: false), .code, .passkey, .pass,
  ]
  private static let diagram = Diagram.challenge

  private func way(_ from: String, _ to: String) -> [String] {
    Self.diagram.edges.first { ($0.from, $0.to) == (from, to) }?.labels ?? []
  }

  @Test("TEN-2, REC-2: it has the places of the machine, and the ways that lead from each to each")
  func ways() {
    #expect(Self.diagram.nodes.map(\.id) == ["idle", "waiting", "ended"])
    #expect(
      Set(Self.diagram.edges.map { "\($0.from) \($0.to)" }) == ["idle waiting", "waiting waiting", "waiting ended"])
    #expect(way("idle", "waiting") == ["sign-in"])
    #expect(
      Set(way("waiting", "waiting")) == [
        "wrong entry", "used entry", "entry of an old registration", "expired pass",
      ])
  }

  @Test("Every end that the machine comes to for some kind is there with what leads to it, and no other")
  func ends() {
    // What the machine says itself, asked for one input after the other where it waits.
    var outcomes: Set<String> = []
    let inputs: [ChallengeInput] =
      [.right, .wrong, .usedBefore, .ofOldSecret, .expired].map { .entered($0) }
      + [.approved(numberMatches: true), .approved(numberMatches: false), .declined, .reported].map { .device($0) }
      + [.passkey(isApproved: true), .passkey(isApproved: false), .cancelled, .timedOut]
    for kind in Self.kinds {
      for input in inputs {
        let after = next(
          .waiting(wrongEntries: 1), input, at: .virtualStart, policy: ChallengePolicy(kind, tries: 2))
        if let outcome = after.state.outcome { outcomes.insert(outcome.rawValue) }
      }
    }
    let drawn = way("waiting", "ended")
    #expect(Set(drawn.compactMap { $0.split(separator: " ").last.map(String.init) }) == outcomes)
    for label in [
      "right entry → approved", "wrong entry → codeWrong", "used entry → codeUsed", "app approves → approved",
      "app approves with a wrong number → appDeclined", "app reports fraud → appReportedFraud",
      "time over → appNotAnswered",
      "time over → codeNotEntered", "security key declined → cancelled", "cancel → cancelled",
    ] {
      #expect(drawn.contains(label), "\(label)")
    }
    // Where no number is asked for, none is wrong.
    #expect(!drawn.contains("app approves with a wrong number → approved"))
  }
}
