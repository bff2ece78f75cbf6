import ArgumentParser
import Files
import GreetingAudio
import Reports
import Runs
import ScenarioModel
import ScenarioYAML
import Simulation
import VerificationCore

struct DemoVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Check every greeting, run every scenario, play one fraud report.",
    discussion: """
      Example: poundkey demo

      Needs the greetings/ and scenarios/ of the repository.

      Exit codes: 0 good, 1 a greeting or a scenario failed, 4 the recordings are not here.
      """)

  func run() async throws {
    let home = try Home.require()
    let greetings = try checkGreetings(home)
    let scenarios = try await runScenarios(home)
    try playFraudReport(home)
    sayWhatToTry()
    if !greetings || !scenarios { throw Failure(.contentAtFault) }
  }

  private func heading(_ text: String) { Output.line("\n\(Output.style.bold(text))") }

  private func checkGreetings(_ home: String) throws -> Bool {
    let folder = Home.shortened("\(home)/greetings")
    heading("1. Every greeting under \(folder)/ is checked, as before an upload")
    let text = GreetingText(style: Output.style)
    var tally = GreetingTally()
    var length = Duration.zero
    try GreetingBatch(paths: [folder]).check(with: GreetingHelpers(count: 2)) { outcome in
      switch outcome {
      case .judged(let report):
        tally.add(report)
        length += report.duration ?? .zero
        if !report.findings.isEmpty { Output.lines(text.lines(report)) }
      case .problem(let path, let reason, let code):
        tally.add(code)
        Output.error("error: \(path): \(reason)")
      case .note(let text): Output.error("note: \(text)")
      }
    }
    Output.line(
      "\(Output.style.green("✓")) \(tally.accepted) accepted, \(tally.rejected) rejected · "
        + "\(length.components.seconds) s of speech in \(languages())")
    return tally.failure(strict: false) == nil
  }

  private func languages() -> String {
    GreetingChoice.defaultLanguages.map(\.tag).joined(separator: ", ")
  }

  private func runScenarios(_ home: String) async throws -> Bool {
    let folder = Home.shortened("\(home)/scenarios")
    heading("2. Every scenario under \(folder)/ is run, in virtual time")
    let files = try ScenarioFiles(paths: [folder])
    let plan = RunPlan(files.files.map { SelectedFile($0) }, invalid: files.invalid.map(\.path))
    var nowhere = Reporting([])
    let outcome = await PlannedRun(plan, files, PlannedRun.Options()).play(
      &nowhere, findings: Snapshots(updating: false).problems)
    return outcome.failed.isEmpty && files.failure == nil
  }

  private func playFraudReport(_ home: String) throws {
    let path = Home.shortened("\(home)/scenarios/fraud/report-and-confirm.yaml")
    heading("3. A fraud report, as it is heard: 0 and #, then 1")
    let scenario = try ScenarioFiles(paths: [path]).scenarios
    for verdict in scenario.map({ VirtualDriver.play($0) }) {
      let text = JournalText(
        style: Output.style, start: verdict.scenario.given.start, width: Output.width,
        zone: verdict.scenario.given.zone, mask: verdict.scenario.given.mask)
      Output.lines(verdict.journal.flatMap(text.lines))
    }
  }

  private func sayWhatToTry() {
    heading("Try next")
    for (command, what) in [
      ("call --user helga@larkspur.example", "take the call yourself: a answers, # confirms, 0 # reports"),
      ("greeting check YOUR.wav", "would this greeting be accepted?"),
      ("run scenarios/fraud --transcript", "see what each call says"),
      ("tenant init my.yaml", "a tenant to change"),
    ] {
      Output.line("  \(Output.style.blue("\(Output.program) \(command)"))\n      \(what)")
    }
  }
}
