import Files
import Reports
import ScenarioModel
import ScenarioYAML

/// The explorations below some paths, and the files that cannot be used.
struct ExplorationFiles {
  private(set) var plans: [ExploreFile] = []
  private(set) var invalid: [ScenarioFiles.Invalid] = []

  /// - Throws: usage for a missing path, environment for one that cannot be read, nothing matched for none at all.
  init(paths roots: [String]) throws(Failure) {
    read(try Self.find(roots))
    if plans.isEmpty, invalid.isEmpty {
      throw Failure(
        .nothingMatched,
        "error: no exploration in \(roots.joined(separator: ", ")): it is a .yaml file that begins with \"explore:\"")
    }
  }

  /// Those in folders, beside scenarios: there may be none.
  init(in folders: [String]) {
    read(folders.flatMap { Self.inFolder($0) ?? [] })
  }

  private mutating func read(_ paths: [String]) {
    let reader = ScenarioReader(files: SourceFiles(), greetings: GreetingMeter())
    for path in paths {
      do {
        plans.append(try reader.exploration(at: path))
      } catch {
        invalid.append(ScenarioFiles.Invalid(path: path, error: error))
      }
    }
  }

  /// nil where there is no such folder.
  private static func inFolder(_ root: String) -> [String]? {
    Folder.files(below: root, endings: ["yaml", "yml"])?.files
      .filter { SourceLines.of($0).contains { $0.hasPrefix("explore:") } }
  }

  /// A file is taken as it is; of a folder, what ends in .yaml or .yml and begins with `explore:`.
  private static func find(_ roots: [String]) throws(Failure) -> [String] {
    var paths: [String] = []
    for root in roots {
      let found: [String]
      if let inside = inFolder(root) {
        found = inside
      } else {
        do {
          _ = try OpenFile(path: root)
        } catch {
          throw Failure(error.exitCode, "error: \(error)")
        }
        found = [root]
      }
      for path in found where !paths.contains(path) { paths.append(path) }
    }
    return paths
  }

  func reportInvalid() {
    for file in invalid {
      let text = ProblemText(style: Output.errorStyle, secrets: file.error.secrets)
      for problem in file.error.problems {
        Output.error(text.render(problem, lines: SourceLines.of(problem.place?.path)))
      }
    }
  }
}
