import Files
import Reports
import Runs

/// Puts the streams of shards together: reads each twice, first to see whether they make up a run, then case by case in
/// the order of the run.
struct StreamMerge {
  private let paths: [String]
  private(set) var plan = MergePlan()
  /// The lines of the plan and of the files that cannot be run, from the stream of the plan.
  private var planLines: [[UInt8]] = []
  private var recordings: [RecordingKey: [UInt8]] = [:]

  /// - Throws: usage for a missing path, environment for one that cannot be read, invalid file for what is no stream.
  init(_ paths: [String]) throws(Failure) {
    self.paths = paths
    for (index, path) in paths.enumerated() {
      let lines = try survey(path)
      if plan.planStream == index { planLines = lines }
    }
    plan.finishAll()
  }

  // MARK: The first reading

  /// - Returns: the lines of its plan, as far as one is wanted.
  private mutating func survey(_ path: String) throws(Failure) -> [[UInt8]] {
    var stream = StreamFile(path)
    try stream.check()
    var planLines: [[UInt8]] = []
    let wantsPlan = !plan.isPlanSettled
    plan.begin(Printable.text(path))
    do throws(StreamFile.Stop) {
      while let line = try stream.next() {
        guard let record = try stream.record(line) else { continue }
        do throws(MergePlan.Misplaced) { try plan.take(record) } catch { throw stream.mistake(error.message) }
        switch record {
        case .plan, .invalid: if wantsPlan { planLines.append(line) }
        case .recording(let recording): if recordings[recording.key] == nil { recordings[recording.key] = line }
        case .run, .case, .end: break  // made anew, or read when it is its turn
        }
      }
      plan.finish(line: stream.line)
    } catch {
      switch error {
      case .halfLine: plan.finish(line: stream.line)
      case .failure(let failure): throw failure
      }
    }
    return planLines
  }

  // MARK: The second

  /// Gives each record of the whole run with its line; cases that are missing are left out, and the end says so.
  ///
  /// - Returns: how the run ended.
  func play(_ give: (RunRecord, [UInt8]?) -> Void) throws(Failure) -> RunEnd {
    guard var header = plan.header else { return RunEnd() }
    var end = RunEnd()
    header.shard = nil
    end.unreadable = plan.unreadable
    give(.run(header), nil)
    for line in planLines {
      guard let record = try? StreamReader.record(line) else { continue }
      end.count(record)
      give(record, line)
    }
    var ledger = RecordingLedger()
    let streams = paths.map { CaseStream(StreamFile($0, oneOf: paths.count)) }
    for number in plan.planStream == nil ? [] : header.order {
      guard let owner = plan.owner(of: number), let (played, line) = try streams[owner].find(number) else { continue }
      for key in played.recordings where ledger.isNew(key) {
        guard let told = recordings[key], let record = try? StreamReader.record(told) else { continue }
        give(record, told)
      }
      end.count(.case(played))
      give(.case(played), line)
    }
    end.notRun = header.cases - end.passed - end.failed - end.skipped
    if end.notRun > 0 { end.stopped = .incomplete }
    give(.end(end), nil)
    return end
  }
}

/// The cases of one stream, one after the other.
private final class CaseStream {
  private var stream: StreamFile

  init(_ stream: StreamFile) { self.stream = stream }

  /// Passes over what is not asked for.
  ///
  /// - Returns: nil where the file is no longer what it was.
  func find(_ number: Int) throws(Failure) -> (CaseRecord, [UInt8])? {
    do throws(StreamFile.Stop) {
      while let line = try stream.next() {
        guard case .case(let played) = try stream.record(line), played.number == number else { continue }
        return (played, line)
      }
    } catch {
      switch error {
      case .halfLine: return nil
      case .failure(let failure): throw failure
      }
    }
    return nil
  }
}

extension CaseRecord {
  /// In the order in which they are played; one that is played twice stands twice.
  fileprivate var recordings: [RecordingKey] {
    moments.compactMap { moment in
      if case .message(let key, _, _) = moment.what { key } else { nil }
    }
  }
}
