import Files
import GreetingAudio
import ScenarioModel
import ScenarioYAML

/// The folders of scenarios that are served, each under a name: what is below them is read, and nothing else. A path that
/// begins with the name of a folder is all that a page ever sees of where a file lies.
struct ServedFolders: Sendable {
  private struct Root {
    let name: String
    /// With links followed.
    let path: String
  }

  private let roots: [Root]

  /// - Parameters:
  ///   - home: whose `scenarios` are served.
  ///   - others: folders, each called by the last part of its path; of two of one name the second gets a number.
  init(home: String, others: [String]) {
    var roots = [Root(name: "scenarios", path: WrittenFile.resolved("\(home)/scenarios"))]
    for path in others.map(WrittenFile.resolved) where !roots.contains(where: { $0.path == path }) {
      let last = path.split(separator: "/").last.map(String.init) ?? "root"
      let names = [last] + (2...(roots.count + 2)).map { "\(last)-\($0)" }
      let name = names.first { name in !roots.contains { $0.name == name } }
      roots.append(Root(name: name ?? last, path: path))
    }
    self.roots = roots
  }

  /// Where a file lies that is called so; nil for what is outside of the folders, by way of links too.
  func path(of name: String) -> String? {
    guard let root = roots.first(where: { name.hasPrefix($0.name + "/") }), !name.utf8.contains(0) else { return nil }
    let path = root.path + name.dropFirst(root.name.count)
    let target = WrittenFile.resolved(path)
    // What is not there has no links to follow.
    if target == path, path.split(separator: "/").contains("..") { return nil }
    return target.hasPrefix(root.path + "/") ? target : nil
  }

  /// The scenario files, by name.
  func scenarios() -> [String] {
    roots.flatMap { root -> [String] in
      guard let listing = try? ScenarioListing([ScenarioRoot(path: root.path)]) else { return [] }
      return listing.paths.map(WrittenFile.resolved).filter { $0.hasPrefix(root.path + "/") }
        .map { root.name + $0.dropFirst(root.path.count) }
    }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Reads files by these names. For one thread; what several scenarios share, it reads once.
  var reader: ScenarioReader { ScenarioReader(files: self, greetings: ServedGreetings(folders: self)) }
}

extension ServedFolders: SourceLoading {
  func load(_ name: String) throws(SourceFailure) -> [UInt8] {
    guard let path = path(of: name) else { throw .outside }
    return try SourceFiles().load(path)
  }
}

private struct ServedGreetings: GreetingMeasuring {
  let folders: ServedFolders
  private let meter = GreetingMeter()

  init(folders: ServedFolders) { self.folders = folders }

  func measure(_ name: String) -> GreetingMeasurement { folders.path(of: name).map(meter.measure) ?? .outside }
}
