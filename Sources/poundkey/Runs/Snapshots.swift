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
    var seen: Set<SnapshotFile.Key> = []
    var isChanged = false
  }

  init(updating isUpdating: Bool) { self.isUpdating = isUpdating }

  /// `scenarios/pin.yaml` has `scenarios/pin.snap` beside it.
  static func path(of scenario: String) -> String {
    let slash = scenario.lastIndex(of: "/") ?? scenario.startIndex
    guard let dot = scenario[slash...].lastIndex(of: "."), dot > slash else { return "\(scenario).snap" }
    return "\(scenario[..<dot]).snap"
  }

  /// What is wrong with the transcripts of a case; nothing is while they are written anew.
  func problems(of verdict: Verdict) -> [Problem] {
    guard !verdict.snapshots.isEmpty else { return [] }
    let scenario = verdict.scenario
    let mask = SecretMask(scenario.given.secrets)
    let text = JournalText(start: scenario.given.start, width: 100, zone: scenario.given.zone)
    return books.withLock { books in
      var book = books[scenario.path] ?? Self.read(scenario.path)
      defer { books[scenario.path] = book }
      var found = book.problem.map { [$0] } ?? []
      for snapshot in verdict.snapshots {
        let key = SnapshotFile.Key(name: snapshot.name.value, caseName: scenario.caseName.map { mask($0) })
        let lines = verdict.journal.prefix(snapshot.entries).flatMap(text.lines).map { mask($0) }
        let isTwice = !book.seen.insert(key).inserted
        // Of a case that failed, nothing is kept.
        if isUpdating, verdict.passed, !isTwice {
          book.isChanged = book.isChanged || book.file[key] != lines
          book.file[key] = lines
        } else if let problem = SnapshotDifference.problem(kept: book.file[key], now: lines, snapshot.name) {
          found.append(problem)
        }
      }
      return found
    }
  }

  /// Writes what has changed.
  ///
  /// - Parameter whole: files of which every case was run: what they no longer ask for is forgotten.
  /// - Returns: the files written, and what could not be.
  func write(whole: Set<String>) -> (written: [String], unwritten: [String]) {
    guard isUpdating else { return ([], []) }
    var (written, unwritten): ([String], [String]) = ([], [])
    books.withLock { books in
      for (path, book) in books.sorted(by: { $0.key < $1.key }) where book.problem == nil {
        var book = book
        let before = book.file
        if whole.contains(path) { book.file.keep(only: book.seen) }
        guard book.isChanged || book.file != before else { continue }
        let target = Self.path(of: path)
        do throws(Failure) {
          try WrittenFile.replace(target, with: Array(book.file.text(for: Self.name(of: path)).utf8))
          written.append(target)
        } catch {
          unwritten.append(error.message ?? "error: \(target) cannot be written")
        }
      }
    }
    return (written, unwritten)
  }

  private static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  private static func read(_ scenario: String) -> Book {
    let path = path(of: scenario)
    var book = Book()
    do throws(SourceFailure) {
      let bytes = try SourceFiles().load(path)
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
