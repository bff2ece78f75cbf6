import Foundation
import Glibc

/// A folder for files that nobody but this run needs; gone with it.
final class ScratchFolder {
  let path: String

  /// - Throws: exit code 4 where there is no place for one.
  init() throws(Failure) {
    var template = Array("\(NSTemporaryDirectory())poundkey-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else {
      throw Failure(.environment, "error: no temporary folder: \(String(cString: strerror(errno)))")
    }
    path = String(cString: made)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file once.
  ///
  /// - Parameter content: asked for where the file is not there yet.
  /// - Returns: its path; nil where it cannot be written or has no content.
  func file(_ name: String, content: () -> [UInt8]?) -> String? {
    let target = "\(path)/\(name)"
    if FileManager.default.fileExists(atPath: target) { return target }
    guard let content = content() else { return nil }
    return FileManager.default.createFile(atPath: target, contents: Data(content)) ? target : nil
  }
}
