/// Why streams do not make up a whole run.
public enum MergeFinding: Hashable, Sendable {
  /// What of a run's header two streams may differ in.
  public enum Difference: Hashable, Sendable {
    case seed(UInt64, UInt64)
    case clock(RunHeader.Clock, RunHeader.Clock)
    case rounds(Int, Int)
    case shuffle(UInt64?, UInt64?)
    case program(String, String)
    case shards(Int, Int)
    /// The same in all that a header says, of other files, or of others of their cases.
    case plan(UInt64, UInt64)
  }

  /// - Parameter first: the stream that it is held against.
  case otherPlan(stream: String, first: String, Difference)
  /// A stream without a line, or with half a line, or without its `end`.
  case cutOff(stream: String, line: Int, cases: Int)
  /// The run itself was stopped before all its cases were run.
  case stopped(stream: String, RunEnd.Cause, notRun: Int)
  /// What the `end` counts and what there is.
  case miscounted(stream: String)
  case missingShard(Shard)
  case doubledShard(Shard, stream: String, first: String)
  case doubledCase(id: String, stream: String, first: String)
  /// A case that no plan has.
  case unknownCase(number: Int, stream: String)
  /// A stream goes on behind a plan that has other cases than its header says.
  case partialPlan(stream: String, planned: Int, of: Int)
  /// Every stream was cut off before the end of its plan.
  case noPlan(cases: Int)
}

extension MergeFinding: CustomStringConvertible {
  public var description: String {
    switch self {
    case .otherPlan(let stream, let first, let difference): "\(stream) is of another plan than \(first): \(difference)"
    case .cutOff(let stream, 0, _): "\(stream) is empty: its run wrote nothing"
    case .cutOff(let stream, let line, let cases):
      "\(stream) was cut off after \(cases) \(cases == 1 ? "case" : "cases"), behind line \(line)"
    case .stopped(let stream, .maxFailures, let count): "\(stream) stopped after too many failures, \(count) not run"
    case .stopped(let stream, .interrupted, let count): "\(stream) was interrupted, \(count) not run"
    case .stopped(let stream, .incomplete, let count): "\(stream) was merged from too few shards, \(count) missing"
    case .miscounted(let stream): "\(stream) was changed: its end counts other cases than it has"
    case .missingShard(let shard): "shard \(shard) is missing"
    case .doubledShard(let shard, let stream, let first): "\(stream) is shard \(shard) as \(first) is"
    case .doubledCase(let id, let stream, let first): "\(id) is in \(stream) and in \(first)"
    case .unknownCase(let number, let stream): "\(stream) has case \(number), which its plan does not have"
    case .partialPlan(let stream, let planned, let cases):
      "\(stream) was changed: it is of a run of \(cases) cases, and its plan has \(planned)"
    case .noPlan(let cases):
      "no stream has the whole plan: of \(cases) \(cases == 1 ? "case" : "cases"), none can be told by name"
    }
  }
}

extension MergeFinding.Difference: CustomStringConvertible {
  public var description: String {
    switch self {
    case .seed(let this, let first): "seed \(this), not \(first)"
    case .clock(let this, let first): "\(this.rawValue) clock, not \(first.rawValue)"
    case .rounds(let this, let first): "\(this) rounds of each case, not \(first)"
    case .shuffle(let this, let first): "\(Self.words(this)), not \(Self.words(first))"
    case .program(let this, let first): "written by poundkey \(this), not \(first)"
    case .shards(let this, let first): "\(this) shards, not \(first)"
    case .plan(let this, let first):
      "the same seed and clock, but plan hash \(String(this, radix: 16)), not \(String(first, radix: 16)): "
        + "other files, or other cases of them, were chosen"
    }
  }

  private static func words(_ shuffle: UInt64?) -> String { shuffle.map { "shuffled with \($0)" } ?? "not shuffled" }
}

extension RunHeader {
  /// In what another stream's header differs so that the two are of different runs; nil where they belong together.
  public func difference(from first: RunHeader) -> MergeFinding.Difference? {
    if program != first.program { return .program(program, first.program) }
    if seed != first.seed { return .seed(seed, first.seed) }
    if clock != first.clock { return .clock(clock, first.clock) }
    if rounds != first.rounds { return .rounds(rounds, first.rounds) }
    if shuffle != first.shuffle { return .shuffle(shuffle, first.shuffle) }
    if plan != first.plan || cases != first.cases { return .plan(plan, first.plan) }
    let counts = (shard?.count ?? 1, first.shard?.count ?? 1)
    return counts.0 == counts.1 ? nil : .shards(counts.0, counts.1)
  }
}
