import Glibc

/// What lies in folders.
public enum Folder {
  /// Deeper than this, folders are a loop or a trap.
  static let depthLimit = 32

  public static func holds(_ name: String, in folder: String) -> Bool { access("\(folder)/\(name)", R_OK) == 0 }

  /// The files below `path` whose name ends in one of `endings`, in any case, sorted by path.
  ///
  /// Hidden entries are passed over; links to folders are not followed.
  /// - Returns: nil where `path` is no folder, or does not exist.
  /// - Throws: `FileError` for a folder that cannot be read.
  public static func files(below path: String, endings: Set<String>) throws(FileError) -> [String]? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    guard status.st_mode & S_IFMT == S_IFDIR else { return nil }
    var found: [String] = []
    try collect(path, endings, depth: 0, &found)
    return found.sorted()
  }

  private static func collect(
    _ folder: String, _ endings: Set<String>, depth: Int, _ found: inout [String]
  ) throws(FileError) {
    guard depth < depthLimit else { return }
    for name in try names(in: folder) where !name.hasPrefix(".") {
      let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
      var status = stat()
      guard lstat(path, &status) == 0 else { continue }  // gone meanwhile
      if status.st_mode & S_IFMT == S_IFDIR {
        try collect(path, endings, depth: depth + 1, &found)
      } else if let dot = name.lastIndex(of: "."), endings.contains(name[name.index(after: dot)...].lowercased()) {
        found.append(path)
      }
    }
  }

  private static func names(in folder: String) throws(FileError) -> [String] {
    guard let stream = opendir(folder) else { throw FileError(path: folder, code: errno) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}
