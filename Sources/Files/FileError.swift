import Glibc

/// Why a path could not be examined at all.
public enum FileError: Error, Hashable, Sendable {
  /// Nothing has this path.
  case missing(path: String)
  /// The file, or a folder on the way to it, may not be read.
  case noPermission(path: String)
  /// An entry of a folder whose name is no UTF-8 text, with U+FFFD in place of what is none.
  case nameNotUTF8(path: String)
  /// The system failed with this `errno`.
  case system(path: String, code: CInt)

  init(path: String, code: CInt) {
    switch code {
    case ENOENT, ENOTDIR: self = .missing(path: path)
    case EACCES, EPERM: self = .noPermission(path: path)
    default: self = .system(path: path, code: code)
    }
  }

  public var path: String {
    switch self {
    case .missing(let path), .noPermission(let path), .nameNotUTF8(let path), .system(let path, _): path
    }
  }

  /// Without the path.
  public var reason: String {
    switch self {
    case .missing: "no such file or folder"
    case .noPermission: "no permission to read it"
    case .nameNotUTF8: "its name is not UTF-8 text, and it was left out; rename it"
    case .system(_, let code): String(cString: strerror(code))
    }
  }
}

extension FileError: CustomStringConvertible {
  public var description: String { "\(path): \(reason)" }
}
