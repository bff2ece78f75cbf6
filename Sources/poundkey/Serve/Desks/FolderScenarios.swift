import Console
import Dispatch
import Files
import Foundation
import Reports
import Runs
import ScenarioModel
import ScenarioYAML
import Synchronization
import VerificationCore

/// The scenarios of the served folders. They are run in a corner of their own: a few at a time, one run after the other.
/// Who only asks which there are waits for no run.
final class FolderScenarios: ScenarioDesk {
  /// Cases of one run, at the most.
  static let mostCases = 2_000
  /// Files that are read, or cases that are played, at a time.
  private static let threads = 2

  private let folders: ServedFolders
  private let work = BlockingWork("scenarios")
  private let listing = BlockingWork("list of scenarios")
  private let isRunning = Atomic<Bool>(false)

  init(_ folders: ServedFolders) { self.folders = folders }

  func list() async throws -> [ScenarioEntry] {
    try await listing.run { [folders] in
      let names = folders.scenarios()
      return zip(names, Self.read(names, folders)).map { ScenarioEntry($0, $1) }
    }
  }

  func run(_ paths: [String]?, case name: String?) async throws -> ScenarioRun {
    guard isRunning.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged else {
      throw DeskRefusal(.notNow, "scenarios are being run already", hint: "wait until that run is over")
    }
    defer { isRunning.store(false, ordering: .releasing) }
    return try await work.run { [folders] in
      let names = try Self.names(paths, folders)
      return try FolderRun(names, Self.read(names, folders), case: name).played(folders, threads: Self.threads)
    }
  }

  private static func names(_ paths: [String]?, _ folders: ServedFolders) throws(DeskRefusal) -> [String] {
    let all = folders.scenarios()
    guard let paths else { return all }
    guard paths.count <= all.count else {
      throw DeskRefusal(.refused, "\(paths.count) files are asked for, and there are \(all.count)")
    }
    let known = Set(all)
    guard paths.allSatisfy(known.contains) else {
      throw DeskRefusal(
        .notFound, "there is no such scenario in the folders that are served", hint: "GET /api/scenarios lists them")
    }
    return Set(paths).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// - Returns: in the order of the names.
  private static func read(_ names: [String], _ folders: ServedFolders) -> [ScenarioFiles.Reading] {
    let read = Mutex<[ScenarioFiles.Reading?]>(Array(repeating: nil, count: names.count))
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      // One for each thread: the helper processes of the greeting check serve one at a time.
      let reader = folders.reader
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < names.count else { return }
        let reading = ScenarioFiles.Reading { () throws(InvalidSource) in try reader.file(at: names[index]) }
        read.withLock { $0[index] = reading }
      }
    }
    return read.withLock { $0.compactMap { $0 } }
  }
}

/// One run.
private struct FolderRun {
  private let plan: RunPlan
  private let invalid: [InvalidFileRecord]

  /// - Throws: `DeskRefusal` where a file has no such case, or there are too many.
  init(_ names: [String], _ readings: [ScenarioFiles.Reading], case name: String?) throws(DeskRefusal) {
    var selected: [SelectedFile] = []
    var invalid: [InvalidFileRecord] = []
    for (path, reading) in zip(names, readings) {
      switch reading {
      case .success(let file): selected.append(SelectedFile(file))
      case .failure(let error): invalid.append(error.record(of: path))
      }
    }
    if let name {
      selected = selected.compactMap { $0.only(name) }
      if selected.isEmpty, invalid.isEmpty { throw DeskRefusal(.notFound, "this scenario has no such case") }
    }
    let count = selected.reduce(0) { $0 + $1.cases.count }
    guard count <= FolderScenarios.mostCases else {
      throw DeskRefusal(
        .refused, "these are \(count) cases, and \(FolderScenarios.mostCases) are run at a time",
        hint: "name fewer files in \"paths\"")
    }
    (plan, self.invalid) = (RunPlan(selected, invalid: invalid.map(\.path)), invalid)
  }

  func played(_ folders: ServedFolders, threads: Int) -> ScenarioRun {
    let snapshots = Snapshots(updating: false, files: folders)
    let player = CasePlayer(
      plan, order: Array(plan.cases.indices), keepsJournal: false, findings: snapshots.problems)
    let played = Mutex<[PlayedCase?]>(Array(repeating: nil, count: plan.cases.count))
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < player.order.count else { return }
        let one = player.playAtOnce(case: index).played
        played.withLock { $0[index] = one }
      }
    }
    return told(played.withLock { $0.compactMap { $0 } })
  }

  private func told(_ played: [PlayedCase]) -> ScenarioRun {
    var end = RunEnd()
    for one in played { end.count(.case(one.record)) }
    let recordings = played.flatMap(\.recordings).map { recording in
      let facts: [String: JSON] = ["length": .number(recording.length.count), "script": .text(recording.script)]
      return (recording.key.description, JSON.object(facts))
    }
    return ScenarioRun(
      results: played.map { Self.json(.case($0.record)) }, invalid: invalid.map { Self.json(.invalid($0)) },
      recordings: Dictionary(recordings) { first, _ in first }, passed: end.passed, failed: end.failed,
      skipped: end.skipped)
  }

  private static func json(_ record: RunRecord) -> [UInt8] {
    var (writer, line) = (StreamWriter(), [UInt8]())
    writer.take(record, into: &line)
    return line.dropLast()
  }
}

extension InvalidSource {
  fileprivate func record(of path: String) -> InvalidFileRecord {
    InvalidFileRecord(path: path, problems: problems, secrets: secrets) { texts.lines(of: $0) }
  }
}

extension ScenarioEntry {
  /// More cases of one file are not listed by name; a run of the file has them all.
  private static let listedCases = 1_000

  fileprivate init(_ path: String, _ reading: ScenarioFiles.Reading) {
    switch reading {
    case .success(let file):
      let cases = file.cases.indices.prefix(Self.listedCases).map { index in
        let name = file.cases[index].name
        return Case(name: name, title: file.mask(index)(file.title.value))
      }
      self.init(path: path, title: file.mask(0)(file.title.value), tags: file.shownTags, cases: cases)
    case .failure(let error):
      var (writer, line) = (StreamWriter(), [UInt8]())
      writer.take(.invalid(error.record(of: path)), into: &line)
      let members = (try? JSON.members(of: line)) ?? [:]
      self.init(path: path, title: path, tags: [], cases: [], problems: members["problems"] ?? .list([]))
    }
  }
}
