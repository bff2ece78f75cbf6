import ArgumentParser
import Records
import Reports
import Runs
import ScenarioModel
import ScenarioYAML
import Simulation
import VerificationCore

struct PlayVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "play",
    abstract: "Play the steps of a scenario file in a tenant store, in virtual time; what happens stays.",
    discussion: """
      From --at on, in the tenant as it is then; all that happens is written into the store at once, when it is over. The \
      file may name given.user and given.zone, nothing else of given: the tenant is the store's. A PIN is only known by \
      its hash there: press: {pin: right} is taken for the right one, keys are held against the hash. Where a step cannot \
      be done, or what expect says does not hold, nothing is written, unless --keep asks for it.

      Examples:
        poundkey play scenarios/approve.yaml --tenant larkspur.poundkey --at 2025-02-01T09:00:00Z
        poundkey play day.yaml --keep --json

      Exit codes: 0 done and written, 1 a step could not be done or an expectation does not hold, 2 usage or no such \
      file, 3 an invalid file or no tenant store, 4 it cannot be written, 5 no such case.
      """)

  @Argument(help: ArgumentHelp("A scenario file.", valueName: "steps"))
  var file: String

  @OptionGroup var store: StoreOptions

  @Option(
    name: .customLong("case"),
    help: ArgumentHelp("Which case of its matrix.", valueName: "name=value,..."), transform: CaseFilter.init)
  var named: CaseFilter?

  @Option(help: "For all that is left to chance.")
  var seed: UInt64 = 1

  @Flag(help: "Write down what happened also where it is not as expected.")
  var keep = false

  @Flag(name: .shortAndLong, help: "Say how it went in one line, without the transcript.")
  var quiet = false

  @Flag(help: "One JSON object.")
  var json = false

  func validate() throws {
    if quiet, json { throw ValidationError("--json has no transcript: leave out --quiet") }
  }

  func run() throws {
    try TenantFile.requireReadable(file)
    let path = try store.named()
    let opened = try StoreOptions.open(path, .writing)
    defer { try? opened.close() }
    let played = StoredPlay(file: file, store: path, case: named, seed: seed)
    let done = try played.run(in: opened, at: store.now, keep: keep)
    if json { Output.line(line(done)) } else { show(done) }
    if !done.verdict.passed { throw Failure(.contentAtFault) }
  }

  private func show(_ done: StoredPlay.Done) {
    let (verdict, given) = (done.verdict, done.verdict.scenario.given)
    if !quiet {
      let text = JournalText(
        style: Output.style, start: given.start, width: Output.width, zone: given.zone, mask: given.mask)
      Output.lines(verdict.journal.flatMap(text.lines))
    }
    let problems = ProblemText(style: Output.errorStyle, secrets: given.secrets)
    for problem in verdict.problems {
      // Of a store's PINs only hashes are known, so none could be masked in a line.
      Output.error(problems.render(problem, lines: []))
    }
    let style = Output.style
    let mark = verdict.passed ? style.green("✓") : style.red("✗")
    let calls = done.calls.isEmpty ? "" : " as \(done.calls.joined(separator: ", "))"
    let ending = done.isWritten ? "written\(calls)" : "nothing was written; --keep writes it all the same"
    Output.line("\(mark) \(style.bold(Printable.text(verdict.scenario.title.value))): \(verdict.result); \(ending)")
  }

  private func line(_ done: StoredPlay.Done) -> String {
    let (verdict, given) = (done.verdict, done.verdict.scenario.given)
    let problems = verdict.problems.map { problem in
      JSONLine.Value.object(
        JSONLine([
          ("id", .text(problem.id)), ("message", .text(given.mask(problem.message))),
          ("place", problem.place.map { .text("\($0)") } ?? .null),
        ]))
    }
    return JSONLine([
      ("played", .text(given.mask(verdict.scenario.title.value))), ("at", .text("\(given.start)")),
      ("until", .text("\(given.start + verdict.length)")), ("passed", .flag(verdict.passed)),
      ("result", .text(verdict.result)), ("written", .flag(done.isWritten)),
      ("calls", .list(done.calls.map { .text($0) })), ("problems", .list(problems)),
    ]).text
  }
}
