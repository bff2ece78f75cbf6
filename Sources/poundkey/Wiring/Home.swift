import Files
import Glibc

/// Where the recordings and shipped scenarios are: `POUNDKEY_HOME`, else the nearest folder that holds
/// `greetings/manifest.json`, going up from the current folder and then from the program.
enum Home {
  static func find() -> String? {
    if let set = getenv("POUNDKEY_HOME"), set.pointee != 0 { return String(cString: set) }
    return [currentFolder, programFolder].compactMap { $0 }.compactMap(above).first
  }

  /// - Throws: exit code 4, with what to do.
  static func require() throws(Failure) -> String {
    if let home = find() {
      if Folder.holds("greetings/manifest.json", in: home) { return home }
      throw Failure(.environment, "error: POUNDKEY_HOME is \(home), and there is no greetings/manifest.json")
    }
    throw Failure(
      .environment,
      "error: the recordings are not here: run poundkey from its repository, or set POUNDKEY_HOME to that folder")
  }

  private static func above(_ folder: String) -> String? {
    var folder = folder
    while true {
      if Folder.holds("greetings/manifest.json", in: folder) { return folder }
      guard let slash = folder.lastIndex(of: "/"), folder != "/" else { return nil }
      folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
    }
  }

  private static var currentFolder: String? {
    guard let path = getcwd(nil, 0) else { return nil }
    defer { free(path) }
    return String(cString: path)
  }

  private static var programFolder: String? {
    guard let path = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(path) }
    let program = String(cString: path)
    return program.lastIndex(of: "/").map { String(program[..<$0]) }
  }

  /// A path as a person in the current folder would write it.
  static func shortened(_ path: String) -> String {
    guard let folder = currentFolder, path.hasPrefix(folder + "/") else { return path }
    return String(path.dropFirst(folder.count + 1))
  }
}
