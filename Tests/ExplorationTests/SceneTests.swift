import Exploration
import ScenarioModel
import ScenarioYAML
import Simulation
import TestSupport
import Testing
import VerificationCore

/// A plan from its text, as if it were a file.
func scenePlan(_ text: String, given: String = "", path: String = "test.yaml") throws -> ScenePlan {
  let file =
    "explore: Test\ngiven:\n  user: {upn: omar@larkspur.example, apps: [telephone], passkeys: [blue key]}\n"
    + "\(given)\n\(text)"
  let reader = ScenarioReader(files: MemoryFiles([path: file]), greetings: KnownGreetings())
  guard case .service(let plan) = try reader.exploration(at: path) else { throw NotAService() }
  return plan
}

private struct NotAService: Error {}

extension SceneReport {
  fileprivate func runs(of verdict: Int) -> [String]? { verdicts[verdict].run?.steps.map(\.text) }
}

@Suite("Walking a whole service")
struct SceneTests {
  @Test("A property that does not hold is found by the fewest steps, and its run is a scenario that does the same")
  func planted() throws {
    let report = try scenePlan(
      """
      steps:
        - signin: passkey
        - signin: app
        - passkey: decline
        - admin: {block: omar@larkspur.example, reason: Lost}
        - app: approve
        - passkey: approve
      properties:
        never: [{result: approved, by: key}, {result: userBlocked}]
      """
    ).explore()
    #expect(report.isComplete)
    #expect(!report.holds)
    #expect(report.runs(of: 0) == ["signin: passkey", "passkey: approve"])
    #expect(
      report.runs(of: 1) == ["admin: {block: omar@larkspur.example, reason: \"Lost\"}", "signin: passkey"])
    for (verdict, outcome) in zip(report.verdicts, [Outcome.approved, .userBlocked]) {
      let written = ScenarioWriter.text(report.scenario(try #require(verdict.run), title: "Found"))
      let played = VirtualDriver.play(try scenario(written))
      #expect(played.problems == [])
      #expect(played.outcome == outcome)
    }
  }

  @Test("The settings that vary are part of the run that is found")
  func axes() throws {
    let report = try scenePlan(
      """
      settings: [app.numberMatching]
      steps:
        - signin: app
        - app: wrongNumber
      properties:
        never: [{result: approved}]
        possible: [{result: appDeclined}]
      """
    ).explore()
    #expect(report.verdicts.map(\.holds) == [false, true])
    let run = try #require(report.verdicts[0].run)
    #expect(run.chosen.map { "\($0.name): \($0.value)" } == ["app.numberMatching: false"])
    let played = VirtualDriver.play(try scenario(ScenarioWriter.text(report.scenario(run, title: "Found"))))
    #expect(played.outcome == .approved)
  }

  @Test("What is impossible is told, and so are the steps that can be done nowhere")
  func impossible() throws {
    let report = try scenePlan(
      """
      steps:
        - signin: passkey
        - passkey: decline
        - answer
        - restore: {from: nowhere, onto: tablet}
      properties:
        possible: [{result: approved}, {result: cancelled}]
      """
    ).explore()
    #expect(report.verdicts.map(\.holds) == [false, true])
    #expect(report.neverDone.map(\.text) == ["answer: {after: 2s}", "restore: {from: \"nowhere\", onto: \"tablet\"}"])
  }

  @Test("times bounds how often a step is done, and bounds are told")
  func times() throws {
    let text = "steps:\n  - wait: 1m\n    times: 3\n  - admin: {block: omar@larkspur.example, reason: Lost}\n"
    let bounded = try scenePlan(text).explore()
    // 0 to 3 minutes, each not blocked or blocked 0 to 3 minutes ago.
    #expect(bounded.isComplete && bounded.unique == 4 + 4 + 3 + 2 + 1)
    let endless = text.replacing("    times: 3\n", with: "") + "bound: {states: 20}\n"
    #expect(try scenePlan(endless).explore().end == .states(20))
    let shallow = text + "bound: {depth: 2}\n"
    #expect(try scenePlan(shallow).explore().end == .depth(2))
  }

  @Test(
    "Each part of a condition tells runs apart",
    arguments: [
      ("{begins: true, blocked: true}", false), ("{begins: true, blocked: false}", true),
      ("{begins: true, risk: high}", true), ("{asked: passkey, locked: true}", false),
      ("{asked: passkey}", true), ("{asked: app}", false), ("{dialled: true}", true), ("{texted: true}", true),
      ("{dialled: true, texted: true}", false), ("{result: approved, by: key}", true),
      ("{result: approved, by: nothing}", false), ("{enabled: false, result: accountDisabled}", true),
      ("{enabled: true, result: accountDisabled}", false), ("{mustRegister: true, begins: true}", false),
      ("{result: registrationRequired, mustRegister: true}", true), ("{records: 1}", true), ("{records: 2}", false),
      ("{hear: greetingStandard}", false), ("{result: fraudReported, after: nothing}", false),
    ])
  func conditions(condition: String, isPossible: Bool) throws {
    let report = try scenePlan(
      """
      steps:
        - signin: passkey
        - signin: call
          times: 1
        - signin: text
          times: 1
        - passkey: approve
        - admin: {block: omar@larkspur.example, reason: Lost}
        - admin: {disable: omar@larkspur.example}
        - admin: {confirmCompromised: omar@larkspur.example}
        - admin: {requireRegistration: omar@larkspur.example, reason: Lost}
      properties:
        possible: [\(condition)]
      """
    ).explore()
    #expect(report.isComplete)
    #expect(report.verdicts[0].holds == isPossible)
  }

  @Test("SMS-1: another number, a code that was never read or a closed page is no proof")
  func proofs() throws {
    let report = try scenePlan(
      """
      steps:
        - signin: app
          times: 2
        - signin: code
          times: 1
        - signin: pass
          times: 1
        - admin: {issuePass: omar@larkspur.example}
          times: 1
        - app: wrongNumber
        - app: approve
        - enter: right
        - enter: wrong
      properties:
        never: [{result: approved, by: nothing}, {result: approved, by: pound}, {result: approved, by: pin}]
        possible: [{result: approved, by: device}, {result: approved, by: code}, {result: approved, by: pass}]
        always: [oneRecord, oneOutcome, oneVerification, namedAnswers]
      """, given: "  set: {code.tries: 1}"
    ).explore()
    #expect(report.isComplete)
    #expect(report.verdicts.filter { !$0.holds }.map { "\($0.property.value)" } == [])
  }

  @Test("The shipped explorations name their rules")
  func rules() throws {
    let reader = ScenarioReader(files: DiskFiles(), greetings: KnownGreetings())
    for path in Repository.explorations {
      #expect(try !reader.exploration(at: path).rules.isEmpty, "\(path)")
    }
  }

  // The larger ones are walked by the release build, from the command line.
  @Test(
    "Shipped explorations are complete, hold, and leave no step undone", arguments: ["pin-lockout", "app", "code"])
  func shipped(name: String) throws {
    let reader = ScenarioReader(files: DiskFiles(), greetings: KnownGreetings())
    guard
      case .service(let plan) = try reader.exploration(at: "\(Repository.root)/scenarios/explore/\(name).yaml")
    else { throw NotAService() }
    let report = plan.explore()
    #expect(report.isComplete)
    #expect(report.verdicts.filter { !$0.holds }.map { "\($0.property.value)" } == [])
    #expect(report.neverDone.map(\.text) == [])
  }

  @Test("TEN-8: a run that imports tokens is written with their file, and does the same")
  func tokens() throws {
    let reader = ScenarioReader(files: DiskFiles(), greetings: KnownGreetings())
    guard case .service(var plan) = try reader.exploration(at: "\(Repository.root)/scenarios/explore/code.yaml") else {
      throw NotAService()
    }
    plan.steps.removeAll { $0.text.contains("telephone") }
    var condition = SceneCondition()
    (condition.result, condition.by) = (.approved, .code)
    plan.properties = [Placed(.never(condition), at: plan.title.place)]
    let report = plan.explore()
    let run = try #require(report.verdicts[0].run)
    #expect(run.steps.count == 4)
    let files = MemoryFiles(
      ["test.yaml": ScenarioWriter.text(report.scenario(run, title: "Found"))], orElse: DiskFiles())
    let written = try ScenarioReader(files: files, greetings: KnownGreetings()).scenario(at: "test.yaml")
    #expect(VirtualDriver.play(written).outcome == .approved)
  }
}
