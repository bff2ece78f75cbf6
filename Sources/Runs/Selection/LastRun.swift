public import ScenarioModel

/// What failed in the last run of a folder, as kept between runs.
public struct LastRun: Hashable, Sendable {
  /// Ids of cases, without their rounds, and paths of files that could not be run.
  public let failed: [String]

  private static let heading = "poundkey last run 1"

  /// - Parameter failed: in any order, some more than once.
  public init(failed: some Sequence<String>) { self.failed = Set(failed).sorted() }

  /// What is known after a whole run: what failed in it, and what failed before and was not run again.
  ///
  /// - Parameters:
  ///   - failed: ids of cases and paths of files that could not be run.
  ///   - chosen: the cases that were run.
  ///   - read: all files that were read, with all their cases.
  ///   - invalid: paths of the files that could not be run.
  ///   - isThere: whether a file has this path.
  public func followed(
    by failed: [String], of chosen: RunPlan, read: [ScenarioFile], invalid: [String], isThere: (String) -> Bool
  ) -> LastRun {
    let before = self.failed.filter { !failed.contains($0) }
    guard !before.isEmpty else { return LastRun(failed: failed) }
    var left: Set<String> = []
    var done = Set(invalid)
    let run = Set(chosen.cases.map { "\(chosen.id(of: $0))" })
    for file in read {
      let ids = file.cases.indices.map { "\(file.shownID($0))" }
      left.formUnion(ids.filter { !run.contains($0) })
      if ids.allSatisfy(run.contains) { done.insert(file.path) }
    }
    let known = Set(read.map(\.path) + invalid)
    return LastRun(
      failed: failed
        + before.filter { entry in
          if left.contains(entry) { return true }
          let paths = Self.paths(of: entry)
          // Of a file that was read: run again, or no longer among its cases; a whole file, unless only some of it was run.
          if let path = paths.first(where: known.contains) { return path == entry && !done.contains(path) }
          return paths.contains(where: isThere)
        })
  }

  /// What may be the path of an entry: a path may hold what stands between it and a title.
  private static func paths(of entry: String) -> [String] {
    let letters = Array(entry.unicodeScalars)
    let ends = letters.indices.dropLast().filter { letters[$0] == ":" && letters[$0 + 1] == ":" }
    return ends.map { end in
      var path = String.UnicodeScalarView()
      path.append(contentsOf: letters[..<end])
      return String(path)
    } + [entry]
  }

  /// nil for a text that `text` did not make.
  public init?(text: String) {
    var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.first == Self.heading, lines.popLast() == "" else { return nil }
    failed = lines.dropFirst().map(Self.read)
  }

  /// A heading, then one a line.
  public var text: String { ([Self.heading] + failed.map(Self.written)).map { $0 + "\n" }.joined() }

  /// A name may hold a line feed.
  private static func written(_ id: String) -> String {
    var line = ""
    for scalar in id.unicodeScalars {
      switch scalar {
      case "\\": line += "\\\\"
      case "\n": line += "\\n"
      default: line.unicodeScalars.append(scalar)
      }
    }
    return line
  }

  private static func read(_ line: String) -> String {
    var (id, isEscaped) = (String.UnicodeScalarView(), false)
    for scalar in line.unicodeScalars {
      if !isEscaped, scalar == "\\" {
        isEscaped = true
      } else {
        id.append(isEscaped && scalar == "n" ? "\n" : scalar)
        isEscaped = false
      }
    }
    return String(id)
  }

  /// The name of the file in which the last run of a folder is kept.
  public static func fileName(ofFolder folder: String) -> String {
    var print = FNV1a()
    print.add(folder)
    let digits = String(print.value, radix: 16)
    return "last-run-" + String(repeating: "0", count: 16 - digits.count) + digits
  }
}
