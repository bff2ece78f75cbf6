import Reports
import ScenarioModel
import ScenarioYAML
import Simulation
import Synchronization

/// The transcripts kept beside scenario files: compared, or written anew with `-u`.
final class Snapshots: Sendable {
  private let isUpdating: Bool
  private let books = Mutex<[String: Book]>([:])

  /// Of one scenario file.
  private struct Book {
    var file = SnapshotFile()
    /// Why what is kept cannot be read.
    var problem: Problem?
    /// What the cases ask for.
    var seen: Set<SnapshotFile.Key> = []
  }

  private let files: any SourceLoading & Sendable

  /// - Parameter files: where transcripts are read, by the path of their scenario.
  init(updating isUpdating: Bool, files: any SourceLoading & Sendable = SourceFiles()) {
    (self.isUpdating, self.files) = (isUpdating, files)
  }

  /// `scenarios/pin.yaml` has `scenarios/pin.yaml.snap` beside it, and `scenarios/pin.yml` another.
  static func path(of scenario: String) -> String { "\(scenario).snap" }

  /// What is kept for a scenario file, as one of the files that it is made of; nothing is kept as 0 yet.
  static func source(of scenario: String) -> ScenarioFile.Source {
    let path = path(of: scenario)
    let hash = (try? SourceFiles().load(path)).map(FNV1a.hash) ?? 0
    return ScenarioFile.Source(path: path, hash: hash)
  }

  /// What is wrong with the transcripts of a case; nothing is while they are written anew.
  ///
  /// - Parameter round: of these the first is kept, whichever is played first.
  func problems(of verdict: Verdict, round: Int = 1) -> [Problem] {
    guard !verdict.snapshots.isEmpty, !isUpdating || round == 1 else { return [] }
    let scenario = verdict.scenario
    let mask = scenario.given.mask
    let text = JournalText(start: scenario.given.start, width: 100, zone: scenario.given.zone)
    return books.withLock { books in
      var book = books[scenario.path] ?? read(scenario.path)
      defer { books[scenario.path] = book }
      var found = book.problem.map { [$0] } ?? []
      var fresh: [SnapshotFile.Key: [String]] = [:]
      for snapshot in verdict.snapshots {
        let key = SnapshotFile.Key(name: snapshot.name.value, caseName: scenario.caseName)
        let lines = verdict.journal.prefix(snapshot.entries).flatMap(text.lines).map { mask($0) }
        book.seen.insert(key)
        if isUpdating, verdict.passed, fresh[key] == nil {
          fresh[key] = lines
        } else if let problem = SnapshotDifference.problem(
          kept: fresh[key] ?? book.file[key], now: lines, snapshot.name)
        {
          found.append(problem)
        }
      }
      // Of a case that failed, nothing is kept.
      if found.isEmpty { for (key, lines) in fresh { book.file[key] = lines } }
      return found
    }
  }

  /// Writes what has changed.
  ///
  /// - Parameter whole: files of which every case was run: what they no longer ask for is forgotten.
  /// - Returns: what was done, and what could not be.
  func write(whole: Set<String>) -> Written {
    var result = Written()
    guard isUpdating else { return result }
    books.withLock { books in
      for path in Set(books.keys).union(whole).sorted() {
        let before = read(path)
        var book = books[path] ?? before
        guard book.problem == nil else { continue }
        if whole.contains(path) { book.file.keep(only: book.seen) }
        guard book.file != before.file else { continue }
        Self.write(book.file, for: path, &result)
      }
    }
    return result
  }

  /// What became of the files on disk.
  struct Written {
    var written: [String] = []
    var removed: [String] = []
    /// Messages.
    var failures: [String] = []
  }

  private static func write(_ file: SnapshotFile, for scenario: String, _ result: inout Written) {
    let target = path(of: scenario)
    do throws(Failure) {
      if file.isEmpty {
        try WrittenFile.remove(target)
        result.removed.append(target)
      } else {
        try WrittenFile.replace(target, with: Array(file.text(for: name(of: scenario)).utf8))
        result.written.append(target)
      }
    } catch {
      result.failures.append(error.message ?? "error: \(target) cannot be written")
    }
  }

  private static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  private func read(_ scenario: String) -> Book {
    let path = Self.path(of: scenario)
    var book = Book()
    do throws(SourceFailure) {
      let bytes = try files.load(path)
      guard let text = String(validating: bytes, as: UTF8.self) else { throw .unreadable("it is not UTF-8 text") }
      do throws(SnapshotFile.Mistake) {
        book.file = try SnapshotFile(text)
      } catch {
        let place = SourcePlace(path: path, span: SourceSpan(line: error.line, column: 1))
        book.problem = Problem(
          "wrong-snapshots", "this line belongs to no snapshot", at: place,
          hint: "remove \(path), and write it anew with -u")
      }
    } catch .missing {
      return book
    } catch {
      book.problem = Problem("unreadable", "\(path) \(error.reason)")
    }
    return book
  }
}
