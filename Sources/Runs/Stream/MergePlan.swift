/// Which case comes from which stream, and what is wrong with the streams together.
///
/// Told the records of one stream after the other; holds of a case no more than which stream has it.
public struct MergePlan: Sendable {
  /// Of the first stream that has one.
  public private(set) var header: RunHeader?
  /// Of the first stream that has the whole plan, as each has that was not cut off within it.
  public private(set) var files: [PlannedFile] = []
  /// The stream whose plan it is, and whose files that cannot be run are those of the run, as an index of `streams`.
  public private(set) var planStream: Int?
  /// Whether that stream goes on behind its plan: no other's is better.
  public private(set) var isPlanSettled = false
  public private(set) var findings: [MergeFinding] = []
  /// Whether the streams belong to one run at all.
  public private(set) var isOneRun = true
  /// The names of the streams, in the order in which they were begun.
  public private(set) var streams: [String] = []
  /// Entries of folders that could not be looked at when it was run.
  public private(set) var unreadable = 0
  /// By number; -1 where no stream has the case.
  private var owners: [Int32] = []
  /// The place of each case in the run, by number.
  private var places: [Int32] = []
  private var shards: [Shard: String] = [:]
  /// The stream of `header`.
  private var first = ""
  private var current = Current()

  /// The stream that is being told.
  private struct Current {
    var header: RunHeader?
    var tally = RunEnd()
    var end: RunEnd?
    /// Left empty where another stream's plan is settled.
    var files: [PlannedFile] = []
    /// Cases of its plan, without rounds.
    var planned = 0
    var isBehindPlan = false
    var cases = 0
    var place: Int32 = -1
    var isTaken = true
  }

  /// Why a record cannot stand where it does.
  public struct Misplaced: Error, Hashable, Sendable {
    public let message: String
  }

  public init() {}

  public mutating func begin(_ stream: String) {
    streams.append(stream)
    current = Current()
  }

  /// - Throws: where this cannot be a stream.
  public mutating func take(_ record: RunRecord) throws(Misplaced) {
    guard current.end == nil else { throw Misplaced(message: "something follows the end of the run") }
    guard case .run(let header) = record else {
      guard current.header != nil else {
        throw Misplaced(message: "this is no stream of a run: it does not begin with a line of type \"run\"")
      }
      current.tally.count(record)
      switch record {
      case .plan(let file): take(file)
      case .recording: leavePlan()
      case .case(let played):
        leavePlan()
        try take(played)
      case .end(let end):
        leavePlan()
        current.end = end
        if isOneRun { unreadable = max(unreadable, end.unreadable) }
      case .run, .invalid: break  // nothing to compare
      }
      return
    }
    guard current.header == nil else { throw Misplaced(message: "a second run begins here") }
    current.header = header
    compare(header)
  }

  private mutating func compare(_ header: RunHeader) {
    let stream = streams[streams.count - 1]
    guard let known = self.header else {
      (self.header, first) = (header, stream)
      return noteShard(header, stream)
    }
    if let difference = header.difference(from: known) {
      findings.append(.otherPlan(stream: stream, first: first, difference))
      (isOneRun, current.isTaken) = (false, false)
    } else {
      noteShard(header, stream)
    }
  }

  private mutating func noteShard(_ header: RunHeader, _ stream: String) {
    guard let shard = header.shard ?? Shard(1, of: 1) else { return }
    if let other = shards[shard] {
      findings.append(.doubledShard(shard, stream: stream, first: other))
      // Its cases are all there already; saying so of each would say no more.
      current.isTaken = false
    } else {
      shards[shard] = stream
    }
  }

  // MARK: The plan

  private mutating func take(_ file: PlannedFile) {
    current.planned += file.count
    if !isPlanSettled { current.files.append(file) }
  }

  /// What a header claims is believed as far as its plan goes.
  private var hasWholePlan: Bool {
    guard let header = current.header, header.difference(from: self.header ?? header) == nil else { return false }
    return current.planned.multipliedReportingOverflow(by: header.rounds) == (header.cases, false)
  }

  private mutating func leavePlan() {
    guard !current.isBehindPlan else { return }
    current.isBehindPlan = true
    if hasWholePlan {
      adoptPlan(isSettled: true)
    } else if let header = current.header, isOneRun {
      let stream = streams[streams.count - 1]
      let planned = current.planned.multipliedReportingOverflow(by: header.rounds).partialValue
      findings.append(.partialPlan(stream: stream, planned: planned, of: header.cases))
      current.isTaken = false
    }
  }

  private mutating func adoptPlan(isSettled: Bool) {
    guard let header = current.header, !isPlanSettled, isSettled || planStream == nil else { return }
    let isFirst = planStream == nil
    (files, planStream, isPlanSettled) = (current.files, streams.count - 1, isSettled)
    current.files = []
    if isFirst { layOut(header) }
  }

  private mutating func layOut(_ header: RunHeader) {
    owners = Array(repeating: -1, count: header.cases)
    guard header.shuffle != nil else { return }
    places = Array(repeating: 0, count: header.cases)
    for (place, number) in header.order.enumerated() { places[number - 1] = Int32(place) }
  }

  // MARK: Cases

  private mutating func take(_ played: CaseRecord) throws(Misplaced) {
    current.cases += 1
    guard current.isTaken else { return }
    let stream = streams[streams.count - 1]
    guard owners.indices.contains(played.number - 1) else {
      return findings.append(.unknownCase(number: played.number, stream: stream))
    }
    let place = places.isEmpty ? Int32(played.number) : places[played.number - 1]
    guard place > current.place else {
      throw Misplaced(message: "case \(played.number) stands behind one that is run later, or twice")
    }
    current.place = place
    let owner = owners[played.number - 1]
    if owner >= 0 {
      findings.append(.doubledCase(id: played.id, stream: stream, first: streams[Int(owner)]))
    } else {
      owners[played.number - 1] = Int32(streams.count - 1)
    }
  }

  /// - Parameter line: the last that could be read whole, from 1; 0 for an empty stream.
  public mutating func finish(line: Int) {
    let stream = streams[streams.count - 1]
    // Cut off where its files that cannot be run stand: better than none.
    if hasWholePlan { adoptPlan(isSettled: false) }
    guard let end = current.end else {
      return findings.append(.cutOff(stream: stream, line: line, cases: current.cases))
    }
    if let cause = end.stopped { findings.append(.stopped(stream: stream, cause, notRun: end.notRun)) }
    let tally = current.tally
    guard
      (end.passed, end.failed, end.skipped, end.invalid) == (tally.passed, tally.failed, tally.skipped, tally.invalid)
    else { return findings.append(.miscounted(stream: stream)) }
  }

  /// Call it behind the last stream.
  public mutating func finishAll() {
    guard let header, isOneRun else { return }
    if planStream == nil { findings.append(.noPlan(cases: header.cases)) }
    let count = header.shard?.count ?? 1
    for index in 1...count {
      guard let shard = Shard(index, of: count), shards[shard] == nil else { continue }
      findings.append(.missingShard(shard))
    }
  }

  /// Which stream has a case, as an index of `streams`; nil where none has.
  ///
  /// - Parameter number: from 1.
  public func owner(of number: Int) -> Int? {
    guard owners.indices.contains(number - 1), owners[number - 1] >= 0 else { return nil }
    return Int(owners[number - 1])
  }

  /// The cases that no stream has, by number; none where no stream has the whole plan.
  public var missing: [Int] {
    owners.indices.filter { owners[$0] < 0 }.map { $0 + 1 }
  }

  /// The ids of cases.
  ///
  /// - Parameter numbers: from 1, ascending.
  public func ids(of numbers: some Sequence<Int>) -> [String] {
    guard let header else { return [] }
    var ids: [String] = []
    var (index, before) = (0, 0)
    for number in numbers {
      while files.indices.contains(index), (before + files[index].count) * header.rounds < number {
        before += files[index].count
        index += 1
      }
      guard index < files.count else { break }
      let (position, round) = (number - 1 - before * header.rounds).quotientAndRemainder(dividingBy: header.rounds)
      let file = files[index]
      let name = file.cases.map { "[\($0[position])]" } ?? ""
      ids.append("\(file.path)::\(file.title)\(name)\(header.rounds > 1 ? "#\(round + 1)" : "")")
    }
    return ids
  }
}
