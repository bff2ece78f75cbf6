import Files
import GreetingAudio

/// The content of a greeting that a verb was given.
struct GreetingSource {
  /// As it was typed; `-` is standard input.
  let path: String
  /// What it is judged by.
  let name: String
  let bytes: [UInt8]

  /// - Throws: 1 for what is no file or far too large, 2 for a missing path, 4 for what cannot be read.
  init(_ path: String) throws(Failure) {
    self.path = path
    do {
      bytes = try path == "-" ? OpenFile.readStandardInput(upTo: GreetingMender.maxBytes + 1) : Self.content(of: path)
    } catch let failure as Failure {
      throw failure
    } catch let error as FileError {
      throw Failure(error.exitCode, "error: \(error)")
    } catch {
      throw Failure(.environment, "error: \(path): \(error)")
    }
    if bytes.count > GreetingMender.maxBytes { throw Self.tooLarge(path) }
    name = path == "-" ? Self.nameOfPipe(bytes) : path
  }

  /// A pipe has no name to be judged by: it is taken for what it begins as.
  static func nameOfPipe(_ bytes: [UInt8]) -> String {
    bytes.starts(with: Array("RIFF".utf8)) ? "-.wav" : "-.mp3"
  }

  private static func content(of path: String) throws -> [UInt8] {
    var file = try OpenFile(path: path)
    guard file.kind == .regular else {
      throw Failure(.contentAtFault, "error: \(path): this is \(file.kind.name), not a file")
    }
    if file.size > Int64(GreetingMender.maxBytes) { throw tooLarge(path) }
    return try file.read(upTo: GreetingMender.maxBytes + 1)
  }

  private static func tooLarge(_ path: String) -> Failure {
    Failure(
      .contentAtFault,
      "error: \(path): larger than 32 MB, which no greeting of under 20 s is: cut it to the greeting first")
  }
}
