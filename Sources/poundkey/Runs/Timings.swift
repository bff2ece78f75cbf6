import Reports
import Runs
import VerificationCore

/// How long cases took in an earlier run.
enum Timings {
  /// - Returns: by the id of the case, without its round; of several rounds the first.
  /// - Throws: usage for a missing path, invalid file for one that is no stream or has no case.
  static func read(_ path: String) throws(Failure) -> [String: Milliseconds] {
    var stream = StreamFile(path)
    try stream.check()
    var lengths: [String: Milliseconds] = [:]
    do throws(StreamFile.Stop) {
      while let line = try stream.next() {
        guard case .case(var record) = try stream.record(line), record.status != .skipped, (record.round ?? 1) == 1
        else { continue }
        record.round = nil
        lengths[record.id] = record.length
      }
    } catch {
      switch error {
      case .failure(let failure): throw failure
      // What stands before a line that was cut off is as good as ever.
      case .halfLine: break
      }
    }
    if lengths.isEmpty {
      throw Failure(.invalidFile, "error: --timings: \(Printable.text(path)) has no case that was run")
    }
    return lengths
  }
}
