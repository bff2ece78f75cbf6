public import VerificationCore

/// How one case went.
public struct CaseRecord: Hashable, Sendable {
  public enum Status: String, Hashable, Sendable, CaseIterable { case passed, failed, skipped }

  /// Its place in the plan, from 1: the same in every shard and in every order.
  public var number: Int
  public var path: String
  public var title: String
  /// The row of the matrix; nil where the file has none.
  public var name: String?
  /// From 1, where cases are played more than once; else nil.
  public var round: Int?
  /// Where it is written, from 1.
  public var line: Int
  public var tags: [String]
  /// Ids of the rules that it shows.
  public var rules: [String]
  public var seed: UInt64
  public var status: Status
  /// The outcome in one word, `undecided` or `no sign-in`; empty where it was skipped.
  public var result: String
  /// Virtual time that it took.
  public var length: Milliseconds
  /// In the order in which things happened.
  public var moments: [Moment]
  /// Empty unless it failed.
  public var problems: [ProblemRecord]
  /// Why it was skipped.
  public var skipReason: String?
  /// Steps that it leaves out on purpose: `path:line:column: why`.
  public var skippedSteps: [String] = []
  /// Where the machine stood at each instant; nil without `--trace`.
  public var trace: [TraceStep]?

  public init(
    number: Int, path: String, title: String, name: String? = nil, round: Int? = nil, line: Int, tags: [String] = [],
    rules: [String] = [], seed: UInt64, status: Status, result: String = "", length: Milliseconds = .zero,
    moments: [Moment] = [], problems: [ProblemRecord] = [], skipReason: String? = nil, trace: [TraceStep]? = nil
  ) {
    self.number = number
    self.path = path
    self.title = title
    self.name = name
    self.round = round
    self.line = line
    self.tags = tags
    self.rules = rules
    self.seed = seed
    self.status = status
    self.result = result
    self.length = length
    self.moments = moments
    self.problems = problems
    self.skipReason = skipReason
    self.trace = trace
  }

  /// `path::title[name]`, with `#2` behind it in the second round.
  public var id: String { "\(path)::\(label)" }

  /// `title[name]#2`: its id within its file.
  public var label: String {
    let name = name.map { "[\($0)]" } ?? ""
    let round = round.map { "#\($0)" } ?? ""
    return "\(title)\(name)\(round)"
  }
}

/// An instant of a case, for replaying it step by step.
public struct TraceStep: Hashable, Sendable {
  /// From the start of the case.
  public var at: Milliseconds
  /// What happened then, a line of the transcript each.
  public var lines: [String]
  /// Where the verification stands after that, in words: `waiting for #, attempt 1 of 3`.
  public var state: String

  public init(at: Milliseconds, lines: [String], state: String) {
    self.at = at
    self.lines = lines
    self.state = state
  }
}
