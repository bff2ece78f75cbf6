import Glibc

/// The folders that scenarios may be made of: a scenario of somebody else must not quote what lies elsewhere.
struct Enclosure: Sendable {
  /// With links followed.
  private let folders: [String]
  private let files: Set<String>

  /// The current folder, and those of the paths.
  ///
  /// - Parameter scenarios: the files that were found below the paths, whatever they are links to.
  init(_ roots: [ScenarioRoot], scenarios: [String]) {
    folders = ["."].map(WrittenFile.resolved) + roots.map { Self.folder(of: $0.path) }
    files = Set(scenarios.map(WrittenFile.resolved))
  }

  /// What is not there is told as missing, wherever it is not.
  func holds(_ path: String) -> Bool {
    let target = WrittenFile.resolved(path)
    guard target.hasPrefix("/") else { return true }
    return files.contains(target) || folders.contains { target.hasPrefix($0.hasSuffix("/") ? $0 : $0 + "/") }
  }

  private static func folder(of path: String) -> String {
    let target = WrittenFile.resolved(path)
    var status = stat()
    let isFolder = stat(target, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    guard !isFolder, let slash = target.lastIndex(of: "/") else { return target }
    return slash == target.startIndex ? "/" : String(target[..<slash])
  }
}
