/// Which case comes from which stream, and what is wrong with the streams together.
///
/// Told the records of one stream after the other; holds of a case no more than which stream has it.
public struct MergePlan: Sendable {
  /// Of the first stream.
  public private(set) var header: RunHeader?
  /// Of the first stream: every stream has the whole plan.
  public private(set) var files: [PlannedFile] = []
  public private(set) var findings: [MergeFinding] = []
  /// Whether the streams belong to one run at all.
  public private(set) var isOneRun = true
  /// The names of the streams, in the order in which they were begun.
  public private(set) var streams: [String] = []
  /// By number; -1 where no stream has the case.
  private var owners: [Int16] = []
  /// The place of each case in the run, by number.
  private var places: [Int32] = []
  private var shards: [Shard: String] = [:]
  private var current = Current()

  /// The stream that is being told.
  private struct Current {
    var header: RunHeader?
    var tally = RunEnd()
    var end: RunEnd?
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
      case .plan(let file): if streams.count == 1 { files.append(file) }
      case .case(let played): try take(played)
      case .end(let end): current.end = end
      case .run, .invalid, .recording: break  // nothing to compare
      }
      return
    }
    guard current.header == nil else { throw Misplaced(message: "a second run begins here") }
    current.header = header
    compare(header)
  }

  private mutating func compare(_ header: RunHeader) {
    let stream = streams[streams.count - 1]
    guard let first = self.header else {
      self.header = header
      return noteShard(header, stream)
    }
    if let difference = header.difference(from: first) {
      findings.append(.otherPlan(stream: stream, first: streams[0], difference))
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

  private mutating func take(_ played: CaseRecord) throws(Misplaced) {
    current.cases += 1
    guard let header = current.header, current.isTaken else { return }
    if owners.isEmpty { layOut(header) }
    let stream = streams[streams.count - 1]
    guard (1...header.cases).contains(played.number), !owners.isEmpty else {
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
      owners[played.number - 1] = Int16(streams.count - 1)
    }
  }

  private mutating func layOut(_ header: RunHeader) {
    // What a header claims is believed as far as its plan goes.
    guard files.reduce(0, { $0 + $1.count }).multipliedReportingOverflow(by: header.rounds) == (header.cases, false)
    else { return }
    owners = Array(repeating: -1, count: header.cases)
    guard header.shuffle != nil else { return }
    places = Array(repeating: 0, count: header.cases)
    for (place, number) in header.order.enumerated() { places[number - 1] = Int32(place) }
  }

  /// - Parameter line: the last that could be read whole, from 1; 0 for an empty stream.
  public mutating func finish(line: Int) {
    let stream = streams[streams.count - 1]
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
    if owners.isEmpty { layOut(header) }
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

  /// The cases that no stream has, by number.
  public var missing: [Int] {
    guard owners.isEmpty else { return owners.indices.filter { owners[$0] < 0 }.map { $0 + 1 } }
    return []
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
