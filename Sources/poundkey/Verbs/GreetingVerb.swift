import ArgumentParser
import Files
import GreetingAudio
import Reports
import VerificationCore

struct GreetingVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "greeting", abstract: "Check custom greetings, and see who hears which.",
    discussion: """
      Examples:
        poundkey greeting check welcome.wav
        poundkey greeting resolve greetingStandard --language fr-CA,en
        poundkey greeting coverage --tenant my.yaml
      """,
    subcommands: [GreetingCheckVerb.self, GreetingResolveVerb.self, GreetingCoverageVerb.self])
}

struct GreetingCheckVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Say whether greetings would be accepted, and what to mend.",
    discussion: """
      A greeting is a .wav or .mp3 file of at most 1,048,576 bytes and under 20 s. Folders are searched for both.

      Examples:
        poundkey greeting check welcome.wav
        poundkey greeting check greetings/ --json

      Exit codes: 0 all accepted, 1 one rejected (with --strict, or warned of), 2 a path does not exist, 4 a file \
      cannot be read, 5 no greeting in the folders.
      """)

  @Argument(help: ArgumentHelp("Files and folders; - reads one greeting from standard input.", valueName: "path"))
  var paths: [String]

  @Flag(help: "One JSON object a file, one a line.")
  var json = false

  @Flag(help: "Warnings fail too.")
  var strict = false

  func run() throws {
    var check = GreetingCheck(json: json)
    for path in paths { check.check(path) }
    check.summarise()
    if let failure = check.failure(strict: strict) { throw failure }
  }
}

/// A run over files: what was said of them, and how it ends.
struct GreetingCheck {
  private let json: Bool
  private let checker = GreetingChecker()
  private let text = GreetingText(style: Output.style)
  private var accepted = 0
  private var warned = 0
  private var rejected = 0
  private var failures: [ExitCode] = []

  init(json: Bool) { self.json = json }

  mutating func check(_ path: String) {
    if let listing = path == "-" ? nil : Folder.files(below: path, endings: ["wav", "mp3"]) {
      return check(listing, path)
    }
    do {
      say(try path == "-" ? checkStandardInput() : checker.check(path: path))
    } catch {
      fail(error.exitCode, "\(error)")
    }
  }

  /// One entry that cannot be read does not keep the others from being checked.
  private mutating func check(_ listing: Folder.Listing, _ folder: String) {
    for error in listing.problems { fail(.environment, "\(error)") }
    if listing.files.isEmpty { fail(.nothingMatched, "\(folder): no .wav or .mp3 file in this folder") }
    for file in listing.files {
      do {
        say(try checker.check(path: file))
      } catch {
        fail(.environment, "\(error)")
      }
    }
  }

  /// A pipe has no name to be judged by: it is taken for what it begins as.
  private func checkStandardInput() throws(FileError) -> GreetingReport {
    let bytes = try OpenFile.readStandardInput(upTo: checker.limits.maxBytes + 1)
    let isWAV = bytes.starts(with: Array("RIFF".utf8))
    var report = checker.check(bytes: bytes, name: isWAV ? "-.wav" : "-.mp3")
    report.file = "-"
    // How much more would have come is not known.
    if bytes.count > checker.limits.maxBytes {
      report.bytes = nil
      report.findings = report.findings.map { finding in
        finding.id == .sizeLimit
          ? Finding(.sizeLimit, .reject, "more than \(checker.limits.maxBytes) bytes came", remedy: finding.remedy)
          : finding
      }
    }
    return report
  }

  private mutating func say(_ report: GreetingReport) {
    switch report.verdict {
    case .rejected: rejected += 1
    case .accepted:
      accepted += 1
      if !report.findings.isEmpty { warned += 1 }
    }
    if json { Output.line(report.jsonLine) } else { Output.lines(text.lines(report)) }
    Output.flush()
  }

  private mutating func fail(_ code: ExitCode, _ message: String) {
    Output.error("error: \(message)")
    failures.append(code)
  }

  func summarise() {
    let count = accepted + rejected
    guard !json, count > 1 else { return }
    let warnings = warned == 0 ? "" : ", \(warned) of them with warnings"
    Output.line("\n\(count) files: \(accepted) accepted\(warnings), \(rejected) rejected")
  }

  /// What weighs most: a path that is wrong, one that cannot be read, a rejection, an empty folder.
  func failure(strict: Bool) -> Failure? {
    for code in [ExitCode.usage, .environment] where failures.contains(code) { return Failure(code) }
    if rejected > 0 || strict && warned > 0 { return Failure(.contentAtFault) }
    return failures.contains(.nothingMatched) ? Failure(.nothingMatched) : nil
  }
}
