import Files
import GreetingAudio
import VerificationCore

/// Many greetings to check: what is said of each, in the order in which they were named.
struct GreetingBatch {
  /// What there is to say about one entry.
  enum Outcome {
    case judged(GreetingReport)
    /// Nothing could be judged: the path, why, and the exit code for that.
    case problem(path: String, reason: String, ExitCode)
    /// Worth knowing, and no fault.
    case note(String)
  }

  /// What people take for greetings, and the service does not.
  private static let otherSounds: Set<String> = [
    "m4a", "aac", "flac", "ogg", "oga", "opus", "wma", "aif", "aiff", "amr", "3gp", "caf", "mp4", "webm",
  ]

  /// `memo.m4a`, `3 other sounds, memo.m4a among them`
  private static func note(_ files: [String]) -> String {
    let first = files[0].split(separator: "/").last ?? "one"
    return files.count == 1 ? String(first) : "\(files.count) other sounds, \(first) among them"
  }

  private enum Entry {
    case file(String, isFromFolder: Bool)
    case standardInput
    case problem(path: String, reason: String, ExitCode)
    case note(String)
  }

  private let checker = GreetingChecker()
  private let entries: [Entry]

  /// - Parameter paths: files, folders, and `-` for standard input.
  init(paths: [String]) {
    entries = paths.flatMap(Self.entries)
  }

  var count: Int { entries.count }

  /// The files among the entries.
  var files: [String] {
    entries.compactMap { if case .file(let path, _) = $0 { path } else { nil } }
  }

  private static func entries(of path: String) -> [Entry] {
    if path == "-" { return [.standardInput] }
    guard let listing = Folder.files(below: path, endings: ["wav", "mp3"]) else {
      return [.file(path, isFromFolder: false)]
    }
    let others = Folder.files(below: path, endings: otherSounds)?.files ?? []
    var entries = listing.problems.map { Entry.problem(path: $0.path, reason: $0.reason, .environment) }
    if listing.files.isEmpty {
      let reason =
        "no .wav or .mp3 file in this folder" + (others.isEmpty ? "" : "; \(note(others)), was not looked at")
      entries.append(.problem(path: path, reason: reason, .nothingMatched))
    } else if !others.isEmpty {
      entries.append(.note("\(path): \(note(others)), was not looked at: greetings are .wav or .mp3"))
    }
    return entries + listing.files.map { .file($0, isFromFolder: true) }
  }

  /// Checks all of them.
  ///
  /// - Parameters:
  ///   - helpers: look into the files.
  ///   - say: gets each outcome, in the order of the entries.
  func check(with helpers: GreetingHelpers, say: (Outcome) -> Void) throws(Failure) {
    var next = 0
    var line = Line()
    var jobs: [(entry: Int, name: String, size: Int)] = []
    try helpers.run(
      next: {
        while next < entries.count {
          let entry = next
          next += 1
          switch intake(entries[entry]) {
          case .outcome(let outcome): line.add(outcome, at: entry, say)
          case .content(let name, let bytes):
            jobs.append((entry, name, bytes.count))
            return checker.job(name: name, bytes: bytes)
          }
        }
        return nil
      },
      answered: { number, answer in
        let job = jobs[number]
        var report = checker.report(name: job.name, size: job.size, answer: answer)
        if case .standardInput = entries[job.entry] { report.file = "-" }
        line.add(.judged(report), at: job.entry, say)
      })
  }

  /// Outcomes in the order of the entries, though they come in another.
  private struct Line {
    private var waiting: [Int: Outcome] = [:]
    private var head = 0

    mutating func add(_ outcome: Outcome, at entry: Int, _ say: (Outcome) -> Void) {
      waiting[entry] = outcome
      while let outcome = waiting.removeValue(forKey: head) {
        say(outcome)
        head += 1
      }
    }
  }

  private enum Intake {
    case outcome(Outcome)
    case content(name: String, bytes: [UInt8])
  }

  private func intake(_ entry: Entry) -> Intake {
    switch entry {
    case .problem(let path, let reason, let code): return .outcome(.problem(path: path, reason: reason, code))
    case .note(let text): return .outcome(.note(text))
    case .standardInput: return standardInput()
    case .file(let path, let isFromFolder):
      do {
        switch try checker.intake(path: path) {
        case .judged(let report): return .outcome(.judged(report))
        case .content(let name, let bytes): return .content(name: name, bytes: bytes)
        }
      } catch {
        // One that vanished from its folder meanwhile was named by nobody.
        return .outcome(.problem(path: path, reason: error.reason, isFromFolder ? .environment : error.exitCode))
      }
    }
  }

  private func standardInput() -> Intake {
    let limit = GreetingChecker.readable
    let bytes: [UInt8]
    do {
      bytes = try OpenFile.readStandardInput(upTo: limit + 1)
    } catch {
      return .outcome(.problem(path: "standard input", reason: error.reason, error.exitCode))
    }
    let name = GreetingSource.nameOfPipe(bytes)
    guard bytes.count > limit else { return .content(name: name, bytes: bytes) }
    var report = checker.check(bytes: bytes, name: name)
    report.file = "-"
    // How much more would have come is not known.
    report.bytes = nil
    for index in report.findings.indices where report.findings[index].id == .sizeLimit {
      report.findings[index].said = Sentence("more than \(limit) bytes came")
    }
    return .outcome(.judged(report))
  }
}
