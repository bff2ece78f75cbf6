import ArgumentParser
import Exploration
@preconcurrency import Glibc
import Reports
import ScenarioModel
import ScenarioYAML
import VerificationCore

struct ExploreVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explore", abstract: "Walk through every call that can happen, and check what must hold in each.",
    discussion: """
      A folder is searched for .yaml and .yml files that begin with "explore:".

      Examples:
        poundkey explore scenarios/explore/
        poundkey explore scenarios/explore/voice-pin.yaml --emit found/

      Exit codes: 0 all properties hold, 1 one does not, 2 a path does not exist, 3 a file is invalid, 4 a file cannot \
      be read or written, 5 no exploration found, 7 incomplete under --require-complete, 130 interrupted.
      """)

  @Argument(help: ArgumentHelp("Exploration files and folders.", valueName: "path"))
  var paths: [String]

  @Option(help: "Stop so many moves from the start.")
  var depth: Int?

  @Option(help: "Stop at so many unique states.")
  var states: Int?

  @Option(help: ArgumentHelp("Write what was found as scenario files into this folder.", valueName: "dir"))
  var emit: String?

  @Flag(help: "An exploration that did not see everything is a failure (7).")
  var requireComplete = false

  @Flag(help: "Tell every entry of keys from every other; only small alphabets come to an end so.")
  var noReduce = false

  @Flag(help: "One JSON object an exploration, one a line.")
  var json = false

  func validate() throws {
    if let depth, depth < 1 { throw ValidationError("--depth is at least 1") }
    if let states, states < 1 { throw ValidationError("--states is at least 1") }
  }

  func run() throws {
    let files = try ExplorationFiles(paths: paths)
    files.reportInvalid()
    var failed = false
    var isComplete = true
    for file in files.plans {
      let result: (holds: Bool, isComplete: Bool)
      switch file {
      case .call(let plan):
        let findings = try explore(plan)
        result = (findings.verdicts.allSatisfy(\.isGood), findings.isComplete)
      case .service(let plan):
        let report = try ServiceExploration(depth: depth, states: states, json: json, emit: emit).explore(plan)
        result = (report.holds, report.isComplete)
      }
      failed = failed || !result.holds
      isComplete = isComplete && result.isComplete
    }
    if !files.invalid.isEmpty { throw Failure(.invalidFile) }
    if failed { throw Failure(.contentAtFault) }
    if requireComplete, !isComplete {
      throw Failure(.incomplete, "error: not every state was looked at; raise or remove the bound")
    }
  }

  private func explore(_ plan: ExplorationPlan) throws(Failure) -> CallFindings {
    let exploration = try PlannedExploration.make(plan, reduces: !noReduce)
    let clock = ContinuousClock()
    let start = clock.now
    let progress = ProgressLine(plan.path)
    let bound = SearchBound(depth: depth ?? plan.depth, states: states ?? plan.states)
    let findings = exploration.exhaust(bound: bound) { found, waiting in
      progress.show("\(Figure.grouped(found)) states, \(Figure.grouped(waiting)) to look at")
      return true
    }
    progress.clear()
    let time = start.duration(to: clock.now)
    if json {
      Output.line(findings.jsonLine(path: plan.path, time: time))
    } else {
      let text = ExplorationText(style: Output.style, width: Output.width)
      Output.lines(text.lines(findings, title: "\(plan.path): \(plan.title.value)", time: time) + [""])
    }
    if let emit {
      try EmittedScenarios(folder: emit).write(findings.verdicts.filter { !$0.isGood }.compactMap(\.trace), of: plan)
    }
    return findings
  }
}

/// A plan made ready, its mistakes told as those of its file.
enum PlannedExploration {
  static func make(_ plan: ExplorationPlan, reduces: Bool = true) throws(Failure) -> CallExploration {
    do {
      return try CallExploration(plan, reduces: reduces)
    } catch {
      let problem = problem(error, plan)
      let text = ProblemText(style: Output.errorStyle, secrets: plan.given.secrets)
      throw Failure(.invalidFile, text.render(problem, lines: SourceLines.of(plan.path)))
    }
  }

  private static func problem(_ error: CallExploration.PlanError, _ plan: ExplorationPlan) -> Problem {
    let place = plan.title.place
    switch error {
    case .tooManyConfigurations(let count):
      return Problem(
        "too-many-configurations", "the settings make \(count) combinations, more than 256", at: place,
        hint: "vary fewer settings in one file")
    case .wrongSetting(let name, let message, let hint):
      return Problem("wrong-setting", "\(name): \(message)", at: place, hint: hint)
    case .noPIN(let upn):
      return Problem(
        "no-pin", "\(upn) has no pin, and rightPIN and wrongPIN enter it", at: place,
        hint: "give the user a pin, as in given: {user: {upn: \(upn), pin: \"4711\"}}")
    case .noCall(let refusal): return self.problem(refusal, place)
    }
  }

  private static func problem(_ refusal: CallConfiguration.Refusal, _ place: SourcePlace) -> Problem {
    switch refusal {
    case .unknownUser(let upn): Problem("unknown-user", "the tenant has no user \(upn)", at: place)
    case .refused(let outcome):
      Problem("no-call", "no call is placed: the sign-in is refused, \(outcome.rawValue)", at: place)
    case .resetWithinCall:
      Problem(
        "reset-within-call", "the count of wrong PINs would start over while a call lasts, which is not followed",
        at: place, hint: "make lockout.resetMinutes at least as long as call.limit")
    }
  }
}

/// One line on the terminal that is written over; nothing where nobody looks on.
struct ProgressLine {
  private let title: String
  private let isShown = Output.isTerminal(STDERR_FILENO)

  init(_ title: String) { self.title = title }

  func show(_ text: String) {
    guard isShown else { return }
    fputs("\r\u{1B}[K\(title): \(text)", stderr)
    fflush(stderr)
  }

  func clear() {
    guard isShown else { return }
    fputs("\r\u{1B}[K", stderr)
    fflush(stderr)
  }
}

/// Traces as scenario files in a folder.
struct EmittedScenarios {
  let folder: String

  /// - Throws: environment where a file cannot be written.
  func write(_ traces: [CallTrace], of plan: ExplorationPlan) throws(Failure) {
    try write(traces.map(\.scenario), named: plan.path)
    for trace in traces where !trace.replays {
      Output.error("error: \(trace.scenario.title.value) DOES NOT REPLAY; report it as a bug")
    }
  }

  /// In another folder a relative path would lead elsewhere.
  private static func movable(_ scenario: Scenario) -> Scenario {
    var scenario = scenario
    for index in scenario.steps.indices {
      guard case .admin(var admin) = scenario.steps[index].verb, let file = admin.tokenFile else { continue }
      admin.tokenFile = WrittenFile.resolved(file)
      scenario.steps[index].verb = .admin(admin)
    }
    return scenario
  }

  /// - Throws: environment where a file cannot be written.
  func write(_ scenarios: [Scenario], named source: String) throws(Failure) {
    guard !scenarios.isEmpty else { return }
    guard mkdir(folder, 0o777) == 0 || errno == EEXIST else {
      throw Failure(.environment, "error: \(folder) cannot be made: \(String(cString: strerror(errno)))")
    }
    let base = (source.split(separator: "/").last.map(String.init) ?? "found").split(separator: ".").first ?? "found"
    for (number, scenario) in scenarios.enumerated() {
      let path = "\(folder)/\(base)-\(number + 1).yaml"
      try WrittenFile.replace(path, with: ScenarioWriter.text(Self.movable(scenario)))
      Output.error("wrote \(path)")
    }
  }
}
