public import ScenarioModel

/// A problem as a stream holds it: with the lines that it quotes, so that a report needs no file.
public struct ProblemRecord: Hashable, Sendable {
  /// What is quoted of the file.
  public struct Quote: Hashable, Sendable {
    /// The line before; nil where there is none, or nothing on it.
    public var before: String?
    public var line: QuotedLine

    public init(before: String?, line: QuotedLine) {
      self.before = before
      self.line = line
    }
  }

  public var id: String
  public var severity: Problem.Severity
  public var message: String
  public var place: SourcePlace?
  /// Written behind the caret.
  public var label: String?
  public var notes: [Problem.Note]
  /// nil where the file could not be had.
  public var quote: Quote?

  public init(
    id: String, severity: Problem.Severity = .error, message: String, place: SourcePlace? = nil, label: String? = nil,
    notes: [Problem.Note] = [], quote: Quote? = nil
  ) {
    self.id = id
    self.severity = severity
    self.message = message
    self.place = place
    self.label = label
    self.notes = notes
    self.quote = quote
  }

  /// - Parameters:
  ///   - mask: for what no output may show.
  ///   - lines: the lines of a file, by path; none where it cannot be had.
  public init(_ problem: Problem, mask: SecretMask, lines: (String) -> [Substring]) {
    id = problem.id
    severity = problem.severity
    message = mask(problem.message)
    place = problem.place
    label = problem.label.map { mask($0) }
    notes = problem.notes.map { Problem.Note($0.kind, mask($0.text)) }
    quote = problem.place.flatMap { Self.quote($0, mask, lines($0.path)) }
  }

  private static func quote(_ place: SourcePlace, _ mask: SecretMask, _ lines: [Substring]) -> Quote? {
    let index = place.span.line - 1
    guard lines.indices.contains(index) else { return nil }
    let before = index > 0 && lines[index - 1].contains { $0 != " " } ? lines[index - 1] : nil
    // Masked before it is cut: no part of a secret stays.
    return Quote(
      before: before.map { QuotedLine(mask(String($0)), around: nil).text },
      line: QuotedLine(mask(String(lines[index])), around: place.span))
  }
}

/// A file that cannot be run, with all that is wrong with it.
public struct InvalidFileRecord: Hashable, Sendable {
  public var path: String
  public var problems: [ProblemRecord]

  public init(path: String, problems: [ProblemRecord]) {
    self.path = path
    self.problems = problems
  }

  /// - Parameters:
  ///   - secrets: what no output may show.
  ///   - lines: the lines of a file, by path; none where it cannot be had.
  public init(path: String, problems: [Problem], secrets: [String], lines: (String) -> [Substring]) {
    let mask = SecretMask(secrets)
    self.init(path: path, problems: problems.map { ProblemRecord($0, mask: mask, lines: lines) })
  }
}
