import Files
import Reports
import ScenarioModel
import ScenarioYAML

/// The scenario, tenant, fragment and explore files below some paths, for verbs that look at them as texts.
struct EditedFiles {
  struct File {
    let path: String
    let bytes: [UInt8]
    /// nil of a file that was named and begins with none of the four keys.
    let kind: SourceKind?
  }

  private(set) var files: [File] = []
  /// What could not be looked at.
  private(set) var unreadable: [String] = []
  private var known: Set<String> = []

  /// - Throws: usage for a missing path, nothing matched where there is none of these files.
  init(paths roots: [String]) throws(Failure) {
    for root in roots {
      guard let listing = Folder.files(below: root, endings: ["yaml", "yml"]) else {
        try add(named: root)
        continue
      }
      unreadable += listing.problems.map { "\($0)" }
      for path in listing.files { add(inFolder: path) }
    }
    guard files.isEmpty, unreadable.isEmpty else { return }
    throw Failure(
      .nothingMatched,
      "error: no file in \(Printable.text(roots.joined(separator: ", "))): it is a .yaml file that begins with "
        + SourceKind.allCases.map { "\"\($0.rawValue):\"" }.joined(separator: ", "))
  }

  private mutating func add(named path: String) throws(Failure) {
    do {
      append(path, try SourceFiles().load(path))
    } catch .missing {
      throw Failure(.usage, "error: \(Printable.text(path)) does not exist")
    } catch .notAFile {
      throw Failure(.usage, "error: \(Printable.text(path)) is not a file")
    } catch {
      unreadable.append("\(path) \(error.reason)")
    }
  }

  /// Other YAML files lie in folders too.
  private mutating func add(inFolder path: String) {
    do {
      let bytes = try SourceFiles().load(path)
      if Self.kind(bytes) != nil { append(path, bytes) }
    } catch {
      switch error {
      case .notAFile: break
      case .missing, .unreadable, .tooLarge, .outside: unreadable.append("\(path) \(error.reason)")
      }
    }
  }

  private mutating func append(_ path: String, _ bytes: [UInt8]) {
    guard known.insert(WrittenFile.resolved(path)).inserted else { return }
    files.append(File(path: path, bytes: bytes, kind: Self.kind(bytes)))
  }

  private static func kind(_ bytes: [UInt8]) -> SourceKind? {
    SourceKind(lines: SourceText.lines(String(decoding: bytes, as: UTF8.self)))
  }
}
