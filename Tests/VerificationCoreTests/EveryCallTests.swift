import Simulation
import TestSupport
import Testing
import VerificationCore

/// What must hold in every call, whatever happens in it: walked through, not argued.
@Suite("Every call")
struct EveryCallTests {
  private static let policies: [CallPolicy] = {
    var policies: [CallPolicy] = []
    let reporting: [CallPolicy.Reporting] = [.off, .atOnce, .confirmingBlock(blocksUnconfirmed: false)]
    for credential in [CallPolicy.Credential.pound, .pin] {
      for purpose in [CallPolicy.Purpose.signIn, .registration(oneStep: true)] {
        for (index, reporting) in reporting.enumerated() {
          let route = [CallPolicy.Route.direct, .extensionTones, .extensionOperator][index]
          let grace = index == 1 ? Milliseconds.seconds(2) : .zero
          policies.append(
            CallPolicy(credential: credential, purpose: purpose, reporting: reporting, route: route, answerGrace: grace)
          )
        }
      }
    }
    return policies
  }()

  /// Everything that can reach a call in this state, sensible or not.
  private static func inputs(_ call: Conversation) -> [CallInput] {
    var inputs: [CallInput] = [
      .dial, .answered, .failed(.busy), .remoteHungUp, .lineDropped, .cancelled, .key(.a), .key(.zero), .key(.one),
      .key(.star), .key(.pound), .finished(Ticket(999)), .timerFired(CallTimer(.ring, Ticket(999))),
    ]
    if let playing = call.playing { inputs.append(.finished(playing.ticket)) }
    inputs += call.timers.keys.map { .timerFired($0) }
    if let check = call.pinCheck {
      inputs += [.pinMatched(check.ticket), .pinMismatched(check.ticket), .pinMismatchedAndLocked(check.ticket)]
    }
    return inputs
  }

  private static func check(_ before: Conversation, _ input: CallInput, _ after: Conversation) {
    #expect(!after.orders.isEmpty, "\(input) in \(before.state.stage) has no answer")
    #expect(after.outcomes.count <= 1, "CALL-15: \(input) gave a second outcome")
    #expect(after.state.outcome == after.outcomes.first, "CALL-15: the state and the record disagree")
    if after.state.hasEnded {
      #expect(after.timers.isEmpty, "an ended call keeps a timer")
      #expect(after.outcomes.count == 1, "CALL-15: ended without an outcome")
    } else if after.state != .idle {
      #expect(
        after.timers.count == 2 || input == .timerFired(.callLimit),
        "CALL-15: a call has one deadline beside its limit: \(after.state.stage)")
    }
    if before.outcomes.isEmpty, after.outcomes == [.approved] {
      let isPound = input == .key(.pound) && before.policy.credential == .pound
      let isPIN = before.pinCheck.map { input == .pinMatched($0.ticket) } ?? false
      #expect(isPound || isPIN, "approved by \(input) in \(before.state.stage)")
    }
    if before.outcomes == [.fraudReported] { #expect(after.outcomes == [.fraudReported]) }
  }

  @Test(
    "CALL-15: in every state near the start each input has an answer, one outcome, one deadline", arguments: policies)
  func exhaustively(policy: CallPolicy) {
    var seen: Set<CallState> = [.idle]
    var frontier = [Conversation(policy)]
    // An extension takes four inputs more to get past.
    for _ in 1...(policy.route == .direct ? 7 : 11) {
      var next: [Conversation] = []
      for call in frontier {
        for input in Self.inputs(call) {
          var after = call
          Self.forget(input, in: &after)
          after.say(input)
          Self.check(call, input, after)
          if seen.insert(after.state).inserted { next.append(after) }
        }
      }
      frontier = next
    }
    #expect(seen.count > 200)
  }

  @Test("CALL-15: random walks of 60 inputs keep the same promises", arguments: policies)
  func randomly(policy: CallPolicy) {
    var chance = Chance(seed: 7)
    for _ in 1...60 {
      var call = Conversation(policy)
      for _ in 1...60 {
        guard let input = Self.inputs(call).randomElement(using: &chance) else { break }
        let before = call
        Self.forget(input, in: &call)
        call.say(input)
        Self.check(before, input, call)
      }
    }
  }

  @Test("CALL-15: left alone after any beginning, a call ends by its own deadlines", arguments: policies)
  func endsAlone(policy: CallPolicy) {
    var chance = Chance(seed: 11)
    for _ in 1...60 {
      var call = Conversation(policy)
      call.say(.dial)
      for _ in 1...Int.random(in: 1...12, using: &chance) {
        guard let input = Self.inputs(call).randomElement(using: &chance) else { break }
        Self.forget(input, in: &call)
        call.say(input)
      }
      let left = call.now
      var steps = 0
      while !call.state.hasEnded, steps < 50 {
        guard let timer = call.timers.min(by: { $0.value < $1.value }) else { break }
        call.fire(timer.key.kind)
        steps += 1
      }
      #expect(call.state.hasEnded)
      #expect(call.now - left <= .minutes(5))
    }
  }

  /// The world behind the conversation: what is said to have fired or ended is over.
  private static func forget(_ input: CallInput, in call: inout Conversation) {
    call.happened(input)
  }
}
