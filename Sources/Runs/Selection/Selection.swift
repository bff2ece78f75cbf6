import ScenarioModel

/// Which cases of the files are run.
public struct Selection {
  public var tags: TagFilter?
  public var named: CaseFilter?
  public var pattern: IDPattern?
  /// Ids of the cases that failed last time, and paths of the files that could not be run.
  public var failed: Set<String>?

  public init(
    tags: TagFilter? = nil, named: CaseFilter? = nil, pattern: IDPattern? = nil, failed: Set<String>? = nil
  ) {
    self.tags = tags
    self.named = named
    self.pattern = pattern
    self.failed = failed
  }

  public var isEmpty: Bool { tags == nil && named == nil && pattern == nil && failed == nil }

  /// Nothing is left to run.
  public struct Emptied: Error, Hashable, Sendable {
    /// The filter that took the last ones, and what may help.
    public let message: String
  }

  /// - Throws: which filter left nothing, and what was probably meant.
  public func chosen(from files: [SelectedFile]) throws(Emptied) -> [SelectedFile] {
    var left = files
    try narrow(&left, by: tags, { $1.accepts($0.file.tags) ? nil : { _ in false } }, otherwise: noTag)
    try narrow(&left, by: named, { _, filter in filter.accepts }, otherwise: noName)
    try narrow(&left, by: pattern, { _, filter in filter.accepts }) { pattern, files in
      "--grep '\(pattern.text)' is found in the id of none of \(Self.count(files)), as in \(Self.example(files))"
    }
    try narrow(&left, by: failed, { _, ids in { ids.contains($0.description) || ids.contains($0.path) } }) {
      ids, files in
      "--last-failed: none of the \(ids.count) that failed last time is among \(Self.count(files))"
    }
    return left
  }

  /// - Parameter test: which cases of a file a filter takes; nil for all.
  private func narrow<Filter>(
    _ files: inout [SelectedFile], by filter: Filter?, _ test: (SelectedFile, Filter) -> ((CaseID) -> Bool)?,
    otherwise message: (Filter, [SelectedFile]) -> String
  ) throws(Emptied) {
    guard let filter, !files.isEmpty else { return }
    let kept = files.compactMap { file in
      guard let isWanted = test(file, filter) else { return file }
      var file = file
      file.keep(where: isWanted)
      return file.cases.isEmpty ? nil : file
    }
    if kept.isEmpty { throw Emptied(message: message(filter, files)) }
    files = kept
  }

  private func noTag(_ filter: TagFilter, _ files: [SelectedFile]) -> String {
    let tags = Set(files.flatMap(\.file.tags))
    let known = Set(files.flatMap(\.file.shownTags)).sorted()
    let unknown = filter.wanted.filter { !tags.contains($0) }
    let hint: String
    if known.isEmpty {
      hint = "no file has tags"
    } else if let first = unknown.first {
      hint = Suggestion.hint(for: first, among: known, what: "the tags are")
    } else {
      hint = "all that have one have an excluded one too"
    }
    return "--tags \(filter) leaves none of \(Self.count(files)); \(hint)"
  }

  private func noName(_ filter: CaseFilter, _ files: [SelectedFile]) -> String {
    let names = files.prefix(100).flatMap { file in
      file.cases.prefix(100).compactMap { file.file.shownID(Int($0)).name }
    }
    let start = "--case '\(filter.text)' is none of \(Self.count(files))"
    guard let first = names.first else { return "\(start); these files have no matrix" }
    let closest = Suggestion.closest(to: filter.text, among: names)
    return "\(start); " + (closest.map { "did you mean '\($0)'?" } ?? "there is for example '\(first)'")
  }

  private static func count(_ files: [SelectedFile]) -> String {
    let cases = files.reduce(0) { $0 + $1.cases.count }
    return cases == 1 ? "the 1 case" : "the \(cases) cases"
  }

  private static func example(_ files: [SelectedFile]) -> String {
    files.first.flatMap { file in file.cases.first.map { "\(file.file.shownID(Int($0)))" } } ?? ""
  }
}
