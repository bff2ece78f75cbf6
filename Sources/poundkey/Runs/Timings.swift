import Files
import Reports
import Runs
import VerificationCore

/// How long cases took in an earlier run.
enum Timings {
  /// - Returns: by the id of the case, without its round; of several rounds the first.
  /// - Throws: usage for a missing path, invalid file for one that is no stream.
  static func read(_ path: String) throws(Failure) -> [String: Milliseconds] {
    let bytes: [UInt8]
    do {
      var file = try OpenFile(path: path)
      bytes = try file.read(upTo: 1 << 30)
    } catch {
      throw Failure(error.exitCode, "error: --timings: \(error)")
    }
    var lengths: [String: Milliseconds] = [:]
    // A last line without its end was cut off; what stands before it is as good as ever.
    for (index, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast()
      .enumerated()
    {
      let found: RunRecord?
      do throws(StreamMistake) { found = try StreamReader.record(Array(line)) } catch {
        throw Failure(.invalidFile, "error: --timings: \(Printable.text(path)):\(index + 1): \(error.message)")
      }
      guard case .case(var record) = found, record.status != .skipped, (record.round ?? 1) == 1 else { continue }
      record.round = nil
      lengths[record.id] = record.length
    }
    if lengths.isEmpty {
      throw Failure(.invalidFile, "error: --timings: \(Printable.text(path)) has no case that was run")
    }
    return lengths
  }
}
