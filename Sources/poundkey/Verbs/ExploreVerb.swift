import ArgumentParser
import Exploration
import Reports
import ScenarioModel
import ScenarioYAML
import VerificationCore

struct ExploreVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explore", abstract: "Walk through every call that can happen, and check what must hold in each.",
    discussion: """
      A folder is searched for .yaml and .yml files that begin with "explore:".

      Modes: exhaustive visits every state and judges the properties; shortest finds the shortest run to a condition; \
      transitions finds a few runs that take every transition; walk plays calls by chance.

      Examples:
        poundkey explore scenarios/explore/
        poundkey explore scenarios/explore/voice-pin.yaml --emit found/
        poundkey explore my.yaml --mode shortest --to "{result: fraudReported, blocked: true}"
        poundkey explore scenarios/explore/ --coverage scenarios/ --emit missing/

      With an alphabet (keys, events, pace, settings) a file is about one call, with steps (each as in a scenario, and \
      "times: N") about a whole service. Properties are never, possible, alwaysEnds and always. Conditions on a call: \
      result pin after hear entry dialled blocked records stage; on a service: result by after hear dialled texted asked \
      begins records, and how the user stands: blocked locked risk enabled mustRegister.

      Exit codes: 0 all properties hold, 1 one does not, or a condition is not met, 2 a path does not exist, 3 a file \
      is invalid, 4 a file cannot be read or written, 5 no exploration found, 7 incomplete under --require-complete, \
      130 interrupted.
      """)

  enum Mode: String, ExpressibleByArgument, CaseIterable { case exhaustive, shortest, transitions, walk }

  @Argument(help: ArgumentHelp("Exploration files and folders.", valueName: "path"))
  var paths: [String]

  @Option(help: "exhaustive, shortest, transitions or walk.")
  var mode = Mode.exhaustive

  @Option(help: ArgumentHelp("Where shortest goes, as in \"{result: denied}\".", valueName: "condition"))
  var to: String?

  @Option(help: "Stop so many moves from the start.")
  var depth: Int?

  @Option(help: "Stop at so many unique states; at 20,000,000 where neither this nor the file says.")
  var states: Int?

  @Option(help: "For walk: the same seed walks the same calls.")
  var seed: UInt64 = 1

  @Option(help: "For walk: how many calls.")
  var walks = 1_000

  @Option(help: ArgumentHelp("Write what was found as scenario files into this folder.", valueName: "dir"))
  var emit: String?

  @Option(help: ArgumentHelp("Say what these scenarios do not take of what can happen.", valueName: "path"))
  var coverage: String?

  @Flag(help: "An exploration that did not see everything is a failure (7).")
  var requireComplete = false

  @Flag(help: "Tell every entry of keys from every other; only small alphabets come to an end so.")
  var noReduce = false

  @Flag(help: "One JSON object an exploration, one a line.")
  var json = false

  func validate() throws {
    if let depth, depth < 1 { throw ValidationError("--depth is at least 1") }
    if let states, states < 1 { throw ValidationError("--states is at least 1") }
    if walks < 1 { throw ValidationError("--walks is at least 1") }
    if mode == .shortest, to == nil { throw ValidationError("--mode shortest needs --to") }
    if mode != .shortest, to != nil { throw ValidationError("--to belongs to --mode shortest") }
    if coverage != nil, mode != .exhaustive, mode != .transitions {
      throw ValidationError("--coverage belongs to --mode exhaustive or transitions")
    }
  }

  func run() throws {
    let files = try ExplorationFiles(paths: paths)
    let condition = try to.map { try Self.condition($0) }
    let covered = try coverage.map { try CoverageReport.coverage(of: $0) }
    files.reportInvalid()
    var (failed, isComplete) = (false, true)
    for file in files.plans {
      let walked: ExplorationRun.Walked
      switch file {
      case .call(let plan): walked = try ExplorationRun(plan, self).play(to: condition, covered)
      case .service(let plan): walked = try ServiceExploration(plan, self).play()
      }
      failed = failed || !walked.isGood
      isComplete = isComplete && walked.isComplete
    }
    if !files.invalid.isEmpty { throw Failure(.invalidFile) }
    if failed { throw Failure(.contentAtFault) }
    if requireComplete, !isComplete {
      throw Failure(.incomplete, "error: not every state was looked at; raise or remove the bound")
    }
  }

  private static func condition(_ text: String) throws(Failure) -> ExplorationPlan.Condition {
    do {
      return try ScenarioReader.condition(text, name: "--to")
    } catch {
      let shown = ProblemText(style: Output.errorStyle)
      let problems = error.problems.map { shown.render($0, lines: SourceText.lines(text)) }
      throw Failure(.usage, problems.joined(separator: "\n"))
    }
  }
}
