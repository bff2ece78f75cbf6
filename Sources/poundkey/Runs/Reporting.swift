import Reports
import Runs

/// Feeds the records of a run to all the reports that are asked for, `run`'s as well as `merge`'s.
///
/// A report that cannot be written disturbs nothing: the others go on, and `finish` tells.
struct Reporting: ~Copyable {
  private var reports: [OpenReport]

  init(_ requests: [ReportRequest]) { reports = requests.map(OpenReport.init) }

  /// - Parameter line: the record as a line of a stream without its end, where it is at hand; else it is made.
  mutating func take(_ record: RunRecord, line: [UInt8]? = nil) {
    for index in reports.indices { reports[index].take(record, line: line) }
  }

  /// Hands what is written as it comes to the system, for those who read it meanwhile or after a crash.
  mutating func flush() {
    for index in reports.indices { reports[index].flush() }
  }

  /// Writes what is left; call it once, whether the run came to its end or not.
  ///
  /// - Returns: why a report could not be written, one sentence each.
  mutating func finish() -> [String] {
    for index in reports.indices { reports[index].finish() }
    return reports.compactMap(\.failure)
  }
}

/// One report and where it goes.
private struct OpenReport {
  private static let chunk = 1 << 16

  private let request: ReportRequest
  private var report: any RunReport
  private var pending: [UInt8] = []
  /// For what is written as it comes to a file.
  private var file: GrowingFile?
  private(set) var failure: String?

  init(_ request: ReportRequest) {
    self.request = request
    report = request.kind.report
    guard request.kind.isWrittenAsItComes, request.path != "-" else { return }
    do throws(Failure) { file = try GrowingFile(request.path) } catch { failure = error.message }
  }

  mutating func take(_ record: RunRecord, line: [UInt8]?) {
    guard failure == nil else { return }
    if let line, request.kind == .jsonl {
      pending += line
      pending.append(UInt8(ascii: "\n"))
    } else {
      report.take(record, into: &pending)
    }
    if pending.count >= Self.chunk { flush() }
  }

  mutating func flush() {
    guard failure == nil, request.kind.isWrittenAsItComes, !pending.isEmpty else { return }
    if let file {
      do throws(Failure) { try file.append(pending) } catch { failure = error.message }
    } else {
      Output.bytes(pending)
      Output.flush()
    }
    pending.removeAll(keepingCapacity: true)
  }

  mutating func finish() {
    guard failure == nil else { return }
    report.finish(into: &pending)
    if request.kind.isWrittenAsItComes {
      flush()
    } else if request.path == "-" {
      Output.bytes(pending)
    } else {
      do throws(Failure) { try WrittenFile.replace(request.path, with: pending) } catch { failure = error.message }
    }
    pending = []
    file = nil
  }
}
