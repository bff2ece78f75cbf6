import Files
import ScenarioModel
import VerificationCore

/// A file of hardware tokens, from disk or standard input.
enum TokenFile {
  /// - Parameter path: `-` is standard input.
  /// - Throws: usage for what is no file, content at fault for what is no UTF-8 text or too long.
  static func read(_ path: String) throws(Failure) -> OATHFile {
    let bytes = try bytes(path)
    guard bytes.count <= OATHFile.maxBytes else {
      throw Failure(
        .contentAtFault, "error: \(path) has more than \(OATHFile.maxBytes) bytes; split it, the header in each part")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      let place = (SourceText.invalidByte(in: bytes) ?? 0) + 1
      let isUTF16 = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
      let what = isUTF16 ? "the file is UTF-16" : "byte \(place) is not UTF-8 text"
      throw Failure(.contentAtFault, "error: \(path): \(what); save it as CSV UTF-8")
    }
    return OATHFile(text)
  }

  private static func bytes(_ path: String) throws(Failure) -> [UInt8] {
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
