import ArgumentParser
import Glibc
import Runs

/// `PATH[:LINE]`: a scenario file or folder, and perhaps one line of a file.
struct ScenarioRoot: ExpressibleByArgument {
  /// As the same file is called in every run: below the current folder without it.
  let path: String
  /// From 1; nil for the whole file.
  let line: Int?

  init(path: String, line: Int? = nil) {
    self.path = NormalPath.of(Home.shortened(NormalPath.of(path)))
    self.line = line
  }

  /// A place as problems name it, `a.yaml:16:11`, is taken too. A file that has such a name goes before.
  init?(argument: String) {
    guard !argument.isEmpty else { return nil }
    let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
    let numbers = parts.dropFirst().reversed().prefix(2).prefix { Int($0) != nil }
    guard !numbers.isEmpty, !WrittenFile.exists(argument), let line = numbers.last.flatMap({ Int($0) }), line > 0 else {
      self.init(path: argument)
      return
    }
    self.init(path: parts.dropLast(numbers.count).joined(separator: ":"), line: line)
  }
}
