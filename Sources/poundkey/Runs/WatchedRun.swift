import Files
import Glibc
import Reports
import Runs
import ScenarioModel
import ScenarioYAML

/// `--watch`: runs all, then what a change touches, until it is told to end.
struct WatchedRun {
  private let verb: RunVerb
  private let watch: FolderWatch
  private let isOnScreen = Output.isTerminal(STDOUT_FILENO)
  /// Each file as it was last read.
  private var known: [String: ScenarioFiles.Reading] = [:]
  private var sources = WatchedSources()
  /// By file, how it last went: cases that failed, or what is wrong with it.
  private var failing: [String: Int] = [:]

  init(_ verb: RunVerb) throws(Failure) {
    self.verb = verb
    watch = try FolderWatch()
  }

  mutating func run() async throws {
    var listing = try ScenarioListing(verb.paths)
    StopSignal.watch()
    let keys = QuitKey()
    defer { keys.close() }
    var changed: FolderWatch.Changes = nil
    while true {
      try await update(listing, changed)
      switch Self.wait(watch, keys) {
      case .quit: return
      case .stopped(let number): throw Failure(.stopped(by: number))
      case .changed(let paths): changed = paths
      }
      do {
        listing = try ScenarioListing(verb.paths)
      } catch {
        // A path is gone, perhaps for the moment of writing it anew: the next change tells.
        clear()
        Output.error(error.message ?? "")
      }
    }
  }

  // MARK: Running what changed

  private mutating func update(_ listing: ScenarioListing, _ changed: FolderWatch.Changes) async throws {
    let gone = sources.files.subtracting(listing.paths)
    for path in gone { forget(path) }
    let touched = sources.touched(by: changed)
    let fresh = listing.paths.filter { known[$0] == nil || touched.contains($0) }
    let enclosure = verb.choice.reach.enclosure(verb.paths, scenarios: listing.paths)
    let readings = ScenarioFiles.read(fresh, within: enclosure, jobs: verb.playing.threads)
    for (path, reading) in zip(fresh, readings) { remember(path, reading) }
    try watchFolders(listing)
    // What lies beside the scenarios may change as it likes.
    guard changed == nil || !fresh.isEmpty || !gone.isEmpty else { return }
    clear()
    let files = ScenarioFiles(listing, listing.paths.compactMap { known[$0] })
    await play(files.only(Set(fresh)))
    if StopSignal.number == nil { tell(files, Set(fresh)) }
  }

  private mutating func play(_ files: ScenarioFiles) async {
    for path in files.paths { failing[path] = nil }
    for file in files.invalid { failing[file.path] = file.error.problems.count }
    let selected: [SelectedFile]
    do {
      selected = try verb.selected(files.selected(), files)
    } catch {
      return Output.error(error.message ?? "")
    }
    let plan = RunPlan(selected, invalid: files.invalid.map(\.path), options: verb.playing.planOptions)
    let run = PlannedRun(plan, files, verb.playing.runOptions(verb.showing))
    var nowhere = Reporting([])
    let outcome = await run.play(&nowhere, findings: Snapshots(updating: false).problems)
    for id in outcome.failedCases { failing[id.path, default: 0] += 1 }
  }

  private func tell(_ files: ScenarioFiles, _ fresh: Set<String>) {
    let style = Output.style
    for (path, count) in failing.sorted(by: { $0.key < $1.key }) where !fresh.contains(path) {
      Output.line(style.red("still failing: ") + "\(Printable.text(path)) (\(count))")
    }
    let count = files.paths.count == 1 ? "1 file" : "\(files.paths.count) files"
    let roots = verb.paths.map { Printable.text($0.path) }.joined(separator: ", ")
    Output.line(style.dim("watching \(roots): \(count), \(QuitKey.hint)"))
    Output.flush()
  }

  private func clear() {
    if isOnScreen, !Output.isDumb { Output.text("\u{1B}[H\u{1B}[2J") }
  }

  // MARK: What is watched

  private mutating func remember(_ path: String, _ reading: ScenarioFiles.Reading) {
    known[path] = reading
    switch reading {
    case .success(let file):
      sources.add(path, madeOf: Set((file.sources.map(\.path) + [path]).flatMap(WatchedPath.keys)))
    case .failure: sources.add(path, madeOf: nil)
    }
  }

  private mutating func forget(_ path: String) {
    known[path] = nil
    failing[path] = nil
    sources.remove(path)
  }

  private func watchFolders(_ listing: ScenarioListing) throws(Failure) {
    let named = (listing.paths + verb.paths.map(\.path)).flatMap(WatchedPath.keys)
    let below = verb.paths.flatMap { Folder.folders(below: $0.path) }.map(WrittenFile.resolved)
    for folder in Set(below + (sources.all + named).map(WatchedPath.folder)).sorted() { try watch.watch(folder) }
  }

  // MARK: Waiting

  private enum Event {
    case quit
    case stopped(CInt)
    case changed(FolderWatch.Changes)
  }

  private static func wait(_ watch: FolderWatch, _ keys: QuitKey) -> Event {
    while true {
      if let number = StopSignal.number { return .stopped(number) }
      // A signal may come just before: it is noticed soon all the same.
      if keys.isPressed(orChanged: watch.descriptor, within: 200) { return .quit }
      guard hasNews(watch.descriptor, within: 0) else { continue }
      return .changed(settled(watch))
    }
  }

  /// Editors write, rename and remove in a row: waits until nothing has happened for a moment.
  private static func settled(_ watch: FolderWatch) -> FolderWatch.Changes {
    var changed = watch.changes()
    var rounds = 0
    while rounds < 10, hasNews(watch.descriptor, within: 50) {
      rounds += 1
      guard let more = watch.changes(), let before = changed else { return nil }
      changed = before.union(more)
    }
    return changed
  }

  private static func hasNews(_ descriptor: CInt, within milliseconds: CInt) -> Bool {
    var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&wanted, 1, milliseconds) > 0
  }
}

/// Paths as changes are told: links followed up to the last folder.
enum WatchedPath {
  /// The path itself, and what it leads to where it is a link.
  static func keys(_ path: String) -> [String] {
    let (folder, name) = split(path)
    let parent = WrittenFile.resolved(folder)
    let own = parent.hasSuffix("/") ? parent + name : "\(parent)/\(name)"
    let target = WrittenFile.resolved(path)
    return target == own || target == path ? [own] : [own, target]
  }

  static func folder(_ path: String) -> String { split(path).folder }

  private static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    let folder = slash == path.startIndex ? "/" : String(path[..<slash])
    return (folder, String(path[path.index(after: slash)...]))
  }
}
