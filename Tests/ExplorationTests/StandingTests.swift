import Exploration
import ScenarioModel
import ScenarioYAML
import Simulation
import TestSupport
import Testing
import VerificationCore

/// What a step led to, without absolute time and without the numbers of verifications.
private struct Consequence: Hashable {
  let problem: String?
  let facts: [String]
  let standing: Standing

  init(of step: Step, in stage: Improvisation) {
    var after = stage
    after.forgetHistory()
    problem = after.perform(step)?.id
    facts = problem == nil ? after.board.journal.compactMap(Self.name) : []
    standing = after.standing
  }

  private static func name(_ entry: JournalEntry) -> String? {
    switch entry.fact {
    case .concluded(let outcome): "\(outcome)"
    case .signInDecided(_, let outcome): "decided \(outcome)"
    case .dialling: "dialling"
    case .started(let recording, _): "\(recording.message)"
    case .ended(let message, _, _): "ended \(message)"
    case .asking(_, let method): "asking \(method)"
    case .textSent(let code, _): "sent \(code.number)"
    case .textArrived: "arrived"
    case .textLost: "lost"
    case .notified(let device): "notified \(device)"
    case .pageNoted(let note): "\(note)"
    case .noted(let note): "\(note)"
    case .refused(let refusal): "\(refusal)"
    case .checkedPIN(let matched): "PIN \(matched)"
    case .key, .answered, .failed, .rungOut, .speakingExtension, .sendingExtension, .personHungUp, .lineDropped,
      .machineSpeaks, .machineBeeps, .machineRecords, .serviceHungUp, .cancelledAtPage, .textRejected, .textReplied,
      .typed, .resendAsked, .deviceAnswered, .ringing, .pinIsReportCode:
      "\(entry.fact)".split(separator: "(").first.map(String.init)
    case .tenant(let event): "\(event)".split(separator: "(").first.map(String.init)
    }
  }
}

@Suite("Standings")
struct StandingTests {
  /// Steps of which some can be done nearly everywhere, and time flows in few lengths, so that paths meet.
  private static let alphabets = [
    """
    steps:
      - signin: text
      - signin: code
      - signin: cancel
      - enter: right
      - enter: wrong
      - enter: previous
      - enter: again
      - resend
      - reply
      - wait: 30s
      - wait: next
      - fault: {sms: duplicated}
      - fault: {sms: lost}
      - fault: {sms: {delayed: 40s}}
      - fault: none
    """,
    """
    steps:
      - signin: app
      - signin: passkey
      - signin: {with: passkey, browser: Firefox, remember: true}
      - signin: {with: code, reset: true}
      - app: approve
      - app: report
      - passkey: approve
      - enter: {code: right, from: telephone}
      - enter: {code: right, from: tablet}
      - enter: again
      - restore: {from: telephone, onto: tablet}
      - register: {app: tablet}
      - admin: {removeDevice: omar@larkspur.example, device: telephone}
      - admin: {unblock: omar@larkspur.example, reason: Found}
      - admin: {revokeSessions: omar@larkspur.example}
      - set: {app.numberMatching: false}
      - password: change
      - wait: 20s
      - wait: 400d
    """,
    """
    steps:
      - signin: call
      - signin: cancel
      - answer: {after: 0s}
      - press: {keys: "#", hold: 0s}
      - press: {keys: "0#", gap: 0s, hold: 0s}
      - press: {keys: "2580#", gap: 0s, hold: 0s}
      - press: {keys: "1", hold: 0s}
      - hangup
      - wait: next
      - wait: 60s
      - set: {fraudAlert.block: false}
      - set: {lockout.denials: 2}
      - set: {pin.mode: true}
      - admin: {unlock: omar@larkspur.example}
      - admin: {unblock: omar@larkspur.example, reason: Found}
    """,
  ]

  @Test("Two ways to the same standing lead on alike, whatever comes next", arguments: alphabets.indices)
  func alike(index: Int) throws {
    let plan = try scenePlan(
      Self.alphabets[index],
      given:
        "  set: {sms.lifetime: 60s, page.timeout: 90s, app.timeout: 60s, call.window: 60s, remember.enabled: true, "
        + "sspr.enabled: true, fraudAlert.enabled: true}")
    let origin = Scenario(
      path: plan.path, title: plan.title, tags: [], rules: [], given: plan.given, steps: [], expect: nil)
    var chance = Chance(seed: UInt64(index) + 7)
    var firstWay: [Standing: (stage: Improvisation, steps: [Int])] = [:]
    var compared = 0
    for _ in 0..<80 {
      var (stage, steps) = (Improvisation(origin), [Int]())
      for _ in 0..<14 {
        let chosen = Int(chance.next() % UInt64(plan.steps.count))
        guard stage.perform(plan.steps[chosen].step) == nil else { continue }
        stage.forgetHistory()
        steps.append(chosen)
        guard let first = firstWay[stage.standing] else {
          firstWay[stage.standing] = (stage, steps)
          continue
        }
        guard first.steps != steps else { continue }
        compared += 1
        for next in plan.steps {
          let (one, other) = (Consequence(of: next.step, in: first.stage), Consequence(of: next.step, in: stage))
          #expect(
            one == other,
            "\(first.steps.map { plan.steps[$0].text }) and \(steps.map { plan.steps[$0].text }), then \(next.text)")
          if one != other { return }
        }
      }
    }
    #expect(compared > 30)
  }
}
