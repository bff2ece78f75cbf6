public import VerificationCore

/// One record of the stream that a run writes: all that its reports are made of.
///
/// The order in a stream: `run`, `plan` for each file, `invalid` for each file that cannot be run, then the cases in the
/// order of the run, each after the recordings that it plays first, and `end`. None of it holds a secret, a time of the
/// day, or anything that depends on the machine.
public enum RunRecord: Hashable, Sendable {
  case run(RunHeader)
  case plan(PlannedFile)
  case invalid(InvalidFileRecord)
  case recording(RecordingRecord)
  case `case`(CaseRecord)
  case end(RunEnd)
}

/// What a run is, beside its cases.
public struct RunHeader: Hashable, Sendable {
  /// Of the stream: what a reader must know to read it.
  public static let version = 1

  public enum Clock: String, Hashable, Sendable, CaseIterable { case virtual, real }

  /// Of the program that wrote it.
  public var program: String
  public var seed: UInt64
  public var clock: Clock
  /// FNV-1a, 64 bits: equal where two runs play the same cases of the same files in the same way.
  public var plan: UInt64
  /// Cases of the whole plan, each round counted; of all shards together.
  public var cases: Int
  /// How often each case is played, from 1.
  public var rounds: Int
  /// With what the order of the cases was shuffled; nil where it is the plan's.
  public var shuffle: UInt64?
  /// Which part of the plan this is; nil is all of it.
  public var shard: Shard?

  public init(
    program: String, seed: UInt64, clock: Clock = .virtual, plan: UInt64, cases: Int, rounds: Int = 1,
    shuffle: UInt64? = nil, shard: Shard? = nil
  ) {
    self.program = program
    self.seed = seed
    self.clock = clock
    self.plan = plan
    self.cases = cases
    self.rounds = rounds
    self.shuffle = shuffle
    self.shard = shard
  }
}

/// A file of the plan and those of its cases that belong to it.
///
/// The cases of a run are numbered from 1 through all files in the order of these records; with rounds, all rounds of a
/// case follow one another.
public struct PlannedFile: Hashable, Sendable {
  public var path: String
  public var title: String
  /// The names of its cases; nil for a file without a matrix, which has one.
  public var cases: [String]?

  public init(path: String, title: String, cases: [String]? = nil) {
    self.path = path
    self.title = title
    self.cases = cases
  }

  public var count: Int { cases?.count ?? 1 }
}

/// How a run ended; a stream without it was cut off.
public struct RunEnd: Hashable, Sendable {
  /// Why cases of the plan were not run.
  public enum Cause: String, Hashable, Sendable, CaseIterable {
    case maxFailures, interrupted
    /// Merged from shards that do not have all cases.
    case incomplete
  }

  public var passed = 0
  public var failed = 0
  public var skipped = 0
  /// Files.
  public var invalid = 0
  /// Entries of folders that could not be looked at, such as a link that leads nowhere; every shard meets the same.
  public var unreadable = 0
  /// Cases that were to be run here and were not.
  public var notRun = 0
  /// nil where all were run.
  public var stopped: Cause?
  /// Virtual time of all cases together.
  public var length = Milliseconds.zero

  public init() {}

  /// Counts a record of the stream.
  public mutating func count(_ record: RunRecord) {
    switch record {
    case .case(let played):
      switch played.status {
      case .passed: passed += 1
      case .failed: failed += 1
      case .skipped: skipped += 1
      }
      length = length + played.length
    case .invalid: invalid += 1
    case .run, .plan, .recording, .end: break  // nothing was played
    }
  }
}
