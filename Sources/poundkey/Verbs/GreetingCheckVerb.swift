import ArgumentParser
import Glibc
import Reports
import VerificationCore

struct GreetingCheckVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Say whether greetings would be accepted, and what to mend.",
    discussion: """
      A greeting is a .wav or .mp3 file of at most 1,048,576 bytes and under 20 s. Folders are searched for both. Each \
      file is looked into by a helper process, which a damaged or hostile one can neither hang nor crash for long.

      Examples:
        poundkey greeting check welcome.wav
        poundkey greeting check greetings/ --json
        poundkey greeting check greetings/ --strict --junit greetings.xml

      Exit codes: 0 all accepted, 1 one rejected (with --strict, or warned of), 2 a path does not exist, 4 a file \
      cannot be read or a report not written, 5 no greeting in the folders.
      """)

  @Argument(help: ArgumentHelp("Files and folders; - reads one greeting from standard input.", valueName: "path"))
  var paths: [String]

  @Flag(help: "One JSON object a file, one a line.")
  var json = false

  @Option(help: ArgumentHelp("Write a JUnit report too.", valueName: "file"))
  var junit: String?

  @Flag(help: "Warnings fail too.")
  var strict = false

  @Option(help: ArgumentHelp("How long one file may take.", valueName: "seconds"))
  var timeout = 20

  @Option(
    name: [.customShort("j"), .long], help: "Files looked into at a time; as many as there are processors unless told.")
  var jobs: Int?

  func validate() throws {
    if let jobs, !(1...256).contains(jobs) { throw ValidationError("--jobs is 1 to 256, not \(jobs)") }
    if !(1...600).contains(timeout) { throw ValidationError("--timeout is 1 to 600 s, not \(timeout)") }
    if paths.count(where: { $0 == "-" }) > 1 { throw ValidationError("standard input can be read only once") }
  }

  func run() throws {
    if let junit { try WrittenFile.refuseRecording(junit, for: "--junit") }
    let batch = GreetingBatch(paths: paths)
    if let junit, let input = batch.files.first(where: { WrittenFile.isSame($0, junit) }) {
      throw Failure(.usage, "error: --junit would overwrite \(input), which is to be checked")
    }
    var check = GreetingCheck(
      json: json, total: batch.count, junit: junit.map { _ in GreetingJUnit(warningsFail: strict) })
    let helpers = GreetingHelpers(count: jobs ?? Int(sysconf(CInt(_SC_NPROCESSORS_ONLN))), timeout: timeout)
    try batch.check(with: helpers) { check.say($0) }
    check.summarise()
    if let junit, let report = check.junit { try WrittenFile.replace(junit, with: report.xml) }
    if let failure = check.tally.failure(strict: strict) { throw failure }
  }
}

/// A run over files as it is told: lines, a progress bar, a report.
private struct GreetingCheck {
  private(set) var tally = GreetingTally()
  private(set) var junit: GreetingJUnit?
  private let json: Bool
  private let text = GreetingText(style: Output.style)
  private var progress: ProgressBar

  init(json: Bool, total: Int, junit: GreetingJUnit?) {
    self.json = json
    self.junit = junit
    progress = ProgressBar("Checking", total: total)
  }

  mutating func say(_ outcome: GreetingBatch.Outcome) {
    progress.clear()
    switch outcome {
    case .judged(let report):
      tally.add(report)
      junit?.add(report)
      if json { Output.line(report.jsonLine) } else { Output.lines(text.lines(report)) }
    case .problem(let path, let reason, let code):
      tally.add(code)
      if code != .nothingMatched { junit?.add(unreadable: path, reason: reason) }
      Output.error("error: \(path): \(reason)")
    case .note(let text): Output.error("note: \(text)")
    }
    Output.flush()
    progress.advance(tally.rejected == 0 ? "" : "\(tally.rejected) rejected")
  }

  mutating func summarise() {
    progress.clear()
    guard !json, tally.count > 1 else { return }
    Output.line("\n\(tally.summary)")
  }
}
