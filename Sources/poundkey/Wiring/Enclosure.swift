import Glibc

/// The folders that scenarios may be made of: a scenario of somebody else must not quote what lies elsewhere.
struct Enclosure: Sendable {
  /// With links followed.
  private let folders: [String]
  private let files: Set<String>
  /// Git work trees: what they are made of, but not what git keeps of them.
  private let trees: [String]

  /// The current folder, those of the paths, and the git work trees that these lie in.
  ///
  /// - Parameter scenarios: the files that were found below the paths, whatever they are links to.
  init(_ roots: [ScenarioRoot], scenarios: [String]) {
    folders = ["."].map(WrittenFile.resolved) + roots.map { Self.folder(of: $0.path) }
    files = Set(scenarios.map(WrittenFile.resolved))
    trees = Array(Set(folders.dropFirst().compactMap(Self.workTree)))
  }

  /// What is not there is told as missing, wherever it is not.
  func holds(_ path: String) -> Bool {
    let target = WrittenFile.resolved(path)
    guard target.hasPrefix("/") else { return true }
    return files.contains(target) || folders.contains { Self.lies(target, in: $0) }
      || trees.contains { Self.lies(target, in: $0) && !Self.lies(target, in: $0 + "/.git") }
  }

  private static func lies(_ target: String, in folder: String) -> Bool {
    target.hasPrefix(folder.hasSuffix("/") ? folder : folder + "/")
  }

  /// The nearest folder, from this one upwards, with a `.git`; of a linked work tree or a submodule that is a file.
  private static func workTree(of folder: String) -> String? {
    var folder = Substring(folder)
    while !folder.isEmpty {
      if WrittenFile.exists("\(folder)/.git") { return String(folder) }
      guard let slash = folder.lastIndex(of: "/") else { return nil }
      folder = folder[..<slash]
    }
    return nil
  }

  private static func folder(of path: String) -> String {
    let target = WrittenFile.resolved(path)
    var status = stat()
    let isFolder = stat(target, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    guard !isFolder, let slash = target.lastIndex(of: "/") else { return target }
    return slash == target.startIndex ? "/" : String(target[..<slash])
  }
}
