import Files
import VerificationCore

/// A file of hardware tokens, from disk or standard input.
enum TokenFile {
  /// - Parameter path: `-` is standard input.
  /// - Throws: usage for what is no file, content at fault for what is too long.
  static func read(_ path: String) throws(Failure) -> OATHFile { OATHFile(try bytes(path)) }

  /// As it is, for an import row by row; not even that it is text has been looked at.
  static func bytes(_ path: String) throws(Failure) -> [UInt8] {
    let bytes = try content(path)
    guard bytes.count <= OATHFile.maxBytes else {
      throw Failure(
        .contentAtFault, "error: \(path) has more than \(OATHFile.maxBytes) bytes; split it, the header in each part")
    }
    return bytes
  }

  private static func content(_ path: String) throws(Failure) -> [UInt8] {
    do {
      if path == "-" { return try OpenFile.readStandardInput(upTo: OATHFile.maxBytes + 1) }
      var file = try OpenFile(path: path)
      guard file.kind == .regular else {
        throw Failure(.usage, "error: \(path) is \(file.kind.name), not a file; - reads standard input")
      }
      return try file.read(upTo: OATHFile.maxBytes + 1)
    } catch let error as FileError {
      throw Failure(error.exitCode, "error: \(error)")
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(.environment, "error: \(path) cannot be read: \(error)")
    }
  }
}
