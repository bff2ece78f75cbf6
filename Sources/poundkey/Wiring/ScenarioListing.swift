import Files
import Reports

/// Where scenarios are below some paths, before any is read.
struct ScenarioListing {
  /// By path, each file once, whatever ways lead to it and in whatever order they were given.
  private(set) var paths: [String] = []
  /// Entries of folders that could not be looked at.
  private(set) var unreadable: [FileError] = []
  /// For files of which lines were named, and which were not named without one.
  private(set) var lines: [String: Set<Int>] = [:]

  /// - Throws: usage for a missing path, environment for one that cannot be read.
  init(_ roots: [ScenarioRoot]) throws(Failure) {
    var found: [(path: String, line: Int?)] = []
    for root in roots {
      for path in try find(root) { found.append((path, root.line)) }
    }
    var names: [String: String] = [:]
    var whole: Set<String> = []
    for (path, line) in found.sorted(by: { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }) {
      let target = WrittenFile.resolved(path)
      let name = names[target] ?? path
      if names.updateValue(name, forKey: target) == nil { paths.append(name) }
      if let line { lines[name, default: []].insert(line) } else { whole.insert(name) }
    }
    for name in whole { lines[name] = nil }
  }

  /// A file is taken as it is; of a folder, what ends in .yaml or .yml and is a scenario or nothing else.
  private mutating func find(_ root: ScenarioRoot) throws(Failure) -> [String] {
    guard let listing = Folder.files(below: root.path, endings: ["yaml", "yml"]) else {
      do {
        _ = try OpenFile(path: root.path)
      } catch {
        throw Failure(error.exitCode, "error: \(Printable.text("\(error)"))")
      }
      return [root.path]
    }
    if let line = root.line {
      throw Failure(.usage, "error: \(Printable.text(root.path)) is a folder; it has no line \(line)")
    }
    unreadable += listing.problems
    var files: [String] = []
    for file in listing.files {
      do {
        if try !Self.isOther(file) { files.append(file) }
      } catch {
        unreadable.append(error)
      }
    }
    // A folder given as `.` is not part of a name.
    return files.map { ScenarioRoot(path: $0).path }
  }

  /// Tenants, explorations and fragments lie beside scenarios.
  private static func isOther(_ path: String) throws(FileError) -> Bool {
    var file = try OpenFile(path: path)
    guard file.kind == .regular else { return false }
    let words = TopLevelWords(of: try file.read(upTo: SourceFiles.limit))
    return words.isFound("scenario:") ? false : ["tenant:", "explore:", "fragment:"].contains(where: words.isFound)
  }
}

/// What lines of a file begin with, found without reading it as YAML.
private struct TopLevelWords {
  private let bytes: [UInt8]
  private let starts: [Int]

  init(of bytes: [UInt8]) {
    self.bytes = bytes
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    var starts = [bytes.starts(with: mark) ? mark.count : 0]
    for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { starts.append(index + 1) }
    self.starts = starts
  }

  func isFound(_ word: String) -> Bool { starts.contains { bytes[$0...].starts(with: word.utf8) } }
}
