import Files
import Reports
import Runs

/// A stream that is read line by line, with little of it in memory.
///
/// The file is open only while a part of it is read: a merge reads hundreds at a time.
struct StreamFile {
  /// In bytes; a longer line is none of a stream.
  private static let lineLimit = 1 << 26
  private static let most = 1 << 20

  /// Why reading ends before the end.
  enum Stop: Error {
    /// The last line has no end: whoever wrote it was stopped.
    case halfLine
    case failure(Failure)
  }

  let path: String
  /// Of the line that was read last, from 1.
  private(set) var line = 0
  /// How much is read at a time, in bytes.
  private let chunk: Int
  /// How much was read.
  private var offset = 0
  private var buffer: [UInt8] = []
  private var position = 0

  /// - Parameter count: how many are read together.
  init(_ path: String, oneOf count: Int = 1) {
    self.path = path
    chunk = min(Self.most, max(1 << 14, (1 << 26) / max(1, count)))
  }

  /// - Throws: usage for a missing path, environment for one that cannot be read, or is no regular file.
  func check() throws(Failure) {
    let kind: OpenFile.Kind
    do throws(FileError) {
      kind = try OpenFile(path: path).kind
    } catch {
      throw Failure(error.exitCode, "error: \(error)")
    }
    guard kind == .regular else {
      throw Failure(.environment, "error: \(Printable.text(path)) is no regular file, and a stream is read twice")
    }
  }

  /// - Returns: a line without its end; nil at the end of the stream.
  mutating func next() throws(Stop) -> [UInt8]? {
    var searched = position
    while true {
      if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { position = end + 1 }
        line += 1
        return Array(buffer[position..<end])
      }
      searched = buffer.count - position
      buffer.removeFirst(position)
      position = 0
      guard searched <= Self.lineLimit else {
        line += 1
        throw mistake("a line of more than \(Self.lineLimit) bytes is none of a stream")
      }
      let part = try read()
      if part.isEmpty {
        if buffer.isEmpty { return nil }
        throw .halfLine
      }
      buffer += part
    }
  }

  private mutating func read() throws(Stop) -> [UInt8] {
    do throws(FileError) {
      var file = try OpenFile(path: path)
      // What took its place meanwhile is none.
      guard file.kind == .regular else { return [] }
      try file.skip(to: offset)
      let part = try file.read(upTo: chunk)
      offset += part.count
      return part
    } catch {
      throw .failure(Failure(error.exitCode, "error: \(error)"))
    }
  }

  /// What stands in the line that was read last.
  func record(_ bytes: [UInt8]) throws(Stop) -> RunRecord? {
    do throws(StreamMistake) {
      return try StreamReader.record(bytes)
    } catch {
      throw mistake(error.message, column: error.column)
    }
  }

  /// Something is wrong with the line that was read last: exit code 3.
  func mistake(_ message: String, column: Int? = nil) -> Stop {
    let column = column.map { ":\($0)" } ?? ""
    return .failure(Failure(.invalidFile, "error: \(Printable.text(path)):\(line)\(column): \(message)"))
  }
}
