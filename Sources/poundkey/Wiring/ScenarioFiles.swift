import Files
import Reports
import ScenarioModel
import ScenarioYAML

/// The scenarios below some paths, and the files that cannot be used.
struct ScenarioFiles {
  struct Invalid {
    let path: String
    let error: InvalidSource
  }

  private(set) var scenarios: [Scenario] = []
  private(set) var invalid: [Invalid] = []

  /// - Throws: usage for a missing path, environment for one that cannot be read, nothing matched for none at all.
  init(paths: [String]) throws {
    let reader = ScenarioReader(files: SourceFiles(), greetings: GreetingMeter())
    for path in paths {
      for file in try Self.files(at: path) {
        do {
          scenarios.append(try reader.scenario(at: file))
        } catch {
          invalid.append(Invalid(path: file, error: error))
        }
      }
    }
    if scenarios.isEmpty, invalid.isEmpty {
      throw Failure(
        .nothingMatched,
        "error: no scenario in \(paths.joined(separator: ", ")): a scenario is a .yaml file that begins with \"scenario:\""
      )
    }
  }

  /// A file is taken as it is; of a folder, all that ends in .yaml or .yml and is no tenant.
  private static func files(at path: String) throws -> [String] {
    do throws(FileError) {
      guard let entries = try Folder.files(below: path, endings: ["yaml", "yml"]) else {
        _ = try OpenFile(path: path)
        return [path]
      }
      var files: [String] = []
      for entry in entries where try !isTenant(entry) { files.append(entry) }
      return files
    } catch {
      throw Failure(error.exitCode, "error: \(error)")
    }
  }

  /// Tenants lie beside the scenarios that use them.
  private static func isTenant(_ path: String) throws(FileError) -> Bool {
    var file = try OpenFile(path: path)
    guard file.kind == .regular, let text = String(validating: try file.read(upTo: SourceFiles.limit), as: UTF8.self)
    else {
      return false
    }
    let lines = SourceText.lines(text)
    return lines.contains { $0.hasPrefix("tenant:") } && !lines.contains { $0.hasPrefix("scenario:") }
  }

  /// Tells the problems of the invalid files on stderr.
  func reportInvalid() {
    for file in invalid {
      let text = ProblemText(style: Output.errorStyle, secrets: file.error.secrets)
      for problem in file.error.problems {
        Output.error(text.render(problem, lines: SourceLines.of(problem.place?.path)))
      }
    }
  }
}

/// The lines of a file, for quoting; none where it cannot be read or is no text.
enum SourceLines {
  static func of(_ path: String?) -> [Substring] {
    guard let path, let bytes = try? SourceFiles().load(path), let text = String(validating: bytes, as: UTF8.self)
    else {
      return []
    }
    return SourceText.lines(text)
  }
}
