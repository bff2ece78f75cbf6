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
    let reader = ScenarioReader(files: SourceFiles(), greetings: GreetingMeter())
    for path in try Self.find(roots) {
      do {
        plans.append(try reader.exploration(at: path))
      } catch {
        invalid.append(ScenarioFiles.Invalid(path: path, error: error))
      }
    }
    if plans.isEmpty, invalid.isEmpty {
      throw Failure(
        .nothingMatched,
        "error: no exploration in \(roots.joined(separator: ", ")): it is a .yaml file that begins with \"explore:\"")
    }
  }

  /// A file is taken as it is; of a folder, what ends in .yaml or .yml and begins with `explore:`.
  private static func find(_ roots: [String]) throws(Failure) -> [String] {
    var paths: [String] = []
    for root in roots {
      let found: [String]
      if let listing = Folder.files(below: root, endings: ["yaml", "yml"]) {
        found = listing.files.filter { SourceLines.of($0).contains { $0.hasPrefix("explore:") } }
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
