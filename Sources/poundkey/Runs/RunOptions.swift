import ArgumentParser
import Glibc
import Runs
import ScenarioModel

// The options of `poundkey run`, by what they are about.

/// What scenarios may be made of.
struct SourceReach: ParsableArguments {
  @Flag(
    help: """
      Read fragments, tables, tenants and recordings also from elsewhere than the current folder, the folders of the \
      paths and the git work trees that these lie in.
      """)
  var allowOutside = false

  /// - Parameter scenarios: the files that were found below the paths.
  /// - Returns: nil where all may be read.
  func enclosure(_ roots: [ScenarioRoot], scenarios: [String]) -> Enclosure? {
    allowOutside ? nil : Enclosure(roots, scenarios: scenarios)
  }
}

/// Which of the cases below the paths.
struct CaseChoice: ParsableArguments {
  @Option(
    name: .customLong("case"),
    help: ArgumentHelp("A case by its name, its id, or pairs of it.", valueName: "name=value,..."),
    transform: CaseFilter.init)
  var named: CaseFilter?

  @Option(
    help: ArgumentHelp("Files with one of these tags, and with none behind a !.", valueName: "a,b,!c"),
    transform: TagFilter.argument)
  var tags: TagFilter?

  @Option(
    help: ArgumentHelp("Cases whose id a regular expression is found in.", valueName: "regex"),
    transform: GrepArgument.init)
  var grep: GrepArgument?

  @Flag(help: "What failed in this folder when it was last run, in whole runs.")
  var lastFailed = false

  @OptionGroup var reach: SourceReach

  func selection() throws(Failure) -> Selection {
    Selection(tags: tags, named: named, pattern: grep?.pattern, failed: lastFailed ? try LastRunFile.failed() : nil)
  }
}

extension TagFilter {
  static func argument(_ text: String) throws -> TagFilter {
    guard let filter = TagFilter(text) else {
      throw ValidationError("it takes tags with commas between them, as in fraud,!slow")
    }
    return filter
  }
}

/// A pattern that was looked at when it was read.
struct GrepArgument: Sendable {
  private let text: String

  init(_ text: String) throws {
    do {
      _ = try IDPattern(text)
    } catch {
      switch error {
      case .noPattern: throw ValidationError("\"\(text)\" is no regular expression")
      case .endless:
        throw ValidationError("\"\(text)\" could search without end: use at most four repetitions, none inside another")
      }
    }
    self.text = text
  }

  var pattern: IDPattern? { try? IDPattern(text) }
}

/// Which part of the plan.
struct ShardOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Only one part of all cases, i from 1 to n; auto reads it from the variables of the CI system.",
      valueName: "i/n|auto"),
    transform: ShardChoice.argument)
  var shard: ShardChoice?

  @Option(
    name: .customLong("shards"), help: ArgumentHelp("For --shard auto in an Indexed Job: of how many.", valueName: "n"))
  var count: Int?

  @Option(help: ArgumentHelp("The stream of an earlier run, for shards that take equally long.", valueName: "file"))
  var timings: String?

  /// - Throws: usage or environment where the stream cannot be used.
  func split(_ plan: RunPlan, into count: Int) throws(Failure) -> ShardSplit {
    guard let timings else { return ShardSplit(of: plan, into: count) }
    return ShardSplit(of: plan, into: count, timings: try Timings.read(timings))
  }
}

struct PlayingOptions: ParsableArguments {
  @Option(
    name: .shortAndLong, help: "Cases at a time, 1 to 256; unless given, one for each processor, or 256 in real time.")
  var jobs: Int?

  @Option(help: "For all that is left to chance; the same seed gives the same run.")
  var seed: UInt64 = 1

  @Option(help: "Virtual time passes at once; real time does not.")
  var clock = ClockChoice.virtual

  @Option(help: ArgumentHelp("Begin nothing more after so many failures.", valueName: "n"))
  var maxFailures: Int?

  @Option(help: ArgumentHelp("Play each case so often, each time with the next seed.", valueName: "n"))
  var repeatEach = 1

  @Flag(
    name: [.customShort("u"), .long], help: "Keep the transcripts of passed cases as the snapshots to compare with.")
  var updateSnapshots = false

  @Option(help: ArgumentHelp("Play the cases in another order.", valueName: "seed"))
  var shuffle: UInt64?

  /// As many as there are processors to use.
  private static let processors = max(1, Int(sysconf(CInt(_SC_NPROCESSORS_ONLN))))

  var threads: Int { min(jobs ?? Self.processors, Self.processors) }

  var planOptions: RunPlan.Options { RunPlan.Options(seed: seed, clock: clock.clock, rounds: repeatEach) }

  func runOptions(_ showing: ShowingOptions) -> PlannedRun.Options {
    PlannedRun.Options(
      jobs: jobs ?? (clock == .real ? 256 : Self.processors), shuffle: shuffle, maxFailures: maxFailures ?? Int.max,
      trace: showing.trace,
      console: showing.console)
  }

  func check() throws {
    if let jobs, !(1...256).contains(jobs) { throw ValidationError("--jobs is 1 to 256, not \(jobs)") }
    if let maxFailures, maxFailures < 1 { throw ValidationError("--max-failures is 1 or more, not \(maxFailures)") }
    if !(1...10_000).contains(repeatEach) { throw ValidationError("--repeat-each is 1 to 10000, not \(repeatEach)") }
  }
}

/// `--clock virtual|real`
enum ClockChoice: String, ExpressibleByArgument, CaseIterable {
  case virtual, real

  var clock: RunHeader.Clock {
    switch self {
    case .virtual: .virtual
    case .real: .real
    }
  }
}

/// `--trace off|on|on-failure`
enum TraceChoice: String, ExpressibleByArgument, CaseIterable {
  case off, on
  case onFailure = "on-failure"

  func wants(_ status: CaseRecord.Status) -> Bool {
    switch self {
    case .off: false
    case .on: status != .skipped
    case .onFailure: status == .failed
    }
  }
}

struct ShowingOptions: ParsableArguments {
  @Option(name: .customLong("report"), help: ReportRequest.help)
  var reports: [ReportRequest] = []

  @Option(help: "Keep each moment in the stream, which the html report can replay step by step.")
  var trace = TraceChoice.off

  @Flag(help: "The stream of the run on standard output, text for people on standard error.")
  var json = false

  @Flag(name: .shortAndLong, help: "Show failures and the summary only.")
  var quiet = false

  @Flag(help: "Show each call as a captioned transcript.")
  var transcript = false

  @Flag(help: "Only list the ids of the cases.")
  var list = false

  @Flag(help: "Read and check all files, tell what would run, run nothing.")
  var dryRun = false

  @Flag(help: "Run again what a changed file touches, until q or Ctrl-C.")
  var watch = false

  /// `--json` is a report like others.
  var requests: [ReportRequest] { reports + (json ? [ReportRequest(.jsonl, "-")] : []) }

  var console: RunConsole.Options {
    RunConsole.Options(isQuiet: quiet, showsTranscripts: transcript, isOnError: requests.takesStandardOutput)
  }
}
