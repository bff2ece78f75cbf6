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
  /// Entries of folders that could not be looked at.
  private(set) var unreadable: [FileError] = []
  /// Every file that was read, each once.
  private(set) var paths: [String] = []
  private var known: Set<String> = []

  /// - Throws: usage for a missing path, environment for one that cannot be read, nothing matched for none at all.
  init(paths roots: [String]) throws(Failure) {
    for root in roots { try find(root) }
    let reader = ScenarioReader(files: SourceFiles(), greetings: GreetingMeter())
    for path in paths {
      do {
        scenarios.append(try reader.scenario(at: path))
      } catch {
        invalid.append(Invalid(path: path, error: error))
      }
    }
    if scenarios.isEmpty, invalid.isEmpty, unreadable.isEmpty {
      throw Failure(
        .nothingMatched,
        "error: no scenario in \(roots.joined(separator: ", ")): "
          + "a scenario is a .yaml file that begins with \"scenario:\"")
    }
  }

  /// A file is taken as it is; of a folder, all that ends in .yaml or .yml and is neither a tenant nor an exploration.
  private mutating func find(_ root: String) throws(Failure) {
    guard let listing = Folder.files(below: root, endings: ["yaml", "yml"]) else {
      do {
        _ = try OpenFile(path: root)
      } catch {
        throw Failure(error.exitCode, "error: \(error)")
      }
      return add(root)
    }
    unreadable += listing.problems
    for file in listing.files {
      do {
        if try !Self.isOther(file) { add(file) }
      } catch {
        unreadable.append(error)
      }
    }
  }

  /// The same file by two ways is one case.
  private mutating func add(_ path: String) {
    if known.insert(WrittenFile.resolved(path)).inserted { paths.append(path) }
  }

  /// Tenants and explorations lie beside scenarios.
  private static func isOther(_ path: String) throws(FileError) -> Bool {
    var file = try OpenFile(path: path)
    guard file.kind == .regular, let text = String(validating: try file.read(upTo: SourceFiles.limit), as: UTF8.self)
    else {
      return false
    }
    let lines = SourceText.lines(text)
    return lines.contains { $0.hasPrefix("tenant:") || $0.hasPrefix("explore:") }
      && !lines.contains { $0.hasPrefix("scenario:") }
  }

  /// How a run over these files fails for the files' own sake, if it does.
  var failure: Failure? {
    if !invalid.isEmpty { return Failure(.invalidFile) }
    return unreadable.isEmpty ? nil : Failure(.environment)
  }

  /// Tells on stderr what cannot be used and why.
  func reportInvalid() {
    for error in unreadable { Output.error("error: \(error)") }
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
