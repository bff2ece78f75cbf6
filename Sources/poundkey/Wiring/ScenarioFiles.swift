import Dispatch
import Files
import Reports
import Runs
import ScenarioModel
import ScenarioYAML
import Synchronization

/// The scenario files below some paths, and those that cannot be used.
struct ScenarioFiles {
  struct Invalid {
    let path: String
    let error: InvalidSource
  }

  /// One file as it was read.
  typealias Reading = Result<ScenarioFile, InvalidSource>

  /// By path.
  private(set) var files: [ScenarioFile] = []
  private(set) var invalid: [Invalid] = []
  /// Entries of folders that could not be looked at.
  let unreadable: [FileError]
  /// Every file that was read, each once.
  let paths: [String]
  /// For files of which lines were named, these.
  private let lines: [String: Set<Int>]

  /// - Parameters:
  ///   - jobs: how many threads read.
  ///   - allowsOutside: whether they may be made of files beside the current folder and those of the paths.
  /// - Throws: usage for a missing path, environment for one that cannot be read, nothing matched for none at all.
  init(_ roots: [ScenarioRoot], jobs: Int = 1, allowsOutside: Bool = true) throws(Failure) {
    let listing = try ScenarioListing(roots)
    let enclosure = allowsOutside ? nil : Enclosure(roots, scenarios: listing.paths)
    self.init(listing, Self.read(listing.paths, within: enclosure, jobs: jobs))
    if files.isEmpty, invalid.isEmpty, unreadable.isEmpty { throw Self.nothing(in: roots) }
  }

  init(paths: [String]) throws(Failure) { try self.init(paths.map { ScenarioRoot(path: $0) }) }

  /// - Parameter readings: in the order of the listing's paths.
  init(_ listing: ScenarioListing, _ readings: [Reading]) {
    paths = listing.paths
    unreadable = listing.unreadable
    lines = listing.lines
    for (path, reading) in zip(paths, readings) {
      switch reading {
      case .success(let file): files.append(file)
      case .failure(let error): invalid.append(Invalid(path: path, error: error))
      }
    }
  }

  private init(_ all: ScenarioFiles, only paths: Set<String>) {
    self.paths = all.paths.filter(paths.contains)
    unreadable = all.unreadable
    lines = all.lines
    files = all.files.filter { paths.contains($0.path) }
    invalid = all.invalid.filter { paths.contains($0.path) }
  }

  /// Some of the files.
  func only(_ paths: Set<String>) -> ScenarioFiles { ScenarioFiles(self, only: paths) }

  static func nothing(in roots: [ScenarioRoot]) -> Failure {
    Failure(
      .nothingMatched,
      "error: no scenario in \(Printable.text(roots.map(\.path).joined(separator: ", "))): "
        + "a scenario is a .yaml file that begins with \"scenario:\"")
  }

  /// - Returns: in the order of the paths.
  static func read(_ paths: [String], within enclosure: Enclosure? = nil, jobs: Int) -> [Reading] {
    let threads = max(1, min(jobs, paths.count / 8))
    let read = Mutex<[Reading?]>(Array(repeating: nil, count: paths.count))
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      // One for each thread: the helper processes of the greeting check serve one at a time.
      let reader = ScenarioReader(files: SourceFiles(within: enclosure), greetings: GreetingMeter(within: enclosure))
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < paths.count else { return }
        let reading = reading(reader, paths[index])
        read.withLock { $0[index] = reading }
      }
    }
    return read.withLock { $0.compactMap { $0 } }
  }

  private static func reading(_ reader: ScenarioReader, _ path: String) -> Reading {
    do {
      var file = try reader.file(at: path)
      if file.asksForSnapshot { file.add(Snapshots.source(of: path)) }
      return .success(file)
    } catch {
      return .failure(error)
    }
  }

  /// Every case of every file.
  var scenarios: [Scenario] { files.flatMap { file in file.cases.indices.map(file.scenario) } }

  /// The files with those of their cases that the paths name.
  ///
  /// - Throws: nothing matched for a line behind the end of its file.
  func selected() throws(Failure) -> [SelectedFile] {
    var selected: [SelectedFile] = []
    for file in files {
      guard let lines = lines[file.path] else {
        selected.append(SelectedFile(file))
        continue
      }
      let text = file.texts.lines(of: file.path)
      let last = text.last?.isEmpty == true ? text.count - 1 : text.count
      if let line = lines.max(), line > last {
        throw Failure(
          .nothingMatched, "error: \(Printable.text(file.path)) has \(last) lines; there is no line \(line)")
      }
      selected.append(SelectedFile(file, at: lines, of: text))
    }
    return selected
  }

  /// How a run over these files fails for the files' own sake, if it does.
  var failure: Failure? {
    if !invalid.isEmpty { return Failure(.invalidFile) }
    return unreadable.isEmpty ? nil : Failure(.environment)
  }

  /// Tells on stderr what cannot be used and why.
  func reportInvalid() {
    for error in unreadable { Output.error("error: \(Printable.text("\(error)"))") }
    for file in invalid { file.report() }
  }
}

extension ScenarioFiles.Invalid {
  func report() {
    let text = ProblemText(style: Output.errorStyle, secrets: error.secrets)
    for problem in error.problems {
      Output.error(text.render(problem, lines: error.texts.lines(of: problem.place?.path)))
    }
  }
}

/// The lines of a file, for quoting; none where it cannot be read or is no text.
enum SourceLines {
  static func of(_ path: String?) -> [Substring] {
    guard let path, let bytes = try? SourceFiles().load(path), let text = String(validating: bytes, as: UTF8.self)
    else {
      return []
    }
    return SourceText.lines(text)
  }
}
