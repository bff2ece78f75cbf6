import Glibc

/// What lies in folders.
public enum Folder {
  /// Deeper than this, folders are a loop or a trap.
  static let depthLimit = 32
  /// Of more folders than this, not all are listed.
  static let folderLimit = 100_000

  public static func holds(_ name: String, in folder: String) -> Bool { access("\(folder)/\(name)", R_OK) == 0 }

  /// What was found in a folder, and what in it could not be looked at.
  public struct Listing: Hashable, Sendable {
    /// Sorted.
    public var files: [String] = []
    public var problems: [FileError] = []

    public init(files: [String] = [], problems: [FileError] = []) {
      self.files = files
      self.problems = problems
    }
  }

  /// The files below `path` whose name ends in one of `endings`, in any case.
  ///
  /// Hidden entries are passed over; links to folders are not followed. What cannot be read, and a name that is no UTF-8
  /// text, is a problem of the listing, and the rest is found all the same.
  /// - Returns: nil where `path` is no folder, or does not exist.
  public static func files(below path: String, endings: Set<String>) -> Listing? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return nil }
    var listing = Listing()
    collect(path, endings, depth: 0, &listing)
    listing.files.sort()
    return listing
  }

  /// A folder and those below it, without hidden ones and what links lead to; empty where it is none.
  public static func folders(below path: String) -> [String] {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return [] }
    var (folders, next) = ([path], 0)
    while next < folders.count, folders.count < folderLimit {
      var listing = Listing()
      for name in names(in: folders[next], &listing).sorted() where !name.hasPrefix(".") {
        let inner = folders[next].hasSuffix("/") ? folders[next] + name : "\(folders[next])/\(name)"
        if lstat(inner, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { folders.append(inner) }
      }
      next += 1
    }
    return folders
  }

  private static func collect(_ folder: String, _ endings: Set<String>, depth: Int, _ listing: inout Listing) {
    guard depth < depthLimit else { return listing.problems.append(.system(path: folder, code: ELOOP)) }
    for name in names(in: folder, &listing) where !name.hasPrefix(".") {
      let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
      var status = stat()
      guard lstat(path, &status) == 0 else { continue }  // gone meanwhile
      if status.st_mode & S_IFMT == S_IFDIR {
        collect(path, endings, depth: depth + 1, &listing)
      } else if let dot = name.lastIndex(of: "."), endings.contains(name[name.index(after: dot)...].lowercased()) {
        listing.files.append(path)
      }
    }
  }

  private static func names(in folder: String, _ listing: inout Listing) -> [String] {
    guard let stream = opendir(folder) else {
      listing.problems.append(FileError(path: folder, code: errno))
      return []
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      guard let name = String(validating: bytes, as: UTF8.self) else {
        listing.problems.append(.nameNotUTF8(path: "\(folder)/\(String(decoding: bytes, as: UTF8.self))"))
        continue
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}
